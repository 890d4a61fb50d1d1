//! What people see: answers, messages, calls, and that nothing they write breaks it.

mod expressions;
mod instance;
mod limits;
mod messages;
mod next;
mod properties;
mod serde;
mod validate;

use burgee_source::SourceId;
use serde_json::{Value as Json, json};

use crate::{Data, Error, Limits, Program, Value};

/// A Deployment as a cluster reports it.
pub(crate) fn deployment() -> Json {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "labels": {"app.oam.dev/component": "web"}},
        "spec": {"replicas": 2, "ports": [80, 443]},
        "status": {
            "readyReplicas": 2,
            "conditions": [
                {"type": "Available", "status": "True", "message": "Deployment has minimum availability."},
            ],
        },
    })
}

pub(crate) fn expression(text: &str, scope: &[(&str, &dyn Data)]) -> Result<Value, Error> {
    let program = Program::expression(text, SourceId(0)).expect("the text is CUE");
    program.evaluate(scope, &Limits::default())
}

pub(crate) fn json_of(text: &str) -> String {
    let output = deployment();
    let value = expression(text, &[("output", &output)]);
    value.map_or_else(|error| error.to_string(), |value| value.to_json_text())
}
