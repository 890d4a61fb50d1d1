//! What a manifest file holds: documents of several kinds, one after another.

use burgee_source::{Node, Span, Spanned};

use crate::{Application, SecretManifest, Workflow};

/// All documents of one input, in the order written.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The documents.
    pub documents: Vec<Document>,
}

/// One document.
#[derive(Debug, Clone)]
pub enum Document {
    /// `core.oam.dev/v1beta1` `Application`.
    Application(Box<Application>),
    /// `core.oam.dev/v1alpha1` `Workflow`: steps without a run.
    Workflow {
        /// Its name.
        name: Spanned<String>,
        /// Its steps.
        workflow: Workflow,
    },
    /// `core.oam.dev/v1alpha1` `WorkflowRun`: a workflow that runs without an application.
    WorkflowRun {
        /// Its name.
        name: Spanned<String>,
        /// Its steps, when given in place.
        workflow: Option<Workflow>,
        /// `spec.context`: extra values for `context`.
        context: Option<Node>,
    },
    /// `v1` `Secret`.
    Secret(SecretManifest),
    /// Anything else: kept, not interpreted.
    Foreign(Foreign),
}

/// A document of a kind that is not interpreted.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// The whole document.
    pub span: Span,
    /// `apiVersion`.
    pub api_version: Option<Spanned<String>>,
    /// `kind`.
    pub kind: Option<Spanned<String>>,
    /// The document.
    pub node: Node,
}

// === impl Manifest ===

impl Manifest {
    /// The applications in it.
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.documents.iter().filter_map(|document| match document {
            Document::Application(application) => Some(&**application),
            Document::Workflow { .. }
            | Document::WorkflowRun { .. }
            | Document::Secret(_)
            | Document::Foreign(_) => None,
        })
    }

    /// The secrets in it.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretManifest> {
        self.documents.iter().filter_map(|document| match document {
            Document::Secret(secret) => Some(secret),
            Document::Application(_)
            | Document::Workflow { .. }
            | Document::WorkflowRun { .. }
            | Document::Foreign(_) => None,
        })
    }
}
