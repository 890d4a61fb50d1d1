//! `depends-on-app`: waits until another application of the target is running.

use burgee_model::{Application, Call, ObjectId, Pass, Results, Step};
use burgee_source::{Diagnostic, Node};
use serde_json::json;

use crate::{PassError, PassInput, http_call, parameters, params::Params, rules};

const OBSERVE: &str = "observe";
const RUNNING: &str = "running";

pub(crate) struct Other {
    name: String,
    namespace: String,
}

pub(crate) fn read(params: &mut Params<'_, '_, '_>) -> Option<Other> {
    let name = params.required_string("name").map(str::to_owned);
    let namespace = params.required_string("namespace").map(str::to_owned);
    Some(Other {
        name: name?,
        namespace: namespace?,
    })
}

/// An application runs when its workflow is over: it cannot wait for itself.
pub(crate) fn check(step: &Step, application: &Application, out: &mut Vec<Diagnostic>) {
    parameters::check(step, read, out);
    let text = |key| step.properties.as_ref().and_then(|node| node.get_str(key));
    let (Some(name), Some(namespace)) = (text("name"), text("namespace")) else {
        return;
    };
    let own = &application.metadata;
    if name.value == own.name.value && namespace.value == own.namespace() && step.inputs.is_empty()
    {
        let itself = Diagnostic::new(&rules::WAITS_FOR_ITSELF).arg("application", name.value);
        out.push(
            itself
                .at(name.span)
                .also(own.name.span, rules::THIS_APPLICATION),
        );
    }
}

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let other = parameters::of(input, read)?;
    let Some(observed) = results.get(OBSERVE) else {
        let id = ObjectId {
            api_version: "core.oam.dev/v1beta1".to_owned(),
            kind: "Application".to_owned(),
            namespace: other.namespace,
            name: other.name,
        };
        return Ok(Pass::Calls(vec![Call {
            path: OBSERVE.to_owned(),
            provider: "oam",
            action: "observe",
            params: Node::from(json!({ "ids": [id] })),
        }]));
    };
    let Some([found]) = observed.get("objects").and_then(Node::as_list) else {
        return Err(http_call::malformed(OBSERVE));
    };
    let application = format!("application {}/{}", other.namespace, other.name);
    if found.is_null() {
        return Ok(missing(&application, observed));
    }
    let phase = found
        .get("status")
        .and_then(|status| status.get_str("status"));
    Ok(match phase.map(|phase| phase.value) {
        Some(RUNNING) => Pass::Done(Node::map([("parameter", input.parameter.clone())])),
        Some(phase) => Pass::Waiting(format!("wait for {application}: {phase}")),
        None => Pass::Waiting(format!("wait for {application}: no status yet")),
    })
}

/// Where nobody else puts objects, the wait would never end.
fn missing(application: &str, observed: &Node) -> Pass {
    let closed = observed.get("closed").and_then(Node::as_bool);
    if closed != Some(true) {
        return Pass::Waiting(format!("wait for {application}: it does not exist"));
    }
    let target = observed
        .get_str("target")
        .map_or("target", |name| name.value);
    http_call::fail(format!(
        "{application} does not exist, and nothing but this run changes the {target}: the wait would never end"
    ))
}
