//! Values to nodes and to JSON text.

use std::{borrow::Cow, fmt::Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use burgee_source::{Kind, Map, Node};
use ecow::EcoString;

use crate::{Data, Fields, Items, Value, View};

// === impl Value ===

impl Value {
    /// The value as a tree that nobody wrote. Numbers keep their digits; bytes become base64.
    #[must_use]
    pub fn to_node(&self) -> Node {
        let kind = match self {
            Self::Null => Kind::Null,
            Self::Bool(value) => Kind::Bool(*value),
            Self::Number(number) => match burgee_source::Number::parse(&number.to_string()) {
                Some(number) => Kind::Number(number),
                None => Kind::String(number.to_string()),
            },
            Self::String(text) => Kind::String(text.to_string()),
            Self::Bytes(bytes) => Kind::String(STANDARD.encode(bytes)),
            Self::List(items) => Kind::List(items.iter().map(Self::to_node).collect()),
            Self::Struct(fields) => {
                let fields = fields.iter();
                let fields = fields.map(|(key, value)| (key.to_string(), value.to_node()));
                Kind::Map(fields.collect::<Map>())
            }
        };
        kind.into()
    }

    /// The value as compact JSON, digits kept, bytes as base64.
    #[must_use]
    pub fn to_json_text(&self) -> String {
        let mut out = String::with_capacity(json_size(self));
        write_json(self, &mut out);
        out
    }
}

/// About what the JSON takes: all of it where nothing is escaped and numbers are short.
fn json_size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 5,
        Value::String(text) => text.len() + 2,
        Value::Bytes(bytes) => bytes.len() / 3 * 4 + 6,
        Value::List(items) => items.iter().map(|item| json_size(item) + 1).sum::<usize>() + 2,
        Value::Struct(fields) => {
            let fields = fields.iter();
            let sizes = fields.map(|(key, value)| key.len() + json_size(value) + 4);
            sizes.sum::<usize>() + 2
        }
    }
}

/// Writes a value as compact JSON, the way CUE's export does.
pub(crate) fn write_json(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => {
            // Writing to a string never fails.
            let _: std::fmt::Result = write!(out, "{number}");
        }
        Value::String(text) => write_string(text, out),
        Value::Bytes(bytes) => {
            out.push('"');
            STANDARD.encode_string(bytes, out);
            out.push('"');
        }
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(item, out);
            }
            out.push(']');
        }
        Value::Struct(fields) => {
            out.push('{');
            for (index, (key, value)) in fields.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write_json(value, out);
            }
            out.push('}');
        }
    }
}

/// Writes a JSON string. `<`, `>` and `&` stay as they are.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    // Nearly all strings are written as they are, and a look at their bytes says so.
    if !text.bytes().any(may_be_escaped) {
        out.push_str(text);
        rest = "";
    }
    while let Some(at) = rest.find(is_escaped) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        if let Some(c) = chars.next() {
            write_escape(c, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// True for the first byte of what is escaped, and of some other letters.
const fn may_be_escaped(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f | 0xe2)
}

const fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\' | '\u{0}'..='\u{1f}' | '\u{2028}' | '\u{2029}')
}

fn write_escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
    }
}

impl Data for Value {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Number(number) => View::Number(Cow::Owned(number.to_string())),
            Self::String(text) => View::String(text),
            Self::Bytes(bytes) => View::Bytes(bytes),
            Self::List(items) => View::List(items),
            Self::Struct(fields) => View::Map(fields),
        }
    }
}

impl Items for std::sync::Arc<[Value]> {
    fn len(&self) -> usize {
        <[Value]>::len(self)
    }

    fn at(&self, index: usize) -> Option<&dyn Data> {
        Some(self.get(index)?)
    }
}

impl Fields for std::sync::Arc<[(EcoString, Value)]> {
    fn len(&self) -> usize {
        <[(EcoString, Value)]>::len(self)
    }

    fn get(&self, name: &str) -> Option<&dyn Data> {
        let (_, value) = self.as_ref().iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    fn entries<'a>(&'a self) -> Box<dyn Iterator<Item = (&'a str, &'a dyn Data)> + 'a> {
        let field = |(key, value): &'a (EcoString, Value)| {
            let value: &dyn Data = value;
            (key.as_str(), value)
        };
        Box::new(self.as_ref().iter().map(field))
    }
}
