//! Values to YAML, byte for byte as CUE's own export writes it.
//!
//! Block style with two spaces a level, also for lists inside of maps; only what is empty stands in brackets. Numbers
//! keep their text and bytes become `!!binary`. How text is written is decided in `scalar`, what a reader
//! would take a plain text for in `resolve`.

mod resolve;
mod scalar;
mod style;
#[cfg(test)]
mod tests;

pub(crate) use resolve::{Meaning, meaning};

use crate::Value;
use scalar::{is_simple_key, write_bytes, write_number, write_text};

/// The spaces of one level.
const INDENT: usize = 2;

// === impl Value ===

impl Value {
    /// The value as a YAML document, digits kept.
    ///
    /// ```
    /// # use burgee_cue::{Program, Limits};
    /// # use burgee_source::SourceId;
    /// let program = Program::file(r#"a: [1.50, "yes"], b: {}"#, SourceId(0)).expect("it is CUE");
    /// let value = program.evaluate(&[], &Limits::default()).expect("it is concrete");
    /// assert_eq!(value.to_yaml_text(), "a:\n  - 1.50\n  - \"yes\"\nb: {}\n");
    /// ```
    #[must_use]
    pub fn to_yaml_text(&self) -> String {
        let mut out = String::new();
        write_yaml(self, &mut out);
        out
    }
}

/// Appends a document that ends with a line break.
pub(crate) fn write_yaml(value: &Value, out: &mut String) {
    match value {
        Value::List(items) if !items.is_empty() => write_collection(value, 0, out),
        Value::Struct(fields) if !fields.is_empty() => write_collection(value, 0, out),
        scalar => write_scalar(scalar, 0, out),
    }
    end_line(out);
}

/// A list or struct with something in it; its first entry begins where `out` ends.
fn write_collection(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    new_line(indent, out);
                }
                out.push('-');
                write_nested(item, indent, Nested::SameLine, out);
            }
        }
        Value::Struct(fields) => {
            for (index, (key, value)) in fields.iter().enumerate() {
                if index > 0 {
                    new_line(indent, out);
                }
                if is_simple_key(key) {
                    write_text(key, indent + INDENT, out);
                    out.push(':');
                    write_nested(value, indent, Nested::NextLine, out);
                } else {
                    out.push_str("? ");
                    write_text(key, indent + INDENT, out);
                    new_line(indent, out);
                    out.push(':');
                    write_nested(value, indent, Nested::SameLine, out);
                }
            }
        }
        scalar => write_scalar(scalar, indent, out),
    }
}

/// Where the first entry of a collection behind `-` or `:` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nested {
    SameLine,
    NextLine,
}

/// What follows `-`, `key:` or the `:` of a long key.
fn write_nested(value: &Value, indent: usize, nested: Nested, out: &mut String) {
    let is_block = match value {
        Value::List(items) => !items.is_empty(),
        Value::Struct(fields) => !fields.is_empty(),
        _ => false,
    };
    let inner = indent + INDENT;
    match (is_block, nested) {
        (true, Nested::NextLine) => {
            new_line(inner, out);
            write_collection(value, inner, out);
        }
        (true, Nested::SameLine) => {
            out.push(' ');
            write_collection(value, inner, out);
        }
        (false, _) => {
            out.push(' ');
            write_scalar(value, indent, out);
        }
    }
}

/// A scalar or an empty collection inside of a collection at `indent`.
fn write_scalar(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_text(text, indent + INDENT, out),
        Value::Bytes(bytes) => write_bytes(bytes, indent + INDENT, out),
        Value::List(_) => out.push_str("[]"),
        Value::Struct(_) => out.push_str("{}"),
    }
}

fn new_line(indent: usize, out: &mut String) {
    end_line(out);
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Block text may have ended its line already, also with one of Unicode's breaks.
fn end_line(out: &mut String) {
    if !out.ends_with(['\n', '\u{2028}', '\u{2029}']) {
        out.push('\n');
    }
}
