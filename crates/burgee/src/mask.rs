//! Teaches the mask the secrets that a manifest holds in clear, and hides where Secrets keep theirs.

use burgee_http::Redactor;
use burgee_model::{Document, Manifest, Step};
use burgee_source::Sources;
use secrecy::ExposeSecret as _;

/// Learns the URLs and tokens written in notification steps, and the values of Secrets.
pub(crate) fn learn_manifest(manifest: &Manifest, sources: &mut Sources, redactor: &Redactor) {
    for document in &manifest.documents {
        match document {
            Document::Application(application) => {
                if let Some(workflow) = &application.workflow {
                    learn_steps(&workflow.steps, redactor);
                }
            }
            Document::Workflow { workflow, .. } => learn_steps(&workflow.steps, redactor),
            Document::WorkflowRun { workflow, .. } => {
                if let Some(workflow) = workflow {
                    learn_steps(&workflow.steps, redactor);
                }
            }
            Document::Secret(secret) => {
                // Values may be wrong or too short to be learnt: their place is hidden as well.
                secret.hidden.iter().for_each(|span| sources.hide(*span));
                for value in secret.values.values() {
                    redactor.learn(value.value.expose_secret());
                }
            }
            Document::Foreign(_) => {}
        }
    }
}

/// Learns what steps hold in clear.
fn learn_steps(steps: &[Step], redactor: &Redactor) {
    for step in steps {
        if let Some(properties) = &step.properties {
            let sent = burgee_notify::secrets_in(properties);
            let asked = burgee_providers::secrets_in(step.type_name.value.base(), properties);
            for secret in sent.into_iter().chain(asked) {
                redactor.learn(&secret);
            }
        }
        learn_steps(&step.sub_steps, redactor);
    }
}
