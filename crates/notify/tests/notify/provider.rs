//! The engine's way in.

use std::sync::{Arc, Mutex};

use burgee_http::{Client, ClientConfig, SystemClock};
use burgee_model::{
    Call, CallContext, CallError, CallKind, Event, Outcome, Provider as _, Service,
};
use burgee_notify::{Notifier, NotifierConfig, RetryPolicy};
use burgee_source::{Lang, Node};
use serde_json::{Value, json};

use crate::support::{JumpingClock, Server, Table, reply};

fn call(params: Value) -> Call {
    Call {
        path: "slack".into(),
        provider: "notify",
        action: "send",
        params: params.into(),
    }
}

async fn send(notifier: &Notifier, params: Value) -> (Result<Node, CallError>, Vec<Event>) {
    let context = CallContext {
        run: "run".into(),
        step: "step".into(),
        namespace: "prod".into(),
    };
    let events = Mutex::new(Vec::new());
    let emit = |event| events.lock().expect("no panic").push(event);
    let call = call(params);
    let result = notifier.call(&context, &call, &emit).await;
    (result, events.into_inner().expect("no panic"))
}

fn notifier(config: NotifierConfig, secrets: Vec<(&'static str, &'static str)>) -> Notifier {
    let client = Client::new(ClientConfig::default(), Arc::new(SystemClock::default()));
    let clock = JumpingClock::new();
    Notifier::new(
        config,
        client.expect("a client"),
        clock,
        Arc::new(Table(secrets)),
    )
}

fn finished(events: &[Event]) -> &burgee_model::Delivery {
    match events.last() {
        Some(Event::DeliveryFinished { delivery, step }) => {
            assert_eq!(step.as_str(), "step");
            delivery
        }
        other => panic!("no end: {other:?}"),
    }
}

#[test]
fn sending_is_seen_by_somebody() {
    let notifier = notifier(NotifierConfig::default(), Vec::new());
    assert_eq!(
        (notifier.name(), notifier.kind("send")),
        ("notify", CallKind::Once)
    );
}

#[tokio::test]
async fn delivered_message_is_a_result_and_an_event() {
    let steps = [reply("503 Service Unavailable", ""), reply("200 OK", "ok")];
    let server = Server::start(steps).await;
    let notifier = notifier(NotifierConfig::default(), Vec::new());
    let url = json!({"value": format!("{}\n", server.url(Service::Slack))});
    let params = json!({"service": "slack", "url": url, "message": {"text": "hi"}});
    let (result, events) = send(&notifier, params).await;
    let result = result.expect("delivered").to_json_text();
    assert_eq!(
        result,
        r#"{"outcome":"Delivered","attempts":2,"httpStatus":200}"#
    );
    assert!(
        matches!(&events[0], Event::DeliveryRetried { delivery, .. } if delivery.attempts == 1)
    );
    assert_eq!(finished(&events).outcome, Outcome::Delivered);
    assert_eq!(events.len(), 2);
}

#[tokio::test]
async fn refused_message_fails_the_call_in_the_users_language() {
    let body = r#"{"errcode":310000,"errmsg":"keywords not in content"}"#;
    let server = Server::start([reply("200 OK", body)]).await;
    let config = NotifierConfig {
        lang: Lang::Zh,
        ..NotifierConfig::default()
    };
    let notifier = notifier(config, Vec::new());
    let params = json!({
        "service": "dingding",
        "url": server.url(Service::Dingding),
        "message": {"msgtype": "text", "text": {"content": "hi"}},
    });
    let (result, events) = send(&notifier, params).await;
    let message = result.expect_err("refused").message;
    assert!(
        message.starts_with("DingTalk：Permanent（310000）：该机器人设置了自定义关键词"),
        "{message}"
    );
    assert_eq!(finished(&events).service_code.as_deref(), Some("310000"));
}

