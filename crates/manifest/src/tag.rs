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

/// A tag of YAML's own without its prefix: `int` for `!!int`. Other tags are not for us: `str`.
pub(crate) fn name(tag: &Tag) -> Cow<'_, str> {
    let own = tag.suffix_in_namespace("tag:yaml.org,2002:");
    own.unwrap_or(Cow::Borrowed("str"))
}

/// Reads a scalar that has a tag.
pub(crate) fn tagged(tag: &Tag, text: Cow<'_, str>) -> Tagged {
    let wanted = name(tag);
    if wanted == "binary" {
        return binary(&text);
    }
    match (&*wanted, meaning(&text)) {
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
