//! `burgee run`.

use serde_json::json;

use crate::{
    env::{EXAMPLE, Env, Output},
    server::{HOLD, Server},
};

const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const HOOK: &str = "/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT";

/// Runs the mission's manifest with both messages going to one service.
fn run_example(server: &Server, env: &Env, more: &[&str]) -> Output {
    let dingtalk = format!(
        "dingtalk-message.dingding.url={}/robot/send?access_token={TOKEN}",
        server.url()
    );
    let slack = format!("slack-message.slack.url={}{HOOK}", server.url());
    let mut args = vec!["run", EXAMPLE, "--set", &dingtalk, "--set", &slack];
    args.extend(more);
    env.run(&args)
}

#[test]
fn mission_runs_to_its_end_with_nothing_but_the_inbox() {
    let out = Env::new().run(&["run", EXAMPLE, "--inbox"]).exits(0);
    assert!(
        out.stderr
            .starts_with("target sandbox: deploys nothing real\n"),
        "{}",
        out.stderr
    );
    let start = out
        .stdout
        .find("开始运行工作流")
        .expect("DingTalk's message");
    let end = out
        .stdout
        .find("Deployment has minimum availability.工作流运行完成")
        .expect("Slack's message");
    assert!(start < end, "messages in the order sent");
}

#[test]
fn inbox_run_reports_as_json_and_nothing_else_on_standard_output() {
    let out = Env::new()
        .run(&["run", EXAMPLE, "--inbox", "-o", "json"])
        .exits(0);
    let report = out.json();
    assert_eq!(report["status"], "succeeded");
    assert_eq!(report["target"], "sandbox");
    let steps: Vec<_> = report["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| {
            (
                step["name"].as_str().expect("a name"),
                step["phase"].as_str().expect("a phase"),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("dingtalk-message", "succeeded"),
            ("application", "succeeded"),
            ("slack-message", "succeeded")
        ]
    );
    let delivery = &report["steps"][2]["deliveries"][0];
    assert_eq!(delivery["service"], "slack");
    assert_eq!(delivery["outcome"], "Delivered");
    assert_eq!(delivery["attempts"], 1);
    assert_eq!(delivery["httpStatus"], 200);
}

