//! DingTalk's rules.

use burgee_inbox::{Inbox, InboxConfig, judge};
use burgee_model::{Clock as _, Service};
use http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, START_MILLIS, StillClock, post, post_to, send, start};

const SECRET: &str = "SEC000000000000000000000000000000000000000000000000000000000000test";

/// `ok`, or code and message of the refusal.
fn verdict(message: &Value) -> String {
    match judge(Service::Dingding, message) {
        Ok(()) => "ok".to_owned(),
        Err(refusal) => {
            assert_eq!(refusal.reply.status, 200);
            let body: Value = serde_json::from_str(&refusal.reply.body).expect("JSON");
            assert_eq!(body["errcode"].to_string(), refusal.reply.code);
            format!(
                "{} {}",
                body["errcode"],
                body["errmsg"].as_str().expect("a string")
            )
        }
    }
}

fn text(content: &str) -> Value {
    json!({"msgtype": "text", "text": {"content": content}})
}

fn card(fields: Value) -> Value {
    let mut card = json!({"title": "t", "text": "x"});
    for (key, value) in fields.as_object().expect("an object") {
        card[key] = value.clone();
    }
    json!({"msgtype": "actionCard", "actionCard": card})
}

fn code(answer: &Answer) -> i64 {
    assert_eq!(answer.status, 200, "DingTalk says no with 200");
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    body["errcode"].as_i64().expect("a number")
}

fn message(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    body["errmsg"].as_str().expect("a string").to_owned()
}

#[test]
fn right_messages_are_taken() {
    let button = json!({"title": "a", "actionURL": "https://x.io"});
    let messages = [
        text("开始运行工作流"),
        json!({"msgtype": "text", "text": {"content": "@13800000000 a"}, "at": {"atMobiles": ["13800000000"], "atUserIds": ["u"], "isAtAll": false}}),
        json!({"msgtype": "text", "text": {"content": "a"}, "at": {"atMobiles": [13_800_000_000_i64]}}),
        json!({"msgtype": "text", "text": {"content": "a"}, "markdown": null, "link": {}, "at": null}),
        json!({"msgtype": "link", "link": {"title": "t", "text": "x", "messageUrl": "https://x.io"}}),
        json!({"msgtype": "link", "link": {"title": "t", "text": "x", "messageUrl": "https://x.io", "picUrl": "https://x.io/a.png"}}),
        json!({"msgtype": "markdown", "markdown": {"title": "t", "text": "# x"}}),
        card(
            json!({"singleTitle": "a", "singleURL": "https://x.io", "hideAvatar": "0", "btnOrientation": "1"}),
        ),
        card(
            json!({"singleTitle": "a", "singleURL": "https://x.io", "btns": null, "btnOrientation": 0}),
        ),
        card(json!({"btns": [button.clone(), button]})),
        json!({"msgtype": "feedCard", "feedCard": {"links": [{"title": "t", "messageURL": "https://x.io", "picURL": "https://x.io/a.png"}]}}),
    ];
    for message in messages {
        assert_eq!(verdict(&message), "ok", "{message}");
    }
}