#[tokio::test]
async fn missing_secret_is_a_finished_delivery_without_attempts() {
    let notifier = notifier(NotifierConfig::default(), Vec::new());
    let params = json!({
        "service": "slack",
        "url": {"secretRef": {"name": "hooks", "key": "slack"}},
        "message": {"text": "hi"},
    });
    let (result, events) = send(&notifier, params).await;
    let message = result.expect_err("no secret").message;
    assert!(
        message.contains("Secret `hooks` not found in namespace `prod`"),
        "{message}"
    );
    let delivery = finished(&events);
    assert_eq!(
        (delivery.outcome, delivery.attempts),
        (Outcome::Permanent, 0)
    );
}

#[tokio::test]
async fn placeholder_and_another_services_url_are_refused_before_any_connection() {
    let notifier = notifier(NotifierConfig::default(), vec![("hooks/empty", " \n")]);
    for (url, says) in [
        (json!("<your slack url>"), "example's text"),
        (
            json!({"value": "https://oapi.dingtalk.com/robot/send?access_token=abcdef"}),
            "belongs to DingTalk",
        ),
        (
            json!({"secretRef": {"name": "hooks", "key": "empty"}}),
            "empty",
        ),
        (
            json!({"value": "https://a.test", "secretRef": {"name": "a", "key": "b"}}),
            "neither",
        ),
        (json!(null), "empty"),
    ] {
        let params = json!({"service": "slack", "url": url, "message": {"text": "hi"}});
        let (result, events) = send(&notifier, params).await;
        let message = result.expect_err("refused").message;
        assert!(message.contains(says), "{says}: {message}");
        assert_eq!(finished(&events).attempts, 0);
    }
}

#[tokio::test]
async fn secret_values_are_trimmed() {
    let server = Server::start([reply("200 OK", r#"{"errcode":0}"#)]).await;
    let url: &'static str = format!("\u{feff}{} \r\n", server.url(Service::Dingding)).leak();
    let secrets = vec![("hooks/url", url), ("hooks/sign", "SECabc\n")];
    let notifier = notifier(NotifierConfig::default(), secrets);
    let params = json!({
        "service": "dingding",
        "url": {"fromSecret": {"name": "hooks", "key": "url"}},
        "secret": {"secretRef": {"name": "hooks", "key": "sign"}},
        "message": {"text": {"content": "hi"}},
    });
    let (result, _) = send(&notifier, params).await;
    result.expect("delivered");
    let sign = burgee_notify::dingtalk::signature("SECabc", 1_700_000_000_000);
    let sign = sign
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    assert!(
        server.requests()[0].contains(&format!("&sign={sign} HTTP")),
        "{}",
        server.requests()[0]
    );
}

#[tokio::test]
async fn redirected_message_goes_to_the_inbox_and_secrets_are_not_looked_at() {
    let server = Server::start([reply("200 OK", r#"{"errcode":0}"#)]).await;
    let url = server.url(Service::Dingding);
    let config = NotifierConfig {
        redirect: Some(Arc::new(move |_| url.clone())),
        retry: RetryPolicy::default(),
        ..NotifierConfig::default()
    };
    let notifier = notifier(config, Vec::new());
    let params = json!({
        "service": "dingding",
        "url": {"secretRef": {"name": "not", "key": "there"}},
        "secret": {"secretRef": {"name": "not", "key": "there"}},
        "message": {"msgtype": "text", "text": {"content": "hi"}},
    });
    let (result, _) = send(&notifier, params).await;
    result.expect("delivered");
    assert!(!server.requests()[0].contains("sign="));
}

#[tokio::test]
async fn unknown_service_is_an_error_and_not_a_silence() {
    let notifier = notifier(NotifierConfig::default(), Vec::new());
    let (result, _) = send(&notifier, json!({"service": "email"})).await;
    assert!(
        result
            .expect_err("no such service")
            .message
            .contains("dingding, slack")
    );
}
