//! JSON with its numbers as they are written and its fields in their order.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    /// `null`, a boolean or a number, letter for letter.
    Plain(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// One level of an object.
struct Level<'a>(Vec<(String, &'a RawValue)>);

// === impl Json ===

impl Json {
    /// Reads a JSON text; what is none is kept as it is.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim();
        match text.as_bytes().first() {
            Some(b'{') => match serde_json::from_str::<Level<'_>>(text) {
                Ok(Level(fields)) => {
                    let fields = fields.into_iter();
                    Self::Object(
                        fields
                            .map(|(key, value)| (key, Self::parse(value.get())))
                            .collect(),
                    )
                }
                Err(_) => Self::Plain(text.to_owned()),
            },
            Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(text) {
                Ok(items) => Self::List(items.iter().map(|item| Self::parse(item.get())).collect()),
                Err(_) => Self::Plain(text.to_owned()),
            },
            Some(b'"') => match serde_json::from_str(text) {
                Ok(value) => Self::Text(value),
                Err(_) => Self::Plain(text.to_owned()),
            },
            Some(_) | None => Self::Plain(text.to_owned()),
        }
    }

    /// The same value with the fields of every object sorted by name.
    pub(crate) fn sorted(self) -> Self {
        match self {
            Self::Plain(_) | Self::Text(_) => self,
            Self::List(items) => Self::List(items.into_iter().map(Self::sorted).collect()),
            Self::Object(fields) => {
                let fields = fields.into_iter();
                let mut fields: Vec<_> = fields.map(|(key, value)| (key, value.sorted())).collect();
                fields.sort_by(|(one, _), (other, _)| one.cmp(other));
                Self::Object(fields)
            }
        }
    }
}

// === impl Level ===

impl<'de> Deserialize<'de> for Level<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Level<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Level(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_order_is_told_apart() {
        let (one, other) = (
            Json::parse(r#"{"a":1.50,"b":[1E+3]}"#),
            Json::parse(r#"{ "b": [1E+3], "a": 1.50 }"#),
        );
        assert_ne!(one, other);
        assert_eq!(one.clone().sorted(), other.sorted());
        assert_ne!(one, Json::parse(r#"{"a":1.5,"b":[1E+3]}"#));
        assert_eq!(Json::parse(r#""\u0041""#), Json::parse(r#""A""#));
    }
}
