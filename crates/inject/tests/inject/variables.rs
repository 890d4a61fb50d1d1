//! Variables and where an input's `from` leads.

use burgee_inject::Variables;
use burgee_source::{Node, Sources};

use super::{node, render};

fn variables(entries: &[(&str, &str)]) -> Variables {
    let mut variables = Variables::default();
    for (name, json) in entries {
        variables.set(*name, node(json)).expect("a new variable");
    }
    variables
}

#[test]
fn same_value_twice_is_fine_and_another_is_a_conflict() {
    let mut variables = variables(&[("score", "101")]);
    assert_eq!(variables.set("score", node("101")), Ok(()));
    let conflict = variables
        .set("score", node("100"))
        .expect_err("another value");
    assert_eq!(conflict.name, "score");
    assert_eq!(
        variables.get("score"),
        Some(&node("101")),
        "the first value stays"
    );
}

#[test]
fn from_is_a_variable_then_a_path_into_one_then_the_context() {
    let variables = variables(&[
        ("foo", r#"{"score":99,"bar":{"x":1}}"#),
        ("foo.bar", r#"{"x":2}"#),
        ("app-status", r#"{"conditions":[{"message":"ok"}]}"#),
        ("context", r#"{"name":"a variable of that name"}"#),
    ]);
    let context = node(r#"{"name":"run","mycontext":{"c":[1,2]}}"#);
    let found = |from: &str| {
        variables
            .resolve(from, &context)
            .map(Node::to_json_text)
            .ok()
    };
    assert_eq!(found("foo.score").as_deref(), Some("99"));
    assert_eq!(
        found("foo.bar").as_deref(),
        Some(r#"{"x":2}"#),
        "the exact name wins"
    );
    assert_eq!(
        found("foo.bar.x").as_deref(),
        Some("2"),
        "the longest name wins"
    );
    assert_eq!(
        found("app-status.conditions[0].message").as_deref(),
        Some(r#""ok""#)
    );
    assert_eq!(found("context.mycontext.c[1]").as_deref(), Some("2"));
    assert_eq!(
        found("context.name").as_deref(),
        Some(r#""a variable of that name""#)
    );
    assert_eq!(found(" foo.score ").as_deref(), Some("99"));
    assert_eq!(found("foo.score.x"), None);
    assert_eq!(found("contextname"), None);
    assert_eq!(found("foo."), None);
    assert_eq!(found(""), None);
}

#[test]
fn unknown_source_lists_what_exists() {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", "from: app-statsu\n");
    let from = sources.span(file, 6..16);
    let context = node(r#"{"name":"run","namespace":"default"}"#);
    let variables = variables(&[("app-status", "1"), ("other", "2")]);
    let near = variables
        .resolve("app-statsu", &context)
        .expect_err("unknown");
    insta::assert_snapshot!(render(&sources, &near.diagnostic(from)), @r#"
    variable/unresolved
      1:7 `app-statsu` 
      there is no variable or context value `app-statsu`
      hint: did you mean `app-status`?
      hint: there are: app-status, other, context.name, context.namespace
    "#);
    let nothing = Variables::default();
    let empty = node("{}");
    let none = nothing.resolve("app-statsu", &empty).expect_err("unknown");
    insta::assert_snapshot!(render(&sources, &none.diagnostic(from)), @r#"
    variable/unresolved
      1:7 `app-statsu` 
      there is no variable or context value `app-statsu`
      hint: no step has set a variable yet: give an earlier step `outputs`
    "#);
}

#[test]
fn conflict_says_to_rename() {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", "a: 1\nb: 2\n");
    let mut first = node("1");
    first.span = sources.span(file, 3..4);
    let mut variables = Variables::default();
    variables.set("score", first).expect("a new variable");
    let conflict = variables
        .set("score", node("2"))
        .expect_err("another value");
    let problem = conflict.diagnostic(sources.span(file, 8..9));
    insta::assert_snapshot!(render(&sources, &problem), @r#"
    variable/conflict
      2:4 `2` 
      1:4 `1` the first value
      the variable `score` already has another value
      hint: give one of the two outputs another name
    "#);
}
