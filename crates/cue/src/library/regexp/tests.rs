//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::Number;
use crate::library::testing;

fn call(name: &str, arguments: &[&str]) -> String {
    let value = |text: &&str| match Number::parse(text) {
        Some(number) => Value::Number(number),
        None => Value::String((*text).into()),
    };
    let arguments: Vec<_> = arguments.iter().map(value).collect();
    testing::json(FUNCTIONS, name, &arguments)
}

#[test]
fn what_is_not_found_is_an_error() {
    assert_eq!(call("Find", &["b+", "abbc"]), r#""bb""#);
    assert_eq!(call("Find", &["z", "abc"]), "failed");
    assert_eq!(
        call("FindAll", &["[a-z]", "ab1c", "-1"]),
        r#"["a","b","c"]"#
    );
    assert_eq!(call("FindAll", &["[a-z]", "ab1c", "2"]), r#"["a","b"]"#);
    assert_eq!(call("FindAll", &["a", "aa", "0"]), "failed");
}

#[test]
fn an_empty_match_does_not_touch_the_one_before() {
    assert_eq!(call("FindAll", &["a*", "baac", "-1"]), r#"["","aa",""]"#);
    assert_eq!(call("ReplaceAll", &["", "abc", "-"]), r#""-a-b-c-""#);
}

#[test]
fn groups_come_in_order_or_by_name() {
    let all = call("FindAllSubmatch", &["(a)|(b)", "ab", "-1"]);
    assert_eq!(all, r#"[["a","a",""],["b","","b"]]"#);
    let named = |pattern, text| call("FindNamedSubmatch", &[pattern, text]);
    assert_eq!(named("(?P<x>a)(?<y>.)", "ab"), r#"{"x":"a","y":"b"}"#);
    assert_eq!(named("(?P<x>a)(?P<x>b)", "ab"), r#"{"x":"b"}"#);
    assert_eq!(named("(a)(.)", "ab"), "{}");
}

#[test]
fn templates_name_groups() {
    let replaced = |template| call("ReplaceAll", &["a(?P<n>.)", "abac", template]);
    assert_eq!(replaced("<${1}>"), r#""<b><c>""#);
    assert_eq!(replaced("$1x"), r#""""#);
    assert_eq!(
        replaced("$n-$0-$$-${2}-$-${n"),
        r#""b-ab-$--$-${nc-ac-$--$-${n""#
    );
    assert_eq!(call("ReplaceAllLiteral", &["a", "aba", "$1"]), r#""$1b$1""#);
}

#[test]
fn quoted_text_is_matched_as_it_is() {
    assert_eq!(call("QuoteMeta", &["a.b*-é"]), r#""a\\.b\\*-é""#);
}
