//! Setting a value. The first tests follow KubeVela's own table of cases.

use burgee_inject::SetError;
use burgee_source::{Node, Sources};

use super::{node, path, render};

fn set(before: &str, at: &str, value: &str) -> Result<String, String> {
    let mut tree = node(before);
    match path(at).set(&mut tree, node(value)) {
        Ok(()) => Ok(tree.to_json_text()),
        Err(error) => {
            assert_eq!(tree, node(before), "an error changes nothing");
            Err(error.to_string())
        }
    }
}

#[test]
fn values_go_where_kubevela_puts_them() {
    let cases = [
        // Replaced as a whole, whatever it was.
        (r#"{"a":1}"#, "a", "2", r#"{"a":2}"#),
        (
            r#"{"a":{"x":101}}"#,
            "a",
            r#"{"x":100}"#,
            r#"{"a":{"x":100}}"#,
        ),
        (
            r#"{"a":{"x":1,"y":2}}"#,
            "a",
            r#"{"z":3}"#,
            r#"{"a":{"z":3}}"#,
        ),
        (r#"{"a":"text"}"#, "a", "[1]", r#"{"a":[1]}"#),
        // Elements.
        (r#"{"a":["hello"]}"#, "a[0]", r#""x""#, r#"{"a":["x"]}"#),
        (
            r#"{"a":["hello"]}"#,
            "a[1]",
            r#""x""#,
            r#"{"a":["hello","x"]}"#,
        ),
        (
            r#"{"a":["hello"]}"#,
            "a[3]",
            r#""x""#,
            r#"{"a":["hello",{},{},"x"]}"#,
        ),
        (
            r#"{"a":{"b":[{"x":1}]}}"#,
            "a.b[0]",
            r#"{"y":2}"#,
            r#"{"a":{"b":[{"y":2}]}}"#,
        ),
        (
            r#"{"a":{"b":[{"x":1},{"z":3}]}}"#,
            "a.b[0].value",
            r#""v""#,
            r#"{"a":{"b":[{"x":1,"value":"v"},{"z":3}]}}"#,
        ),
        (
            r#"{"a":{"b":[{"x":{"y":[{"n":1}]}}]}}"#,
            "a.b[0].x.y[0].value",
            "1",
            r#"{"a":{"b":[{"x":{"y":[{"n":1,"value":1}]}}]}}"#,
        ),
        // Missing objects are made.
        (
            r#"{"a":{"b":1}}"#,
            "a.c.x",
            "1",
            r#"{"a":{"b":1,"c":{"x":1}}}"#,
        ),
        (
            r#"{"a":{"b":1}}"#,
            r#"a.c["x"]"#,
            "1",
            r#"{"a":{"b":1,"c":{"x":1}}}"#,
        ),
        // Order stays.
        (r#"{"a":1,"b":2,"c":3}"#, "b", "9", r#"{"a":1,"b":9,"c":3}"#),
    ];
    for (before, at, value, after) in cases {
        assert_eq!(
            set(before, at, value).as_deref(),
            Ok(after),
            "{at} of {before}"
        );
    }
}

#[test]
fn values_go_where_kubevela_fails_or_does_nothing() {
    let cases = [
        ("{}", "my-key", "1", r#"{"my-key":1}"#),
        ("{}", r#"a["my-key"]"#, "1", r#"{"a":{"my-key":1}}"#),
        (r#"{"a":{}}"#, "a.0", "1", r#"{"a":{"0":1}}"#),
        ("{}", "a[0]", "1", r#"{"a":[1]}"#),
        ("{}", "a[1]", "1", r#"{"a":[{},1]}"#),
        ("{}", "a[0].b", "1", r#"{"a":[{"b":1}]}"#),
        (r#"{"a":null}"#, "a.b", "1", r#"{"a":{"b":1}}"#),
        ("null", "a[0]", "1", r#"{"a":[1]}"#),
    ];
    for (before, at, value, after) in cases {
        assert_eq!(
            set(before, at, value).as_deref(),
            Ok(after),
            "{at} of {before}"
        );
    }
}

#[test]
fn what_does_not_fit_is_an_error_that_names_both_parties() {
    let cases = [
        (
            r#"{"a":"text"}"#,
            "a.b",
            "`a` is of type string and has no key `b`",
        ),
        (
            r#"{"a":{"b":[1]}}"#,
            "a.b.c",
            "`a.b` is of type list and has no key `c`",
        ),
        (
            r#"{"a":[1]}"#,
            "a[0].c.d",
            "`a[0]` is of type number and has no key `c`",
        ),
        (
            r#"{"a":{"x":1}}"#,
            "a[0]",
            "`a` is of type object and has no element [0]",
        ),
        (
            r#"{"a":true}"#,
            "a[0].b",
            "`a` is of type boolean and has no element [0]",
        ),
        (
            r#"{"a":[1]}"#,
            "a[1].x",
            "`a` has a length of 1 and no element [1] to go into",
        ),
        (
            "{}",
            "a[5].x",
            "`a` has a length of 0 and no element [5] to go into",
        ),
        (
            "[1]",
            "a",
            "`properties` is of type list and has no key `a`",
        ),
        (
            "{}",
            "[0]",
            "`properties` is of type object and has no element [0]",
        ),
    ];
    for (before, at, message) in cases {
        assert_eq!(
            set(before, at, "1"),
            Err(message.to_owned()),
            "{at} of {before}"
        );
    }
}

#[test]
fn value_and_path_together_may_not_nest_too_deep() {
    let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    let at = path("a.b.c");
    let mut tree = Node::map([]);
    assert_eq!(at.set(&mut tree, node(&deep(125))), Ok(()));
    let error = at.set(&mut tree, node(&deep(126))).expect_err("too deep");
    assert_eq!(
        error,
        SetError::TooDeep {
            path: "a.b.c".into()
        }
    );
}

#[test]
fn errors_become_problems_with_a_way_out() {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", "parameterKey: a[1].x\n");
    let written = sources.span(file, 14..20);
    let mut shown = String::new();
    for (before, at) in [
        ("{\"a\":[1]}", "a[1].x"),
        ("{\"a\":2}", "a.b"),
        ("{\"a\":{}}", "a[0]"),
    ] {
        let error = path(at)
            .set(&mut node(before), Node::string("v"))
            .expect_err(at);
        shown.push_str(&render(&sources, &error.diagnostic(written)));
        shown.push('\n');
    }
    insta::assert_snapshot!(shown, @r#"
    path/past-the-end
      1:15 `a[1].x` 
      `a` has a length of 1 and no element [1] to go into
      hint: elements count from 0; a new one is appended by a path that ends in [1]
    path/not-an-object
      1:15 `a[1].x` 
      `a` is of type number and has no key `b`
      hint: end the path before `b`, or make `a` an object
    path/not-a-list
      1:15 `a[1].x` 
      `a` is of type object and has no element [0]
      hint: an object's key is written `.key`, also when it is a number
    "#);
}
