//! When two values are the same: in kind and value, fields in any order.
//!
//! `1` is not `1.0`, but `1.0` is `1.00`. Each value is written in a form that only its equals have, so that a long
//! list is looked through once and not item against item.

use std::{collections::HashSet, fmt::Write as _};

use crate::Value;

pub(super) fn contains(items: &[Value], value: &Value) -> bool {
    let wanted = form(value);
    items.iter().any(|item| form(item) == wanted)
}

pub(super) fn are_unique(items: &[Value]) -> bool {
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().all(|item| seen.insert(form(item)))
}

fn form(value: &Value) -> String {
    let mut out = String::new();
    write_form(value, &mut out);
    out
}

fn write_form(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push('n'),
        Value::Bool(value) => out.push(if *value { 't' } else { 'f' }),
        Value::Number(number) => {
            out.push(if number.is_integer() { 'i' } else { 'd' });
            out.push_str(&number.canonical_text());
            out.push(';');
        }
        // With their length in front, no text can look like something else.
        Value::String(text) => write_text('s', text, out),
        Value::Bytes(bytes) => {
            out.push('b');
            for byte in bytes.iter() {
                write!(out, "{byte:02x}").expect("a string takes everything");
            }
            out.push(';');
        }
        Value::List(items) => {
            out.push('[');
            items.iter().for_each(|item| write_form(item, out));
            out.push(']');
        }
        Value::Struct(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            out.push('{');
            for (key, value) in fields {
                write_text('k', key, out);
                write_form(value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(kind: char, text: &str, out: &mut String) {
    write!(out, "{kind}{}:{text}", text.len()).expect("a string takes everything");
}
