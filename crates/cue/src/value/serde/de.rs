//! `Value: Deserialize`.

use std::fmt;

use ecow::EcoString;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};

use crate::{MAX_VALUE_NESTING, Number, Value};

/// From any format that describes itself. Floats get the shortest digits that stand for them. What nests deeper than
/// [`MAX_VALUE_NESTING`] is an error.
///
/// ```
/// use burgee_cue::Value;
///
/// let value: Value = serde_json::from_str(r#"{"b": [1, 2.50, null], "a": "x"}"#).expect("JSON");
/// assert_eq!(value.to_json_text(), r#"{"b":[1,2.5,null],"a":"x"}"#);
/// ```
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        AnyValue { depth: 0 }.deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct AnyValue {
    depth: u32,
}

// === impl AnyValue ===

impl AnyValue {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.depth < MAX_VALUE_NESTING {
            true => Ok(Self {
                depth: self.depth + 1,
            }),
            false => Err(E::custom(format_args!(
                "it nests deeper than {MAX_VALUE_NESTING} levels"
            ))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The number of a Rust float, a float also when it has no fraction; `None` when it is none.
pub(super) fn float(value: f64) -> Option<Number> {
    let number = Number::parse(&format!("{value:?}")).filter(|_| value.is_finite())?;
    Some(match number.is_integer() {
        true => number.into_float(),
        false => number,
    })
}

/// The number of a Rust integer.
pub(super) fn integer(text: &str) -> Option<Value> {
    Number::parse(text).map(Value::Number)
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        integer(&value.to_string()).ok_or_else(|| E::custom("out of range"))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Value, E> {
        integer(&value.to_string()).ok_or_else(|| E::custom("out of range"))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Value, E> {
        integer(&value.to_string()).ok_or_else(|| E::custom("out of range"))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = float(value).map(Value::Number);
        number.ok_or_else(|| E::custom(format_args!("{value} is no number of CUE")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.into()))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Value, E> {
        Ok(Value::Bytes(bytes.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        stacker::maybe_grow(128 << 10, 2 << 20, || {
            let mut items = Vec::new();
            let inner = self.deeper()?;
            while let Some(item) = seq.next_element_seed(inner)? {
                items.push(item);
            }
            Ok(Value::List(items.into()))
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        stacker::maybe_grow(128 << 10, 2 << 20, || {
            let mut fields = indexmap::IndexMap::<EcoString, Value>::new();
            let inner = self.deeper()?;
            while let Some(key) = map.next_key_seed(inner)? {
                let name = match key {
                    Value::String(name) => name,
                    Value::Number(number) => number.to_string().into(),
                    Value::Bool(value) => value.to_string().into(),
                    Value::Null | Value::Bytes(_) | Value::List(_) | Value::Struct(_) => {
                        return Err(A::Error::custom("a field has a name"));
                    }
                };
                fields.insert(name, map.next_value_seed(inner)?);
            }
            Ok(Value::Struct(fields.into_iter().collect()))
        })
    }
}
