//! Expectations are what `yaml.Marshal` of CUE v0.14.1 answers.

use super::*;
use crate::Number;

fn text(text: &str) -> Value {
    Value::String(text.into())
}

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).expect("a number"))
}

fn map(fields: &[(&str, Value)]) -> Value {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).into(), value.clone()));
    Value::Struct(fields.collect())
}

fn list(items: &[Value]) -> Value {
    Value::List(items.into())
}

#[test]
fn lists_in_maps_are_indented() {
    let inner = map(&[("b", number("1"))]);
    let value = map(&[
        (
            "a",
            list(&[
                list(&[number("1"), number("2")]),
                list(std::slice::from_ref(&inner)),
            ]),
        ),
        ("c", list(&[map(&[("d", list(&[number("1")]))])])),
        ("d", list(&[list(&[])])),
        ("e", list(&[map(&[])])),
        ("f", inner),
    ]);
    assert_eq!(
        value.to_yaml_text(),
        "a:\n  - - 1\n    - 2\n  - - b: 1\nc:\n  - d:\n      - 1\nd:\n  - []\ne:\n  - {}\n\"f\":\n  b: 1\n"
    );
}

#[test]
fn words_dates_and_numbers_of_old_readers_are_quoted() {
    let quoted = [
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "t",
        "true",
        "null",
        "~",
        "",
        "1",
        "1e3",
        "0x1f",
        "0o17",
        "017",
        "1_000",
        ".inf",
        "12:30",
        "2001-01-01",
        "2001-1-1T1:2:3,5Z",
        "1:20:30",
        "0b1",
        ".5",
        "+1",
    ];
    for word in quoted {
        assert_eq!(text(word).to_yaml_text(), format!("\"{word}\"\n"));
    }
    let plain = [
        "YeS", "1.2.3", "v1", "08x", "a:b", "x#y", "0xg", "1e999", "<<", "12:30pm", "é",
    ];
    for word in plain {
        assert_eq!(text(word).to_yaml_text(), format!("{word}\n"));
    }
}

#[test]
fn signs_at_the_beginning_take_single_quotes() {
    for word in [
        "- x", "#a", "a: b", "a #b", " a", "a ", "?", "*a", "&a", "[", "{a}", "'", "%", "@",
    ] {
        let expected = format!("'{}'\n", word.replace('\'', "''"));
        assert_eq!(text(word).to_yaml_text(), expected);
    }
    assert_eq!(text("a:").to_yaml_text(), "'a:'\n");
    assert_eq!(text("-a").to_yaml_text(), "-a\n");
}

#[test]
fn lines_become_blocks() {
    let value = map(&[
        ("a", text("x\ny")),
        ("b", text("x\n")),
        ("c", text("\n")),
        ("d", text(" x\ny")),
        ("e", text("x \ny")),
        ("g", text("x\n\n")),
        ("h", text("x\r\ny")),
        ("i", text("\tx\ny")),
    ]);
    assert_eq!(
        value.to_yaml_text(),
        "a: |-\n  x\n  y\nb: |\n  x\nc: |2+\nd: |2-\n   x\n  y\ne: \"x \\ny\"\ng: |+\n  x\n\n\
         h: \"x\\r\\ny\"\ni: |-\n  \tx\n  y\n"
    );
    assert_eq!(
        text("a\nb\u{2028}c").to_yaml_text(),
        "|-\n  a\n  b\u{2028}  c\n"
    );
    assert_eq!(text("a\u{2028}b").to_yaml_text(), "'a\u{2028}  b'\n");
}

#[test]
fn what_cannot_be_printed_is_escaped() {
    assert_eq!(text("😀").to_yaml_text(), "\"\\U0001F600\"\n");
    assert_eq!(text("\0\u{1b}\u{85}").to_yaml_text(), "\"\\0\\e\\N\"\n");
    assert_eq!(text("\u{feff}ab").to_yaml_text(), "\"\\uFEFF\\x61\\x62\"\n");
    assert_eq!(text("a\tb").to_yaml_text(), "\"a\\tb\"\n");
}

#[test]
fn long_keys_and_keys_of_several_lines_stand_behind_a_question_mark() {
    let long = "b".repeat(129);
    let value = map(&[
        (&long, map(&[("c", number("1"))])),
        ("x\ny", list(&[number("1")])),
        (&"a".repeat(128), map(&[])),
    ]);
    let short = "a".repeat(128);
    assert_eq!(
        value.to_yaml_text(),
        format!("? {long}\n: c: 1\n? |-\n  x\n  y\n: - 1\n{short}: {{}}\n")
    );
}

#[test]
fn bytes_are_tagged() {
    let bytes = |bytes: &[u8]| Value::Bytes(bytes.into()).to_yaml_text();
    assert_eq!(bytes(b"ab"), "!!binary YWI=\n");
    assert_eq!(bytes(b""), "!!binary\n");
    assert_eq!(bytes(b"ab\n"), "!!binary |-\n  YWIK\n");
}

#[test]
fn numbers_keep_their_text() {
    for digits in ["1.50", "-5", "1E+3", "1E-10", "12345678901234567890123"] {
        assert_eq!(number(digits).to_yaml_text(), format!("{digits}\n"));
    }
    assert_eq!(number("1.").to_yaml_text(), "1.\n");
    let ten = Number::from(10);
    let long = Number::parse("10000000000000000000000000000000000").expect("a number");
    let long = Value::Number(long.multiply(&ten).expect("it is in range"));
    assert_eq!(
        long.to_yaml_text(),
        "1.000000000000000000000000000000000e+35\n"
    );
}