#[test]
fn wrong_messages_are_refused_and_the_parameter_is_named() {
    let url = "https://x.io";
    let feed = |link: Value| json!({"msgtype": "feedCard", "feedCard": {"links": [link]}});
    let table = [
        ("不合法的参数 json", json!([])),
        ("缺少参数 msgtype", json!({})),
        (
            "缺少参数 msgtype",
            json!({"msgType": "text", "text": {"content": "a"}}),
        ),
        ("缺少参数 msgtype", json!({"msgtype": ""})),
        ("不合法的参数 msgtype", json!({"msgtype": 1})),
        ("不合法的参数 msgtype", json!({"msgtype": "actioncard"})),
        (
            "缺少参数 text",
            json!({"msgtype": "text", "markdown": {"title": "t", "text": "x"}}),
        ),
        ("缺少参数 text", json!({"msgtype": "text", "text": null})),
        ("不合法的参数 text", json!({"msgtype": "text", "text": "a"})),
        (
            "缺少参数 text.content",
            json!({"msgtype": "text", "text": {}}),
        ),
        ("缺少参数 text.content", text("")),
        (
            "不合法的参数 text.content",
            json!({"msgtype": "text", "text": {"content": 1}}),
        ),
        (
            "缺少参数 link.title",
            json!({"msgtype": "link", "link": {"text": "x", "messageUrl": url}}),
        ),
        (
            "缺少参数 link.text",
            json!({"msgtype": "link", "link": {"title": "t", "messageUrl": url}}),
        ),
        (
            "缺少参数 link.messageUrl",
            json!({"msgtype": "link", "link": {"title": "t", "text": "x", "messageURL": url}}),
        ),
        (
            "不合法的参数 link.picUrl",
            json!({"msgtype": "link", "link": {"title": "t", "text": "x", "messageUrl": url, "picUrl": 1}}),
        ),
        (
            "缺少参数 markdown.title",
            json!({"msgtype": "markdown", "markdown": {"text": "x"}}),
        ),
        (
            "缺少参数 markdown.text",
            json!({"msgtype": "markdown", "markdown": {"title": "t"}}),
        ),
        ("缺少参数 actionCard.singleTitle", card(json!({}))),
        (
            "缺少参数 actionCard.singleURL",
            card(json!({"singleTitle": "a"})),
        ),
        (
            "缺少参数 actionCard.singleTitle",
            card(json!({"singleURL": url})),
        ),
        (
            "不合法的参数 actionCard.btns",
            card(
                json!({"singleTitle": "a", "singleURL": url, "btns": [{"title": "a", "actionURL": url}]}),
            ),
        ),
        ("不合法的参数 actionCard.btns", card(json!({"btns": []}))),
        (
            "缺少参数 actionCard.btns[0].actionURL",
            card(json!({"btns": [{"title": "a", "actionUrl": url}]})),
        ),
        (
            "不合法的参数 feedCard.links",
            json!({"msgtype": "feedCard", "feedCard": {"links": []}}),
        ),
        (
            "缺少参数 feedCard.links[0].messageURL",
            feed(json!({"title": "t", "messageUrl": url, "picURL": url})),
        ),
        (
            "缺少参数 feedCard.links[0].picURL",
            feed(json!({"title": "t", "messageURL": url, "picUrl": url})),
        ),
        (
            "不合法的参数 at",
            json!({"msgtype": "text", "text": {"content": "a"}, "at": ["1"]}),
        ),
        (
            "不合法的参数 at.isAtAll",
            json!({"msgtype": "text", "text": {"content": "a"}, "at": {"isAtAll": "yes"}}),
        ),
        (
            "不合法的参数 at.atMobiles",
            json!({"msgtype": "text", "text": {"content": "a"}, "at": {"atMobiles": "1"}}),
        ),
        (
            "不合法的参数 at.atUserIds[0]",
            json!({"msgtype": "text", "text": {"content": "a"}, "at": {"atUserIds": [{}]}}),
        ),
    ];
    for (expected, message) in table {
        assert_eq!(verdict(&message), format!("40035 {expected}"), "{message}");
    }
}

#[tokio::test]
async fn token_and_content_type_come_before_the_message() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let url = inbox.url(Service::Dingding);
    let (base, _) = url.split_once('?').expect("a query");
    let right = text("a").to_string();
    let json = Some("application/json");
    let table = [
        (Method::POST, url.clone(), json, right.clone(), 0, "ok"),
        (
            Method::POST,
            url.clone(),
            Some("application/json;charset=utf-8"),
            right.clone(),
            0,
            "ok",
        ),
        (
            Method::POST,
            url.clone(),
            None,
            right.clone(),
            43_004,
            "need Content-Type: application/json",
        ),
        (
            Method::POST,
            url.clone(),
            Some("text/plain"),
            right.clone(),
            43_004,
            "need Content-Type: application/json",
        ),
        (
            Method::POST,
            url.clone(),
            json,
            String::new(),
            40_035,
            "缺少参数 json",
        ),
        (
            Method::POST,
            url.clone(),
            json,
            "{".to_owned(),
            40_035,
            "缺少参数 json",
        ),
        (
            Method::GET,
            url.clone(),
            json,
            right.clone(),
            40_035,
            "缺少参数 json",
        ),
        (
            Method::POST,
            format!("{url}0"),
            json,
            right.clone(),
            300_001,
            "token is not exist",
        ),
        (
            Method::POST,
            base.to_owned(),
            json,
            right.clone(),
            300_001,
            "token is not exist",
        ),
        (
            Method::POST,
            url.replace("/send", "/sent"),
            json,
            right,
            404,
            "URI does not exist",
        ),
    ];
    for (method, url, content_type, body, expected, words) in table {
        let answer = send(method, &url, content_type, body).await;
        assert_eq!(
            (code(&answer), message(&answer).as_str()),
            (expected, words),
            "{url}"
        );
    }
}

