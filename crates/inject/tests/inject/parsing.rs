//! What is a path and what is not.

use burgee_inject::{MAX_INDEX, MAX_SEGMENTS, Path, PathProblem, Segment};
use burgee_source::Sources;

use super::render;

fn key(text: &str) -> Segment {
    Segment::Key(text.to_owned())
}

#[test]
fn paths_are_read_part_by_part() {
    let cases: &[(&str, &[Segment])] = &[
        ("a", &[key("a")]),
        (
            "slack.message.text",
            &[key("slack"), key("message"), key("text")],
        ),
        ("a[0]", &[key("a"), Segment::Index(0)]),
        (
            "a.b[12].c",
            &[key("a"), key("b"), Segment::Index(12), key("c")],
        ),
        ("a[0][1]", &[key("a"), Segment::Index(0), Segment::Index(1)]),
        ("a[\"b.c\"]", &[key("a"), key("b.c")]),
        ("a.\"b.c\".d", &[key("a"), key("b.c"), key("d")]),
        ("[\"x\"].y", &[key("x"), key("y")]),
        (r#"a["q\"\\\n\u4e2d"]"#, &[key("a"), key("q\"\\\n中")]),
        ("a[\"\"]", &[key("a"), key("")]),
        // CUE refuses the next four, and KubeVela then does nothing at all.
        ("my-key.x", &[key("my-key"), key("x")]),
        ("a.0", &[key("a"), key("0")]),
        ("1", &[key("1")]),
        ("工作流.状态", &[key("工作流"), key("状态")]),
        ("_a.#b", &[key("_a"), key("#b")]),
        ("http./", &[key("http"), key("/")]),
        (" a.b ", &[key("a"), key("b")]),
    ];
    for (text, expected) in cases {
        let found = Path::parse(text).map(|path| path.segments().to_vec());
        assert_eq!(found.as_deref(), Ok(*expected), "{text}");
    }
}

#[test]
fn what_is_no_path_is_refused_with_its_place() {
    let cases = [
        ("", 0..0, PathProblem::Empty),
        ("   ", 0..0, PathProblem::Empty),
        ("a..b", 1..3, PathProblem::EmptyKey),
        (".a", 0..1, PathProblem::EmptyKey),
        ("a.", 1..2, PathProblem::EmptyKey),
        ("a.[0]", 1..3, PathProblem::EmptyKey),
        ("a[0", 1..3, PathProblem::OpenBracket),
        ("a[\"b\"", 1..5, PathProblem::OpenBracket),
        ("a[\"b]", 2..5, PathProblem::OpenQuote),
        ("a[]", 1..3, PathProblem::BadIndex),
        ("a[-1]", 1..5, PathProblem::BadIndex),
        ("a[b]", 1..4, PathProblem::BadIndex),
        ("a[1001]", 1..7, PathProblem::IndexTooLarge),
        (
            "a[99999999999999999999999]",
            1..26,
            PathProblem::IndexTooLarge,
        ),
        (r#"a["\q"]"#, 3..5, PathProblem::BadEscape),
        (r#"a["\ud800"]"#, 3..5, PathProblem::BadEscape),
        ("a b", 1..2, PathProblem::Unexpected),
        ("a[0]b", 4..5, PathProblem::Unexpected),
        ("a]", 1..2, PathProblem::Unexpected),
        ("a\"b\"", 1..2, PathProblem::Unexpected),
    ];
    for (text, range, problem) in cases {
        let error = Path::parse(text).expect_err(text);
        assert_eq!((error.range, error.problem), (range, problem), "{text}");
    }
    let long = vec!["a"; MAX_SEGMENTS + 1].join(".");
    let error = Path::parse(&long).expect_err("too long");
    assert_eq!(error.problem, PathProblem::TooLong);
    assert!(Path::parse(&format!("a[{MAX_INDEX}]")).is_ok());
}

#[test]
fn errors_point_into_the_text_where_it_stands_letter_for_letter() {
    let mut sources = Sources::default();
    let file = sources.add(
        "a.yaml",
        "plain: a..b\nquoted: \"a..b\"\nescaped: \"a.\\x2eb\"\nold: properties.a..b\n",
    );
    let error = Path::parse("a..b").expect_err("two dots");
    let shown = |range| render(&sources, &error.diagnostic(sources.span(file, range)));
    insta::assert_snapshot!(shown(7..11), @r#"
    path/malformed
      1:9 `..` a key is missing here
      `a..b` is not a path
      hint: write one dot between two keys, and none before the first or after the last
    "#);
    insta::assert_snapshot!(shown(20..26), @r#"
    path/malformed
      2:11 `..` a key is missing here
      `a..b` is not a path
      hint: write one dot between two keys, and none before the first or after the last
    "#);
    insta::assert_snapshot!(shown(36..45), @r#"
    path/malformed
      3:10 `"a.\x2eb"` a key is missing here
      `a..b` is not a path
      hint: write one dot between two keys, and none before the first or after the last
    "#);
    insta::assert_snapshot!(shown(51..66), @r#"
    path/malformed
      4:18 `..` a key is missing here
      `a..b` is not a path
      hint: write one dot between two keys, and none before the first or after the last
    "#);
}

#[test]
fn each_problem_names_a_way_out() {
    let mut sources = Sources::default();
    let mut shown = String::new();
    for text in ["", "a[b]", "a[2000]", r#"a["\q"]"#, "my key", "a[\"b"] {
        let file = sources.add("set", text);
        let error = Path::parse(text).expect_err(text);
        let problem = error.diagnostic(sources.span(file, 0..text.len()));
        shown.push_str(&render(&sources, &problem));
        shown.push('\n');
    }
    insta::assert_snapshot!(shown, @r#"
    path/malformed
      1:1 `` empty
      `` is not a path
      hint: write where the value goes, such as `slack.message.text`; leave `parameterKey` out to use the value in `if` only
    path/malformed
      1:2 `[b]` neither a number nor a quoted key
      `a[b]` is not a path
      hint: write `list[0]` for an element and `object["key"]` for a key
    path/malformed
      1:2 `[2000]` larger than 1000
      `a[2000]` is not a path
      hint: lists are counted from 0; longer lists are not built this way
    path/malformed
      1:4 `\q` no such escape
      `a["\q"]` is not a path
      hint: write `\\` for a backslash and `\"` for a quote
    path/malformed
      1:3 ` ` cannot stand here
      `my key` is not a path
      hint: put a key with blanks or signs into brackets and quotes: `object["my key"]`
    path/malformed
      1:3 `"b` this quote is not closed
      `a["b` is not a path
      hint: close it: `["key"]`
    "#);
}
