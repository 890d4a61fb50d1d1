//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::library::testing;

enum Argument {
    Text(&'static str),
    Bytes(&'static [u8]),
    Int(i64),
}
use Argument::{Bytes as B, Int as I, Text as T};

fn call(name: &str, arguments: &[Argument]) -> String {
    let value = |argument: &Argument| match argument {
        T(text) => Value::String((*text).into()),
        B(bytes) => Value::Bytes((*bytes).into()),
        I(number) => Value::Number((*number).into()),
    };
    let arguments: Vec<_> = arguments.iter().map(value).collect();
    testing::json(FUNCTIONS, name, &arguments)
}

#[test]
fn case_is_mapped_character_by_character() {
    assert_eq!(call("ToUpper", &[T("aéßﬁǆᾳა")]), "\"AÉßﬁǄᾼᲐ\"");
    assert_eq!(call("ToLower", &[T("AÉİΣǅ")]), "\"aéiσǆ\"");
    assert_eq!(
        call("ToTitle", &[T("ab cd_ef-gh ǆ ა\u{2028}x")]),
        "\"Ab Cd_ef-gh ǅ ა\\u2028X\""
    );
    assert_eq!(call("ToCamel", &[T("Ab CD EF")]), "\"ab cD eF\"");
}

#[test]
fn bytes_and_characters_are_counted_apart() {
    assert_eq!(call("ByteAt", &[T("é"), I(1)]), "169");
    assert_eq!(call("ByteAt", &[B(b"\xff"), I(0)]), "255");
    assert_eq!(call("ByteAt", &[T("a"), I(1)]), "failed");
    assert_eq!(call("ByteSlice", &[T("abcd"), I(1), I(3)]), "\"YmM=\"");
    assert_eq!(call("ByteSlice", &[T("abcd"), I(3), I(1)]), "failed");
    assert_eq!(call("SliceRunes", &[T("aéio"), I(1), I(3)]), "\"éi\"");
    assert_eq!(call("SliceRunes", &[T("abc"), I(1), I(9)]), "failed");
    assert_eq!(call("Runes", &[T("aé😀")]), "[97,233,128512]");
    assert_eq!(call("MaxRunes", &[T("éé"), I(2)]), "true");
    assert_eq!(call("MinRunes", &[T("éé"), I(3)]), "false");
}

#[test]
fn places_are_bytes() {
    assert_eq!(call("Index", &[T("aébc"), T("b")]), "3");
    assert_eq!(call("LastIndex", &[T("abab"), T("")]), "4");
    assert_eq!(call("IndexAny", &[T("golang"), T("")]), "-1");
    assert_eq!(call("LastIndexAny", &[T("golang"), T("go")]), "5");
    assert_eq!(call("Count", &[T("cheese"), T("e")]), "3");
    assert_eq!(call("Count", &[T("aé"), T("")]), "3");
}

#[test]
fn splitting_stops_at_the_limit() {
    assert_eq!(call("Split", &[T(""), T("")]), "[]");
    assert_eq!(call("Split", &[T(""), T(",")]), "[\"\"]");
    assert_eq!(call("SplitN", &[T("aéb"), T(""), I(2)]), "[\"a\",\"éb\"]");
    assert_eq!(call("SplitN", &[T("a,b,c"), T(","), I(0)]), "[]");
    assert_eq!(
        call("SplitN", &[T("a,b,c"), T(","), I(-1)]),
        "[\"a\",\"b\",\"c\"]"
    );
    assert_eq!(
        call("SplitAfterN", &[T("a,b,c"), T(","), I(2)]),
        "[\"a,\",\"b,c\"]"
    );
    assert_eq!(
        call("SplitAfter", &[T("a,b,"), T(",")]),
        "[\"a,\",\"b,\",\"\"]"
    );
    assert_eq!(
        call("Fields", &[T(" a\u{a0}b\u{3000}c\u{200b}d ")]),
        "[\"a\",\"b\",\"c\u{200b}d\"]"
    );
}

#[test]
fn replacing_and_repeating_are_bounded() {
    assert_eq!(
        call("Replace", &[T("ab"), T(""), T("-"), I(-1)]),
        "\"-a-b-\""
    );
    assert_eq!(
        call("Replace", &[T("aaa"), T("a"), T("b"), I(2)]),
        "\"bba\""
    );
    assert_eq!(call("Repeat", &[T("ab"), I(-1)]), "failed");
    assert_eq!(call("Repeat", &[T(""), I(i64::MAX)]), "\"\"");
    assert_eq!(call("Repeat", &[T("ab"), I(i64::MAX)]), "TooLarge");
}

#[test]
fn trimming_takes_a_set_or_one_text() {
    assert_eq!(call("Trim", &[T("xyaxy"), T("yx")]), "\"a\"");
    assert_eq!(call("Trim", &[T("xax"), T("")]), "\"xax\"");
    assert_eq!(call("TrimRight", &[T("xaxy"), T("xy")]), "\"xa\"");
    assert_eq!(call("TrimPrefix", &[T("ababc"), T("ab")]), "\"abc\"");
    assert_eq!(
        call("TrimSpace", &[T("\u{85}\u{2003}a\u{feff}\n")]),
        "\"a\u{feff}\""
    );
}