#[tokio::test]
async fn body_may_have_twenty_thousand_bytes() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let around = text("").to_string().len();
    for unit in ["x", "警", "🚨"] {
        let fill = |bytes: usize| {
            let room = bytes - around;
            let content = unit.repeat(room / unit.len()) + &"x".repeat(room % unit.len());
            text(&content)
        };
        assert_eq!(fill(20_000).to_string().len(), 20_000);
        assert_eq!(
            code(&post_to(&inbox, Service::Dingding, &fill(20_000)).await),
            0
        );
        let refused = post_to(&inbox, Service::Dingding, &fill(20_001)).await;
        assert_eq!(code(&refused), 460_101);
        assert_eq!(message(&refused), "message too long, exceed 20000 bytes");
    }
}

#[tokio::test]
async fn keyword_is_looked_for_in_text_and_title() {
    let config = InboxConfig {
        dingding_keywords: vec!["告警".into(), "vela".into()],
        ..InboxConfig::default()
    };
    let (inbox, _clock) = start(config).await;
    let right = [
        text("服务告警"),
        json!({"msgtype": "markdown", "markdown": {"title": "vela", "text": "x"}}),
        json!({"msgtype": "feedCard", "feedCard": {"links": [{"title": "a", "messageURL": "u", "picURL": "u"}, {"title": "vela", "messageURL": "u", "picURL": "u"}]}}),
    ];
    for message in right {
        assert_eq!(
            code(&post_to(&inbox, Service::Dingding, &message).await),
            0,
            "{message}"
        );
    }
    let wrong = [
        text("完成"),
        json!({"msgtype": "link", "link": {"title": "a", "text": "b", "messageUrl": "https://vela.io"}}),
        json!({"msgtype": "text", "text": {"content": "a"}, "markdown": {"title": "vela", "text": "x"}}),
    ];
    for wrong in wrong {
        let answer = post_to(&inbox, Service::Dingding, &wrong).await;
        assert_eq!(code(&answer), 310_000, "{wrong}");
        assert_eq!(message(&answer), "keywords not in content");
    }
}

async fn signed(secret: &str, now: i64, query: &str) -> (i64, String) {
    let config = InboxConfig {
        dingding_secret: Some(secret.to_owned().into()),
        ..InboxConfig::default()
    };
    let inbox = Inbox::start(config, StillClock::at(now))
        .await
        .expect("free");
    let url = format!("{}{query}", inbox.url(Service::Dingding));
    let answer = post(&url, &text("a")).await;
    (code(&answer), message(&answer))
}

#[tokio::test]
async fn right_signatures_are_taken() {
    let table = [
        (
            SECRET,
            1_700_000_000_000,
            "bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8%3D",
        ),
        (
            SECRET,
            1_700_000_000_001,
            "fS6HQ%2F4Xgd%2FEWPxXQT9RfM%2B7GyEAtdaN4UYvZfr44KY%3D",
        ),
        (
            "this is secret",
            1_577_262_236_757,
            "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D",
        ),
    ];
    for (secret, timestamp, sign) in table {
        let query = format!("&timestamp={timestamp}&sign={sign}");
        assert_eq!(
            signed(secret, timestamp, &query).await,
            (0, "ok".to_owned())
        );
    }
}

