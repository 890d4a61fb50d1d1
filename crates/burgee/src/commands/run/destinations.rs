//! Where messages would go, found out before the first step.
//!
//! The sandbox deploys nothing real, so a workflow that deploys something must not tell a real chat that it
//! did. And a secret that is missing is better found before anything happened.

use burgee_engine::{Plan, PlannedStep};
use burgee_model::Secrets;
use burgee_notify::{Destination, destinations};

use crate::{
    args::RunArgs,
    commands::{Env, network},
    exit::Failure,
};

/// Refuses destinations that cannot be had, and real ones when the workflow deploys anything.
pub(super) fn check(
    plan: &Plan,
    secrets: &dyn Secrets,
    args: &RunArgs,
    env: &Env,
) -> Result<(), Failure> {
    let namespace = plan.application.metadata.namespace();
    let deploys = plan.steps.iter().any(PlannedStep::takes_component);
    let fenced = deploys && !args.send_anyway;
    for step in plan.steps.iter().filter(|step| step.notifies()) {
        let Some(properties) = &step.step.properties else {
            continue;
        };
        let urls =
            destinations(properties).filter(|(service, _)| !comes_later(step, service.as_str()));
        for (service, url) in urls {
            let name = &step.step.name.value;
            let secret = properties
                .get(service.as_str())
                .and_then(|block| block.get("secret"));
            let secret = secret.filter(|secret| !secret.is_null());
            let destination = Destination::resolve(service, url, secrets, namespace);
            let destination = destination.and_then(|destination| match secret {
                Some(secret) => destination.with_secret(secret, secrets, namespace),
                None => Ok(destination),
            });
            let destination = destination.map_err(|error| {
                let why = error.message(env.lang);
                Failure::usage(format!("step `{name}`, {}: {why}", service.title()))
            })?;
            destination.teach(env.console.redactor());
            network::refuse_plain_http(&destination, &args.network).map_err(|mut failure| {
                failure.message.insert_str(0, &format!("step `{name}`: "));
                failure
            })?;
            if fenced && !destination.is_loopback() {
                let to = destination.redacted();
                return Err(Failure::usage(format!(
                    "step `{name}` would send to {to}, but the sandbox deploys nothing real: people would believe that something was deployed"
                ))
                .hint("--inbox delivers every message to an embedded inbox; --send-anyway sends them for real"));
            }
        }
    }
    Ok(())
}

/// True when an input brings the URL at run time.
fn comes_later(step: &PlannedStep, service: &str) -> bool {
    let keys = step
        .step
        .inputs
        .iter()
        .filter_map(|input| input.parameter_key.as_ref());
    let url = format!("{service}.url");
    let mut keys = keys.map(|key| key.value.as_str());
    keys.any(|key| key == service || key == url || key.starts_with(&format!("{url}.")))
}
