//! Nothing panics, whatever comes in.

use burgee_http::Response;
use burgee_model::{MessageLint as _, Service};
use burgee_notify::{
    Destination, Lint, check_message, classify, destinations, prepare, secrets_in,
};
use burgee_source::{Lang, Node, Span};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

/// The words that the rules look for, and others.
fn key() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "slack",
        "dingding",
        "url",
        "message",
        "secret",
        "value",
        "secretRef",
        "address",
        "name",
        "key",
        "text",
        "blocks",
        "type",
        "elements",
        "attachments",
        "fields",
        "accessory",
        "options",
        "option_groups",
        "confirm",
        "rows",
        "msgtype",
        "content",
        "at",
        "atMobiles",
        "actionCard",
        "btns",
        "feedCard",
        "links",
        "markdown",
        "TEXT",
    ];
    prop_oneof![4 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => ".{0,3}"]
}

fn word() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "section",
        "header",
        "image",
        "context",
        "actions",
        "button",
        "static_select",
        "overflow",
        "markdown",
        "rich_text",
        "table",
        "card",
        "plain_text",
        "mrkdwn",
        "text",
        "actionCard",
        "feedCard",
        "https://hooks.slack.com/services/",
        "https://oapi.dingtalk.com/robot/send?sign=",
        "<x",
        "**",
        "[a](http",
        "{{",
        "$(",
    ];
    prop_oneof![3 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => ".{0,8}"]
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => word().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
    ];
    leaf.prop_recursive(7, 64, 5, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::vec((key(), inner), 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_properties_can_be_checked(properties in json(), pending in prop::collection::vec(".{0,12}", 0..3)) {
        let node = Node::from(properties);
        let pending: Vec<&str> = pending.iter().map(String::as_str).collect();
        for problem in Lint::default().lint(Some(&node), &pending, Span::NONE) {
            prop_assert!(!problem.message(Lang::Zh).is_empty());
        }
        let _secrets = secrets_in(&node);
        let _count = destinations(&node).count();
    }

    #[test]
    fn any_message_can_be_prepared_and_checked(message in json()) {
        let node = Node::from(message);
        for service in Service::ALL {
            let prepared = prepare(service, &node);
            let once = check_message(service, &prepared);
            prop_assert_eq!(&prepare(service, &prepared), &prepared);
            prop_assert_eq!(once, check_message(service, &prepared));
        }
    }

    #[test]
    fn any_text_can_be_a_destination_or_is_refused_without_showing_it(text in "[ -~]{12,60}|https?://.{0,30}") {
        for service in Service::ALL {
            match Destination::from_text(service, &text) {
                Ok(destination) => prop_assert!(destination.redacted().contains("/…#")),
                Err(error) => prop_assert!(!error.message(Lang::En).contains(text.trim()) || text.trim().len() < 12),
            }
        }
    }

    #[test]
    fn any_answer_has_a_verdict(status in 100..1000_u16, body in prop::collection::vec(any::<u8>(), 0..300)) {
        let reply = Response {
            status: StatusCode::from_u16(status).expect("a status"),
            headers: HeaderMap::new(),
            body: body.into(),
            truncated: false,
            latency: std::time::Duration::ZERO,
        };
        for service in Service::ALL {
            let verdict = classify(service, Ok(&reply), Timestamp::UNIX_EPOCH);
            prop_assert!(!verdict.outcome.is_success() || status == 200 || service == Service::Dingding);
            let said = verdict.advice.render(Lang::En);
            prop_assert!(said.len() < 1000);
            prop_assert!(!said.chars().any(char::is_control));
        }
    }
}
