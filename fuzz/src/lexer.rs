//! Any text between quotes, behind `//`, in an attribute, in a path: it means what is written.
//!
//! The lexer has no entry of its own: each form is a program of one token or two.

use burgee_cue::{Limits, Path, Program, Value, source::SourceId};

use crate::{limits::tight, parser, read_again};

/// Puts the text into every form.
pub fn holds(text: &str) {
    path(text);
    comment(text);
    attribute(text);
    for (open, close) in [
        ("\"", "\""),
        ("'", "'"),
        ("##\"", "\"##"),
        ("#'", "'#"),
        ("\"\"\"\n", "\n\"\"\""),
        ("\t'''\n\t", "\n\t'''"),
        ("##\"\"\"\n", "\n\"\"\"##"),
        ("\"\\(\"", "\")\""),
        ("0x", ""),
        ("1.", ""),
        ("`", "`"),
    ] {
        literal(open, text, close);
    }
    as_it_stands("\"", text, "\"", &["\"", "\\", "\n"]);
    as_it_stands("##\"", text, "\"##", &["\"##", "\\##", "\n", "\"\""]);
    let (open, close) = ("###\"\"\"\n", "\n\"\"\"###");
    as_it_stands(open, text, close, &["\"\"\"###", "\\###"]);
}

fn value(program: &str) -> Option<Value> {
    let program = Program::expression(program, SourceId(0)).ok()?;
    program.evaluate(&[], &tight()).ok()
}

/// Whatever is read can be written.
fn literal(open: &str, text: &str, close: &str) {
    let program = format!("{open}{text}{close}");
    parser::holds(&program);
    if let Some(value) = value(&program) {
        read_again::check(&value);
    }
}

/// A string without anything that means something in it is that text.
fn as_it_stands(open: &str, text: &str, close: &str, special: &[&str]) {
    let special = special.iter().any(|piece| text.contains(piece))
        || text.contains(['\0', '\r', '\u{feff}'])
        || text.starts_with('"')
        || text.ends_with('"');
    if special {
        return;
    }
    let program = format!("{open}{text}{close}");
    let read = value(&program);
    let read = read.as_ref().and_then(Value::as_str);
    assert_eq!(read, Some(text), "{program}");
}

fn comment(text: &str) {
    if text.contains(['\n', '\r', '\0', '\u{feff}']) {
        return;
    }
    let program = format!("// {text}\na: 1 // {text}\n// {text}");
    let program = Program::file(&program, SourceId(0)).expect("comments are not read");
    let value = program.evaluate(&[], &tight()).expect("a value");
    assert_eq!(value.to_json_text(), r#"{"a":1}"#);
}

fn attribute(text: &str) {
    let program = format!("a: 1 @x({text})");
    parser::holds(&program);
    let Ok(program) = Program::file(&program, SourceId(0)) else {
        return;
    };
    let limits: Limits = tight();
    let Ok(instance) = program.instance(&[], &limits) else {
        return;
    };
    let Some(item) = instance.root().get("a") else {
        return;
    };
    for attribute in item.attributes() {
        let _ = (attribute.name(), attribute.body());
        let _ = attribute.arguments();
    }
}

/// A path that is read is written so that it is read again.
fn path(text: &str) {
    match text.parse::<Path>() {
        Ok(path) => assert_eq!(path.to_string().parse(), Ok(path)),
        Err(problem) => assert!(text.is_char_boundary(problem.at), "{problem:?}"),
    }
}