#[test]
fn both_messages_arrive_at_the_urls_that_were_set() {
    let server = Server::http(&[(200, r#"{"errcode":0,"errmsg":"ok"}"#), (200, "ok")]);
    let _out = run_example(&server, &Env::new(), &[]).exits(0);
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].path.starts_with("/robot/send?access_token="));
    assert_eq!(
        sent[0].body,
        json!({"msgtype": "text", "text": {"content": "开始运行工作流"}})
    );
    assert_eq!(sent[1].path, HOOK);
    assert_eq!(
        sent[1].body,
        json!({"text": "Deployment has minimum availability.工作流运行完成"})
    );
}

#[test]
fn refusal_under_http_200_fails_the_run_and_no_token_shows_anywhere() {
    let server = Server::http(&[(
        200,
        r#"{"errcode":310000,"errmsg":"keywords not in content"}"#,
    )]);
    let env = Env::new().var("RUST_LOG", "trace");
    let out = run_example(&server, &env, &["-o", "json"]).exits(1);
    let report = out.json();
    assert_eq!(report["status"], "failed");
    let step = &report["steps"][0];
    assert_eq!(step["phase"], "failed");
    assert_eq!(step["deliveries"][0]["outcome"], "Permanent");
    assert_eq!(step["deliveries"][0]["serviceCode"], "310000");
    assert!(
        step["message"]
            .as_str()
            .expect("a message")
            .contains("keyword"),
        "{step}"
    );
    assert_eq!(report["steps"][2]["phase"], "skipped");
    assert_eq!(server.sent().len(), 1);
    out.never_shows(TOKEN);
    out.never_shows(&TOKEN[..16]);
    out.never_shows("sEcReT");
}

#[test]
fn with_continue_the_run_goes_on_and_a_warning_names_the_step() {
    let server = Server::http(&[
        (
            200,
            r#"{"errcode":310000,"errmsg":"keywords not in content"}"#,
        ),
        (200, "ok"),
    ]);
    let out = run_example(
        &server,
        &Env::new(),
        &["--on-notify-failure", "continue", "-o", "json"],
    )
    .exits(0);
    assert!(
        out.stderr
            .contains("warning: step `dingtalk-message` failed, and the run went on"),
        "{}",
        out.stderr
    );
    let report = out.json();
    assert_eq!(report["steps"][0]["phase"], "failed");
    assert_eq!(report["steps"][2]["phase"], "succeeded");
}

#[test]
fn bad_payload_is_sent_once() {
    let server = Server::http(&[
        (200, r#"{"errcode":0,"errmsg":"ok"}"#),
        (400, "invalid_payload"),
    ]);
    let out = run_example(&server, &Env::new(), &["-o", "json"]).exits(1);
    assert_eq!(server.sent().len(), 2, "one to DingTalk, one to Slack");
    assert_eq!(
        out.json()["steps"][2]["deliveries"][0]["serviceCode"],
        "invalid_payload"
    );
}

#[test]
fn real_destination_is_refused_while_the_sandbox_deploys() {
    let args = [
        "run",
        EXAMPLE,
        "--set",
        "dingtalk-message.dingding.url=https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "--set",
        "slack-message.slack.url=https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT",
    ];
    let out = Env::new().run(&args).exits(2);
    assert!(out.stderr.contains("--inbox"), "{}", out.stderr);
    assert!(out.stderr.contains("--send-anyway"), "{}", out.stderr);
    assert!(
        out.stderr.contains("warning: --set"),
        "a token on the command line earns a warning: {}",
        out.stderr
    );
    out.never_shows(TOKEN);
    out.never_shows("sEcReT");
}

#[test]
fn placeholder_url_is_refused_before_the_first_step() {
    let out = Env::new().run(&["run", EXAMPLE, "-o", "json"]).exits(3);
    let report = out.json();
    assert_eq!(report["status"], "failed");
    assert_eq!(report["steps"], json!([]));
    let codes: Vec<_> = report["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|p| p["code"].clone())
        .collect();
    assert!(
        codes.contains(&json!("notify/placeholder-url")),
        "{codes:?}"
    );
}

#[test]
fn field_that_is_not_carried_out_is_refused_with_its_place() {
    let env = Env::new();
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let text = text.replace(
        "    type: webservice\n",
        "    type: webservice\n    externalRevision: web-v1\n",
    );
    let file = env.file("app.yaml", text);
    let out = env.run(&["run", &file, "--inbox"]).exits(3);
    assert!(
        out.stderr.contains("workflow/not-carried-out"),
        "{}",
        out.stderr
    );
    assert!(
        out.stderr.contains("externalRevision: web-v1"),
        "the user's line: {}",
        out.stderr
    );
}

#[test]
fn step_name_with_a_slip_is_suggested() {
    let out = Env::new()
        .run(&[
            "run",
            EXAMPLE,
            "--set",
            "slack-mesage.slack.url=http://127.0.0.1:9/x",
        ])
        .exits(2);
    assert!(out.stderr.contains("slack-message"), "{}", out.stderr);
}

#[test]
fn jsonpath_prints_scalars_bare_and_no_match_is_exit_1() {
    let env = Env::new();
    let out = env
        .run(&[
            "run",
            EXAMPLE,
            "--inbox",
            "-o",
            "jsonpath={.steps[*].phase}",
        ])
        .exits(0);
    assert_eq!(out.stdout, "succeeded\nsucceeded\nsucceeded\n");
    let out = env
        .run(&["run", EXAMPLE, "--inbox", "-o", "jsonpath=$.nothing"])
        .exits(1);
    assert_eq!(out.stdout, "");
    let _out = env
        .run(&["run", EXAMPLE, "--inbox", "-o", "jsonpath=$[?($.x > 1)]"])
        .exits(2);
}

#[test]
fn unreadable_file_is_exit_2_and_still_one_json_report() {
    let out = Env::new()
        .run(&["run", "nothing.yaml", "--inbox", "-o", "json"])
        .exits(2);
    assert_eq!(out.json()["status"], "failed");
    assert!(out.stderr.contains("nothing.yaml"), "{}", out.stderr);
}

#[test]
fn manifest_comes_from_standard_input_too() {
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let out = Env::new()
        .run_with_input(&["run", "-", "--inbox"], &text)
        .exits(0);
    assert!(out.stdout.contains("工作流运行完成"), "{}", out.stdout);
}

#[cfg(unix)]
#[test]
fn interrupted_run_ends_with_130_and_says_how_far_it_came() {
    let server = Server::http(&[(HOLD, ""), (200, r#"{"errcode":0,"errmsg":"ok"}"#)]);
    let env = Env::new();
    let url = format!(
        "dingtalk-message.dingding.url={}/robot/send?access_token={TOKEN}",
        server.url()
    );
    let slack = format!("slack-message.slack.url={}{HOOK}", server.url());
    let child = env.start(&["run", EXAMPLE, "--set", &url, "--set", &slack, "-o", "json"]);
    server.wait_for_request();
    let out = crate::env::interrupt(child, || server.release()).exits(130);
    let report = out.json();
    assert_eq!(report["status"], "executing");
    assert_eq!(report["steps"][0]["phase"], "running");
    assert_eq!(report["steps"][1]["phase"], "pending");
}

#[test]
fn namespace_flag_fills_in_and_does_not_overrule() {
    let out = Env::new()
        .run(&["run", EXAMPLE, "--inbox", "-n", "other"])
        .exits(2);
    assert!(out.stderr.contains("`default`"), "{}", out.stderr);
}

#[test]
fn messages_are_in_chinese_when_the_locale_is() {
    let out = Env::new()
        .var("LC_ALL", "zh_CN.UTF-8")
        .run(&["run", EXAMPLE, "--inbox"])
        .exits(0);
    assert!(out.stderr.starts_with("目标 sandbox"), "{}", out.stderr);
}
