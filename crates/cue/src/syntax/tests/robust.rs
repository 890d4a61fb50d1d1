//! No text does harm: damaged ones and endlessly nested ones end in problems that lie inside the text.

use proptest::prelude::*;
use serde::Deserialize;

use crate::{
    rules,
    syntax::{
        Problem,
        ast::{Ast, Decl, Range32},
        lexer::MAX_PROBLEMS,
        parse_expression, parse_file,
    },
};

const GOLDEN: &str = include_str!("../../../../../fixtures/cue/golden.jsonl");

/// What is put into texts: words, halves of words, letters that are none.
const PIECES: [&str; 48] = [
    "a",
    "1",
    "0x",
    "1.",
    "e",
    "K",
    "_",
    "#",
    "$",
    "é",
    "\"",
    "'",
    "\"\"\"",
    "\\",
    "\\(",
    "\"\\(",
    "#\"",
    "@",
    "@x(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "?",
    "!",
    "=",
    ",",
    ";",
    "\n",
    "\r\n",
    "//",
    ".",
    "...",
    "|",
    "&",
    "*",
    "<-",
    "=~",
    "_|_",
    " for x in ",
    " if ",
    " let y = ",
    "\0",
    "\u{feff}",
    "\u{2028}",
];

#[derive(Deserialize)]
struct Row {
    src: String,
}

fn sources() -> impl Strategy<Value = String> {
    let row = |line: &str| serde_json::from_str::<Row>(line).expect("a row").src;
    prop::sample::select(GOLDEN.lines().map(row).collect::<Vec<_>>())
}

#[derive(Debug, Clone)]
enum Damage {
    Insert(&'static str),
    Delete(usize),
    Repeat(usize),
}

fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, Damage)>> {
    let one = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(Damage::Insert),
        1 => (1..6_usize).prop_map(Damage::Delete),
        1 => (1..6_usize).prop_map(Damage::Repeat),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), one), 1..8)
}

fn damaged(text: &str, damages: Vec<(prop::sample::Index, Damage)>) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (index, damage) in damages {
        let at = index.index(letters.len() + 1);
        let end = |length: usize| (at + length).min(letters.len());
        match damage {
            Damage::Insert(piece) => drop(letters.splice(at..at, piece.chars())),
            Damage::Delete(length) => drop(letters.drain(at..end(length))),
            Damage::Repeat(length) => {
                let again = letters[at..end(length)].to_vec();
                letters.splice(at..at, again);
            }
        }
    }
    letters.into_iter().collect()
}

fn holds(text: &str, (ast, problems): (Ast<'_>, Vec<Problem>)) {
    let inside = |range: Range32| text.get(range.start as usize..range.end as usize);
    assert!(problems.len() <= MAX_PROBLEMS);
    assert!(problems.is_sorted_by_key(|problem| problem.start));
    for problem in &problems {
        let place = Range32 {
            start: problem.start,
            end: problem.end,
        };
        assert!(inside(place).is_some(), "{problem:?}");
        assert!(
            problem
                .also
                .is_none_or(|(place, _)| inside(place).is_some())
        );
    }
    for span in &ast.spans {
        assert!(inside(*span).is_some(), "{span:?}");
    }
    for decl in &ast.decls {
        if let Decl::Field(field) = decl
            && let Some(notes) = &field.notes
        {
            for comment in &notes.docs {
                assert!(ast.slice(*comment).starts_with("//"));
            }
            for attribute in &notes.attributes {
                assert!(ast.slice(*attribute).starts_with('@'));
            }
        }
    }
}

proptest! {
    #[test]
    fn damaged_texts_end_in_problems_inside_them(text in sources(), damages in damage()) {
        let text = damaged(&text, damages);
        holds(&text, parse_file(&text));
        holds(&text, parse_expression(&text));
    }

    #[test]
    fn pieces_in_any_order_end_in_problems_inside_them(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
    ) {
        let text = pieces.concat();
        holds(&text, parse_file(&text));
        holds(&text, parse_expression(&text));
    }
}

#[test]
fn what_nests_too_deep_is_named() {
    let openings = [
        "[",
        "{a: ",
        "(",
        "-",
        "a: ",
        "f(",
        "a[",
        "[...",
        "if x {",
        "\"\\(",
        "for a in [",
        "1 + (",
        "a: X={",
        "*",
        "{[X=string]: ",
        "let a = {",
        "x & {y: ",
        "[for a in b {",
    ];
    for opening in openings {
        let text = opening.repeat(100_000);
        let (_, problems) = parse_file(&text);
        let deep = problems
            .iter()
            .any(|problem| std::ptr::eq(problem.rule, &raw const rules::TOO_DEEP));
        assert!(deep, "{opening}: {:?}", problems.first());
    }
    for (first, more) in [("a", ".b"), ("a", "[0]"), ("a", "()"), ("1", " + 1")] {
        let text = format!("x: {first}{}", more.repeat(100_000));
        let (_, problems) = parse_file(&text);
        assert_eq!(
            problems.first().map(|problem| problem.rule.code),
            Some(rules::TOO_DEEP.code)
        );
    }
}

#[test]
fn a_disjunction_may_be_longer_than_anything_may_be_deep() {
    let text = format!("let x = 1\n[{0}]: {0}\n", ["\"a\" | b"; 10_000].join(" | "));
    holds(&text, parse_file(&text));
    let (_, problems) = parse_file(&text);
    assert!(problems.is_empty(), "{:?}", problems.first());
}

#[test]
fn what_repeats_without_end_is_read_or_refused() {
    let repeated = [
        "a: 1\n",
        "// c\n",
        "// c\na: 1 // d\n",
        "@x(",
        "@x(@y(",
        "@x() ",
        "a?",
        "##",
        "#\"",
        "\\",
        ",",
        ";",
        "}",
        "\n",
        "_|",
        "\"\"",
        "\"\"\"\n",
        "let a = 1\n",
        "[a]: 1\n",
        "X=a: 1\n",
        "import \"a\"\n",
        "k=(a): b\n",
    ];
    for piece in repeated {
        let text = piece.repeat(20_000);
        holds(&text, parse_file(&text));
    }
}
