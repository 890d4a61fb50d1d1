//! Slack's rules.

use burgee_inbox::{Inbox, InboxConfig, judge};
use burgee_model::Service;
use http::Method;
use serde_json::{Value, json};

use crate::support::{post, post_to, send, start};

/// `ok`, or the status, the word and the reason of the refusal.
fn verdict(message: &Value) -> String {
    match judge(Service::Slack, message) {
        Ok(()) => "ok".to_owned(),
        Err(refusal) => {
            assert_eq!(refusal.reply.body, refusal.reply.code);
            format!("{} {}", refusal.reply.status, refusal.reply.code)
        }
    }
}

fn block(block: Value) -> Value {
    json!({"text": "fallback", "blocks": [block]})
}

fn section(text: Value) -> Value {
    block(json!({"type": "section", "text": text}))
}

fn button(extra: Value) -> Value {
    let mut button = json!({"type": "button", "text": {"type": "plain_text", "text": "Go"}});
    for (key, value) in extra.as_object().expect("an object") {
        button[key] = value.clone();
    }
    block(json!({"type": "actions", "elements": [button]}))
}

fn plain(length: usize) -> Value {
    json!({"type": "plain_text", "text": "x".repeat(length)})
}

#[test]
fn right_messages_are_taken() {
    let option = json!({"text": {"type": "plain_text", "text": "a"}, "value": "a"});
    let messages = [
        json!({"text": "hello"}),
        json!({"text": "x".repeat(40_001)}),
        json!({"text": "hello", "blocks": null, "attachments": null, "thread_ts": null}),
        json!({"text": "hello", "thread_ts": "1700000000.123456", "mrkdwn": false}),
        json!({"text": "hello", "channel": "#ops", "username": "vela", "unknown": [1]}),
        json!({"blocks": [{"type": "divider"}]}),
        json!({"blocks": vec![json!({"type": "divider"}); 50]}),
        json!({"attachments": [{"fallback": "f"}]}),
        json!({"attachments": [{"color": "good", "text": "t", "fields": [{"title": "a", "value": "b", "short": true}], "ts": 1}]}),
        json!({"attachments": [{"blocks": [{"type": "divider"}]}]}),
        json!({"attachments": vec![json!({"text": "t"}); 100]}),
        section(json!({"type": "mrkdwn", "text": "*b*", "verbatim": true})),
        section(json!({"type": "plain_text", "text": "b", "emoji": true})),
        block(json!({"type": "section", "fields": vec![plain(2000); 10]})),
        block(
            json!({"type": "section", "text": plain(3000), "accessory": {"type": "image", "image_url": "https://x.io/a.png", "alt_text": "a"}}),
        ),
        block(
            json!({"type": "section", "text": plain(1), "block_id": "b".repeat(255), "accessory": {"type": "overflow", "options": vec![option.clone(); 5]}}),
        ),
        block(json!({"type": "header", "text": plain(150)})),
        block(
            json!({"type": "image", "image_url": "https://x.io/a.png", "alt_text": "a", "title": plain(2000)}),
        ),
        block(json!({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"})),
        block(
            json!({"type": "context", "elements": [{"type": "mrkdwn", "text": "a"}, {"type": "image", "image_url": "https://x.io/a.png", "alt_text": "a"}]}),
        ),
        block(json!({"type": "markdown", "text": "x".repeat(12_000)})),
        block(
            json!({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}]}),
        ),
        block(json!({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]})),
        block(
            json!({"type": "actions", "elements": [{"type": "static_select", "action_id": "a", "placeholder": plain(150), "options": vec![option; 100]}]}),
        ),
        block(json!({"type": "carousel", "elements": [{"type": "card"}]})),
        button(json!({"url": "https://x.io", "style": "primary", "action_id": "a", "value": "v"})),
    ];
    for message in messages {
        assert_eq!(verdict(&message), "ok", "{message}");
    }
}

