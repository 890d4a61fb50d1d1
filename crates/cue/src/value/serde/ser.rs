//! `Value: Serialize`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap as _},
};

use crate::{Number, Value};

/// Integers go as the smallest of `i64`, `u64`, `i128` and `u128` that holds them, floats as the nearest `f64`; a
/// number beyond these is an error, as [`Value::to_json_text`] keeps every digit and this cannot. Bytes become base64
/// where the format is meant to be read by people, as CUE exports them.
///
/// ```
/// use burgee_cue::{Limits, Program};
/// use burgee_source::SourceId;
///
/// let program = Program::file("port: 80, ratio: 0.5, key: 'abc'", SourceId(0)).expect("CUE");
/// let value = program.evaluate(&[], &Limits::default()).expect("a value");
/// let json = serde_json::to_string(&value).expect("JSON");
/// assert_eq!(json, r#"{"port":80,"ratio":0.5,"key":"YWJj"}"#);
/// ```
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Bytes(bytes) if serializer.is_human_readable() => {
                serializer.serialize_str(&STANDARD.encode(bytes))
            }
            Self::Bytes(bytes) => serializer.serialize_bytes(bytes),
            Self::List(items) => serializer.collect_seq(items.iter()),
            Self::Struct(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields.iter() {
                    map.serialize_entry(key.as_str(), value)?;
                }
                map.end()
            }
        }
    }
}

/// As the smallest type that holds it: see [`Value`].
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let too_large = || S::Error::custom(format_args!("{self} is out of range"));
        if !self.is_integer() {
            let double = self.to_f64().filter(|double| double.is_finite());
            return serializer.serialize_f64(double.ok_or_else(too_large)?);
        }
        if let Some(value) = self.as_i64() {
            return serializer.serialize_i64(value);
        }
        let text = self.integer_text().ok_or_else(too_large)?;
        if let Ok(value) = text.parse() {
            return serializer.serialize_u64(value);
        }
        if let Ok(value) = text.parse() {
            return serializer.serialize_i128(value);
        }
        let value = text.parse().map_err(|_| too_large())?;
        serializer.serialize_u128(value)
    }
}
