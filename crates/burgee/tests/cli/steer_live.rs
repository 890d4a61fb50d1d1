//! Steering a run that another process carries on.

use crate::{
    env::{Env, Output},
    recover::{FROM_SECOND, PAUSE, env, paths},
    server::{HOLD, Server},
};

/// A process that waits at the pause.
fn waiting(env: &Env) -> std::process::Child {
    let file = env.file("app.yaml", PAUSE);
    let child = env.start(&[
        "run",
        &file,
        FROM_SECOND,
        "--run-id",
        "one",
        "--wait",
        "-o",
        "json",
    ]);
    env.until("one", |report| report["suspend"] == true);
    child
}

/// Asserts that the other process did it.
fn done(out: Output) {
    let out = out.exits(0);
    let said = "done, by the process that carries run `one` on";
    assert!(out.stderr.contains(said), "{}", out.stderr);
}

#[test]
fn waiting_process_is_resumed_from_outside() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let child = waiting(&env);
    done(env.run(&["resume", "one", "--step", "pause", "--reason", "looks good"]));
    let report = Output::of(child).exits(0).json();
    assert_eq!(report["status"], "succeeded");
    assert_eq!(paths(&server), ["/second"]);
    let logs = env.run(&["logs", "one", "-o", "jsonl"]).exits(0).stdout;
    assert!(logs.contains("looks good"), "{logs}");
}

#[test]
fn waiting_process_is_terminated_from_outside() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let child = waiting(&env);
    done(env.run(&["terminate", "one", "--reason", "no"]));
    let report = Output::of(child).exits(1).json();
    assert_eq!(report["status"], "terminated");
    assert_eq!(report["terminated"], true);
    let out = env.run(&["resume", "one"]).exits(2);
    assert!(out.stderr.contains("a terminated run cannot be resumed"));
    assert!(server.sent().is_empty());
}

#[test]
fn suspended_process_ends_its_call_and_begins_nothing_more() {
    let server = Server::http(&[(HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let tell = PAUSE.replace(
        "{name: pause, type: suspend}",
        "{name: first, type: webhook-notification, properties: {slack: {url: <first>, message: {text: one}}}}",
    );
    let file = env.file("app.yaml", tell);
    let child = env.start(&[
        "run",
        &file,
        "--set-from=first.slack.url=env:FIRST",
        FROM_SECOND,
        "--run-id",
        "one",
        "-o",
        "json",
    ]);
    server.wait_for_request();
    done(env.run(&["suspend", "one"]));
    server.release();
    let report = Output::of(child).exits(4).json();
    assert_eq!(report["status"], "suspending");
    assert_eq!(report["steps"][0]["phase"], "succeeded");
    assert_eq!(report["steps"][1]["phase"], "pending");
    let _out = env.run(&["resume", "one"]).exits(0);
    assert_eq!(paths(&server), ["/first", "/second"]);
}

#[test]
fn step_that_does_not_exist_is_not_resumed() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", PAUSE);
    let _out = env
        .run(&["run", &file, FROM_SECOND, "--run-id", "one"])
        .exits(4);
    let out = env.run(&["resume", "one", "--step", "pauses"]).exits(2);
    assert!(
        out.stderr.contains("did you mean `pause`?"),
        "{}",
        out.stderr
    );
    assert!(server.sent().is_empty());
}