#[test]
fn wrong_messages_are_refused_with_slacks_word() {
    let divider = json!({"type": "divider"});
    let two_of_id = json!({"blocks": [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]});
    let table = [
        ("400 invalid_payload", json!([])),
        ("400 invalid_payload", json!("text")),
        ("400 invalid_payload", json!({"text": 1})),
        (
            "400 invalid_payload",
            json!({"text": "t", "thread_ts": 1_700_000_000.5}),
        ),
        ("400 no_text", json!({})),
        ("400 no_text", json!({"text": ""})),
        (
            "400 no_text",
            json!({"text": null, "blocks": [], "attachments": []}),
        ),
        (
            "400 invalid_blocks_format",
            json!({"text": "t", "blocks": {"type": "divider"}}),
        ),
        (
            "400 invalid_blocks",
            json!({"text": "t", "blocks": ["divider"]}),
        ),
        ("400 invalid_blocks", json!({"blocks": vec![divider; 51]})),
        ("400 invalid_blocks", two_of_id),
        ("400 invalid_blocks", block(json!({}))),
        ("400 invalid_blocks", block(json!({"type": "sektion"}))),
        ("400 invalid_blocks", block(json!({"type": "input"}))),
        (
            "400 invalid_blocks",
            block(json!({"type": "file", "external_id": "a", "source": "remote"})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "divider", "block_id": "b".repeat(256)})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "divider", "colour": "red"})),
        ),
        ("400 invalid_blocks", block(json!({"type": "section"}))),
        (
            "400 invalid_blocks",
            block(json!({"type": "section", "fields": []})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "section", "fields": vec![plain(1); 11]})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "section", "fields": [plain(2001)]})),
        ),
        ("400 invalid_blocks", section(json!("text"))),
        ("400 invalid_blocks", section(plain(0))),
        ("400 invalid_blocks", section(plain(3001))),
        ("400 invalid_blocks", section(json!({"text": "no type"}))),
        (
            "400 invalid_blocks",
            section(json!({"type": "markdown", "text": "t"})),
        ),
        (
            "400 invalid_blocks",
            section(json!({"type": "mrkdwn", "text": "t", "emoji": true})),
        ),
        (
            "400 invalid_blocks",
            section(json!({"type": "plain_text", "text": "t", "verbatim": true})),
        ),
        (
            "400 invalid_blocks",
            section(json!({"type": "mrkdwn", "text": "t", "colour": 1})),
        ),
        ("400 invalid_blocks", block(json!({"type": "header"}))),
        (
            "400 invalid_blocks",
            block(json!({"type": "header", "text": {"type": "mrkdwn", "text": "t"}})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "header", "text": plain(151)})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "image", "image_url": "https://x.io/a.png"})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "image", "alt_text": "a"})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "image", "alt_text": "a", "image_url": "u".repeat(3001)})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "context", "elements": []})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "context", "elements": vec![plain(1); 11]})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "actions", "elements": []})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "actions", "elements": [{"type": "image"}]})),
        ),
        (
            "400 invalid_blocks",
            json!({"blocks": vec![json!({"type": "markdown", "text": "x".repeat(6001)}); 2]}),
        ),
        (
            "400 invalid_blocks",
            json!({"blocks": vec![json!({"type": "table", "rows": [[]]}); 2]}),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "rich_text", "elements": [{"type": "section"}]})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "alert", "text": "x".repeat(201)})),
        ),
        (
            "400 invalid_blocks",
            block(json!({"type": "carousel", "elements": []})),
        ),
        ("400 invalid_blocks", button(json!({"text": plain(76)}))),
        (
            "400 invalid_blocks",
            button(json!({"text": {"type": "mrkdwn", "text": "Go"}})),
        ),
        ("400 invalid_blocks", button(json!({"style": "blue"}))),
        (
            "400 invalid_blocks",
            button(json!({"url": "u".repeat(3001)})),
        ),
        (
            "400 invalid_blocks",
            button(json!({"value": "v".repeat(2001)})),
        ),
        (
            "400 invalid_blocks",
            button(json!({"action_id": "a".repeat(256)})),
        ),
        (
            "400 invalid_blocks",
            button(json!({"href": "https://x.io"})),
        ),
        (
            "400 invalid_blocks",
            button(
                json!({"confirm": {"title": plain(101), "text": plain(1), "confirm": plain(1), "deny": plain(1)}}),
            ),
        ),
        (
            "400 invalid_attachments",
            json!({"text": "t", "attachments": {"text": "t"}}),
        ),
        (
            "400 invalid_attachments",
            json!({"text": "t", "attachments": ["t"]}),
        ),
        (
            "400 invalid_attachments",
            json!({"text": "t", "attachments": [{"text": 1}]}),
        ),
        (
            "400 invalid_attachments",
            json!({"attachments": [{"text": "t", "footer": "f".repeat(301)}]}),
        ),
        (
            "400 too_many_attachments",
            json!({"attachments": vec![json!({"text": "t"}); 101]}),
        ),
        (
            "400 missing_text_or_fallback_or_attachments",
            json!({"attachments": [{"title": "t"}]}),
        ),
        (
            "400 invalid_blocks",
            json!({"attachments": [{"blocks": [{"type": "section"}]}]}),
        ),
    ];
    for (expected, message) in table {
        assert_eq!(verdict(&message), expected, "{message}");
    }
}

