//! Package `encoding/json`.
//!
//! | function | what it does |
//! |---|---|
//! | `Marshal(v)` | compact JSON; `<`, `>` and `&` stay, bytes become base64, digits are kept |
//! | `MarshalStream([…])` | a line of JSON an item |
//! | `Unmarshal(text)` | the value of a JSON text; equal keys have to agree |
//! | `UnmarshalStream(text)` | a list with the values of a text, one behind the other |
//! | `Valid(text)` | whether it is JSON |
//! | `Compact(text)` | the same JSON without white space |
//! | `Indent(text, prefix, indent)` | the same JSON, each item on a line of its own |
//! | `HTMLEscape(text)` | any text with `<`, `>`, `&` and Unicode's line breaks escaped |
//!
//! `scan` knows the grammar, `read` makes values, `layout` moves white space.

mod layout;
mod read;
mod scan;
#[cfg(test)]
mod tests;

use super::{
    Builtin, CallError, Param as P, bytes, failed, function, list_of, string, text, validator,
};
use crate::{
    Value,
    value::{write_json, write_string},
};

pub(crate) use read::decode_json;

const NAME: &str = "json";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Marshal", &[P::Any], |a| {
        let mut out = String::new();
        write_json(&a[0], &mut out);
        string(out)
    }),
    function(NAME, "MarshalStream", &[P::Any], |a| {
        let items = list_of(a, 0)?;
        let mut out = String::new();
        for item in items {
            write_json(item, &mut out);
            out.push('\n');
        }
        string(out)
    }),
    function(NAME, "Unmarshal", &[P::Text], |a| read::one(bytes(a, 0))),
    function(NAME, "UnmarshalStream", &[P::Text], |a| {
        Ok(Value::List(read::stream(bytes(a, 0))?.into()))
    }),
    validator(NAME, "Valid", &[P::Text], |a| {
        Ok(Value::Bool(scan::check(bytes(a, 0)).is_ok()))
    }),
    function(NAME, "Compact", &[P::Text], |a| {
        layout::compact(bytes(a, 0))
    }),
    function(NAME, "Indent", &[P::Text, P::String, P::String], |a| {
        layout::indent(bytes(a, 0), text(a, 1), text(a, 2))
    }),
    function(NAME, "HTMLEscape", &[P::Text], |a| {
        layout::html_escape(bytes(a, 0))
    }),
];

fn no_json(at: usize) -> CallError {
    failed(format!("this is no JSON (at byte {at})"))
}

/// A string as JSON.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_string(text, &mut out);
    out
}
