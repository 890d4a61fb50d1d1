//! The answers of CUE v0.14.1 to a thousand small texts, and ours; and what the examples say.
//!
//! Every row is agreed with, or is one of those that differ for a reason.

#[path = "golden/instances.rs"]
mod instances;
#[path = "../examples/providers.rs"]
#[expect(dead_code, reason = "its `main` is for those who run it")]
mod providers;
#[path = "../examples/validate_config.rs"]
#[expect(dead_code, reason = "its `main` is for those who run it")]
mod validate_config;

use burgee_cue::{ErrorKind, Limits, Program};
use burgee_source::{Lang, SourceId};
use serde_json::value::RawValue;

const GOLDEN: &str = include_str!("../../../fixtures/cue/golden.jsonl");

/// Rows that differ, and why.
const DIFFERS: [(&str, &str); 1] = [(
    "!=null",
    "a constraint is no value: CUE exports `{}` for it by mistake, which later versions mended",
)];

#[derive(serde::Deserialize)]
struct Row<'a> {
    src: String,
    #[serde(borrow)]
    json: Option<&'a RawValue>,
    kind: Option<String>,
    error: Option<String>,
}

/// What came of a text: its JSON, or the kind of error.
#[derive(Debug, PartialEq)]
enum Outcome {
    Json(String),
    Error(&'static str),
}

fn ours(text: &str) -> (Outcome, String) {
    let program = match Program::file(text, SourceId(0)) {
        Ok(program) => program,
        Err(problems) => {
            let syntax = |code: &str| code.starts_with("cue-syntax/");
            let words: Vec<_> = problems
                .iter()
                .map(|problem| problem.message(Lang::En))
                .collect();
            let codes: Vec<_> = problems.iter().map(|problem| problem.rule().code).collect();
            let is_syntax = codes
                .iter()
                .any(|code| syntax(code) && *code != "cue-syntax/invalid-string");
            let outcome = Outcome::Error(if is_syntax { "syntax" } else { "eval" });
            return (outcome, words.join("; "));
        }
    };
    match program.evaluate(&[], &Limits::default()) {
        Ok(value) => {
            let json = value.to_json_text();
            (Outcome::Json(canonical(&json)), json)
        }
        Err(error) => {
            let outcome = match error.kind {
                ErrorKind::Syntax => Outcome::Error("syntax"),
                ErrorKind::Incomplete => Outcome::Error("incomplete"),
                ErrorKind::Eval => Outcome::Error("eval"),
                ErrorKind::Limit => Outcome::Error("limit"),
            };
            (outcome, error.to_string())
        }
    }
}

/// JSON with sorted keys; numbers as they are written.
fn canonical(json: &str) -> String {
    if let Ok(fields) = serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(json)
    {
        let fields: Vec<_> = fields
            .iter()
            .map(|(key, value)| format!("{key:?}:{}", canonical(value.get())))
            .collect();
        return format!("{{{}}}", fields.join(","));
    }
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json) {
        let items: Vec<_> = items.iter().map(|item| canonical(item.get())).collect();
        return format!("[{}]", items.join(","));
    }
    match serde_json::from_str::<String>(json) {
        Ok(text) => format!("{text:?}"),
        Err(_) => json.trim().to_owned(),
    }
}

#[test]
fn answers_are_those_of_cue() {
    let (mut agreed, mut wrong) = (0, Vec::new());
    for (number, line) in (1..).zip(GOLDEN.lines()) {
        let row: Row<'_> = serde_json::from_str(line).expect("a row of the fixture");
        let expected = match (row.json, row.kind.as_deref()) {
            (Some(json), _) => Outcome::Json(canonical(json.get())),
            (None, Some("syntax")) => Outcome::Error("syntax"),
            (None, Some("incomplete")) => Outcome::Error("incomplete"),
            (None, Some("eval")) => Outcome::Error("eval"),
            // serde reads `null` as no JSON at all.
            (None, None) => Outcome::Json("null".to_owned()),
            (None, other) => panic!("row {number} is of kind {other:?}"),
        };
        let (outcome, words) = ours(&row.src);
        match outcome {
            outcome if outcome == expected => agreed += 1,
            _ if DIFFERS.iter().any(|(src, _)| *src == row.src) => {}
            outcome => wrong.push(format!(
                "row {number}: {:?}\n  CUE:  {expected:?} {}\n  ours: {outcome:?} {words}",
                row.src,
                row.error.unwrap_or_default().lines().next().unwrap_or(""),
            )),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(agreed + DIFFERS.len(), GOLDEN.lines().count());
}

#[test]
fn the_example_lists_all_problems_of_a_configuration_with_both_places() {
    let schema = ("schema.cue", validate_config::SCHEMA);
    let report = validate_config::report(schema, ("config.yaml", validate_config::CONFIG));
    insta::assert_snapshot!(report, @r#"
    schema.cue:6:15: none of the 2 alternatives fits
        schema.cue:6:20: the closest one: "many" and >=1 & int are in conflict
        config.yaml:2:11: the other one
    config.yaml:3:13: 70000 is not within <65536
        schema.cue:2:19: <65536
    config.yaml:6:10: the field `levle` is not allowed here
        did you mean `level`?
    "#);
    let good = validate_config::report(schema, ("config.yaml", "name: web\nports: [80]\n"));
    assert_eq!(good, "");
}

#[test]
fn the_example_makes_every_call_once_and_in_order() {
    let (log, _) = providers::run(12).expect("it runs");
    assert_eq!(
        log,
        [
            r#"stock: read {"item":"tea"}"#,
            r#"order: order {"item":"tea","count":7}"#,
            r#"letter: send {"text":"7 tea are on their way: A-17"}"#,
        ]
    );
    let (log, value) = providers::run(3).expect("it runs");
    assert_eq!(log.len(), 1);
    assert_eq!(value.get("order"), None);
}
