//! Explicit tags: `!!str 12` is text, `!!int "12"` a number, `!foo x` text.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use burgee_source::Kind;
use granit_parser::Tag;

use crate::scalar::{Meaning, meaning};

/// What a scalar with a tag is.
pub(crate) enum Tagged {
    Value(Kind),
    NotFinite,
    /// The text is nothing that the tag allows.
    Refused,
}

/// Reads a scalar that has a tag.
pub(crate) fn tagged(tag: &Tag, text: Cow<'_, str>) -> Tagged {
    let wanted = tag.core_suffix().unwrap_or("str");
    if wanted == "binary" {
        return binary(&text);
    }
    match (wanted, meaning(&text)) {
        ("null", Meaning::Null) => Tagged::Value(Kind::Null),
        ("bool", Meaning::Bool(value)) => Tagged::Value(Kind::Bool(value)),
        ("int", Meaning::Number(number)) if number.is_integer() => {
            Tagged::Value(Kind::Number(number))
        }
        ("float", Meaning::Number(number)) => Tagged::Value(Kind::Number(number)),
        ("float", Meaning::NotFinite) => Tagged::NotFinite,
        ("null" | "bool" | "int" | "float", _) => Tagged::Refused,
        _ => Tagged::Value(Kind::String(text.into_owned())),
    }
}

fn binary(text: &str) -> Tagged {
    let packed: String = text.split_ascii_whitespace().collect();
    let decoded = STANDARD.decode(packed).ok();
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or(Tagged::Refused, |text| Tagged::Value(Kind::String(text)))
}
