//! `burgee cue export --jsonl`.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::Child,
};

use crate::env::{Env, Output};

const SERVE: [&str; 3] = ["cue", "export", "--jsonl"];

fn lines(out: &Output) -> Vec<&str> {
    out.stdout.lines().collect()
}

#[test]
fn every_line_is_answered_in_order_with_its_digits() {
    let input = concat!(
        r#"{"id":"1","src":"a: 1e3, b: 1.50"}"#,
        "\n\n",
        r#"{"id":"two","src":"x: ["}"#,
        "\n",
        r#"{"id":"3","src":"{a: {}}.a.b"}"#,
        "\n",
        r#"{"id":"4","src":"a: 1/0"}"#,
        "\n",
        // No line break at the end.
        r#"{"id":"5","src":"\"é\\n\""}"#,
    );
    let out = Env::new().run_with_input(&SERVE, input).exits(0);
    let kinds: Vec<String> = lines(&out)
        .iter()
        .map(|line| {
            let answer: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| answer[key].as_str().unwrap_or("value").to_owned();
            format!("{} {}", text("id"), text("kind"))
        })
        .collect();
    assert_eq!(
        kinds,
        ["1 value", "two syntax", "3 incomplete", "4 eval", "5 value"]
    );
    assert_eq!(lines(&out)[0], r#"{"id":"1","json":{"a":1E+3,"b":1.50}}"#);
    assert_eq!(lines(&out)[4], r#"{"id":"5","json":"é\n"}"#);
}

#[test]
fn line_that_is_no_request_is_answered_and_the_next_one_too() {
    let input = "what?\n{\"id\":1}\n{\"id\":\"a\"}\n[]\n\u{0}\n{\"id\":\"b\",\"src\":\"1\"}\n";
    let out = Env::new().run_with_input(&SERVE, input).exits(0);
    let answers = lines(&out);
    assert_eq!(answers.len(), 6);
    for answer in &answers[..5] {
        let answer: serde_json::Value = serde_json::from_str(answer).expect("JSON");
        assert_eq!(answer["id"], "");
        assert_eq!(answer["kind"], "request");
    }
    assert_eq!(answers[5], r#"{"id":"b","json":1}"#);
}

#[test]
fn endless_line_is_refused_without_being_kept() {
    let long = format!(
        "{{\"id\":\"1\",\"src\":\"{}\"}}\n{{\"id\":\"2\",\"src\":\"2\"}}\n",
        " ".repeat(26 << 20)
    );
    let out = Env::new().run_with_input(&SERVE, &long).exits(0);
    let answers = lines(&out);
    assert_eq!(answers.len(), 2);
    assert!(answers[0].contains(r#""kind":"request""#), "{}", answers[0]);
    assert_eq!(answers[1], r#"{"id":"2","json":2}"#);
}

#[test]
fn source_that_hits_a_bound_is_an_answer() {
    let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let input = format!("{{\"id\":\"1\",\"src\":\"{deep}\"}}\n{{\"id\":\"2\",\"src\":\"2\"}}\n");
    let out = Env::new().run_with_input(&SERVE, &input).exits(0);
    let answers = lines(&out);
    assert!(answers[0].contains("200 levels"), "{}", answers[0]);
    assert_eq!(answers[1], r#"{"id":"2","json":2}"#);
}

#[test]
fn answer_comes_before_the_next_line_is_sent() {
    let mut child: Child = Env::new().start(&SERVE);
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in 0..3 {
        writeln!(stdin, r#"{{"id":"{id}","src":"{id}"}}"#).expect("a reader");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("an answer");
        assert_eq!(line, format!("{{\"id\":\"{id}\",\"json\":{id}}}\n"));
    }
    drop(stdin);
    assert!(child.wait().expect("its end").success());
}

#[test]
fn expression_is_evaluated_in_the_scope_of_the_source() {
    let input = concat!(
        r#"{"id":"1","src":"a: {b: 2}, broken: 1 & 2","expr":"a.b + 1"}"#,
        "\n",
        r#"{"id":"2","src":"a: 1","expr":"a +"}"#,
        "\n",
        r#"{"id":"3","src":"a: 1","expr":"b"}"#,
        "\n",
        r#"{"id":"4","src":"a: int","expr":"a"}"#,
    );
    let out = Env::new().run_with_input(&SERVE, input).exits(0);
    let answers = lines(&out);
    assert_eq!(answers[0], r#"{"id":"1","json":3}"#);
    for (answer, kind) in answers[1..].iter().zip(["syntax", "eval", "incomplete"]) {
        assert!(
            answer.ends_with(&format!(r#""kind":"{kind}"}}"#)),
            "{answer}"
        );
    }
}
