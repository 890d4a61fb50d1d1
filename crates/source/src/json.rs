//! Nodes to and from JSON.

use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Value, value::RawValue};

use crate::{Kind, Map, Node, Number};

/// How deep a tree may nest before it is refused as JSON. `serde_json` reads 128 levels.
pub const MAX_JSON_DEPTH: usize = 128;

/// A tree that JSON cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonError {
    /// A number beyond the range of a double.
    Number(String),
    /// Nested more than [`MAX_JSON_DEPTH`] levels.
    Depth,
}

// === impl Node ===

impl Node {
    /// The tree as `serde_json` holds it. Integers of 64 bits are exact, other numbers are the nearest double.
    ///
    /// # Errors
    ///
    /// When a number is out of range or the tree is too deep.
    pub fn to_json(&self) -> Result<Value, JsonError> {
        self.to_json_at(0)
    }

    /// The tree as compact JSON text with every number's digits as they were written.
    ///
    /// ```
    /// # use burgee_source::{Kind, Node, Number};
    /// let price = Number::parse("1.10").expect("a number");
    /// let node = Node::map([("price", Kind::Number(price).into())]);
    /// assert_eq!(node.to_json_text(), r#"{"price":1.10}"#);
    /// ```
    #[must_use]
    pub fn to_json_text(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    /// The tree of a JSON text, with every number's digits as they were written.
    ///
    /// ```
    /// # use burgee_source::Node;
    /// let node = Node::from_json_text(r#"{"price": 1.10}"#)?;
    /// assert_eq!(node.to_json_text(), r#"{"price":1.10}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or nests more than [`MAX_JSON_DEPTH`] levels.
    pub fn from_json_text(text: &str) -> serde_json::Result<Self> {
        Self::from_raw(serde_json::from_str(text)?)
    }

    /// Each level is split into its parts, which are read in their turn.
    fn from_raw(raw: &RawValue) -> serde_json::Result<Self> {
        let text = raw.get();
        let kind =
            match text.as_bytes().first() {
                Some(b'{') => {
                    let entries: IndexMap<String, &RawValue> = serde_json::from_str(text)?;
                    let entries = entries
                        .into_iter()
                        .map(|(key, value)| Ok((key, Self::from_raw(value)?)));
                    Kind::Map(entries.collect::<serde_json::Result<Map>>()?)
                }
                Some(b'[') => {
                    let items: Vec<&RawValue> = serde_json::from_str(text)?;
                    let items = items.into_iter().map(Self::from_raw);
                    Kind::List(items.collect::<serde_json::Result<_>>()?)
                }
                Some(b'"') => Kind::String(serde_json::from_str(text)?),
                Some(b't' | b'f' | b'n') => return Ok(serde_json::from_str::<Value>(text)?.into()),
                _ => Kind::Number(Number::parse(text).ok_or_else(|| {
                    serde_json::Error::custom(format_args!("`{text}` is no number"))
                })?),
            };
        Ok(kind.into())
    }

    fn to_json_at(&self, depth: usize) -> Result<Value, JsonError> {
        if depth > MAX_JSON_DEPTH {
            return Err(JsonError::Depth);
        }
        Ok(match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => {
                let out_of_range = || JsonError::Number(number.to_string());
                Value::Number(number.to_json().ok_or_else(out_of_range)?)
            }
            Kind::String(text) => Value::String(text.clone()),
            Kind::List(items) => {
                let items = items.iter().map(|item| item.to_json_at(depth + 1));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Kind::Map(map) => {
                let entries = map.iter().map(|(key, entry)| {
                    let value = entry.value.to_json_at(depth + 1)?;
                    Ok((key.to_owned(), value))
                });
                Value::Object(entries.collect::<Result<_, _>>()?)
            }
        })
    }

    fn write_json(&self, out: &mut String) {
        match &self.kind {
            Kind::Null => out.push_str("null"),
            Kind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Kind::Number(number) => out.push_str(number.as_str()),
            Kind::String(text) => write_string(text, out),
            Kind::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Kind::Map(map) => {
                out.push('{');
                for (index, (key, entry)) in map.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_string(key, out);
                    out.push(':');
                    entry.value.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("a string is always JSON"));
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        let kind = match value {
            Value::Null => Kind::Null,
            Value::Bool(value) => Kind::Bool(value),
            Value::Number(number) => {
                let number = Number::parse(&number.to_string());
                Kind::Number(number.expect("serde_json writes JSON numbers"))
            }
            Value::String(text) => Kind::String(text),
            Value::Array(items) => Kind::List(items.into_iter().map(Self::from).collect()),
            Value::Object(entries) => {
                let entries = entries.into_iter().map(|(key, value)| (key, value.into()));
                Kind::Map(entries.collect::<Map>())
            }
        };
        kind.into()
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json()
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

// === impl JsonError ===

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(text) => write!(f, "the number {text} is out of JSON's range here"),
            Self::Depth => write!(f, "nested more than {MAX_JSON_DEPTH} levels deep"),
        }
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(".{0,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_survives_the_tree(value in json()) {
            let node = Node::from(value.clone());
            prop_assert_eq!(node.to_json(), Ok(value.clone()));
            let text: Value = serde_json::from_str(&node.to_json_text()).expect("JSON");
            prop_assert_eq!(text, value);
        }
    }

    proptest! {
        #[test]
        fn json_text_survives_the_tree(value in json()) {
            let text = Node::from(value).to_json_text();
            let again = Node::from_json_text(&text).expect("JSON").to_json_text();
            prop_assert_eq!(again, text);
        }
    }

    #[test]
    fn digits_of_a_json_text_are_kept_and_what_is_no_json_is_refused() {
        let text = r#"[1.10,-0,1e400,12345678901234567890123]"#;
        let node = Node::from_json_text(text).expect("JSON");
        assert_eq!(node.to_json_text(), text);
        for text in ["", "{", "[1,]", "nul", "1 2", "[01]"] {
            assert!(Node::from_json_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn number_out_of_range_is_an_error_and_not_null() {
        let node = Node::from(Kind::Number(Number::parse("1e400").expect("JSON grammar")));
        assert_eq!(node.to_json(), Err(JsonError::Number("1e400".into())));
    }
}
