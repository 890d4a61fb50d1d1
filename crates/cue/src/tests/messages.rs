//! Error messages in full: what is wrong, where, and the way out.

use burgee_source::{Diagnostic, Lang, SourceId};

use super::deployment;
use crate::{Limits, Program};

fn show(text: &str, problem: &Diagnostic, lang: Lang) -> String {
    let mut out = format!("{}[{}]\n", problem.message(lang), problem.rule().code);
    for label in problem.labels() {
        let marked = text.get(label.span.range()).unwrap_or("");
        let note = problem.note(label, lang).unwrap_or_default();
        let line = format!("  at `{marked}` {note}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    for hint in problem.hints(lang) {
        out.push_str(&format!("  hint: {hint}\n"));
    }
    out
}

fn said_in(text: &str, lang: Lang) -> String {
    let output = deployment();
    let program = match Program::expression(text, SourceId(0)) {
        Ok(program) => program,
        Err(problems) => {
            return problems
                .iter()
                .map(|problem| show(text, problem, lang))
                .collect();
        }
    };
    match program.evaluate(&[("output", &output)], &Limits::default()) {
        Ok(value) => value.to_json_text(),
        Err(error) => show(text, &error.diagnostic, lang),
    }
}

fn said(text: &str) -> String {
    said_in(text, Lang::En)
}

#[test]
fn missing_field_lists_what_is_there_and_suggests_the_nearest() {
    insta::assert_snapshot!(said("output.status.conditions[0].mesage"), @r#"
    there is no field `mesage` in `output.status.conditions[0]`[cue/missing-field]
      at `output.status.conditions[0].mesage`
      hint: did you mean `message`?
      hint: it has: type, status, message
    "#);
}

#[test]
fn missing_field_is_explained_in_chinese_too() {
    insta::assert_snapshot!(said_in("output.status.url", Lang::Zh), @r#"
    `output.status` 中没有字段 `url`[cue/missing-field]
      at `output.status.url`
      hint: 现有字段：readyReplicas, conditions
      hint: 若该字段可能不存在，请先判断：`if output.status.url != _|_ { … }`
    "#);
}

#[test]
fn missing_item_says_how_long_the_list_is() {
    insta::assert_snapshot!(said("output.status.conditions[3].message"), @r#"
    there is no item 3 in a list of 1[cue/missing-item]
      at `3`
    "#);
}

#[test]
fn mismatched_operands_are_both_labelled() {
    insta::assert_snapshot!(said("\"replicas: \" + output.spec.replicas"), @r#"
    `+` cannot take "replicas: " and 2[cue/type-mismatch]
      at `"replicas: " + output.spec.replicas`
      at `"replicas: "` string
      at `output.spec.replicas` int
      hint: to put a value into a string, write `"\(value)"`
    "#);
}

#[test]
fn unknown_name_suggests_what_is_in_scope() {
    insta::assert_snapshot!(said("outptu.status"), @r#"
    there is no `outptu` here[cue/unresolved]
      at `outptu`
      hint: did you mean `output`?
    "#);
}

#[test]
fn unknown_function_suggests_the_nearest() {
    insta::assert_snapshot!(said("import \"strings\"\nstrings.ToUper(\"a\")"), @r#"
    `strings` has no `ToUper`[cue/unknown-function]
      at `strings.ToUper`
      hint: did you mean `ToUpper`?
    "#);
}

#[test]
fn unavailable_package_lists_those_there_are() {
    insta::assert_snapshot!(said("import \"tool/exec\"\nexec.Run"), @r#"
    the package `tool/exec` is not available here[cue/unknown-package]
      at `"tool/exec"`
      hint: available: crypto/hmac, crypto/md5, crypto/sha1, crypto/sha256, crypto/sha512, encoding/base64, encoding/csv, encoding/hex, encoding/json, encoding/yaml, html, list, math, math/bits, net, path, regexp, strconv, strings, struct, text/template, time, uuid
    "#);
}

#[test]
fn all_syntax_problems_come_in_one_report() {
    insta::assert_snapshot!(said("{a: 1 2, b: , c: \"\\q\"}"), @r#"
    a comma is missing before `2`[cue-syntax/missing-comma]
      at `2`
    an expression belongs here, not `,`[cue-syntax/expected-expression]
      at `,`
    this is no escape sequence[cue-syntax/unknown-escape]
      at `\q`
    "#);
}

#[test]
fn line_break_in_a_list_asks_for_a_comma() {
    insta::assert_snapshot!(said("[1\n2]"), @r#"
    a comma is missing before a line break[cue-syntax/missing-comma]
      at ``
      hint: a line break does not separate here: end the line with a comma or an operator
    "#);
}

#[test]
fn error_without_words_says_so() {
    let program = Program::file("x: error(\"\")", SourceId(0)).expect("CUE");
    let error = program.evaluate(&[], &Limits::default());
    let error = error.expect_err("it is refused");
    assert_eq!(error.diagnostic.message(Lang::En), "an error without words");
}
