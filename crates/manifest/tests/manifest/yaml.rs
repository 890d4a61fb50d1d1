//! Broken YAML, in plain words.

use super::{app, loaded, report, steps};

#[test]
fn second_colon_in_a_line_says_to_quote() {
    insta::assert_snapshot!(report("a: b: c\n"), @r#"
    1:5 error yaml/unexpected-colon: a second `: ` cannot stand in the same line: the first one has begun a value
        hint: put a text that holds `: `, ` #` or begins with a sign into quotes: key: "text"
    "#);
}

#[test]
fn wrong_indentation_points_at_the_line() {
    insta::assert_snapshot!(report("metadata:\n  name: x\n   namespace: y\n"), @r#"
    3:13 error yaml/indentation: this line does not fit what stands above it: its indentation matches no key and no list there
        hint: give keys of one object and dashes of one list the same indentation, in spaces
    "#);
    insta::assert_snapshot!(report("a:\n  - b\n - c\n"), @r#"
    3:2 error yaml/indentation: this line does not fit what stands above it: its indentation matches no key and no list there
        hint: give keys of one object and dashes of one list the same indentation, in spaces
    "#);
}

#[test]
fn tab_says_to_use_spaces() {
    insta::assert_snapshot!(report("spec:\n\tcomponents: []\n"), @r#"
    2:2 error yaml/tab: a tab stands where YAML takes only spaces
        hint: replace the tab by spaces
    "#);
}

#[test]
fn unclosed_quote_and_bracket_are_named() {
    insta::assert_snapshot!(report("a: \"open\nb: 1\n"), @r#"
    1:4 error yaml/unclosed-quote: the quoted text is not closed, or closed too early
        hint: inside single quotes write '' for a quote, inside double quotes \"
    "#);
    insta::assert_snapshot!(report("a: [1, 2\nb: 1\n"), @r#"
    2:2 error yaml/unclosed-bracket: a `[` or `{` is not closed, or a `,` is missing
        also 1:4 open since here
    "#);
    insta::assert_snapshot!(report("a: 1]\nb: ]\n"), @"2:4 error yaml/wrong-bracket: this bracket closes nothing that is open");
}

#[test]
fn line_without_a_colon_is_named() {
    insta::assert_snapshot!(report("a: 1\nb\nc: 2\n"), @r#"
    2:1 error yaml/no-colon: this line should be `key: value`, but it has no `: `
        hint: give keys of one object and dashes of one list the same indentation, in spaces
    "#);
}

#[test]
fn sign_at_the_start_of_a_value_says_to_quote() {
    insta::assert_snapshot!(report("a: @here\n"), @r#"
    1:4 error yaml/unexpected-character: a value cannot begin with '@'
        hint: put a text that holds `: `, ` #` or begins with a sign into quotes: key: "text"
    "#);
    insta::assert_snapshot!(report("a: *here\n"), @r#"
    1:1 error field/missing: `apiVersion` is required in a manifest
    1:1 error field/missing: `kind` is required in a manifest
    1:4 error yaml/unknown-anchor: there is no anchor `&here` above
        hint: a text that begins with `*` needs quotes
    "#);
    insta::assert_snapshot!(report("a: - b\n"), @r#"
    1:4 error yaml/unexpected-dash: a list entry `- ` cannot stand here
        hint: begin the list on a line of its own, below its key
    "#);
}

#[test]
fn escape_that_does_not_exist_is_named() {
    insta::assert_snapshot!(report("a: \"C:\\Users\"\n"), @r#"
    1:4 error yaml/bad-escape: this backslash escape does not exist in double quotes
        hint: write \\ for a backslash, or use single quotes
    "#);
}

#[test]
fn comment_right_behind_a_quote_is_named() {
    insta::assert_snapshot!(report("a: \"x\"# no\n"), @"1:7 error yaml/comment: a comment needs a space before its `#`");
}

#[test]
fn template_placeholder_is_recognised() {
    insta::assert_snapshot!(report("a: {{ .Values.x }}\n"), @r#"
    1:1 error field/missing: `apiVersion` is required in a manifest
    1:1 error field/missing: `kind` is required in a manifest
    1:5 error yaml/bad-key: a key must be text, not object
        hint: `{{ … }}` is a placeholder of a template: fill it in first, or put it into quotes
    "#);
    insta::assert_snapshot!(report("a: {{ .Values.x }}-tail\n"), @r#"
    1:5 error yaml/bad-key: a key must be text, not object
        hint: `{{ … }}` is a placeholder of a template: fill it in first, or put it into quotes
    1:19 error yaml/indentation: this line does not fit what stands above it: its indentation matches no key and no list there
        hint: give keys of one object and dashes of one list the same indentation, in spaces
        hint: `{{ … }}` is a placeholder of a template: fill it in first, or put it into quotes
    "#);
}

#[test]
fn dots_for_what_was_left_out_are_recognised() {
    insta::assert_snapshot!(report("apiVersion: v1\nkind: X\n...\nstatus: 1\n"), @r#"
    4:1 error yaml/after-document: the document ends above, and this line belongs to nothing
        hint: `...` ends a document: leave it out where something was cut, and begin another document with `---`
    "#);
}

#[test]
fn broken_document_leaves_the_others_readable() {
    let text = format!("a: [1\n---\n{}", app(""));
    insta::assert_snapshot!(report(&text), @r#"
    1:4 error yaml/unclosed-bracket: a `[` or `{` is not closed, or a `,` is missing
        hint: put a text that holds `: `, ` #` or begins with a sign into quotes: key: "text"
    "#);
    assert_eq!(loaded(&text).manifest.documents.len(), 1);
}

#[test]
fn duplicate_keys_show_both_places() {
    let text = steps("      - {name: a, type: x, properties: {k: 1, j: {k: 2}, k: 3}}\n");
    insta::assert_snapshot!(report(&text), @r#"
    9:58 error yaml/duplicate-key: the key `k` is given twice
        also 9:41 first given here
        hint: remove or rename one of the two
    "#);
}

#[test]
fn words_that_are_booleans_are_pointed_out() {
    insta::assert_snapshot!(
        report("apiVersion: v1\nkind: X\nn: yes\nlist: [off, y, true, \"no\"]\n1.10: x\n017: z\n"),
        @r#"
    3:1 warning yaml/key-not-text: the key `n` is a boolean to YAML; it is read as `false`
        hint: put it in quotes to keep it as text: "n"
    3:4 hint yaml/boolean-word: `yes` is read as the boolean true
        hint: put it in quotes to keep it as text: "yes"
    4:8 hint yaml/boolean-word: `off` is read as the boolean false
        hint: put it in quotes to keep it as text: "off"
    4:13 warning yaml/boolean-word: `y` is read as the boolean true
        hint: put it in quotes to keep it as text: "y"
    5:1 warning yaml/fraction-key: the key `1.10` is a number to YAML: KubeVela rewrites such keys (`1.10` to `1.1`), here it is `1.10`
        hint: put it in quotes to keep it as text: "1.10"
    6:1 warning yaml/key-not-text: the key `017` is a number to YAML; it is read as `15`
        hint: put it in quotes to keep it as text: "017"
    "#
    );
}

#[test]
fn merge_behind_a_key_says_that_it_overrides() {
    insta::assert_snapshot!(report("apiVersion: v1\nkind: X\na:\n  x: 1\n  <<: {x: 2, z: 3}\n"), @r#"
    5:3 warning yaml/merge-overrides: `<<` stands behind `x` and overrides it
        also 4:3 overridden
        hint: write `<<` first, and the keys that override it below
    "#);
}
