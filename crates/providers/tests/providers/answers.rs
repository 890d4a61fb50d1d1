//! What an answer is worth.

use burgee_http::ClientConfig;
use burgee_model::{CallFailure, CallKind, Provider as _};
use burgee_providers::HttpConfig;
use serde_json::json;

use crate::support::{HandClock, Server, ask, provider, provider_with};

#[test]
fn asking_repeats_without_harm_and_sending_does_not() {
    let provider = provider();
    assert_eq!(provider.name(), "http");
    assert_eq!(provider.kind("get"), CallKind::Observe);
    assert_eq!(provider.kind("send"), CallKind::Once);
    assert_eq!(provider.kind("anything"), CallKind::Once);
}

#[tokio::test]
async fn get_gives_text_status_and_headers() {
    let server = Server::start().await;
    let answer = ask(&provider(), "get", json!({ "url": server.url("/text") })).await;
    let answer = answer.expect("an answer").to_json().expect("JSON");
    assert_eq!(answer["body"], "hello");
    assert_eq!(answer["statusCode"], 200, "a number");
    assert_eq!(answer["header"], json!({ "Content-Length": ["5"] }));
    assert!(server.requests()[0].starts_with("GET /text HTTP/1.1\r\n"));
}

#[tokio::test]
async fn header_that_comes_twice_is_a_list_of_two() {
    let server = Server::start().await;
    let answer = ask(&provider(), "get", json!({ "url": server.url("/cookies") })).await;
    let answer = answer.expect("an answer").to_json().expect("JSON");
    assert_eq!(answer["header"]["Set-Cookie"], json!(["a=1", "b=2"]));
}

#[tokio::test]
async fn what_is_posted_comes_back() {
    let server = Server::start().await;
    for body in ["I am everywhere", r#"{"hello":"世界"}"#] {
        let params = json!({ "url": server.url("/echo"), "request": { "body": body } });
        let answer = ask(&provider(), "send", params).await.expect("an answer");
        assert_eq!(answer.get_str("body").expect("a text").value, body);
    }
    assert!(server.requests()[0].starts_with("POST /echo HTTP/1.1\r\n"));
}

#[tokio::test]
async fn body_of_json_keeps_its_digits() {
    let server = Server::start().await;
    let answer = ask(&provider(), "get", json!({ "url": server.url("/json") })).await;
    let answer = answer.expect("an answer");
    let body = answer.get_str("body").expect("a text").value;
    assert_eq!(body, r#"{"price":1.10,"id":12345678901234567890}"#);
}

#[tokio::test]
async fn any_status_is_an_answer() {
    let server = Server::start().await;
    for (action, status) in [("get", 404), ("send", 404), ("send", 500), ("get", 302)] {
        let params = json!({ "url": server.url(&format!("/{status}")) });
        let answer = ask(&provider(), action, params).await.expect("an answer");
        let answer = answer.to_json().expect("JSON");
        assert_eq!(answer["statusCode"], status);
        assert_eq!(answer["body"], "gone");
    }
}

#[tokio::test]
async fn destination_tells_the_host_and_not_the_path() {
    let server = Server::start().await;
    let url = server.url("/text?token=t0psecret");
    let answer = ask(&provider(), "get", json!({ "url": url })).await;
    let answer = answer.expect("an answer").to_json().expect("JSON");
    let destination = answer["destination"].as_str().expect("a text");
    let beginning = format!("http://127.0.0.1:{}/…#", server.port);
    assert!(destination.starts_with(&beginning), "{destination}");
    assert!(!answer.to_string().contains("t0psecret"), "{answer}");
}

#[tokio::test]
async fn answer_that_is_too_long_names_the_limit() {
    let server = Server::start().await;
    let capped = |reply_cap| {
        let config = HttpConfig {
            reply_cap,
            ..HttpConfig::default()
        };
        provider_with(config, ClientConfig::default(), HandClock::new())
    };
    let params = json!({ "url": server.url("/text") });
    let whole = ask(&capped(5), "get", params.clone()).await;
    assert!(whole.is_ok(), "{whole:?}");
    for action in ["get", "send"] {
        let error = ask(&capped(4), action, params.clone()).await;
        let error = error.expect_err("too long");
        assert_eq!(error.class, CallFailure::Permanent);
        assert!(error.message.contains("longer than 4 bytes"), "{error}");
    }
}
