//! Runs that are known already: their ids, and what it takes to go on with one that was left.

use crate::{
    env::{Env, Output, kill},
    server::{HOLD, Server},
};

/// Two messages, one after the other.
const TWO: &str = "apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: shop}
spec:
  components: []
  workflow:
    steps:
    - name: first
      type: webhook-notification
      properties: {slack: {url: <first>, message: {text: one}}}
    - name: second
      type: webhook-notification
      properties: {slack: {url: <second>, message: {text: two}}}
";

/// A pause until somebody ends it, and a message.
pub(crate) const PAUSE: &str = "apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: shop}
spec:
  components: []
  workflow:
    steps:
    - {name: pause, type: suspend}
    - name: second
      type: webhook-notification
      properties: {slack: {url: <second>, message: {text: two}}}
";

const FROM_FIRST: &str = "--set-from=first.slack.url=env:FIRST";
pub(crate) const FROM_SECOND: &str = "--set-from=second.slack.url=env:SECOND";

/// The variables that the two messages are sent by.
pub(crate) fn env(server: &Server) -> Env {
    let url = |place: &str| format!("{}/{place}", server.url());
    Env::new()
        .var("FIRST", &url("first"))
        .var("SECOND", &url("second"))
}

pub(crate) fn paths(server: &Server) -> Vec<String> {
    server.sent().into_iter().map(|sent| sent.path).collect()
}

fn run_two(env: &Env, file: &str) -> Output {
    env.run(&[
        "run",
        file,
        FROM_FIRST,
        FROM_SECOND,
        "--run-id",
        "one",
        "-o",
        "json",
    ])
}

/// Begins a run whose second message gets no answer, and kills it then.
fn killed_at_the_second(env: &Env, server: &Server, file: &str, args: &[&str]) {
    let mut all = vec!["run", file, "--run-id", "one"];
    all.extend(args);
    let child = env.start(&all);
    server.wait_for_request();
    server.wait_for_request();
    kill(child);
}

fn assert_says(out: &Output, text: &str) {
    assert!(out.stderr.contains(text), "{}", out.stderr);
}

#[test]
fn run_that_ended_is_reported_again_and_nothing_is_sent() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    let first = run_two(&env, &file).exits(0);
    let again = run_two(&env, &file).exits(0);
    assert_eq!(again.json(), first.json());
    assert_says(&again, "run one has ended before: succeeded");
    let recovered = env.run(&["recover", "one", "-o", "json"]).exits(0);
    assert_eq!(recovered.json(), first.json());
    assert_eq!(paths(&server), ["/first", "/second"]);
}

#[test]
fn run_that_failed_fails_again_and_nothing_is_sent() {
    let server = Server::http(&[(404, "no_service")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    let first = run_two(&env, &file).exits(1);
    let again = run_two(&env, &file).exits(1);
    assert_eq!(again.json(), first.json());
    assert_eq!(paths(&server), ["/first"]);
}

#[test]
fn id_of_a_run_of_another_manifest_is_refused_and_the_difference_named() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    let _out = run_two(&env, &file).exits(0);
    let _changed = env.file("app.yaml", TWO.replace("text: two", "text: 2nd"));
    let out = run_two(&env, &file).exits(2);
    assert_says(
        &out,
        "run `one` exists, and is one of another manifest: step `second` has changed",
    );
    assert_eq!(server.sent().len(), 2);
}

#[test]
fn manifest_that_changed_is_not_gone_on_with() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", PAUSE);
    let _out = env
        .run(&["run", &file, FROM_SECOND, "--run-id", "one"])
        .exits(4);
    let _changed = env.file("app.yaml", PAUSE.replace("text: two", "text: 2nd"));
    let out = env.run(&["resume", "one"]).exits(2);
    assert_says(&out, "when run `one` began: step `second` has changed");
    let _back = env.file("app.yaml", PAUSE);
    let _out = env.run(&["resume", "one"]).exits(0);
    assert_eq!(paths(&server), ["/second"]);
}

