//! Scalars as KubeVela reads them. The expectations are the answers of `sigs.k8s.io/yaml` v1.4.0, the
//! reader that KubeVela uses; where we keep more digits than it does, the row stands in a table of its own.

use burgee_manifest::{documents, scalar};
use burgee_source::{Node, Severity, Sources};

fn json(text: &str) -> Result<String, &'static str> {
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", text);
    let (nodes, problems) = documents(&sources, file);
    let error = problems
        .iter()
        .find(|problem| problem.severity() == Severity::Error);
    match error {
        Some(error) => Err(error.rule().code),
        None => Ok(nodes.first().map_or("null".to_owned(), Node::to_json_text)),
    }
}

const PLAIN: &[(&str, &str)] = &[
    ("yes", "true"),
    ("no", "false"),
    ("on", "true"),
    ("off", "false"),
    ("y", "true"),
    ("n", "false"),
    ("Y", "true"),
    ("N", "false"),
    ("Yes", "true"),
    ("YES", "true"),
    ("No", "false"),
    ("NO", "false"),
    ("On", "true"),
    ("ON", "true"),
    ("Off", "false"),
    ("OFF", "false"),
    ("true", "true"),
    ("True", "true"),
    ("TRUE", "true"),
    ("false", "false"),
    ("False", "false"),
    ("FALSE", "false"),
    ("tRUE", r#""tRUE""#),
    ("~", "null"),
    ("null", "null"),
    ("Null", "null"),
    ("NULL", "null"),
    ("nULL", r#""nULL""#),
    ("017", "15"),
    ("0o17", "15"),
    ("0O17", "15"),
    ("08", "8"),
    ("09", "9"),
    ("019", "19"),
    ("00", "0"),
    ("0", "0"),
    ("-0", "0"),
    ("+0", "0"),
    ("+1", "1"),
    ("-1", "-1"),
    ("-017", "-15"),
    ("1_000", "1000"),
    ("1__0", "10"),
    ("_1", r#""_1""#),
    ("1_", "1"),
    ("0_1", "1"),
    ("12:30", r#""12:30""#),
    ("190:20:30", r#""190:20:30""#),
    ("1:2", r#""1:2""#),
    (".5", "0.5"),
    ("-.5", "-0.5"),
    ("+.5", "0.5"),
    (".", r#"".""#),
    (".e3", r#"".e3""#),
    ("inf", r#""inf""#),
    ("nan", r#""nan""#),
    ("NaN", r#""NaN""#),
    ("Inf", r#""Inf""#),
    ("2001-12-14", r#""2001-12-14""#),
    (
        "2001-12-14T21:59:43.10-05:00",
        r#""2001-12-14T21:59:43.10-05:00""#,
    ),
    ("2001-1-1", r#""2001-1-1""#),
    ("0x1F", "31"),
    ("0X1F", "31"),
    ("0x1f", "31"),
    ("-0x1F", "-31"),
    ("0x", r#""0x""#),
    ("0b11", "3"),
    ("0B11", "3"),
    ("0b12", r#""0b12""#),
    ("-0b11", "-3"),
    ("100", "100"),
    ("123456789012345678", "123456789012345678"),
    ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775808", "9223372036854775808"),
    ("18446744073709551615", "18446744073709551615"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("1e400", r#""1e400""#),
    ("0.1", "0.1"),
    ("0.30000000000000004", "0.30000000000000004"),
    ("1_000.5", "1000.5"),
    ("0x1_F", "31"),
    ("0b1_1", "3"),
    ("0_17", "15"),
    ("1.2.3", r#""1.2.3""#),
    ("v1", r#""v1""#),
    ("1,000", r#""1,000""#),
    ("+", r#""+""#),
    ("=", r#""=""#),
    ("<<", r#""<<""#),
    ("--", r#""--""#),
    ("1-2", r#""1-2""#),
    ("+1_0", "10"),
    ("++1", r#""++1""#),
    ("-+1", r#""-+1""#),
    ("0x-1", r#""0x-1""#),
    ("0o8", r#""0o8""#),
    ("0o", r#""0o""#),
    ("0o-1", r#""0o-1""#),
    ("-0o17", "-15"),
    ("+0x1F", "31"),
    ("0xFFFFFFFFFFFFFFFF", "18446744073709551615"),
    ("0x10000000000000000", r#""0x10000000000000000""#),
    ("1e", r#""1e""#),
    ("1e+", r#""1e+""#),
    ("e3", r#""e3""#),
    ("00.5", "0.5"),
    ("01.5", "1.5"),
    ("+1.5", "1.5"),
    ("-1.5", "-1.5"),
    ("1e5000", r#""1e5000""#),
    ("0x1p4", r#""0x1p4""#),
    ("0x1.8p1", r#""0x1.8p1""#),
    ("1f", r#""1f""#),
    ("1d", r#""1d""#),
    ("1\tb", r#""1\tb""#),
    ("x#c", r#""x#c""#),
    ("http://x:80/y", r#""http://x:80/y""#),
    ("00:10", r#""00:10""#),
    ("1:60", r#""1:60""#),
    ("-1:30", r#""-1:30""#),
    ("1:30.5", r#""1:30.5""#),
    ("...", r#""...""#),
];

/// The same number; `sigs.k8s.io/yaml` rewrites it as a double or an integer, here the digits stay.
const DIGITS_KEPT: &[(&str, &str)] = &[
    ("1.10", "1.10"),
    ("1.0", "1.0"),
    ("0.0", "0.0"),
    ("-0.0", "-0.0"),
    ("1.", "1.0"),
    ("5.", "5.0"),
    ("1e3", "1e3"),
    ("1E3", "1E3"),
    ("1e+3", "1e+3"),
    ("1.e3", "1.0e3"),
    (".5e1", "0.5e1"),
    ("+.5e-1", "0.5e-1"),
    ("1_0e1", "10e1"),
    ("12e03", "12e03"),
    ("0123e1", "123e1"),
    ("1e-400", "1e-400"),
    ("18446744073709551616", "18446744073709551616"),
    ("-9223372036854775809", "-9223372036854775809"),
    (
        "123456789012345678901234567890",
        "123456789012345678901234567890",
    ),
    ("0777777777777777777777777", "777777777777777777777777"),
    ("3.14159265358979323846", "3.14159265358979323846"),
];

const TAGGED: &[(&str, Result<&str, &str>)] = &[
    ("!!str 12", Ok(r#""12""#)),
    ("!!str yes", Ok(r#""yes""#)),
    ("!!str", Ok(r#""""#)),
    ("!!str ~", Ok(r#""~""#)),
    ("!!int \"12\"", Ok("12")),
    ("!!int \"0x1F\"", Ok("31")),
    ("!!float 1", Ok("1")),
    ("!!float \"1.5\"", Ok("1.5")),
    ("!!bool \"yes\"", Ok("true")),
    ("!!bool yes", Ok("true")),
    ("!!null \"\"", Ok("null")),
    ("!!binary aGVsbG8=", Ok(r#""hello""#)),
    ("!!timestamp 2001-12-14", Ok(r#""2001-12-14""#)),
    ("!!merge <<", Ok(r#""<<""#)),
    ("!foo x", Ok(r#""x""#)),
    ("!foo 12", Ok(r#""12""#)),
    ("! 12", Ok(r#""12""#)),
    ("!foo {b: 1}", Ok(r#"{"b":1}"#)),
    ("!!set {b, c}", Ok(r#"{"b":null,"c":null}"#)),
    ("!!omap [{b: 1}]", Ok(r#"[{"b":1}]"#)),
    ("!!null x", Err("yaml/bad-tag")),
    ("!!int x", Err("yaml/bad-tag")),
    ("!!int 1.5", Err("yaml/bad-tag")),
    ("!!bool maybe", Err("yaml/bad-tag")),
    ("!!float abc", Err("yaml/bad-tag")),
    ("!!binary \"***\"", Err("yaml/bad-tag")),
    ("!!float .inf", Err("yaml/not-finite")),
];

const KEYS: &[(&str, Result<&str, &str>)] = &[
    ("1: x", Ok(r#"{"1":"x"}"#)),
    ("-1: x", Ok(r#"{"-1":"x"}"#)),
    ("1.5: x", Ok(r#"{"1.5":"x"}"#)),
    ("017: x", Ok(r#"{"15":"x"}"#)),
    ("0x1F: x", Ok(r#"{"31":"x"}"#)),
    ("1_000: x", Ok(r#"{"1000":"x"}"#)),
    ("yes: x", Ok(r#"{"true":"x"}"#)),
    ("y: x", Ok(r#"{"true":"x"}"#)),
    ("off: x", Ok(r#"{"false":"x"}"#)),
    ("true: x", Ok(r#"{"true":"x"}"#)),
    ("2001-12-14: x", Ok(r#"{"2001-12-14":"x"}"#)),
    ("12:30: x", Ok(r#"{"12:30":"x"}"#)),
    (".inf: x", Ok(r#"{".inf":"x"}"#)),
    ("\"1\": x", Ok(r#"{"1":"x"}"#)),
    ("!!str 1: x", Ok(r#"{"1":"x"}"#)),
    ("!!int 1: x", Ok(r#"{"1":"x"}"#)),
    ("~: x", Err("yaml/bad-key")),
    ("null: x", Err("yaml/bad-key")),
    ("? [a]\n: y", Err("yaml/bad-key")),
    ("? {a: b}\n: y", Err("yaml/bad-key")),
    ("a: {{ x }}", Err("yaml/bad-key")),
];

const MERGES: &[(&str, Result<&str, &str>)] = &[
    ("a:\n  <<: {x: 1}\n  z: 2", Ok(r#"{"a":{"x":1,"z":2}}"#)),
    (
        "b: &b {x: 1, z: 2}\na:\n  <<: *b\n  z: 3",
        Ok(r#"{"b":{"x":1,"z":2},"a":{"x":1,"z":3}}"#),
    ),
    (
        "b: &b {x: 1}\nc: &c {x: 2, z: 3}\na:\n  <<: [*b, *c]",
        Ok(r#"{"b":{"x":1},"c":{"x":2,"z":3},"a":{"x":1,"z":3}}"#),
    ),
    (
        "b: &b {x: 1}\nc: &c {z: 2}\na:\n  <<: *b\n  <<: *c",
        Ok(r#"{"b":{"x":1},"c":{"z":2},"a":{"x":1,"z":2}}"#),
    ),
    (
        "b: &b {x: 1, <<: {q: 1}}\na:\n  <<: *b",
        Ok(r#"{"b":{"x":1,"q":1},"a":{"x":1,"q":1}}"#),
    ),
    (
        "a:\n  x: 1\n  <<: {x: 5}\n  z: 1",
        Ok(r#"{"a":{"x":5,"z":1}}"#),
    ),
    ("a:\n  \"<<\": {x: 1}", Ok(r#"{"a":{"<<":{"x":1}}}"#)),
    ("a:\n  !!str <<: {x: 1}", Ok(r#"{"a":{"<<":{"x":1}}}"#)),
    ("a:\n  <<: []", Ok(r#"{"a":{}}"#)),
    ("a: [<<]", Ok(r#"{"a":["<<"]}"#)),
    ("a:\n  <<: 1", Err("yaml/bad-merge")),
    ("a:\n  <<: [1]", Err("yaml/bad-merge")),
    ("a:\n  <<: null", Err("yaml/bad-merge")),
    ("a: &x [*x]", Err("yaml/recursive-alias")),
    ("a: *nope", Err("yaml/unknown-anchor")),
];

fn check_all(table: &[(&str, Result<&str, &str>)]) {
    for (text, expected) in table {
        let found = json(&format!("{text}\n"));
        assert_eq!(found.as_deref().map_err(|code| *code), *expected, "{text}");
    }
}

#[test]
fn plain_scalars_mean_what_kubevela_reads() {
    for (text, expected) in PLAIN {
        let found = json(&format!("a: {text}\n"));
        assert_eq!(found, Ok(format!("{{\"a\":{expected}}}")), "{text}");
        assert_eq!(
            scalar(text).to_json_text(),
            *expected,
            "{text} on the command line"
        );
    }
}

#[test]
fn numbers_keep_their_digits() {
    for (text, expected) in DIGITS_KEPT {
        assert_eq!(
            json(&format!("a: {text}\n")),
            Ok(format!("{{\"a\":{expected}}}")),
            "{text}"
        );
    }
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    for text in [
        ".inf", "-.inf", "+.inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN",
    ] {
        assert_eq!(
            json(&format!("a: {text}\n")),
            Err("yaml/not-finite"),
            "{text}"
        );
    }
}

#[test]
fn tags_decide_over_the_look_of_a_scalar() {
    for (text, expected) in TAGGED {
        let expected = expected.map(|value| format!("{{\"a\":{value}}}"));
        assert_eq!(json(&format!("a: {text}\n")), expected, "{text}");
    }
}

#[test]
fn keys_become_the_strings_that_kubevela_makes_of_them() {
    check_all(KEYS);
}

#[test]
fn merge_keys_act_in_the_order_written() {
    check_all(MERGES);
}

#[test]
fn quotes_make_a_string_on_the_command_line() {
    assert_eq!(scalar("\"12\"").as_str(), Some("12"));
    assert_eq!(scalar("'it''s'").as_str(), Some("it's"));
    assert_eq!(scalar("\"a\" b").as_str(), Some("\"a\" b"));
    assert_eq!(scalar("\"open").as_str(), Some("\"open"));
    assert_eq!(scalar(".nan").as_str(), Some(".nan"));
}