#[test]
fn lengths_are_counted_in_characters() {
    for unit in ["x", "警", "🚨"] {
        let text = |length| json!({"type": "mrkdwn", "text": unit.repeat(length)});
        assert_eq!(verdict(&section(text(3000))), "ok");
        assert_eq!(verdict(&section(text(3001))), "400 invalid_blocks");
    }
}

#[test]
fn reason_names_the_field() {
    let refusal = judge(Service::Slack, &section(plain(3001))).expect_err("too long");
    assert_eq!(
        refusal.to_string(),
        "invalid_blocks: blocks[0].text.text: longer than 3000 characters"
    );
}

#[tokio::test]
async fn right_post_is_answered_ok() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let answer = post_to(&inbox, Service::Slack, &json!({"text": "完成"})).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
    let received = &inbox.messages()[0];
    assert!(received.accepted);
    assert_eq!(received.body, json!({"text": "完成"}));
}

#[tokio::test]
async fn body_has_to_be_json_by_its_content_type_too() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let json = r#"{"text": "a"}"#;
    let form = "payload=%7B%22text%22%3A+%22a%22%7D";
    let table = [
        (
            Method::POST,
            Some("application/json; charset=utf-8"),
            json,
            200,
        ),
        (Method::POST, Some("Application/JSON"), json, 200),
        (
            Method::POST,
            Some("application/x-www-form-urlencoded"),
            form,
            200,
        ),
        (
            Method::POST,
            Some("application/x-www-form-urlencoded"),
            json,
            400,
        ),
        (Method::POST, Some("text/plain"), json, 400),
        (Method::POST, None, json, 400),
        (Method::POST, Some("application/json"), "", 400),
        (
            Method::POST,
            Some("application/json"),
            r#"{"text": "a",}"#,
            400,
        ),
        (Method::GET, Some("application/json"), json, 400),
    ];
    for (method, content_type, body, status) in table {
        let url = inbox.url(Service::Slack);
        let answer = send(method, &url, content_type, body.to_owned()).await;
        let word = if status == 200 {
            "ok"
        } else {
            "invalid_payload"
        };
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (status, word),
            "{body}"
        );
    }
    let form = &inbox.messages()[2];
    assert_eq!(
        form.body,
        json!({"text": "a"}),
        "shown as the message it carries"
    );
}

#[tokio::test]
async fn each_part_of_the_address_counts() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let url = inbox.url(Service::Slack);
    let parts: Vec<_> = url.split('/').collect();
    let with = |index: usize, part: &str| {
        let mut parts = parts.clone();
        parts[index] = part;
        parts.join("/")
    };
    let cut = url.rsplit_once('/').expect("a path").0;
    let table = [
        (with(4, "T1"), 404, "no_team"),
        (with(5, "B1"), 404, "no_service"),
        (with(6, "x"), 403, "invalid_token"),
        (format!("{url}/"), 404, "no_service"),
        (cut.to_owned(), 404, "no_service"),
    ];
    for (url, status, word) in table {
        let answer = post(&url, &json!({"text": "a"})).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (status, word),
            "{url}"
        );
    }
}

#[tokio::test]
async fn more_than_a_burst_has_to_wait_as_long_as_the_answer_says() {
    let (inbox, clock) = start(InboxConfig::default()).await;
    let message = json!({"text": "a"});
    for _ in 0..10 {
        assert_eq!(post_to(&inbox, Service::Slack, &message).await.status, 200);
    }
    let limited = post_to(&inbox, Service::Slack, &message).await;
    assert_eq!(limited.status, 429);
    assert_eq!(limited.retry_after.as_deref(), Some("1"));
    clock.advance(1);
    assert_eq!(post_to(&inbox, Service::Slack, &message).await.status, 200);
    assert_eq!(post_to(&inbox, Service::Slack, &message).await.status, 429);
    assert!(!last(&inbox).accepted);
}

fn last(inbox: &Inbox) -> burgee_inbox::Received {
    inbox.messages().pop().expect("a message")
}
