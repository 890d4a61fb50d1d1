//! A value that was written is read as the same value.

use burgee_cue::{ErrorKind, Program, Term, Value, source::SourceId};

use crate::{limits::tight, problems::is_syntax};

/// A value without an end of its own is no literal: text nests and numbers are long only up to a bound.
const BOUNDS: [&str; 3] = [
    "cue-syntax/too-deep",
    "cue-syntax/too-long",
    "cue-syntax/number-too-long",
];

/// What is CUE where it stands and not by itself, also where CUE itself shows what it knows: `a: __b: 1` but not
/// `a: {__b: 1}`, and `a: V={b: V.c}` but no file `V={b: V.c}`.
const NOT_ALONE: [&str; 2] = ["cue-syntax/reserved-name", "cue-syntax/old-alias"];

/// JSON, YAML and CUE that lead back to the value.
pub(crate) fn check(value: &Value) {
    let json = value.to_json_text();
    let valid = serde_json::from_str::<serde::de::IgnoredAny>(&json);
    assert!(valid.is_ok(), "no JSON ({valid:?}): {json}");
    // `0 * -1` is `-0` in CUE's JSON, and `-0` is `0`.
    if json.contains("-0") {
        return;
    }
    // Bytes become text in JSON: the texts are what stays the same.
    if let Some(again) = read("JSON", &json) {
        assert_eq!(again.to_json_text(), json, "JSON read again");
    }
    let cue = Term::Value(value.clone()).to_cue();
    if let Some(again) = read("CUE", &cue) {
        // The sum of two large ints is an int without its last digits, and is written as a float.
        assert_eq!(Term::Value(again).to_cue(), cue, "CUE read again");
    }
    let yaml = value.to_yaml_text();
    if is_read_otherwise(&json, &yaml) {
        return;
    }
    let yaml = serde_json::Value::String(yaml);
    let reader = "import \"encoding/yaml\"\nyaml.Unmarshal(text)";
    let reader = Program::expression(reader, SourceId(0)).expect("this is CUE");
    match reader.evaluate(&[("text", &yaml)], &tight()) {
        Ok(again) => assert_eq!(again.to_json_text(), json, "YAML read again: {yaml}"),
        Err(error) if error.kind == ErrorKind::Limit => {}
        Err(error) => assert!(is_bounded(&error.to_string()), "{error:?}: {yaml}"),
    }
}

fn read(what: &str, text: &str) -> Option<Value> {
    // A file: what is known of a struct is written without braces.
    let program = match Program::file(text, SourceId(0)) {
        Ok(program) => program,
        Err(problems) => {
            let bounded = problems
                .iter()
                .any(|problem| BOUNDS.contains(&problem.rule().code));
            assert!(bounded, "{what} that is no CUE: {problems:?}\n{text}");
            return None;
        }
    };
    match program.evaluate(&[], &tight()) {
        Ok(value) => Some(value),
        Err(error) if error.kind == ErrorKind::Limit => None,
        Err(error) => panic!("{what} read again fails: {error:?}\n{text}"),
    }
}

/// True for YAML that CUE's own reader does not take for what its writer meant: numbers that no double holds are strings,
/// ints of more than 64 bits and `<<` are refused, Unicode's line breaks are breaks, and the writer forgets one that a text begins with.
fn is_read_otherwise(json: &str, yaml: &str) -> bool {
    let large = yaml
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() > 18);
    let out_of_range = serde_json::from_str::<serde_json::Value>(json).is_err();
    let merge = json.contains("\"<<\"");
    let begins_with_break = json.contains("\"\\n");
    large
        || merge
        || out_of_range
        || begins_with_break
        || yaml.contains(['\u{85}', '\u{2028}', '\u{2029}'])
}

/// A text that cannot be read since it is too large or nests too deep.
fn is_bounded(message: &str) -> bool {
    message.contains("deep") || message.contains("holds more than")
}

/// What is known of a value, written out, is CUE.
pub(crate) fn check_term(term: &Term) {
    let cue = term.to_cue();
    let Err(problems) = Program::file(&cue, SourceId(0)) else {
        return;
    };
    // Braces nest deeper than the labels that they stand for; behind a bound nothing is read.
    let is_bound = |problem: &burgee_cue::source::Diagnostic| BOUNDS.contains(&problem.rule().code);
    if problems.iter().any(is_bound) {
        return;
    }
    for problem in problems {
        let code = problem.rule().code;
        let wrong = is_syntax(problem.rule()) && !NOT_ALONE.contains(&code);
        assert!(!wrong, "what is known is no CUE: {problem:?}\n{cue}");
    }
}
