//! `resume`, `suspend`, `terminate`, `restart`: what is allowed, and what is said where it is not.

use serde_json::{Value, json};

use crate::env::{Env, Output};

const MANIFEST: &str = "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: held}
spec:
  components: []
  workflow:
    steps:
      - name: both
        type: step-group
        subSteps:
          - {name: hold, type: suspend}
          - {name: hold-too, type: suspend}
      - {name: more, type: print-message-in-status, properties: {message: more}}
";

/// A folder with a suspended run `r`.
fn suspended() -> Env {
    let env = Env::new();
    let file = env.file("app.yaml", MANIFEST);
    let out = env.run(&["run", &file, "--run-id", "r"]).exits(4);
    assert!(out.stderr.contains("burgee resume r"), "{}", out.stderr);
    env
}

/// The phases of the sub-steps and of the last step.
fn phases(out: &Output) -> Vec<Value> {
    let report = out.json();
    let steps = &report["steps"];
    let inside = steps[0]["subSteps"].as_array().expect("sub-steps");
    let all = inside.iter().chain([&steps[1]]);
    all.map(|step| step["phase"].clone()).collect()
}

#[test]
fn named_step_is_resumed_and_a_group_takes_what_waits_in_it_along() {
    let env = suspended();
    let args = ["resume", "r", "--step", "hold", "-o", "json"];
    let out = env.run(&args).exits(4);
    assert_eq!(
        phases(&out),
        [json!("succeeded"), json!("suspending"), json!("pending")]
    );

    let env = suspended();
    let args = ["resume", "r", "--step", "both", "-o", "json"];
    let out = env.run(&args).exits(0);
    assert_eq!(phases(&out), ["succeeded"; 3].map(|phase| json!(phase)));
}

#[test]
fn step_that_does_not_exist_is_neither_resumed_nor_restarted_from() {
    let env = suspended();
    let out = env.run(&["resume", "r", "--step", "holt"]).exits(2);
    assert!(out.stderr.contains("no step `holt`"), "{}", out.stderr);
    assert!(
        out.stderr.contains("did you mean `hold`?"),
        "{}",
        out.stderr
    );
    let out = env.run(&["restart", "r", "--from", "holt"]).exits(2);
    assert!(out.stderr.contains("no step `holt`"), "{}", out.stderr);
    let out = env.run(&["restart", "r", "--from", "more"]).exits(2);
    assert!(out.stderr.contains("`more` is pending"), "{}", out.stderr);
}

#[test]
fn terminated_run_is_neither_resumed_nor_suspended_but_restarted() {
    let env = suspended();
    let out = env.run(&["terminate", "r", "-o", "json"]).exits(1);
    assert_eq!(out.json()["status"], "terminated");
    assert_eq!(
        phases(&out),
        [json!("failed"), json!("failed"), json!("skipped")]
    );
    let out = env.run(&["resume", "r"]).exits(2);
    assert!(out.stderr.contains("was terminated"), "{}", out.stderr);
    assert!(out.stderr.contains("burgee restart r"), "{}", out.stderr);
    let _ = env.run(&["suspend", "r"]).exits(2);
    let out = env.run(&["recover", "r", "-o", "json"]).exits(1);
    assert_eq!(out.json()["status"], "terminated", "it stays so");

    let args = ["restart", "r", "--from", "hold", "-o", "json"];
    let out = env.run(&args).exits(4);
    assert_eq!(
        phases(&out),
        [json!("suspending"), json!("failed"), json!("pending")]
    );
}

#[test]
fn run_that_a_person_suspends_goes_on_when_it_is_resumed() {
    let env = suspended();
    let out = env.run(&["suspend", "r", "-o", "json"]).exits(0);
    assert_eq!(out.json()["suspend"], true);
    let out = env.run(&["resume", "r", "-o", "json"]).exits(0);
    assert_eq!(out.json()["status"], "succeeded");
}
