//! `burgee run --simulate`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{
    env::{Env, Output},
    server::Server,
};

const SLACK: &str = "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT";

/// A manifest with these steps, one a line.
fn manifest(steps: &[&str]) -> String {
    let mut text = "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: demo}
spec:
  components: []
  workflow:
    steps:
"
    .to_owned();
    for step in steps {
        writeln!(text, "    - {step}").expect("a string");
    }
    text
}

fn tell(name: &str) -> String {
    format!(
        "{{name: {name}, type: notification, properties: {{slack: {{url: {{value: \"{SLACK}\"}}, message: {{text: hi}}}}}}}}"
    )
}

const NIGHT: &str = "{name: night, type: suspend, properties: {duration: 24h}}";
const APPROVE: &str = "{name: approve, type: suspend}";
const ASK: &str = "{name: ask, type: request, properties: {url: 'https://api.example.com/x'}, outputs: [{name: id, valueFrom: response.id}]}";
const SAY: &str =
    "{name: say, type: print-message-in-status, inputs: [{from: id, parameterKey: message}]}";

fn simulate(env: &Env, steps: &[&str], more: &[&str]) -> Output {
    let file = env.file("app.yaml", manifest(steps));
    let mut args = vec!["run", &file, "--simulate", "-o", "json"];
    args.extend(more);
    env.run(&args)
}

/// Seconds between two times of a report.
fn seconds(from: &Value, to: &Value) -> f64 {
    let time = |value: &Value| {
        let text = value.as_str().expect("a time");
        text.parse::<jiff::Timestamp>().expect("a time")
    };
    time(to).duration_since(time(from)).as_secs_f64()
}

fn step<'r>(report: &'r Value, name: &str) -> &'r Value {
    let steps = report["steps"].as_array().expect("steps");
    let found = steps.iter().find(|step| step["name"] == name);
    found.expect("a step of that name")
}

#[test]
fn suspend_of_a_day_takes_a_day_of_virtual_time() {
    let env = Env::new();
    let out = simulate(&env, &[NIGHT, &tell("bye")], &[]).exits(0);
    let report = out.json();
    assert_eq!(seconds(&report["startTime"], &report["endTime"]), 86_400.0);
    for line in [
        "+0h00m00s      ‖ night suspended",
        "+24h00m00s     ✓ bye succeeded",
    ] {
        assert!(out.stderr.contains(line), "{}", out.stderr);
    }
    out.never_shows("sEcReT");
}

#[test]
fn message_is_judged_by_the_inbox_and_shown() {
    let env = Env::new();
    let file = env.file("app.yaml", manifest(&[&tell("hello")]));
    let out = env.run(&["run", &file, "--simulate"]).exits(0);
    assert!(out.stdout.contains("Slack #1"), "{}", out.stdout);
    assert!(out.stdout.contains("accepted"), "{}", out.stdout);
}

#[test]
fn server_that_the_manifest_names_hears_nothing() {
    let server = Server::http(&[(200, "ok"), (200, "ok")]);
    let env = Env::new();
    let url = format!("{}/services/T0/B0/x", server.url());
    let ask = format!(
        "{{name: ask, type: webhook, properties: {{url: {{value: \"{url}\"}}, data: {{a: 1}}}}}}"
    );
    let tell = tell("tell").replace(SLACK, &url);
    let reply = env.file("ok", "ok");
    let _out = simulate(&env, &[&ask, &tell], &["--reply", &format!("ask={reply}")]).exits(0);
    assert_eq!(server.sent().len(), 0);
}

#[test]
fn nothing_is_kept() {
    let env = Env::new();
    let _out = simulate(&env, &[NIGHT], &[]).exits(0);
    let runs = env.run(&["runs"]);
    assert!(!runs.stdout.contains("demo"), "{}", runs.stdout);
}

#[test]
fn service_in_trouble_twice_gets_the_message_at_the_third_attempt() {
    let env = Env::new();
    let out = simulate(&env, &[&tell("hello")], &["--fault", "slack:503x2"]).exits(0);
    let report = out.json();
    let delivery = &step(&report, "hello")["deliveries"][0];
    assert_eq!(delivery["outcome"], "Delivered");
    assert_eq!(delivery["attempts"], 3);
}

