//! One scalar, as a value and as a key.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ecow::EcoString;
use granit_parser::Tag;
use num_bigint::BigInt;

use crate::{
    Number, Value,
    library::{CallError, failed},
    value::{Meaning, meaning},
};

/// What a scalar is.
pub(super) enum Scalar {
    /// A value and, unless it is below zero, what it is called as a key.
    Value(Value, Option<EcoString>),
    /// `<<`.
    Merge,
    /// Nothing that CUE can hold, but a key can be called like this.
    Unreadable(Option<EcoString>),
    Failed(String),
}

// === impl Scalar ===

impl Scalar {
    pub(super) fn into_value(self) -> Result<(Value, Option<EcoString>), CallError> {
        match self {
            Self::Value(value, label) => Ok((value, label)),
            Self::Merge => Err(failed("`<<` can only be a key")),
            Self::Unreadable(_) => Err(failed("CUE has no such number")),
            Self::Failed(reason) => Err(failed(reason)),
        }
    }
}

/// Reads a scalar.
pub(super) fn scalar(text: &str, plain: bool, tag: Option<&Tag>) -> Scalar {
    // `!` alone says nothing.
    let tag = tag.filter(|tag| !(tag.handle().is_empty() && tag.suffix() == "!"));
    let Some(tag) = tag else {
        return match plain {
            true if text == "<<" => Scalar::Merge,
            true => untagged(text),
            false => text_value(text),
        };
    };
    let name = tag.suffix_in_namespace("tag:yaml.org,2002:");
    match name.as_deref() {
        Some("str" | "timestamp") => text_value(text),
        Some("null") => constant(Value::Null, "null"),
        Some("bool") => bool_value(matches!(text, "true" | "True" | "TRUE")),
        Some("int") => int(text),
        Some("float") => float(text),
        Some("binary") => binary(text),
        Some("merge") if text == "<<" => Scalar::Merge,
        Some(_) | None => Scalar::Failed("this tag is not known".to_owned()),
    }
}

fn untagged(text: &str) -> Scalar {
    match meaning(text) {
        Meaning::Null => constant(Value::Null, "null"),
        Meaning::Bool(value) => bool_value(value),
        Meaning::Int => int(text),
        // `089` is no octal number: it was meant as text.
        Meaning::Float if is_octal_like(text) => text_value(text),
        Meaning::Float | Meaning::NotFinite => float(text),
        Meaning::Timestamp | Meaning::Text => text_value(text),
    }
}

fn text_value(text: &str) -> Scalar {
    Scalar::Value(Value::String(text.into()), Some(text.into()))
}

fn constant(value: Value, label: &str) -> Scalar {
    Scalar::Value(value, Some(label.into()))
}

fn bool_value(value: bool) -> Scalar {
    constant(Value::Bool(value), if value { "true" } else { "false" })
}

fn is_octal_like(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut bytes = unsigned.bytes();
    bytes.next() == Some(b'0')
        && unsigned.len() > 1
        && bytes.all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// A number below zero is an operation to CUE, which cannot be a key.
fn number(number: Option<Number>, text: &str) -> Scalar {
    let label = (!text.starts_with('-')).then(|| text.into());
    match number {
        Some(number) => Scalar::Value(Value::Number(number), label),
        None => Scalar::Failed(format!("{text:?} is no number")),
    }
}

fn int(text: &str) -> Scalar {
    // The octal numbers of YAML 1.1.
    let octal = text.strip_prefix('0').filter(|rest| {
        let first = rest.bytes().next();
        first.is_some_and(|byte| byte <= b'9')
    });
    let text = match octal {
        Some(digits) => format!("0o{digits}"),
        None => text.to_owned(),
    };
    number(integer(&text), &text)
}

/// CUE's integers: `0x1f`, `0o17`, `0b1`, `1_000`, and after a sign also `017`.
fn integer(text: &str) -> Option<Number> {
    if has_stray_separator(text) {
        return None;
    }
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefixes = [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)];
    let prefixed = prefixes.iter().find_map(|(prefix, base)| {
        let digits = rest.strip_prefix(prefix)?;
        Some((digits, *base))
    });
    let (digits, base) = match prefixed {
        Some(prefixed) => prefixed,
        None if rest.len() > 1 && rest.starts_with('0') => (&rest[1..], 8),
        None => (rest, 10),
    };
    let digits = digits.replace('_', "");
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = BigInt::parse_bytes(digits.as_bytes(), base)?;
    Some(Number::from_integer(match negative {
        true => -magnitude,
        false => magnitude,
    }))
}

fn float(text: &str) -> Scalar {
    if meaning(text) == Meaning::NotFinite {
        return Scalar::Unreadable(match text.to_ascii_lowercase().as_str() {
            ".nan" => Some("NaN".into()),
            "-.inf" => None,
            _ => Some("+Inf".into()),
        });
    }
    if has_stray_separator(text) {
        return Scalar::Failed(format!("{text:?} is no number"));
    }
    let plain = text.replace('_', "");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    match plain.contains(['.', 'e', 'E']) {
        true => number(Number::parse(plain), text),
        // CUE writes this as a condition where only a number can stand, and then cannot read it.
        false => Scalar::Unreadable(Some(format!("number & {text}").into())),
    }
}

/// A `_` has to stand in front of a digit.
fn has_stray_separator(text: &str) -> bool {
    let mut rest = text.bytes().skip_while(|byte| *byte != b'_').peekable();
    while let Some(byte) = rest.next() {
        let digit = |next: &u8| next.is_ascii_hexdigit() || *next == b'_';
        if byte == b'_' && !rest.peek().is_some_and(digit) {
            return true;
        }
    }
    false
}

fn binary(text: &str) -> Scalar {
    let packed: String = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    match STANDARD.decode(packed) {
        Ok(bytes) => {
            let label = String::from_utf8_lossy(&bytes).into_owned();
            Scalar::Value(Value::Bytes(bytes.into()), Some(label.into()))
        }
        Err(_) => Scalar::Failed("`!!binary` takes base64".to_owned()),
    }
}
