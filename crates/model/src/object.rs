//! A Kubernetes object as data, and its identity.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A Kubernetes object: whatever has `apiVersion`, `kind` and `metadata.name`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Object(Value);

/// Which object: unique in a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectId {
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.namespace`; empty for cluster-wide kinds.
    pub namespace: String,
    /// `metadata.name`.
    pub name: String,
}

// === impl Object ===

impl Object {
    /// Takes a JSON value that is an object with `apiVersion`, `kind` and `metadata.name`; `None` for all else.
    #[must_use]
    pub fn new(value: Value) -> Option<Self> {
        let text = |value: Option<&Value>| value.is_some_and(Value::is_string);
        let name = value
            .get("metadata")
            .and_then(|metadata| metadata.get("name"));
        let named = text(value.get("apiVersion")) && text(value.get("kind")) && text(name);
        named.then_some(Self(value))
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> ObjectId {
        let text = |value: Option<&Value>| {
            let text = value.and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let metadata = self.0.get("metadata");
        ObjectId {
            api_version: text(self.0.get("apiVersion")),
            kind: text(self.0.get("kind")),
            namespace: text(metadata.and_then(|metadata| metadata.get("namespace"))),
            name: text(metadata.and_then(|metadata| metadata.get("name"))),
        }
    }

    /// The object as JSON.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.0
    }

    /// The object as JSON, to change what is not its identity.
    pub const fn value_mut(&mut self) -> &mut Value {
        &mut self.0
    }

    /// Gives the JSON back.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}