#[test]
fn the_same_simulation_has_the_same_pauses() {
    let env = Env::new();
    let took = || {
        let out = simulate(&env, &[&tell("hello")], &["--fault", "hello:503x3"]).exits(0);
        let report = out.json();
        seconds(&report["startTime"], &report["endTime"])
    };
    assert!(took() > 0.0);
    assert_eq!(took(), took());
}

#[test]
fn fault_without_a_number_stays() {
    let env = Env::new();
    let out = simulate(&env, &[&tell("hello")], &["--fault", "slack:503"]).exits(1);
    let report = out.json();
    let delivery = &step(&report, "hello")["deliveries"][0];
    assert_eq!(delivery["outcome"], "Transient");
    assert_eq!(delivery["attempts"], 4);
}

#[test]
fn message_without_an_answer_is_unknown_after_the_clients_time() {
    let env = Env::new();
    let out = simulate(&env, &[&tell("hello")], &["--fault", "hello:timeout"]).exits(1);
    let report = out.json();
    assert_eq!(
        step(&report, "hello")["deliveries"][0]["outcome"],
        "Unknown"
    );
    assert_eq!(seconds(&report["startTime"], &report["endTime"]), 15.0);
}

#[test]
fn faults_of_a_place_come_in_their_order() {
    let env = Env::new();
    let faults = ["--fault", "slack:refusedx1", "--fault", "hello:404x1"];
    let out = simulate(&env, &[&tell("hello")], &faults).exits(1);
    let report = out.json();
    let delivery = &step(&report, "hello")["deliveries"][0];
    assert_eq!(
        (&delivery["attempts"], &delivery["httpStatus"]),
        (&2.into(), &404.into())
    );
}

