//! Formatting changes no meaning and loses nothing, and done again it changes nothing at all.

use std::borrow::Cow;

use burgee_source::SourceId;
use proptest::prelude::*;
use serde::Deserialize;

use crate::{
    ErrorKind, Limits, Program, format,
    syntax::{Part, TokenKind, Tree, tree, unquote},
};

const GOLDEN: &str = include_str!("../../../../../fixtures/cue/golden.jsonl");

#[derive(Deserialize)]
struct Row {
    src: String,
}

fn golden() -> Vec<String> {
    let row = |line: &str| serde_json::from_str::<Row>(line).expect("a row").src;
    GOLDEN.lines().map(row).collect()
}

/// The exported value, or how that fails.
fn meaning(text: &str) -> Result<String, Option<ErrorKind>> {
    let program = Program::file(text, SourceId(0)).map_err(|_| None)?;
    let value = program.evaluate(&[], &Limits::default());
    value
        .map(|value| value.to_json_text())
        .map_err(|error| Some(error.kind))
}

/// The words that mean something, and the comments.
fn words<'t>(tree: &Tree<'t>) -> (Vec<Cow<'t, [u8]>>, Vec<&'t str>) {
    let said = tree.tokens.iter().filter_map(|token| {
        let text = &tree.text[token.range()];
        match token.kind {
            TokenKind::Comma | TokenKind::Newline => None,
            TokenKind::String => Some(unquote(text).map_or(text.as_bytes().into(), Cow::Owned)),
            TokenKind::Number => {
                let zero = if text.starts_with('.') { "0" } else { "" };
                Some(Cow::Owned(
                    format!("{zero}{}", text.to_lowercase()).into_bytes(),
                ))
            }
            _ => Some(text.as_bytes().into()),
        }
    });
    let comments = tree.comments.iter();
    let comments = comments.map(|comment| &tree.text[comment.start as usize..comment.end as usize]);
    (said.collect(), comments.collect())
}

fn nothing_is_lost(text: &str) {
    let Ok(before) = tree(text) else { return };
    let formatted = format(text, SourceId(0)).expect("it has a tree");
    let after = tree(&formatted);
    let after = after.unwrap_or_else(|problems| panic!("{text}\n{formatted}\n{problems:?}"));
    assert_eq!(words(&before), words(&after), "{text}\n{formatted}");
    let again = format(&formatted, SourceId(0)).expect("it has a tree");
    assert_eq!(formatted, again, "of:\n{text}");
}

#[test]
fn every_golden_row_means_the_same_formatted() {
    for text in golden() {
        nothing_is_lost(&text);
        if let Ok(formatted) = format(&text, SourceId(0)) {
            assert_eq!(meaning(&text), meaning(&formatted), "{text}\n{formatted}");
        }
    }
}

#[test]
fn every_word_has_its_place_in_the_tree() {
    fn place(part: Part<'_>, seen: &mut Vec<usize>) {
        match part {
            Part::Word(at) => seen.push(at),
            Part::Node(node) => node.parts().for_each(|part| place(part, seen)),
        }
    }
    for text in golden() {
        let Ok(tree) = tree(&text) else { continue };
        let mut seen = Vec::new();
        place(Part::Node(&tree.root), &mut seen);
        let all: Vec<usize> = (0..tree.tokens.len()).collect();
        assert_eq!(seen, all, "{text}");
    }
}

#[test]
fn blanks_in_front_of_text_beside_the_closing_quotes_are_part_of_it() {
    for text in ["x: \"\"\"\n\na\"\"\"", "x: {y: #'''\n\ta\n\tb'''#\n}"] {
        let formatted = format(text, SourceId(0)).expect("this is CUE");
        assert_eq!(meaning(text), meaning(&formatted), "{formatted}");
    }
}

#[test]
fn number_that_stops_in_the_middle_is_refused() {
    // Without the blanks, as beside `!=`, it would be the number 0e+413.
    for text in ["x: 0e + 413 != 413", "x: 1.5E"] {
        let problems = format(text, SourceId(0)).expect_err("this is no CUE");
        assert_eq!(problems[0].rule().code, "cue/invalid-number", "{text}");
    }
    assert!(format("x: 1e3 + 1Ki + 0xe + 5.", SourceId(0)).is_ok());
}

#[test]
fn line_of_other_blanks_than_those_of_the_closing_quotes_stays_wrong() {
    let text = "x: \"\"\"\n\tname\n \n\t\"\"\"\n";
    assert!(meaning(text).is_err(), "CUE does not take the blank");
    let formatted = format(text, SourceId(0)).expect("it has a tree");
    assert_eq!(meaning(text), meaning(&formatted), "{formatted}");
}

proptest! {
    /// Blanks, line breaks and comments anywhere between the words of golden rows, as far as that is CUE.
    #[test]
    fn whatever_stands_between_words_nothing_is_lost(
        row in 0_usize..1000,
        gaps in prop::collection::vec((0_usize..60, 0_usize..7), 1..8),
    ) {
        let golden = golden();
        let text = &golden[row % golden.len()];
        if let Ok(tree) = tree(text) {
            let mut spread = String::new();
            let mut written = 0;
            for (at, token) in tree.tokens.iter().enumerate() {
                let start = token.range().start;
                spread.push_str(&text[written..start]);
                written = start;
                for (place, gap) in &gaps {
                    if *place == at {
                        spread.push_str(["\n", "\n\n\n", "  ", "\t", "// c\n", "\n// d\n", "\n\n// e\n\n"][*gap]);
                    }
                }
            }
            spread.push_str(&text[written..]);
            nothing_is_lost(&spread);
        }
    }
}
