//! `-o jsonl`: each event as it happens; and how long a run stays for somebody.

use serde_json::Value;

use crate::env::Env;

const PAUSE: &str = "\
apiVersion: core.oam.dev/v1alpha1
kind: WorkflowRun
metadata: {name: now}
spec:
  workflowSpec:
    steps:
    - name: count
      type: print-message-in-status
      properties: {message: m}
      outputs: [{name: price, valueFrom: '1.10'}]
    - {name: hold, type: suspend}
";

fn events(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect()
}

fn names(events: &[Value]) -> Vec<String> {
    let names = events
        .iter()
        .flat_map(|event| event.as_object().expect("an object").keys());
    names
        .filter(|name| !matches!(name.as_str(), "at" | "seq"))
        .cloned()
        .collect()
}

#[test]
fn events_are_printed_as_the_journal_keeps_them() {
    let env = Env::new();
    let file = env.file("app.yaml", PAUSE);
    let run = env
        .run(&["run", &file, "--run-id", "one", "-o", "jsonl"])
        .exits(4);
    let told = events(&run.stdout);
    let expected = [
        "runStarted",
        "ownerTook",
        "stepStarted",
        "variableSet",
        "stepFinished",
        "stepStarted",
        "suspended",
    ];
    assert_eq!(names(&told), expected);
    assert!(run.stdout.contains(r#""value":1.10"#), "{}", run.stdout);

    let logs = env.run(&["logs", "one", "-o", "jsonl"]).exits(0);
    let kept = events(&logs.stdout);
    assert_eq!(names(&kept), expected);
    assert_eq!(kept[0]["seq"], 1);
    assert!(logs.stdout.contains(r#""value":1.10"#), "{}", logs.stdout);
}

#[test]
fn report_has_no_events() {
    let env = Env::new();
    let file = env.file("app.yaml", PAUSE);
    let _run = env.run(&["run", &file, "--run-id", "one"]).exits(4);
    let out = env.run(&["show", "one", "-o", "jsonl"]).exits(2);
    assert!(
        out.stderr.contains("burgee logs RUN -o jsonl"),
        "{}",
        out.stderr
    );
}

#[test]
fn who_waits_for_somebody_leaves_when_the_time_is_over() {
    let env = Env::new();
    let file = env.file("app.yaml", PAUSE);
    let out = env
        .run(&["run", &file, "--wait", "--timeout", "10ms"])
        .exits(4);
    assert!(out.stderr.contains("burgee resume now-"), "{}", out.stderr);
    let out = env
        .run(&["run", &file, "--wait", "--timeout", "1d"])
        .exits(2);
    assert!(out.stderr.contains("no unit for days"), "{}", out.stderr);
    let _usage = env.run(&["run", &file, "--timeout", "1s"]).exits(2);
}