#[test]
fn ten_retries_of_a_step_take_kubevelas_pauses_in_virtual_time() {
    let env = Env::new();
    let reply = env.file("reply.json", r#"{"id": "seven"}"#);
    let reply = format!("ask={reply}");
    let out = simulate(
        &env,
        &[ASK, SAY],
        &["--reply", &reply, "--fault", "ask:refusedx10"],
    )
    .exits(0);
    let report = out.json();
    // 2ⁿ × 0.05 s in whole seconds and at least one, for n from 1 to 10.
    let pauses = [1, 1, 1, 1, 1, 3, 6, 12, 25, 51];
    let sum = f64::from(pauses.iter().sum::<i32>());
    assert_eq!(seconds(&report["startTime"], &report["endTime"]), sum);
    assert_eq!(step(&report, "say")["message"], "seven");
}

#[test]
fn eleven_refusals_are_one_too_many() {
    let env = Env::new();
    let out = simulate(&env, &[ASK], &["--fault", "ask:refused"]).exits(1);
    assert_eq!(step(&out.json(), "ask")["reason"], "FailedAfterRetries");
}

#[test]
fn request_without_a_reply_fails_and_says_how_to_give_one() {
    let env = Env::new();
    let out = simulate(&env, &[ASK], &[]).exits(1);
    let report = out.json();
    let message = step(&report, "ask")["message"].as_str().expect("a message");
    assert!(message.contains("no reply for step `ask`"), "{message}");
    assert!(message.contains("--reply ask=FILE"), "{message}");
}

#[test]
fn reply_may_say_its_status() {
    let env = Env::new();
    let reply = env.file("reply.yaml", "status: 500\nbody: {id: seven}\n");
    let out = simulate(&env, &[ASK], &["--reply", &format!("ask={reply}")]).exits(1);
    let report = out.json();
    let message = step(&report, "ask")["message"].as_str().expect("a message");
    assert!(message.contains("HTTP 500"), "{message}");
}

#[test]
fn suspend_without_a_duration_ends_the_simulation() {
    let env = Env::new();
    let out = simulate(&env, &[NIGHT, APPROVE, &tell("bye")], &[]).exits(4);
    let report = out.json();
    assert_eq!(report["status"], "suspending");
    assert_eq!(step(&report, "bye")["phase"], "pending");
    assert!(
        out.stderr.contains("suspended at approve"),
        "{}",
        out.stderr
    );
    assert!(out.stderr.contains("--assume-resumed"), "{}", out.stderr);
}

#[test]
fn assumed_resumption_comes_after_its_time_for_each_step() {
    let env = Env::new();
    let again = "{name: again, type: suspend}";
    let out = simulate(
        &env,
        &[APPROVE, again, &tell("bye")],
        &["--assume-resumed", "90m"],
    )
    .exits(0);
    let report = out.json();
    assert_eq!(
        seconds(&report["startTime"], &report["endTime"]),
        2.0 * 90.0 * 60.0
    );
    assert!(
        out.stderr
            .contains("+1h30m00s      ▸ approve resumed by the simulation"),
        "{}",
        out.stderr
    );
}

#[test]
fn steps_that_wait_at_once_are_resumed_at_once() {
    let env = Env::new();
    let manifest = manifest(&[APPROVE, "{name: again, type: suspend}"]);
    let manifest = manifest.replace("  workflow:", "  workflow:\n    mode: {steps: DAG}");
    let file = env.file("app.yaml", manifest);
    let line = [
        "run",
        &file,
        "--simulate",
        "-o",
        "json",
        "--assume-resumed",
        "1h",
    ];
    let report = env.run(&line).exits(0).json();
    assert_eq!(seconds(&report["startTime"], &report["endTime"]), 3600.0);
}

#[test]
fn step_whose_time_is_over_is_not_resumed() {
    let env = Env::new();
    let impatient = "{name: impatient, type: suspend, timeout: 10m}";
    let out = simulate(&env, &[impatient], &["--assume-resumed", "1h"]).exits(1);
    let report = out.json();
    assert_eq!(step(&report, "impatient")["reason"], "Timeout");
    assert_eq!(seconds(&report["startTime"], &report["endTime"]), 600.0);
    assert!(!out.stderr.contains("resumed"), "{}", out.stderr);
}

#[test]
fn secrets_need_not_be_there() {
    let env = Env::new();
    let ask = "{name: ask, type: webhook, properties: {url: {secretRef: {name: hook, key: url}}, data: {a: 1}}}";
    let tell = "{name: tell, type: notification, properties: {slack: {url: {secretRef: {name: s, key: u}}, message: {text: hi}}}}";
    let reply = env.file("ok", "ok");
    let out = simulate(&env, &[ask, tell], &["--reply", &format!("ask={reply}")]);
    let _out = out.exits(0);
}

#[test]
fn flags_about_steps_that_are_not_there_are_refused() {
    let env = Env::new();
    let reply = env.file("reply.json", "{}");
    for (flag, value, said) in [
        ("--fault", "ak:503", "did you mean `ask`"),
        ("--fault", "night:503", "makes no requests"),
        ("--fault", "ask:sometimes", "expected WHERE:WHAT[xN]"),
        ("--fault", "ask", "expected WHERE:WHAT[xN]"),
        ("--fault", "ask:503x", "expected WHERE:WHAT[xN]"),
        ("--fault", "ask:100", "expected WHERE:WHAT[xN]"),
        ("--reply", "ak=x", "did you mean `ask`"),
        ("--reply", "hello=x", "answered by the inbox"),
        ("--reply", &format!("night={reply}"), "makes no requests"),
        ("--reply", "ask=missing.json", "missing.json"),
        ("--reply", "ask", "expected STEP=FILE"),
    ] {
        let out = simulate(&env, &[ASK, NIGHT, &tell("hello")], &[flag, value]).exits(2);
        assert!(out.stderr.contains(said), "{flag} {value}: {}", out.stderr);
    }
}

#[test]
fn replies_without_a_simulation_are_wrong_usage() {
    let env = Env::new();
    let file = env.file("app.yaml", manifest(&[NIGHT]));
    let _out = env.run(&["run", &file, "--fault", "slack:503"]).exits(2);
}
