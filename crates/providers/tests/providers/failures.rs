//! Requests without an answer: what may be done again, and what is said.

use std::time::Duration;

use burgee_http::ClientConfig;
use burgee_model::{CallError, CallFailure};
use burgee_providers::{DEFAULT_TIMEOUT, HttpConfig};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{HandClock, Server, ask, provider, provider_with};

/// Asks a server that never answers, and lets time pass once it has the request.
async fn after(by: Duration, action: &'static str, request: Value) -> Option<CallError> {
    let server = Server::start().await;
    let clock = HandClock::new();
    let (config, client) = (HttpConfig::default(), ClientConfig::default());
    let provider = provider_with(config, client, clock.clone());
    let params = json!({ "url": server.url("/hang?t0psecret"), "request": request });
    let pass_time = async {
        server.heard().await;
        clock.advance(by);
        // A timeout that is due is seen at the next look; none is due when looks bring nothing.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        answer = ask(&provider, action, params) => Some(answer.expect_err("no answer")),
        () = pass_time => None,
    }
}

#[tokio::test]
async fn request_has_its_own_time() {
    let second = Duration::from_secs(1);
    let one = || json!({ "timeout": "1s" });
    let error = after(second, "get", one()).await.expect("its time is up");
    assert_eq!(error.class, CallFailure::Transient);
    assert!(error.message.contains("no answer within 1s"), "{error}");
    let patient = json!({ "timeout": "40s" });
    assert_eq!(after(39 * second, "get", patient.clone()).await, None);
    assert!(after(40 * second, "get", patient).await.is_some());
}

#[tokio::test]
async fn request_without_a_time_has_the_usual_one() {
    let before = DEFAULT_TIMEOUT - Duration::from_millis(1);
    assert_eq!(after(before, "get", json!({})).await, None);
    assert!(after(DEFAULT_TIMEOUT, "get", json!({})).await.is_some());
}

#[tokio::test]
async fn what_may_have_arrived_is_unknown_when_it_does_something() {
    let server = Server::start().await;
    for (action, class) in [
        ("get", CallFailure::Transient),
        ("send", CallFailure::Unknown),
    ] {
        let params = json!({ "url": server.url("/close") });
        let error = ask(&provider(), action, params).await;
        assert_eq!(error.expect_err("no answer").class, class);
    }
    let error = after(DEFAULT_TIMEOUT, "send", json!({})).await;
    let error = error.expect("its time is up");
    assert_eq!(error.class, CallFailure::Unknown);
    assert!(error.message.contains("may have arrived"), "{error}");
}

#[tokio::test]
async fn what_never_left_may_be_done_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let port = listener.local_addr().expect("bound").port();
    drop(listener);
    for action in ["get", "send"] {
        let params = json!({ "url": format!("http://127.0.0.1:{port}/t0psecret") });
        let error = ask(&provider(), action, params).await;
        let error = error.expect_err("nobody listens");
        assert_eq!(error.class, CallFailure::Transient);
        assert!(error.message.contains("no connection"), "{error}");
    }
}

#[tokio::test]
async fn no_message_holds_the_url() {
    let server = Server::start().await;
    let urls = [
        server.url("/close?token=t0psecret"),
        "https://user:t0psecret@example.com/".into(),
        "t0psecret".into(),
        "ftp://example.com/t0psecret".into(),
        "http://169.254.169.254/t0psecret".into(),
    ];
    for url in urls {
        for action in ["get", "send"] {
            let error = ask(&provider(), action, json!({ "url": url })).await;
            let error = error.expect_err("no answer");
            assert!(!error.message.contains("t0psecret"), "{error}");
        }
    }
    let late = after(DEFAULT_TIMEOUT, "send", json!({})).await;
    let late = late.expect("its time is up");
    assert!(!late.message.contains("t0psecret"), "{late}");
    assert!(late.message.starts_with("POST http://127.0.0.1:"), "{late}");
}
