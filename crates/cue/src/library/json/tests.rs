//! Expectations are the answers of CUE v0.14.1.

use proptest::prelude::*;

use super::*;
use crate::library::MAX_NESTING;
use crate::library::testing;

fn call(name: &str, arguments: &[&str]) -> String {
    testing::plain(FUNCTIONS, name, &testing::texts(arguments))
}

#[test]
fn digits_are_kept() {
    for digits in ["1.50", "-1.50", "12345678901234567890123456789", "0E+2"] {
        assert_eq!(call("Unmarshal", &[digits]), digits);
    }
    assert_eq!(call("Unmarshal", &["1e400"]), "1E+400");
    assert_eq!(call("Unmarshal", &["-0"]), "0");
}

#[test]
fn equal_keys_have_to_agree() {
    let read = |text: &str| call("Unmarshal", &[text]);
    assert_eq!(read(r#"{"a": 1, "a": 1}"#), r#"{"a":1}"#);
    assert_eq!(
        read(r#"{"a": [1, {"b": 1}], "a": [1, {"c": 1}]}"#),
        r#"{"a":[1,{"b":1,"c":1}]}"#
    );
    for conflict in [
        r#"{"a": 1, "a": 2}"#,
        r#"{"a": 1, "a": 1.0}"#,
        r#"{"a": null, "a": {}}"#,
        r#"{"a": [1], "a": [1, 2]}"#,
    ] {
        assert_eq!(read(conflict), "failed");
        assert_eq!(call("Valid", &[conflict]), "true");
    }
}

#[test]
fn the_grammar_is_strict() {
    for text in [
        "",
        " ",
        "{a}",
        "[1,]",
        "01",
        "+1",
        "1.",
        ".5",
        "'a'",
        "nul",
        "\"\u{1}\"",
        r#""\x41""#,
        "1 2",
        "{} }",
    ] {
        assert_eq!(call("Valid", &[text]), "false", "{text}");
        assert_eq!(call("Unmarshal", &[text]), "failed", "{text}");
        assert_eq!(call("Compact", &[text]), "failed", "{text}");
    }
    assert_eq!(
        call("Valid", &[r#" {"a": [1, -0.5e+3, "\ud800"]} "#]),
        "true"
    );
    assert_eq!(call("Unmarshal", &[r#""\ud800""#]), "failed");
    assert_eq!(call("Unmarshal", &[r#""\ud83d\ude00""#]), "😀");
    assert_eq!(call("Unmarshal", &["\"\u{feff}\""]), "failed");
}

#[test]
fn a_stream_has_values_one_behind_the_other() {
    assert_eq!(
        call("UnmarshalStream", &["1 true\"a\"[2][]"]),
        r#"[1,true,"a",[2],[]]"#
    );
    assert_eq!(call("UnmarshalStream", &[""]), "[]");
    assert_eq!(call("UnmarshalStream", &["1,2"]), "failed");
}

#[test]
fn white_space_moves() {
    assert_eq!(
        call("Compact", &[" { \"a\" : [ 1 , {} ] } "]),
        r#"{"a":[1,{}]}"#
    );
    assert_eq!(
        call("Indent", &["[1,[2,{}],{\"a\":[]}] \n ", ">", "-"]),
        "[\n>-1,\n>-[\n>--2,\n>--{}\n>-],\n>-{\n>--\"a\": []\n>-}\n>] \n "
    );
    assert_eq!(
        call("HTMLEscape", &["<a>&\u{2028}'"]),
        "\\u003ca\\u003e\\u0026\\u2028'"
    );
}

#[test]
fn depth_is_bounded() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(call("Valid", &[&deep(10_000)]), "true");
    assert_eq!(call("Valid", &[&deep(10_001)]), "false");
    assert_eq!(call("Unmarshal", &[&deep(MAX_NESTING)]), deep(MAX_NESTING));
    assert_eq!(call("Unmarshal", &[&deep(MAX_NESTING + 1)]), "failed");
}

#[test]
fn what_is_no_utf8_is_replaced_byte_for_byte() {
    let bytes = Value::Bytes(b"\"\xe2\x80\xff\" ".as_slice().into());
    assert_eq!(
        (FUNCTIONS[5].run)(std::slice::from_ref(&bytes)),
        Ok(Value::String("\"\u{fffd}\u{fffd}\u{fffd}\"".into()))
    );
    assert!((FUNCTIONS[2].run)(&[bytes]).is_err());
}

proptest! {
    #[test]
    fn the_grammar_is_that_of_another_reader(text in r#"[\[\]{}:,0-9.eE+\-"\\ntrulsfa ]{0,16}"#) {
        let other = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        prop_assert_eq!(scan::check(text.as_bytes()).is_ok(), other);
        if read::one(text.as_bytes()).is_ok() {
            prop_assert!(other);
        }
    }
}
