//! A value as the journal keeps it: JSON with every digit.

use std::sync::Arc;

use burgee_source::Node;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};
use serde_json::value::RawValue;

/// A value that keeps its type and its digits on the way through JSON. Cheap to clone.
///
/// ```
/// use burgee_model::Exact;
///
/// let text = r#"{"price":1.10}"#;
/// let value: Exact = serde_json::from_str(text)?;
/// assert_eq!(serde_json::to_string(&value)?, text);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Exact(pub Arc<Node>);

// === impl Exact ===

impl From<Node> for Exact {
    fn from(node: Node) -> Self {
        Self(Arc::new(node))
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = RawValue::from_string(self.0.to_json_text());
        text.map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let node = Node::from_json_text(raw.get());
        Ok(node.map_err(D::Error::custom)?.into())
    }
}
