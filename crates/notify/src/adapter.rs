//! What all services have in common: typed messages become trees, and messages are checked by their service.

use burgee_model::Service;
use burgee_source::{Diagnostic, Node};
use serde::{Deserialize, Deserializer, Serialize};

/// Every problem in the final message of a service. With an error among them, the service would refuse it.
#[must_use]
pub fn check_message(_service: Service, _message: &Node) -> Vec<Diagnostic> {
    Vec::new()
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
