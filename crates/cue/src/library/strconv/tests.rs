//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::Number;
use crate::library::testing;

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).expect("a number"))
}

fn call(name: &str, arguments: &[Value]) -> String {
    testing::plain(FUNCTIONS, name, arguments)
}

fn text(text: &str) -> Value {
    Value::String(text.into())
}

#[test]
fn integers_have_a_base_and_a_size() {
    let parse = |whole: &str, base: i64, bits: i64| {
        call(
            "ParseInt",
            &[
                text(whole),
                Value::Number(base.into()),
                Value::Number(bits.into()),
            ],
        )
    };
    assert_eq!(parse("ff", 16, 64), "255");
    assert_eq!(parse("0x1f", 0, 64), "31");
    assert_eq!(parse("0_7", 0, 64), "7");
    assert_eq!(parse("0x_f", 0, 0), "15");
    assert_eq!(parse("-128", 10, 8), "-128");
    for (whole, base, bits) in [
        ("128", 10, 8),
        ("1_000", 10, 64),
        ("1__0", 0, 64),
        ("_1", 0, 64),
        ("5", 1, 64),
        ("5", 37, 64),
        ("5", 10, 65),
        ("9223372036854775808", 10, 64),
        ("", 10, 64),
        ("+", 10, 64),
    ] {
        assert_eq!(parse(whole, base, bits), "failed", "{whole} {base} {bits}");
    }
    let unsigned = |whole: &str| call("ParseUint", &[text(whole), number("10"), number("64")]);
    assert_eq!(unsigned("18446744073709551615"), "18446744073709551615");
    assert_eq!(unsigned("+5"), "failed");
    assert_eq!(call("Atoi", &[text("+7")]), "7");
}

#[test]
fn integers_of_any_size_are_written_in_any_base() {
    let format = |value: &str, base: &str| call("FormatInt", &[number(value), number(base)]);
    assert_eq!(format("255", "16"), "ff");
    assert_eq!(format("-5", "2"), "-101");
    assert_eq!(format("12345678901234567890", "62"), "eHZl6hWz5OW");
    assert_eq!(format("5", "63"), "failed");
    assert_eq!(format("5", "1"), "failed");
}

#[test]
fn floats_are_rounded_to_their_size() {
    let parse = |whole: &str, bits: &str| call("ParseFloat", &[text(whole), number(bits)]);
    for (whole, value) in [
        ("1.50", "1.5"),
        ("100", "1E+2"),
        ("1_000.5", "1000.5"),
        ("0x1.8p1", "3"),
        ("0x1_0p3", "128"),
        ("-0", "-0"),
        ("1e-400", "0"),
        ("+1.5E+3", "1.5E+3"),
    ] {
        assert_eq!(parse(whole, "64"), value, "{whole}");
    }
    assert_eq!(parse("0.1", "32"), "0.10000000149011612");
    assert_eq!(parse("16777217", "32"), "16777216");
    // Two numbers of 16 digits are equally near: the even one.
    assert_eq!(parse("-930.117", "32"), "-930.1170043945312");
    for whole in ["1e400", "inf", "NaN", "0x1.8", "1e", ".", "", " 1", "1_"] {
        assert_eq!(parse(whole, "64"), "failed", "{whole}");
    }
    assert_eq!(parse("1e39", "32"), "failed");
}

#[test]
fn floats_are_written_in_every_format() {
    let format = |value: &str, verb: char, precision: i64, bits: i64| {
        call(
            "FormatFloat",
            &[
                number(value),
                Value::Number(i64::from(u32::from(verb)).into()),
                Value::Number(precision.into()),
                Value::Number(bits.into()),
            ],
        )
    };
    assert_eq!(format("1.5", 'f', 2, 64), "1.50");
    assert_eq!(format("2.5", 'f', 0, 64), "2");
    assert_eq!(format("1500000", 'e', -1, 64), "1.5e+06");
    assert_eq!(format("1500000", 'g', -1, 64), "1.5e+06");
    assert_eq!(format("100000", 'G', -1, 64), "100000");
    assert_eq!(format("1234567", 'E', 2, 64), "1.23E+06");
    assert_eq!(format("0.1", 'g', 20, 64), "0.10000000000000000555");
    assert_eq!(format("0.1", 'f', -1, 32), "0.1");
    assert_eq!(format("1", 'b', -1, 64), "4503599627370496p-52");
    assert_eq!(format("1", 'x', -1, 64), "0x1p+00");
    assert_eq!(format("-3.75", 'x', 2, 64), "-0x1.e0p+01");
    assert_eq!(format("10.5", 'X', -1, 64), "0X1.5P+03");
    assert_eq!(format("0", 'e', -1, 64), "0e+00");
    assert_eq!(format("1e300", 'f', 2, 32), "+Inf");
    assert_eq!(format("1", 'q', 2, 64), "%q");
    assert_eq!(format("1e400", 'f', 2, 64), "failed");
    assert_eq!(format("1e-400", 'f', 2, 64), "failed");
    assert_eq!(format("1", 'f', 2, 16), "failed");
    assert_eq!(format("1", 'f', i64::MAX, 64), "TooLarge");
}

#[test]
fn what_cannot_be_printed_is_escaped() {
    let quote = |name: &str, inner: &str| call(name, &[text(inner)]);
    assert_eq!(quote("Quote", "a\"b\né\u{301}"), "\"a\\\"b\\né\u{301}\"");
    assert_eq!(
        quote("Quote", "\0\u{7f}\u{a0}\u{ad}\u{378}😀"),
        r#""\x00\x7f\u00a0\u00ad\u0378😀""#
    );
    assert_eq!(quote("QuoteToASCII", "é😀"), r#""\u00e9\U0001f600""#);
    assert_eq!(
        quote("QuoteToGraphic", "\u{a0}\u{3000}\u{ad}"),
        "\"\u{a0}\u{3000}\\u00ad\""
    );
    assert_eq!(call("QuoteRune", &[number("39")]), r"'\''");
    assert_eq!(call("QuoteRune", &[number("-1")]), "'\u{fffd}'");
    assert_eq!(call("QuoteRune", &[number("4294967296")]), "failed");
    assert_eq!(call("IsPrint", &[number("160")]), "false");
    assert_eq!(call("IsGraphic", &[number("160")]), "true");
    assert_eq!(call("IsPrint", &[number("-1")]), "false");
}

#[test]
fn literals_of_cue_are_read() {
    let unquote = |literal: &str| call("Unquote", &[text(literal)]);
    assert_eq!(unquote(r#""a\n\u00e9""#), "a\né");
    assert_eq!(unquote(r##"#"a\n"#"##), r"a\n");
    assert_eq!(unquote(r"'\xe2\x80'"), "\u{fffd}\u{fffd}");
    assert_eq!(unquote("`a`"), "failed");
    assert_eq!(unquote("abc"), "failed");
    assert_eq!(unquote(r#""\x41""#), "failed");
}
