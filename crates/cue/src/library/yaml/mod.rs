//! Package `encoding/yaml`.
//!
//! | function | what it does |
//! |---|---|
//! | `Marshal(v)` | a document, as `value::yaml` writes it |
//! | `MarshalStream([…])` | a document an item, `---` between them |
//! | `Unmarshal(text)` | the value of the one document there is; of an empty text `null` |
//! | `UnmarshalStream(text)` | a list with the value of each document |
//!
//! `build` puts the parser's events together, `map` those of a map, `scalar` reads a single one.

mod build;
mod map;
mod scalar;
#[cfg(test)]
mod tests;

use granit_parser::{Event, Parser, StrInput};

use super::{
    Answer, Builtin, CallError, MAX_NESTING, Param as P, bytes, failed, function, list_of, string,
};
use crate::{Value, value::write_yaml};
use build::Builder;

const NAME: &str = "yaml";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Marshal", &[P::Any], |a| {
        let mut out = String::new();
        write_yaml(&a[0], &mut out);
        string(out)
    }),
    function(NAME, "MarshalStream", &[P::Any], |a| {
        let items = list_of(a, 0)?;
        let mut out = String::new();
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str("---\n");
            }
            write_yaml(item, &mut out);
        }
        string(out)
    }),
    function(NAME, "Unmarshal", &[P::Text], |a| one(bytes(a, 0))),
    function(NAME, "UnmarshalStream", &[P::Text], |a| {
        Ok(Value::List(documents(bytes(a, 0))?.into()))
    }),
];

/// Reads all documents of a YAML text; an empty one is a `null`.
///
/// # Errors
///
/// Why it is none.
pub(crate) fn decode_yaml_stream(text: &[u8]) -> Result<Vec<Value>, String> {
    documents(text).map_err(CallError::into_reason)
}

fn one(text: &[u8]) -> Answer {
    let mut documents = documents(text)?;
    match (documents.pop(), documents.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_) | None, _) => Err(failed("there is more than one YAML document")),
    }
}

fn documents(text: &[u8]) -> Result<Vec<Value>, CallError> {
    let text = std::str::from_utf8(text).map_err(|_| failed("this is no UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
        return Err(failed(format!("YAML may not hold {}", c.escape_unicode())));
    }
    if begins_with_end(text) {
        return Err(failed("`...` ends a document that has not begun"));
    }
    let mut builder = Builder::new(text);
    let mut list = Vec::new();
    for event in parser(text) {
        let (event, span) = event.map_err(|error| failed(format!("this is no YAML: {error}")))?;
        match event {
            Event::DocumentStart(_, Some(version)) if (version.major, version.minor) != (1, 1) => {
                return Err(failed("the only version of YAML that may be named is 1.1"));
            }
            Event::DocumentEnd => list.push(builder.finish()),
            event => builder.event(event, span)?,
        }
    }
    if list.is_empty() {
        list.push(Value::Null);
    }
    Ok(list)
}

fn begins_with_end(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let first = lines.find(|line| !line.is_empty() && !line.trim_start().starts_with('#'));
    first == Some("...")
}

/// YAML takes no control characters besides tab and line breaks.
const fn is_allowed(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..
    )
}

fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    Parser::new_from_str_with_options(
        text,
        granit_parser::options! {
            emit_comments: false,
            // As libyaml, which CUE's reader is made from.
            block_scalar_eof_without_line_feed: true,
            bom_inside_document_as_content: true,
            flow_nesting_limit: MAX_NESTING,
            block_nesting_limit: MAX_NESTING,
        },
    )
}
