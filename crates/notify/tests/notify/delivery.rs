//! Attempts, pauses and ends.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use burgee_http::ClientConfig;
use burgee_model::{Delivery, Outcome, Service};
use burgee_notify::{Destination, NotifierConfig, RetryPolicy};
use burgee_source::{Lang, Node};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::json;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use crate::support::{
    DINGTALK_PATH, JumpingClock, SLACK_PATH, Server, Step, deliver, message, notifier, reply,
    reply_with, with_client,
};

fn end(delivery: &Delivery) -> (Outcome, u32, Option<&str>) {
    let code = delivery.service_code.as_deref();
    (delivery.outcome, delivery.attempts, code)
}

#[tokio::test]
async fn message_that_slack_takes_is_delivered_at_once() {
    let server = Server::start([reply("200 OK", "ok")]).await;
    let (delivery, pauses) = deliver(Service::Slack, &server).await;
    assert_eq!(end(&delivery), (Outcome::Delivered, 1, None));
    assert_eq!(
        (delivery.http_status, delivery.message.as_str()),
        (Some(200), "")
    );
    assert!(pauses.is_empty());
    let requests = server.requests();
    assert!(requests[0].starts_with(&format!("POST {SLACK_PATH} HTTP/1.1\r\n")));
    assert!(requests[0].ends_with("\r\n\r\n{\"text\":\"deployed\"}"));
}

#[tokio::test]
async fn service_in_trouble_is_asked_again() {
    let server = Server::start([reply("503 Service Unavailable", ""), reply("200 OK", "ok")]).await;
    let (delivery, pauses) = deliver(Service::Slack, &server).await;
    assert_eq!(end(&delivery), (Outcome::Delivered, 2, None));
    assert_eq!(pauses.len(), 1);
    assert!(pauses[0] <= Duration::from_secs(1), "{pauses:?}");
}

#[tokio::test]
async fn attempts_end() {
    let server = Server::start([reply("500 Internal Server Error", "rollup_error")]).await;
    let (delivery, pauses) = deliver(Service::Slack, &server).await;
    assert_eq!(
        end(&delivery),
        (Outcome::Transient, 4, Some("rollup_error"))
    );
    assert_eq!((pauses.len(), server.connections()), (3, 4));
}