#[tokio::test]
async fn wrong_signatures_are_refused() {
    let table = [
        // Made from seconds, from a written-out \n, without SEC, encoded twice, left unencoded, cut.
        (
            START_MILLIS,
            "oNmQdoL3xdI0zw31Vg6ME9V%2BRV0QG75OI%2Fgegd9KMq0%3D",
        ),
        (
            1_700_000_000_000,
            "FNOdWLHUqoySVMab6uC%2BGi64uiCAMWamUIv8Dvj8sfs%3D",
        ),
        (
            1_700_000_000_000,
            "%2BCQTtXA3FPLhzCTpXQBTa8qo4Fu4pdlPMvr%2BAyprKvU%3D",
        ),
        (
            1_700_000_000_001,
            "fS6HQ%252F4Xgd%252FEWPxXQT9RfM%252B7GyEAtdaN4UYvZfr44KY%253D",
        ),
        (
            1_700_000_000_001,
            "fS6HQ/4Xgd/EWPxXQT9RfM+7GyEAtdaN4UYvZfr44KY=",
        ),
        (1_700_000_000_000, "bCcJiIKq"),
        (1_700_000_000_000, ""),
    ];
    for (timestamp, sign) in table {
        let query = format!("&timestamp={timestamp}&sign={sign}");
        let verdict = signed(SECRET, START_MILLIS, &query).await;
        assert_eq!(verdict, (310_000, "sign not match".to_owned()), "{sign}");
    }
    let unsigned = signed(SECRET, START_MILLIS, "").await;
    assert_eq!(unsigned, (310_000, "sign not match".to_owned()));
}

#[tokio::test]
async fn timestamp_may_be_an_hour_off_and_no_more() {
    let sign = "bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8%3D";
    let query = format!("&timestamp={START_MILLIS}&sign={sign}");
    let hour = 3_600_000;
    for off in [-hour, hour] {
        assert_eq!(signed(SECRET, START_MILLIS + off, &query).await.0, 0);
    }
    for off in [-hour - 1, hour + 1] {
        let verdict = signed(SECRET, START_MILLIS + off, &query).await;
        assert_eq!(verdict, (310_000, "timestamp invalid".to_owned()));
    }
    for timestamp in ["1700000000", "soon", "99999999999999999999"] {
        let query = format!("&timestamp={timestamp}&sign={sign}");
        let verdict = signed(SECRET, START_MILLIS, &query).await;
        assert_eq!(verdict, (310_000, "timestamp invalid".to_owned()));
    }
}

#[tokio::test]
async fn twenty_first_message_in_a_minute_blocks_the_robot_for_ten() {
    let (inbox, clock) = start(InboxConfig::default()).await;
    let right = text("a");
    let send = async || code(&post_to(&inbox, Service::Dingding, &right).await);
    for _ in 0..20 {
        assert_eq!(send().await, 0);
    }
    let started = clock.now();
    let refused = post_to(&inbox, Service::Dingding, &right).await;
    let body: Value = serde_json::from_str(&refused.body).expect("JSON");
    assert_eq!(
        body,
        json!({"errcode": 130_101, "errmsg": "send too fast, exceed 20 times per minute", "status": 1111, "wait": 5, "punish": "deny"})
    );
    clock.advance(599);
    assert_eq!(send().await, 130_101, "asking again changes nothing");
    clock.advance(1);
    assert_eq!(clock.now().duration_since(started).as_secs(), 600);
    assert_eq!(send().await, 0);
}

#[tokio::test]
async fn twenty_messages_a_minute_go_on_for_ever() {
    let (inbox, clock) = start(InboxConfig::default()).await;
    for _ in 0..60 {
        assert_eq!(
            code(&post_to(&inbox, Service::Dingding, &text("a")).await),
            0
        );
        clock.advance(3);
    }
}

#[tokio::test]
async fn refused_messages_do_not_count_for_the_pace() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    for _ in 0..30 {
        assert_eq!(
            code(&post_to(&inbox, Service::Dingding, &text("")).await),
            40_035
        );
    }
    assert_eq!(
        code(&post_to(&inbox, Service::Dingding, &text("a")).await),
        0
    );
}
