//! What formatted texts look like.

use burgee_source::SourceId;
use serde::Deserialize;

use crate::format;

/// Texts of ours and what `cue fmt` v0.14.1 makes of them.
const FORMATTED: &str = include_str!("formatted.jsonl");

#[derive(Deserialize)]
struct Row {
    src: String,
    formatted: String,
}

fn formatted(text: &str) -> String {
    format(text, SourceId(0)).expect("this is CUE")
}

#[test]
fn texts_look_as_cue_fmt_prints_them() {
    for line in FORMATTED.lines() {
        let row: Row = serde_json::from_str(line).expect("a row");
        assert_eq!(formatted(&row.src), row.formatted, "of:\n{}", row.src);
    }
}

/// `cue fmt` leaves blanks before brackets and behind parentheses where the author had them.
#[test]
fn calls_and_indexes_have_no_blanks_of_their_own() {
    insta::assert_snapshot!(formatted("a: len( x ,y ), b: x [ 1 ]"), @"a: len(x, y), b: x[1]");
}

/// `cue fmt` leaves the first and the last declaration beside the braces.
#[test]
fn braces_stand_apart_from_what_spans_lines() {
    insta::assert_snapshot!(formatted("a: {b: 1,\nc: 2}"), @r"
    a: {
    	b: 1
    	c: 2
    }
    ");
}

/// `cue fmt` moves them to the end of what follows, or breaks lines around them.
#[test]
fn comments_stay_behind_what_they_are_about() {
    let text =
        "import \"a\" // i\na: { // one\nb: 1 + // two\n2\n// three\n}\nc: f(1, // four\n2)\n";
    insta::assert_snapshot!(formatted(text), @r#"
    import "a" // i

    a: { // one
    	b: 1 + // two
    		2
    	// three
    }
    c: f(1, // four
    	2)
    "#);
}

/// `cue fmt` prints `<-1` and `>=~"a"`, which it then does not read.
#[test]
fn operators_that_would_be_another_one_stand_apart() {
    insta::assert_snapshot!(formatted("a: < -1, b: > =~\"a\", c: ! =~\"a\""), @r#"a: < -1, b: > =~"a", c: ! =~"a""#);
    assert_eq!(formatted("a: X= =~\"a\""), "a: X= =~\"a\"\n");
}

/// `cue fmt` makes `5.0` of it, which exports as `5.0` where `5.` exports as `5`.
#[test]
fn numbers_keep_their_digits() {
    insta::assert_snapshot!(formatted("a: 5., b: .5"), @"a: 5., b: 0.5");
}

#[test]
fn what_is_no_cue_is_refused_with_its_places() {
    let problems = format("a: {b: 1\nc: [1", SourceId(0)).expect_err("brackets are missing");
    let codes: Vec<_> = problems.iter().map(|problem| problem.rule().code).collect();
    assert_eq!(codes, ["cue-syntax/unclosed"]);
}

#[test]
fn an_empty_file_stays_empty() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\n\n"), "");
    assert_eq!(formatted("\u{feff}// a"), "// a\n");
}