#[test]
fn killed_process_frees_its_run_and_its_message_is_unknown() {
    let server = Server::http(&[(200, "ok"), (HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    killed_at_the_second(&env, &server, &file, &[FROM_FIRST, FROM_SECOND]);
    let report = env.run(&["recover", "one", "-o", "json"]).exits(1).json();
    assert_eq!(report["status"], "failed");
    let steps = &report["steps"];
    assert_eq!(steps[0]["phase"], "succeeded");
    assert_eq!(steps[0].get("unknown"), None);
    assert_eq!(steps[1]["phase"], "failed");
    assert_eq!(steps[1]["unknown"], true);
    assert_eq!(paths(&server), ["/first", "/second"]);
}

#[test]
fn literal_is_not_kept_and_must_be_given_again() {
    let server = Server::http(&[(200, "ok"), (HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    let set = format!("second.slack.url={}/second", server.url());
    killed_at_the_second(&env, &server, &file, &[FROM_FIRST, "--set", &set]);
    let out = env.run(&["recover", "one"]).exits(2);
    assert_says(
        &out,
        "`--set second.slack.url=…` was given on the command line of run `one` and is not kept: give it again",
    );
    let recover = ["recover", "one", "--on-unknown", "resend", "-o", "json"];
    let again = ["--set", &set];
    let report = env.run(&[&recover[..], &again].concat()).exits(0).json();
    assert_eq!(report["steps"][1]["unknown"], true);
    assert_eq!(paths(&server), ["/first", "/second", "/second"]);
}

#[test]
fn rotated_secret_is_simply_the_new_one() {
    let server = Server::http(&[(200, "ok"), (HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    killed_at_the_second(&env, &server, &file, &[FROM_FIRST, FROM_SECOND]);
    let env = env
        .var("FIRST", &format!("{}/rotated-first", server.url()))
        .var("SECOND", &format!("{}/rotated-second", server.url()));
    let _out = env
        .run(&["recover", "one", "--on-unknown", "resend"])
        .exits(0);
    assert_eq!(paths(&server), ["/first", "/second", "/rotated-second"]);
}

#[test]
fn rotated_secret_is_no_second_message() {
    let server = Server::http(&[(200, "ok"), (HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    killed_at_the_second(&env, &server, &file, &[FROM_FIRST, FROM_SECOND]);
    let env = env.var("SECOND", &format!("{}/rotated-second", server.url()));
    let report = env.run(&["recover", "one", "-o", "json"]).exits(1).json();
    assert_eq!(report["steps"][1]["unknown"], true);
    assert_eq!(paths(&server), ["/first", "/second"]);
}

#[test]
fn manifest_from_standard_input_must_be_given_as_a_file() {
    let server = Server::http(&[(200, "ok")]);
    let env = env(&server);
    let _out = env
        .run_with_input(&["run", "-", FROM_SECOND, "--run-id", "one"], PAUSE)
        .exits(4);
    let out = env.run(&["resume", "one"]).exits(2);
    assert_says(
        &out,
        "the manifest of run `one` came from standard input and is not kept: give it with -f FILE",
    );
    let file = env.file("app.yaml", PAUSE);
    let _out = env.run(&["resume", "one", "-f", &file]).exits(0);
    assert_eq!(paths(&server), ["/second"]);
}

#[test]
fn one_of_two_recoveries_is_refused_and_told_by_whom() {
    let server = Server::http(&[(200, "ok"), (HOLD, ""), (HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    killed_at_the_second(&env, &server, &file, &[FROM_FIRST, FROM_SECOND]);
    let winner = env.start(&["recover", "one", "--on-unknown", "resend"]);
    server.wait_for_request();
    let out = env
        .run(&["recover", "one", "--on-unknown", "resend"])
        .exits(2);
    assert_says(
        &out,
        &format!("run `one` is carried on by process {} on ", winner.id()),
    );
    let shown = env.run(&["show", "one"]).exits(0).stdout;
    let owner = format!("carried on by process {} on ", winner.id());
    assert!(shown.contains(&owner), "{shown}");
    // The connection of the killed one is gone: what is released is the winner's, or nobody's.
    server.release();
    server.release();
    let _out = Output::of(winner).exits(0);
    assert_eq!(paths(&server), ["/first", "/second", "/second"]);
}

#[cfg(unix)]
#[test]
fn interrupted_run_hears_the_answer_and_says_how_to_go_on() {
    let server = Server::http(&[(HOLD, ""), (200, "ok")]);
    let env = env(&server);
    let file = env.file("app.yaml", TWO);
    let child = env.start(&["run", &file, FROM_FIRST, FROM_SECOND, "--run-id", "one"]);
    server.wait_for_request();
    let out = crate::env::interrupt(child, || server.release()).exits(130);
    assert_says(&out, "interrupted; to go on: burgee recover one");
    assert_eq!(paths(&server), ["/first"]);
    let report = env.run(&["recover", "one", "-o", "json"]).exits(0).json();
    assert_eq!(report["steps"][0]["phase"], "succeeded");
    assert_eq!(report["steps"][0].get("unknown"), None);
    assert_eq!(paths(&server), ["/first", "/second"]);
}
