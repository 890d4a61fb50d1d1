//! Expectations are the answers of CUE v0.14.1.

use super::*;
use crate::library::CallError;

fn executed(template: &str, json: &str) -> String {
    let data = crate::library::decode_json(json.as_bytes()).expect("data");
    match (FUNCTIONS[0].run)(&[Value::String(template.into()), data]) {
        Ok(Value::String(text)) => text.into(),
        Err(CallError::Failed(_)) => "failed".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn fields_are_filled_in() {
    assert_eq!(
        executed(
            "Hi {{.name}}{{range .xs}} {{.}}{{end}}",
            r#"{"name":"J","xs":[1,2]}"#
        ),
        "Hi J 1 2"
    );
    assert_eq!(
        executed("{{.a.b}}", r#"{"a":{"b":[1,"x",null,true,1.5,{"c":1}]}}"#),
        "[1 x <nil> true 1.5 map[c:1]]"
    );
    assert_eq!(
        executed("{{.missing}}{{.a.x.y}}", r#"{"a":{}}"#),
        "<no value><no value>"
    );
    assert_eq!(executed("{{.}}", "1234567.0"), "1.234567e+06");
    assert_eq!(executed("{{.a.x}}", r#"{"a":"s"}"#), "failed");
}

#[test]
fn blocks_are_chosen_and_repeated() {
    assert_eq!(
        executed(
            "{{if .a}}y{{else if .b}}z{{else}}n{{end}}",
            r#"{"a":0,"b":""}"#
        ),
        "n"
    );
    assert_eq!(
        executed(
            "{{with .a}}{{.b}}{{$.c}}{{else}}none{{end}}",
            r#"{"a":{"b":1},"c":2}"#
        ),
        "12"
    );
    assert_eq!(
        executed(
            "{{range $k, $v := .m}}{{$k}}={{$v}},{{else}}empty{{end}}",
            r#"{"m":{"b":1,"a":2}}"#
        ),
        "a=2,b=1,"
    );
    assert_eq!(
        executed(
            "{{range .xs}}{{if eq . 2}}{{continue}}{{end}}{{if eq . 4}}{{break}}{{end}}{{.}}{{end}}",
            r#"{"xs":[1,2,3,4,5]}"#
        ),
        "13"
    );
    assert_eq!(executed("{{range 3}}{{.}}{{end}}", "{}"), "012");
}

#[test]
fn space_and_comments_are_taken_away() {
    assert_eq!(
        executed("a {{- 1 -}} b {{/* c */}} {{- /* d */ -}} e", "{}"),
        "a1b e"
    );
}

#[test]
fn templates_call_each_other() {
    assert_eq!(
        executed(
            "{{define \"t\"}}[{{.}}]{{end}}{{template \"t\" .a}}{{template \"t\"}}",
            r#"{"a":1}"#
        ),
        "[1][<no value>]"
    );
    assert_eq!(
        executed("{{block \"b\" .a}}({{.}}){{end}}", r#"{"a":1}"#),
        "(1)"
    );
    assert_eq!(
        executed(
            "{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}",
            "{}"
        ),
        "failed"
    );
}

#[test]
fn functions_compare_and_convert() {
    assert_eq!(
        executed(
            "{{eq 1 2 1}} {{lt 1 2}} {{and .a .b}} {{or .a .b}} {{not .a}}",
            r#"{"a":0,"b":1}"#
        ),
        "true true 0 1 true"
    );
    assert_eq!(
        executed(
            "{{index .l 1}} {{index .m \"k\"}} {{len .l}} {{slice .s 1 2}}",
            r#"{"l":[1,2],"m":{"k":"v"},"s":"abc"}"#
        ),
        "2 v 2 b"
    );
    assert_eq!(
        executed(
            "{{html .s}} {{js .s}} {{urlquery .s}}",
            r#"{"s":"<a b='c'>"}"#
        ),
        r"&lt;a b=&#39;c&#39;&gt; \u003Ca b\u003D\'c\'\u003E %3Ca+b%3D%27c%27%3E"
    );
    assert_eq!(executed("{{print 1 2 \"a\" \"b\" 3}}", "{}"), "1 2ab3");
    for wrong in [
        "{{eq .a 1.0}}",
        "{{index .l 5}}",
        "{{len .a}}",
        "{{call .a}}",
        "{{index .zz 1}}",
    ] {
        assert_eq!(executed(wrong, r#"{"a":1,"l":[1,2]}"#), "failed", "{wrong}");
    }
}

#[test]
fn verbs_show_values() {
    let data = r#"{"n":5,"f":1.5,"s":"a\"b"}"#;
    assert_eq!(
        executed(
            "{{printf \"%v %s %q %x %5.2f %t %T %d%%\" .n .s .s .n .f true .n .n}}",
            data
        ),
        "5 a\"b \"a\\\"b\" 5  1.50 true int64 5%"
    );
    assert_eq!(
        executed(
            "{{printf \"%5s|%-5s|%05d|%+d|%X|%c|%U|%e\" \"a\" \"b\" 42 42 255 65 65 1.5}}",
            data
        ),
        "    a|b    |00042|+42|FF|A|U+0041|1.500000e+00"
    );
    assert_eq!(
        executed(
            "{{printf \"%d\" .s}}{{printf \"%v\"}}{{printf \"%v\" 1 2}}",
            data
        ),
        "%!d(string=a\"b)%!v(MISSING)1%!(EXTRA int=2)"
    );
}

#[test]
fn what_is_no_template_is_refused() {
    for wrong in [
        "{{.a",
        "{{}}",
        "{{end}}",
        "{{if}}{{end}}",
        "{{if .a}}",
        "{{foo}}",
        "{{$x}}",
        "{{1 2}}",
        "{{break}}",
        "{{\"x}}",
        "{{nil}}",
    ] {
        assert_eq!(executed(wrong, "{}"), "failed", "{wrong}");
    }
    assert_eq!(executed("}}", "{}"), "}}");
    assert_eq!(executed(&"{{if 1}}".repeat(10_000), "{}"), "failed");
}

#[test]
fn html_and_javascript_are_escaped() {
    assert_eq!(
        calls::html("<a b=\"c\">'&\0"),
        "&lt;a b=&#34;c&#34;&gt;&#39;&amp;\u{fffd}"
    );
    assert_eq!(
        calls::javascript("<\"'=\n\u{1}é\u{2028}\\"),
        "\\u003C\\\"\\'\\u003D\\u000A\\u0001é\\u2028\\\\"
    );
}
