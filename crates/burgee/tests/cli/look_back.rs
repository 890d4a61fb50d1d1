//! `burgee eval --run --at`: expressions on a run that is kept.

use crate::env::{Env, Output};

const SECRET: &str =
    "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT";

/// A greeting, a deployment, a message that is not sent and one that is, and somebody to wait for.
const KEPT: &str = r#"
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: kept}
spec:
  components:
  - {name: web, type: webservice, properties: {image: nginx, port: 80}}
  workflow:
    steps:
    - name: greet-all
      type: print-message-in-status
      properties: {message: hello}
      outputs: [{name: word, valueFrom: parameter.message}]
    - name: deploy
      type: apply-component
      properties: {component: web}
      outputs: [{name: live, valueFrom: output.status}]
    - name: alarm
      type: notification
      if: status["greet-all"].failed
      properties: {slack: {url: {secretRef: {name: chat, key: url}}, message: {text: down}}}
    - name: tell
      type: notification
      inputs:
      - {from: word, parameterKey: slack.message.text}
      properties: {slack: {url: {secretRef: {name: chat, key: url}}, message: {}}}
    - {name: approve, type: suspend}
    - {name: bye, type: print-message-in-status, inputs: [{from: word, parameterKey: message}]}
"#;

/// An environment with the run in it, which waits at `approve`.
fn kept() -> Env {
    let env = Env::new().var("CHAT", SECRET);
    let file = env.file("app.yaml", KEPT);
    let _out = env
        .run(&["run", &file, "--inbox", "--secret", "chat/url=env:CHAT"])
        .exits(4);
    env
}

fn ask(env: &Env, expression: &str, at: &str) -> Output {
    env.run(&["eval", expression, "--run", "kept", "--at", at, "--trace"])
}

#[test]
fn status_is_what_it_was_when_the_step_began() {
    let env = kept();
    let _out = env.run(&["resume", "kept"]).exits(0);
    for (expression, at, value) in [
        ("status.deploy.phase", "greet-all", "\"pending\"\n"),
        ("status.deploy.phase", "tell", "\"succeeded\"\n"),
        ("status.alarm.skipped", "tell", "true\n"),
        ("status.bye.phase", "tell", "\"pending\"\n"),
        (r#"status["greet-all"].message"#, "bye", "\"hello\"\n"),
        // A step is also known by what it applies.
        ("status.web.succeeded", "approve", "true\n"),
    ] {
        let out = ask(&env, expression, at).exits(0);
        assert_eq!(out.stdout, value, "{expression} at {at}");
    }
}

#[test]
fn condition_of_a_skipped_step_can_be_asked_again() {
    let out = ask(&kept(), r#"status["greet-all"].failed"#, "alarm").exits(0);
    assert_eq!(out.stdout, "false\n");
    let line = r#"status["greet-all"].failed = false  (step greet-all, at "#;
    assert!(out.stderr.contains(line), "{}", out.stderr);
}

#[test]
fn inputs_and_parameters_say_which_step_they_are_from() {
    let env = kept();
    let out = ask(
        &env,
        r#"inputs.word + "/" + parameter.slack.message.text"#,
        "tell",
    )
    .exits(0);
    assert_eq!(out.stdout, "\"hello/hello\"\n");
    for line in [
        "inputs.word = \"hello\"  (variable word, set by step greet-all)",
        "parameter.slack.message.text = \"hello\"  (variable word, set by step greet-all)",
    ] {
        assert!(out.stderr.contains(line), "{}", out.stderr);
    }
    let out = ask(&env, "parameter.message", "greet-all").exits(0);
    assert!(
        out.stderr.contains("(the properties of step greet-all)"),
        "{}",
        out.stderr
    );
}

#[test]
fn context_is_that_of_the_step() {
    let out = ask(&kept(), r#"context.name + "/" + context.stepName"#, "tell").exits(0);
    assert_eq!(out.stdout, "\"kept/tell\"\n");
}

#[test]
fn answer_to_a_message_is_kept() {
    let out = ask(&kept(), "slack.outcome", "tell").exits(0);
    assert_eq!(out.stdout, "\"Delivered\"\n");
    assert!(
        out.stderr.contains("(the answer that step tell got)"),
        "{}",
        out.stderr
    );
}

#[test]
fn what_was_only_looked_at_is_not_kept_and_the_way_out_is_told() {
    let out = ask(&kept(), "output.status.readyReplicas", "deploy").exits(1);
    assert_eq!(out.stdout, "");
    let line = "output.status.readyReplicas is not there\n";
    assert!(out.stderr.contains(line), "{}", out.stderr);
    assert!(
        out.stderr.contains("its outputs are kept (live)"),
        "{}",
        out.stderr
    );
}

#[test]
fn step_that_has_not_begun_sees_what_is_there_now() {
    let out = ask(&kept(), "inputs.word", "bye").exits(0);
    assert_eq!(out.stdout, "\"hello\"\n");
    assert!(
        out.stderr.contains("step `bye` has not begun"),
        "{}",
        out.stderr
    );
}

#[test]
fn restarted_step_is_seen_in_its_last_life() {
    let env = kept();
    let _out = env.run(&["terminate", "kept"]);
    let before = ask(&env, "status.approve.phase", "bye").exits(0);
    assert_eq!(before.stdout, "\"failed\"\n");
    let _out = env.run(&["restart", "kept"]).exits(4);
    let after = ask(&env, "status.approve.phase", "bye").exits(0);
    assert_eq!(after.stdout, "\"suspending\"\n");
}

#[test]
fn nothing_is_said_but_what_was_asked() {
    let env = kept();
    let out = env
        .run(&["eval", "context.name", "--run", "kept", "--at", "tell"])
        .exits(0);
    assert_eq!(out.stderr, "");
}

#[test]
fn manifest_that_has_changed_is_refused() {
    let env = kept();
    let _path = env.file(
        "app.yaml",
        KEPT.replace("{message: hello}", "{message: bye}"),
    );
    let out = ask(&env, "context.name", "tell").exits(2);
    assert!(
        out.stderr.contains("step `greet-all` has changed"),
        "{}",
        out.stderr
    );
}

#[test]
fn secret_is_covered() {
    let env = kept();
    let out = ask(&env, "parameter", "tell").exits(0);
    out.never_shows("sEcReT");
}

#[test]
fn names_that_are_not_there_are_suggested() {
    let env = kept();
    let out = ask(&env, "context.name", "tel").exits(2);
    assert!(
        out.stderr.contains("did you mean `tell`?"),
        "{}",
        out.stderr
    );
    let _out = env.run(&["eval", "1", "--run", "kept"]).exits(2);
    let _out = env.run(&["eval", "1", "--at", "tell"]).exits(2);
    let _out = env
        .run(&["eval", "1", "--run", "nobody", "--at", "tell"])
        .exits(2);
}
