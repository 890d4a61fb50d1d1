//! How values are printed.

use burgee_cue::{Term, Value};

use crate::{args::Form, exit::Failure};

/// What stands between two values.
pub(super) fn separator(form: Form) -> &'static str {
    match form {
        Form::Json | Form::Text => "",
        Form::Yaml => "---\n",
        Form::Cue => "// ---\n",
    }
}

/// A concrete value, with a line break at its end.
pub(super) fn value(value: &Value, form: Form, escape: bool) -> Result<String, Failure> {
    Ok(match form {
        Form::Json => {
            let mut text = indented(&value.to_json_text());
            if escape {
                text = text
                    .replace('<', "\\u003c")
                    .replace('>', "\\u003e")
                    .replace('&', "\\u0026");
            }
            text.push('\n');
            text
        }
        Form::Yaml => value.to_yaml_text(),
        Form::Cue => with_line_break(Term::Value(value.clone()).to_cue()),
        Form::Text => match value {
            Value::String(text) => format!("{text}\n"),
            Value::Bytes(bytes) => format!("{}\n", String::from_utf8_lossy(bytes)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Struct(_) => {
                let found = value.type_name();
                let message = format!("--out text prints a string or bytes, and this is a {found}");
                return Err(Failure::usage(message).hint("choose a string with -e EXPR"));
            }
        },
    })
}

/// CUE text with a line break at its end; nothing for an empty struct, whose text is empty.
pub(super) fn with_line_break(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Compact JSON, indented by four. The text of strings and numbers stays as it is.
fn indented(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() * 2);
    let mut depth = 0usize;
    let mut chars = compact.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => {
                out.push(c);
                out.extend(chars.next());
            }
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            c if in_string => out.push(c),
            '{' | '[' => {
                out.push(c);
                if let Some(close) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c => out.push(c),
        }
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("    ", depth));
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn strings_and_digits_stay_as_they_are() {
        let compact = r#"{"a:{":"x, \"[]","b":[],"c":{},"d":[1E+3,[1.50]]}"#;
        let expected = "{\n    \"a:{\": \"x, \\\"[]\",\n    \"b\": [],\n    \"c\": {},\n    \"d\": [\n        1E+3,\n        [\n            1.50\n        ]\n    ]\n}";
        assert_eq!(indented(compact), expected);
    }
}
