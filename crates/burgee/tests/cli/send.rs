//! `burgee send`.

use serde_json::json;

use crate::{env::Env, server::Server};

#[test]
fn text_goes_to_both_services_in_their_own_shape() {
    let server = Server::http(&[(200, "ok"), (200, r#"{"errcode":0,"errmsg":"ok"}"#)]);
    let env = Env::new()
        .var("SLACK", &format!("{}/services/T0/B0/sEcReT", server.url()))
        .var(
            "DING",
            &format!("{}/robot/send?access_token=sEcReT", server.url()),
        );
    let out = env
        .run(&["send", "slack", "--url", "env:SLACK", "--text", "hi"])
        .exits(0);
    out.never_shows("sEcReT");
    let out = env
        .run(&["send", "dingding", "--url", "env:DING", "--text", "hi"])
        .exits(0);
    out.never_shows("sEcReT");
    let sent = server.sent();
    assert_eq!(sent[0].body, json!({"text": "hi"}));
    assert_eq!(
        sent[1].body,
        json!({"msgtype": "text", "text": {"content": "hi"}})
    );
}

#[test]
fn full_payload_is_checked_before_it_is_sent() {
    let server = Server::http(&[(200, r#"{"errcode":0,"errmsg":"ok"}"#)]);
    let env = Env::new().var(
        "DING",
        &format!("{}/robot/send?access_token=x", server.url()),
    );
    let bad = env.file("bad.yaml", "msgtype: markdown\ntext: {content: x}\n");
    let _out = env
        .run(&["send", "dingtalk", "--url", "env:DING", "--message", &bad])
        .exits(3);
    assert_eq!(server.sent().len(), 0);
    let good = env.file(
        "good.json",
        r##"{"msgtype":"markdown","markdown":{"title":"t","text":"# t"}}"##,
    );
    let _out = env
        .run(&["send", "dingtalk", "--url", "env:DING", "--message", &good])
        .exits(0);
    assert_eq!(server.sent().len(), 1);
}

#[test]
fn refused_message_is_exit_1_and_json_says_why() {
    let server = Server::http(&[(404, "no_service")]);
    let env = Env::new().var("SLACK", &format!("{}/services/T0/B0/sEcReT", server.url()));
    let out = env
        .run(&[
            "send",
            "slack",
            "--url",
            "env:SLACK",
            "--text",
            "hi",
            "-o",
            "json",
        ])
        .exits(1);
    let delivery = out.json();
    assert_eq!(delivery["outcome"], "Permanent");
    assert_eq!(delivery["serviceCode"], "no_service");
    out.never_shows("sEcReT");
}

#[test]
fn plain_http_beyond_loopback_is_refused() {
    let env = Env::new().var("SLACK", "http://hooks.slack.com/services/T0/B0/sEcReT");
    let out = env.run(&["send", "slack", "--url", "env:SLACK", "--text", "hi"]);
    let out = out.exits(2);
    assert!(out.stderr.contains("--allow-http"), "{}", out.stderr);
    out.never_shows("sEcReT");
}
