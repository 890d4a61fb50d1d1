//! Which texts are CUE. The verdicts are those of CUE v0.14.1.

use serde::Deserialize;

use crate::syntax::{Problem, parse_file};

/// Small texts made of the forms of the grammar, right and wrong.
const VERDICTS: &str = include_str!("verdicts.jsonl");

#[derive(Deserialize)]
struct Row {
    src: String,
    read: bool,
}

fn is_syntax(problem: &Problem) -> bool {
    problem.rule.code.starts_with("cue-syntax/")
}

fn is_read(text: &str) -> bool {
    !parse_file(text).1.iter().any(is_syntax)
}

#[test]
fn texts_are_read_or_refused_as_cue_does() {
    let row = |line: &str| serde_json::from_str::<Row>(line).expect("a row");
    let rows = VERDICTS.lines().map(row);
    let wrong: Vec<_> = rows.filter(|row| is_read(&row.src) != row.read).collect();
    let wrong: Vec<_> = wrong.iter().map(|row| &row.src).collect();
    assert_eq!(wrong, Vec::<&String>::new());
}

#[test]
fn keywords_name_fields_and_nothing_else() {
    for word in ["for", "in", "if", "let", "true", "false", "null", "func"] {
        assert!(
            is_read(&format!("{word}: 1, a: {word}: 2, b: a.{word}")),
            "{word}"
        );
        for wrong in [
            "let {} = 1",
            "for {} in a {b: 1}",
            "import {} \"a\"",
            "package {}",
        ] {
            let text = wrong.replace("{}", word);
            assert!(!is_read(&text), "{text}");
        }
    }
}

#[test]
fn a_field_swallowing_a_let_is_refused() {
    // CUE drops the `let` without a word, and takes the next line for the value.
    assert!(!is_read("a: let b = 1\n2"));
}
