//! Whatever is written, there is an answer or an error, and never a panic.

use burgee_source::{Node, SourceId};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::{Limits, Program};

const GOLDEN: &str = include_str!("../../../../fixtures/cue/golden.jsonl");

fn golden_sources() -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Row {
        src: String,
    }
    let row = |line: &str| serde_json::from_str::<Row>(line).expect("a row").src;
    GOLDEN.lines().map(row).collect()
}

fn small() -> Limits {
    Limits {
        steps: 20_000,
        output: 1 << 20,
        ..Limits::default()
    }
}

/// Compiles and evaluates in both ways.
fn survive(text: &str) {
    let data = serde_json::json!({"a": [1, {"b": "c"}], "s": "x", "n": null});
    for compiled in [
        Program::file(text, SourceId(0)),
        Program::expression(text, SourceId(0)),
    ] {
        match compiled {
            Ok(program) => {
                let _ = program.references();
                let _ = program.evaluate(&[("output", &data), ("context", &data)], &small());
            }
            Err(problems) => assert!(!problems.is_empty()),
        }
    }
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_filter_map("finite", |value| Some(
            serde_json::Number::from_f64(value)?.into()
        )),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::hash_map("[a-c]|.{0,4}", inner, 0..4)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

/// Equal, numbers by value: CUE writes `1.5e16` with all its digits.
fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(a), Json::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let field = |(key, value): (&String, &Json)| b.get(key).is_some_and(|b| same(value, b));
            a.len() == b.len() && a.iter().all(field)
        }
        (left, right) => left == right,
    }
}

/// Expressions over `x`, as the grammar allows them.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("x".to_owned()),
        Just("x.a".to_owned()),
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        "[0-9]{1,3}\\.[0-9]{1,3}(e[0-9]{1,2})?",
        "\"[a-z]{0,4}\"",
        "'[a-z]{0,4}'",
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let operator = prop::sample::select(vec![
            "+", "-", "*", "/", "==", "!=", "<", "<=", "&&", "||", "=~", "&",
        ]);
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(a, op, b)| format!("({a}) {op} ({b})")),
            inner.clone().prop_map(|a| format!("({a}).b")),
            inner.clone().prop_map(|a| format!("!({a})")),
            inner.clone().prop_map(|a| format!("\"<\\({a})>\"")),
            inner.clone().prop_map(|a| format!("len({a})")),
            inner.clone().prop_map(|a| format!("(({a}) != _|_)")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a})[{b}]")),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| format!("[for k, v in {a} if k != {b} {{v}}]")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{p: {a}, q: {b}, r: p}}")),
            prop::collection::vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}|[\"'#\\\\(){}\\[\\]:,.?!=<>|&*+a-c0-9 \n]{0,60}") {
        survive(&text);
    }

    #[test]
    fn damaged_programs_are_read_or_refused(
        row in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..6,
    ) {
        let sources = golden_sources();
        let (text, other) = (row.get(&sources), other.get(&sources));
        let letters: Vec<char> = text.chars().collect();
        let at = if letters.is_empty() { 0 } else { at.index(letters.len()) };
        let end = (at + length).min(letters.len());
        let insert: String = other.chars().take(length * 2).collect();
        let damaged: String = letters[..at].iter().chain(&letters[end..]).collect();
        survive(&damaged);
        let spliced: String = letters[..at].iter().collect::<String>() + &insert;
        survive(&(spliced + &letters[at..].iter().collect::<String>()));
    }

    #[test]
    fn located_and_plain_data_give_the_same_answer(data in json(), text in expression()) {
        let node = Node::from(data.clone());
        let program = Program::expression(&text, SourceId(0)).expect("the grammar allows it");
        let plain = program.evaluate(&[("x", &data)], &small());
        let located = program.evaluate(&[("x", &node)], &small());
        prop_assert_eq!(plain.as_ref().map_err(|error| error.kind), located.as_ref().map_err(|error| error.kind));
        prop_assert_eq!(plain.map(|value| value.to_json_text()).ok(), located.map(|value| value.to_json_text()).ok());
    }

    #[test]
    fn exported_data_is_the_data(data in json()) {
        let node = Node::from(data);
        let program = Program::expression("x", SourceId(0)).expect("CUE");
        let value = program.evaluate(&[("x", &node)], &Limits::default()).expect("final data");
        let json: Json = serde_json::from_str(&value.to_json_text()).expect("JSON");
        let expected: Json = serde_json::from_str(&node.to_json_text()).expect("JSON");
        prop_assert!(same(&json, &expected), "{json} is not {expected}");
    }
}
