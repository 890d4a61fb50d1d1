//! Package `encoding/csv`: fields between commas, quoted where they have to be. All records have as many fields as the
//! first; empty lines are none.
//!
//! | function | what it does |
//! |---|---|
//! | `Encode([[…], …])` | strings as they are, everything else as JSON |
//! | `Decode(text)` | lists of strings |

use super::{
    Answer, Builtin, CallError, MAX_ITEMS, Param as P, answers, bytes, failed, function, items,
    lossy, string,
};
use crate::Value;

const NAME: &str = "csv";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Encode", &[P::Any], |a| {
        let Some(Value::List(_)) = a.first() else {
            return Err(failed("a list of lists was expected"));
        };
        let mut out = String::new();
        for record in items(a, 0) {
            let Value::List(fields) = record else {
                return Err(failed("a record is a list"));
            };
            let fields: Vec<_> = fields.iter().map(written).collect();
            out.push_str(&fields.join(","));
            out.push('\n');
        }
        string(out)
    }),
    function(NAME, "Decode", &[P::Text], |a| decode(bytes(a, 0))),
];

fn written(field: &Value) -> String {
    let text = match field {
        Value::String(text) => text.to_string(),
        other => other.to_json_text(),
    };
    let is_special = text == "\\."
        || text.contains(['\n', '\r', '"', ','])
        || text.starts_with(char::is_whitespace);
    match is_special {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

fn decode(text: &[u8]) -> Answer {
    let mut rest = text;
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut count = 0_usize;
    while let Some(line) = next_line(&mut rest) {
        if line.0.is_empty() {
            continue;
        }
        let record = record(line, &mut rest)?;
        if records
            .first()
            .is_some_and(|first| first.len() != record.len())
        {
            return Err(failed(
                "a record has another number of fields than the first",
            ));
        }
        count += record.len();
        if count > MAX_ITEMS {
            return Err(CallError::TooLarge);
        }
        records.push(record);
    }
    let records: Result<Vec<_>, _> = records.into_iter().map(answers::texts).collect();
    Ok(Value::List(records?.into()))
}

/// A line without its break, and whether it has one.
type Line<'t> = (&'t [u8], bool);

/// The next line. A `\r` at the very end is as good as a break.
fn next_line<'t>(rest: &mut &'t [u8]) -> Option<Line<'t>> {
    if rest.is_empty() {
        return None;
    }
    let end = rest.iter().position(|byte| *byte == b'\n');
    let line = &rest[..end.unwrap_or(rest.len())];
    *rest = end.map_or(&[], |end| &rest[end + 1..]);
    Some((line.strip_suffix(b"\r").unwrap_or(line), end.is_some()))
}

/// The fields of a record that begins with a line; one in quotes may go on in the lines behind it.
fn record(first: Line<'_>, rest: &mut &[u8]) -> Result<Vec<String>, CallError> {
    let (mut line, mut ended) = first;
    let mut fields = Vec::new();
    loop {
        let Some(quoted) = line.strip_prefix(b"\"") else {
            let end = line.iter().position(|byte| *byte == b',');
            let field = &line[..end.unwrap_or(line.len())];
            if field.contains(&b'"') {
                return Err(failed("a quote stands in a field without quotes"));
            }
            fields.push(lossy(field));
            match end {
                Some(end) => line = &line[end + 1..],
                None => return Ok(fields),
            }
            continue;
        };
        let mut field = Vec::new();
        line = quoted;
        loop {
            let Some(quote) = line.iter().position(|byte| *byte == b'"') else {
                field.extend_from_slice(line);
                if ended {
                    field.push(b'\n');
                }
                let next = next_line(rest);
                (line, ended) = next.ok_or_else(|| failed("a quote is not closed"))?;
                continue;
            };
            field.extend_from_slice(&line[..quote]);
            line = &line[quote + 1..];
            match line.first() {
                Some(b'"') => {
                    field.push(b'"');
                    line = &line[1..];
                }
                Some(b',') | None => break,
                Some(_) => return Err(failed("something stands behind a closing quote")),
            }
        }
        fields.push(lossy(&field));
        match line.strip_prefix(b",") {
            Some(after) => line = after,
            None => return Ok(fields),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        match decode(text.as_bytes()) {
            Ok(value) => value.to_json_text(),
            Err(_) => "failed".to_owned(),
        }
    }

    #[test]
    fn fields_are_quoted_where_they_have_to_be() {
        let written = |text: &str| written(&Value::String(text.into()));
        assert_eq!(written("a\"b"), "\"a\"\"b\"");
        assert_eq!(written(" x"), "\" x\"");
        assert_eq!(written("x "), "x ");
        assert_eq!(written("\\."), "\"\\.\"");
    }

    #[test]
    fn quoted_fields_go_over_lines() {
        assert_eq!(decoded("a,\"b\r\nc\"\"d\"\r\n"), r#"[["a","b\nc\"d"]]"#);
        assert_eq!(decoded("\n\na\n\n"), r#"[["a"]]"#);
        assert_eq!(decoded("a\rb\n"), r#"[["a\rb"]]"#);
        assert_eq!(decoded(",\n"), r#"[["",""]]"#);
        assert_eq!(decoded("a\n\r"), r#"[["a"]]"#);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for text in ["a,b\n1\n", "a,b\"c\n", "a,\"b\"c\n", "a,\"b"] {
            assert_eq!(decoded(text), "failed", "{text}");
        }
    }
}
