//! What an unquoted scalar means to KubeVela.
//!
//! KubeVela reads YAML 1.1 as `sigs.k8s.io/yaml` does: `yes` and `on` are booleans, `017` and `0o17` are
//! fifteen, `1_000` is a thousand; dates and `12:30` stay text. A number keeps its digits where JSON's
//! grammar allows: `1.10` stays `1.10`.

use burgee_source::{Kind, Node, Number};

/// A scalar's meaning.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    Null,
    Bool(bool),
    Number(Number),
    /// `.inf`, `.nan`: YAML has them, JSON does not.
    NotFinite,
    Text,
}

/// One plain YAML scalar as KubeVela reads it; a scalar in quotes is a string.
///
/// ```
/// # use burgee_manifest::scalar;
/// assert_eq!(scalar("yes").as_bool(), Some(true));
/// assert_eq!(scalar("1_000").as_number().map(|n| n.as_str()), Some("1000"));
/// assert_eq!(scalar("'1_000'").as_str(), Some("1_000"));
/// assert_eq!(scalar("https://x/?a: b # c").as_str(), Some("https://x/?a: b # c"));
/// ```
#[must_use]
pub fn scalar(text: &str) -> Node {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    if let Some(unquoted) = crate::tree::unquote(text) {
        return Node::string(unquoted);
    }
    match meaning(text) {
        Meaning::Null => Kind::Null.into(),
        Meaning::Bool(value) => Kind::Bool(value).into(),
        Meaning::Number(number) => Kind::Number(number).into(),
        Meaning::NotFinite | Meaning::Text => Node::string(text),
    }
}

/// Reads a plain scalar.
pub(crate) fn meaning(text: &str) -> Meaning {
    let Some(first) = text.bytes().next() else {
        return Meaning::Null;
    };
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' => numeric(text),
        _ => word(text),
    }
}

fn word(text: &str) -> Meaning {
    match text {
        "~" | "null" | "Null" | "NULL" => Meaning::Null,
        "true" | "True" | "TRUE" => Meaning::Bool(true),
        "false" | "False" | "FALSE" => Meaning::Bool(false),
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Meaning::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Meaning::Bool(false),
        _ => Meaning::Text,
    }
}

fn numeric(text: &str) -> Meaning {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Meaning::NotFinite,
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Meaning::NotFinite,
        _ => {}
    }
    // Most texts that begin like a number are already one; underscores only count behind a digit or sign.
    let plain = if text.starts_with('.') || !text.contains('_') {
        std::borrow::Cow::Borrowed(text)
    } else {
        text.replace('_', "").into()
    };
    let number = integer(&plain).or_else(|| float(&plain));
    number.map_or(Meaning::Text, Meaning::Number)
}

/// An integer of 64 bits with Go's prefixes: `0x`, `0o`, `0b`, and `0` for octal.
fn integer(text: &str) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = radix(digits);
    // A sign here would be a second one.
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let value = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if negative { -value } else { value };
    if value < i128::from(i64::MIN) {
        return None;
    }
    Number::parse(&value.to_string())
}

fn radix(digits: &str) -> (u32, &str) {
    let lower = digits.get(..2).map(str::to_ascii_lowercase);
    match lower.as_deref() {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        Some(two) if two.starts_with('0') => (8, &digits[1..]),
        Some(_) | None => (10, digits),
    }
}

/// A decimal number, brought into JSON's grammar with the digits it has.
fn float(text: &str) -> Option<Number> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let exponent_at = rest.find(['e', 'E']).unwrap_or(rest.len());
    let (mantissa, exponent) = rest.split_at(exponent_at);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let fraction = match (mantissa.contains('.'), fraction) {
        (false, _) => String::new(),
        (true, "") => ".0".to_owned(),
        (true, digits) => format!(".{digits}"),
    };
    let number = Number::parse(&format!("{sign}{whole}{fraction}{exponent}"))?;
    // Beyond a double's range it is text to KubeVela.
    let value: f64 = number.as_str().parse().ok()?;
    value.is_finite().then_some(number)
}
