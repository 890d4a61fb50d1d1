//! What all services have in common: typed messages become trees, and messages are checked by their service.

use burgee_model::Service;
use burgee_source::{Diagnostic, Node, Span};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    dingtalk,
    inspect::{Inspector, Stage, unwritable},
    object::{Object, or},
    prepare, rules, slack,
};

/// The most bytes that a robot takes as a request's body.
const MAX_DINGTALK_BYTES: usize = 20_000;

/// Every problem in the final message of a service. With an error among them, the service would refuse it.
#[must_use]
pub fn check_message(service: Service, message: &Node) -> Vec<Diagnostic> {
    let mut inspector = Inspector::new(service, Stage::Final, &[]);
    if message.as_map().is_none() {
        inspector.wrong_type("message", "object", message, Span::NONE);
        return inspector.finish();
    }
    let object = Object::new(Some(message), Span::NONE, "");
    self::message(&mut inspector, &object, Some(message));
    inspector.finish()
}

/// Checks a message in whatever stage it is.
pub(crate) fn message(inspector: &mut Inspector<'_>, message: &Object<'_>, node: Option<&Node>) {
    match inspector.service {
        Service::Slack => slack::lint::message(inspector, message),
        Service::Dingding => dingtalk::lint::message(inspector, message),
    }
    let Some(node) = node else { return };
    if let Some((number, span)) = unwritable(node) {
        let problem = Diagnostic::new(&rules::NOT_JSON).arg("number", number);
        inspector.report(problem.at(or(span, message.span)));
    }
    match inspector.service {
        Service::Slack => {}
        Service::Dingding => size(inspector, message, node),
    }
}

/// The whole body counts, in bytes. What inputs will put there is not known yet.
fn size(inspector: &mut Inspector<'_>, message: &Object<'_>, node: &Node) {
    if inspector.touches(&message.path) && inspector.stage == Stage::Manifest {
        return;
    }
    let bytes = match inspector.stage {
        Stage::Manifest => prepare(inspector.service, node).to_json_text().len(),
        Stage::Final => node.to_json_text().len(),
    };
    if bytes > MAX_DINGTALK_BYTES {
        let field = if message.path.is_empty() {
            "message"
        } else {
            &message.path
        };
        let counts = (bytes, MAX_DINGTALK_BYTES);
        inspector.too_long(field, counts, ("bytes", "字节"), message.span);
    }
}

/// A typed message as a tree.
pub(crate) fn to_node(message: &impl Serialize) -> Node {
    let value = serde_json::to_value(message);
    value
        .expect("messages are maps of strings with JSON inside")
        .into()
}

/// Old manifests spell out `null` for what is absent.
pub(crate) fn null_as_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