#[tokio::test]
async fn refused_message_is_not_repeated() {
    let server = Server::start([reply("400 Bad Request", "invalid_payload")]).await;
    let (delivery, _) = deliver(Service::Slack, &server).await;
    assert_eq!(
        end(&delivery),
        (Outcome::Permanent, 1, Some("invalid_payload"))
    );
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn dingtalks_no_with_http_200_is_a_no() {
    let body = r#"{"errcode":310000,"errmsg":"keywords not in content"}"#;
    let server = Server::start([reply("200 OK", body)]).await;
    let (delivery, _) = deliver(Service::Dingding, &server).await;
    assert_eq!(end(&delivery), (Outcome::Permanent, 1, Some("310000")));
    assert!(delivery.message.contains("keyword"), "{}", delivery.message);
}

#[tokio::test]
async fn message_that_may_have_arrived_is_not_sent_again() {
    let server = Server::start([Step::CloseAfterRequest, reply("200 OK", "ok")]).await;
    let (delivery, _) = deliver(Service::Slack, &server).await;
    assert_eq!(end(&delivery), (Outcome::Unknown, 1, None));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn connections_closed_before_the_handshake_are_tried_until_one_works() {
    let (tls, ca) = authority();
    let steps = [Step::Close, Step::Close, reply("200 OK", "ok")];
    let server = Server::tls(steps, tls).await;
    let clock = JumpingClock::new();
    let config = ClientConfig {
        extra_ca: Some(ca.path().join("ca.pem")),
        ..ClientConfig::default()
    };
    let notifier = with_client(NotifierConfig::default(), config, &clock);
    let url = format!("https://localhost:{}{SLACK_PATH}", server.port);
    let destination = Destination::from_text(Service::Slack, &url).expect("a destination");
    let delivery = notifier
        .deliver(&destination, &message(Service::Slack), &|_, _| {})
        .await;
    assert_eq!(end(&delivery), (Outcome::Delivered, 3, None));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn untrusted_certificate_is_final_after_one_more_attempt() {
    let (tls, _ca) = authority();
    let server = Server::tls([reply("200 OK", "ok")], tls).await;
    let clock = JumpingClock::new();
    let notifier = notifier(NotifierConfig::default(), &clock);
    let url = format!("https://localhost:{}{SLACK_PATH}", server.port);
    let destination = Destination::from_text(Service::Slack, &url).expect("a destination");
    let delivery = notifier
        .deliver(&destination, &message(Service::Slack), &|_, _| {})
        .await;
    assert_eq!(end(&delivery), (Outcome::Permanent, 2, None));
    assert!(delivery.message.contains("--ca"), "{}", delivery.message);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let limited = reply_with(
        "429 Too Many Requests",
        "retry-after: 30\r\n",
        "rate_limited",
    );
    let server = Server::start([limited, reply("200 OK", "ok")]).await;
    let (delivery, pauses) = deliver(Service::Slack, &server).await;
    assert_eq!(end(&delivery), (Outcome::Delivered, 2, None));
    assert_eq!(pauses, [Duration::from_secs(30)]);
}

#[tokio::test]
async fn pause_beyond_the_deadline_ends_it_at_once_and_says_so() {
    let limited = reply_with("429 Too Many Requests", "retry-after: 3000\r\n", "");
    let server = Server::start([limited]).await;
    let (delivery, pauses) = deliver(Service::Slack, &server).await;
    assert_eq!(end(&delivery), (Outcome::RateLimited, 1, None));
    assert!(delivery.message.contains("3000 s"), "{}", delivery.message);
    assert!(pauses.is_empty());
}

#[tokio::test]
async fn dingtalks_penalty_is_not_waited_for() {
    let body =
        r#"{"errcode":130101,"errmsg":"send too fast","status":1111,"wait":5,"punish":"deny"}"#;
    let server = Server::start([reply("200 OK", body)]).await;
    let (delivery, _) = deliver(Service::Dingding, &server).await;
    assert_eq!(end(&delivery), (Outcome::RateLimited, 1, Some("130101")));
    assert!(delivery.message.contains("600 s"), "{}", delivery.message);
}

#[tokio::test]
async fn all_attempts_together_stay_within_the_deadline() {
    let limited = reply_with("503 Service Unavailable", "retry-after: 50\r\n", "");
    let server = Server::start([limited]).await;
    let (delivery, pauses) = deliver(Service::Slack, &server).await;
    // 50 s twice and one more attempt of 15 s fit into 120 s; a third pause does not.
    assert_eq!(end(&delivery), (Outcome::Transient, 3, None));
    assert_eq!(pauses, [Duration::from_secs(50); 2]);
}

#[tokio::test]
async fn retries_are_told_before_the_pause() {
    let server = Server::start([reply("503 Service Unavailable", ""), reply("200 OK", "ok")]).await;
    let clock = JumpingClock::new();
    let notifier = notifier(NotifierConfig::default(), &clock);
    let heard = Mutex::new(Vec::new());
    let on_retry = |delivery: &Delivery, pause: Duration| {
        let so_far = (
            delivery.outcome,
            delivery.attempts,
            delivery.http_status,
            pause,
        );
        heard.lock().expect("no panic").push(so_far);
    };
    let destination = server.destination(Service::Slack);
    notifier
        .deliver(&destination, &message(Service::Slack), &on_retry)
        .await;
    let heard = heard.into_inner().expect("no panic");
    assert_eq!(
        heard,
        [(Outcome::Transient, 1, Some(503), clock.sleeps()[0])]
    );
}

#[tokio::test]
async fn each_attempt_is_signed_for_its_moment() {
    let steps = [
        reply_with("503 Service Unavailable", "retry-after: 30\r\n", ""),
        reply("200 OK", r#"{"errcode":0,"errmsg":"ok"}"#),
    ];
    let server = Server::start(steps).await;
    let clock = JumpingClock::new();
    let notifier = notifier(NotifierConfig::default(), &clock);
    let secret = "SEC000000000000000000000000000000000000000000000000000000000000test";
    let stale = format!("{}&timestamp=1&sign=old", server.url(Service::Dingding));
    let destination = Destination::from_text(Service::Dingding, &stale)
        .and_then(|destination| destination.signed_with(secret))
        .expect("a destination");
    let delivery = notifier
        .deliver(&destination, &message(Service::Dingding), &|_, _| {})
        .await;
    assert_eq!(end(&delivery), (Outcome::Delivered, 2, None));
    let requests = server.requests();
    let first =
        "&timestamp=1700000000000&sign=bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8%3D HTTP/1.1";
    assert!(
        requests[0].starts_with(&format!("POST {DINGTALK_PATH}{first}")),
        "{}",
        requests[0]
    );
    assert!(
        requests[1].contains("&timestamp=1700000030000&sign="),
        "{}",
        requests[1]
    );
}

#[tokio::test]
async fn message_that_fails_the_check_is_not_sent() {
    let server = Server::start([reply("200 OK", "ok")]).await;
    let clock = JumpingClock::new();
    let config = NotifierConfig {
        lang: Lang::Zh,
        ..NotifierConfig::default()
    };
    let notifier = notifier(config, &clock);
    let empty = Node::from(json!({"text": ""}));
    let destination = server.destination(Service::Slack);
    let delivery = notifier.deliver(&destination, &empty, &|_, _| {}).await;
    assert_eq!(end(&delivery), (Outcome::Permanent, 0, None));
    assert!(
        delivery.message.contains("消息为空"),
        "{}",
        delivery.message
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn nulls_and_a_lone_attachment_of_old_manifests_are_put_right() {
    let server = Server::start([reply("200 OK", "ok")]).await;
    let clock = JumpingClock::new();
    let notifier = notifier(NotifierConfig::default(), &clock);
    let old = Node::from(json!({
        "text": "hi", "blocks": null, "attachments": {"text": "more", "color": null},
    }));
    let destination = server.destination(Service::Slack);
    let delivery = notifier.deliver(&destination, &old, &|_, _| {}).await;
    assert_eq!(delivery.outcome, Outcome::Delivered);
    let body = r#"{"text":"hi","attachments":[{"text":"more"}]}"#;
    assert!(
        server.requests()[0].ends_with(body),
        "{}",
        server.requests()[0]
    );
}

#[tokio::test]
async fn one_attempt_is_enough_when_the_policy_says_so() {
    let server = Server::start([reply("503 Service Unavailable", "")]).await;
    let clock = JumpingClock::new();
    let config = NotifierConfig {
        retry: RetryPolicy {
            attempts: 1,
            ..RetryPolicy::default()
        },
        ..NotifierConfig::default()
    };
    let notifier = notifier(config, &clock);
    let destination = server.destination(Service::Slack);
    let delivery = notifier
        .deliver(&destination, &message(Service::Slack), &|_, _| {})
        .await;
    assert_eq!(end(&delivery), (Outcome::Transient, 1, None));
}

/// A server's TLS and the folder with its authority.
fn authority() -> (TlsAcceptor, tempfile::TempDir) {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let ca = params.self_signed(&key).expect("signed");
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().expect("a key");
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    let leaf = leaf.signed_by(&key, &issuer).expect("signed");
    let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], private)
        .expect("a certificate");
    let dir = tempfile::TempDir::new().expect("a folder");
    std::fs::write(dir.path().join("ca.pem"), ca.pem()).expect("written");
    (TlsAcceptor::from(Arc::new(config)), dir)
}
