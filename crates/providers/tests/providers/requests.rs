//! What goes out, and what is refused before anything does.

use burgee_http::{ClientConfig, Outbound};
use burgee_model::CallFailure;
use burgee_providers::HttpConfig;
use burgee_source::Lang;
use serde_json::{Value, json};

use crate::support::{HandClock, Server, ask, provider, provider_with};

async fn sent(action: &'static str, method: &str, request: Value) -> String {
    let server = Server::start().await;
    let params = json!({ "method": method, "url": server.url("/text"), "request": request });
    let answer = ask(&provider(), action, params).await;
    assert!(answer.is_ok(), "{answer:?}");
    server.requests()[0].clone()
}

/// Why a call is refused; nothing may have left.
async fn refused(action: &'static str, change: impl FnOnce(&mut Value)) -> String {
    let server = Server::start().await;
    let mut params = json!({ "url": server.url("/text"), "request": {} });
    change(&mut params);
    let error = ask(&provider(), action, params).await;
    let error = error.expect_err("refused");
    assert_eq!(error.class, CallFailure::Permanent, "{error}");
    assert!(server.requests().is_empty());
    error.message
}

#[tokio::test]
async fn every_method_belongs_to_one_action() {
    for (action, method) in [
        ("get", "GET"),
        ("send", "POST"),
        ("send", "PUT"),
        ("send", "PATCH"),
        ("send", "DELETE"),
    ] {
        let request = sent(action, method, json!({})).await;
        assert!(
            request.starts_with(&format!("{method} /text ")),
            "{request}"
        );
    }
    let message = refused("get", |params| params["method"] = "POST".into()).await;
    assert_eq!(message, "`http.get` makes these requests: GET, HEAD");
    let message = refused("send", |params| params["method"] = "GET".into()).await;
    assert_eq!(
        message,
        "`http.send` makes these requests: POST, PUT, PATCH, DELETE"
    );
    let message = refused("get", |params| params["method"] = "get".into()).await;
    assert_eq!(message, "`http.get` makes these requests: GET, HEAD");
}

#[tokio::test]
async fn body_is_json_unless_the_headers_say_otherwise() {
    let request = sent("send", "POST", json!({ "body": "{}" })).await;
    assert!(
        request.contains("\r\ncontent-type: application/json\r\n"),
        "{request}"
    );
    let header = json!({ "body": "a", "header": { "Content-Type": "text/plain" } });
    let request = sent("send", "POST", header).await;
    assert!(
        request.contains("\r\ncontent-type: text/plain\r\n"),
        "{request}"
    );
    let request = sent("get", "GET", json!({})).await;
    assert!(!request.contains("content-type"), "{request}");
}

#[tokio::test]
async fn caller_has_a_name() {
    let request = sent("get", "GET", json!({})).await;
    assert!(request.contains("\r\nuser-agent: burgee/"), "{request}");
    let own = json!({ "header": { "User-Agent": "mine" } });
    let request = sent("get", "GET", own).await;
    assert!(request.contains("\r\nuser-agent: mine\r\n"), "{request}");
}

#[tokio::test]
async fn header_takes_its_value_from_a_secret_of_the_namespace() {
    let from_secret = |secret: &str, key: &str| json!({ "headersFromSecret": [{ "header": "Authorization", "secret": secret, "key": key }] });
    let request = sent("get", "GET", from_secret("api", "token")).await;
    assert!(
        request.contains("\r\nauthorization: Bearer t0psecrett0ken\r\n"),
        "{request}"
    );
    let request = from_secret("none", "token");
    let message = refused("get", |params| params["request"] = request).await;
    assert!(
        message.starts_with("Secret `none` not found in namespace `prod`"),
        "{message}"
    );
    let request = from_secret("api", "nothing");
    let message = refused("get", |params| params["request"] = request).await;
    assert_eq!(
        message,
        "Secret `api` has no key `nothing`; it has: token, lines"
    );
}

#[tokio::test]
async fn value_of_a_header_is_never_shown() {
    let from_secret = json!([{ "header": "X-Two", "secret": "api", "key": "lines" }]);
    let message = refused("get", |params| {
        params["request"] = json!({
            "header": { "X-One": "s3cret\nvalue", "X-Three": 3 },
            "headersFromSecret": from_secret,
        });
    })
    .await;
    let said = |name| format!("the value of header `{name}` is not one line of text");
    let all = [said("X-One"), said("X-Three"), said("X-Two")].join("; ");
    assert_eq!(message, all);
}

#[tokio::test]
async fn url_may_come_from_a_secret() {
    let message = refused("send", |params| {
        params["url"] = json!({ "secretRef": { "name": "api", "key": "token" } });
    })
    .await;
    assert_eq!(message, "`url` is not a URL", "the secret is not shown");
}

#[tokio::test]
async fn what_is_not_carried_out_is_refused_and_not_ignored() {
    let message = refused("send", |params| {
        params["tls_config"] = json!({ "secret": "certs" });
        params["request"] = json!({
            "trailer": { "a": "b" },
            "ratelimiter": { "limit": 1, "period": "1s" },
            "retries": 3,
        });
    })
    .await;
    for part in [
        "`tls_config` of an HTTP request is not carried out",
        "`trailer` of an HTTP request is not carried out",
        "`ratelimiter` of an HTTP request is not carried out",
        "`request` has no field `retries`",
    ] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn headers_that_carry_the_request_are_the_clients() {
    for name in ["Host", "Content-Length", "transfer-encoding", "Connection"] {
        let header = json!({ "header": { name: "1" } });
        let message = refused("send", |params| params["request"] = header).await;
        let said = format!("header `{name}` cannot be set: it follows from the request");
        assert_eq!(message, said);
    }
    let header = json!({ "header": { "a b": "1" } });
    let message = refused("send", |params| params["request"] = header).await;
    assert_eq!(message, "`a b` cannot be the name of a header");
}

#[tokio::test]
async fn parameters_of_the_wrong_shape_are_refused_together() {
    let message = refused("get", |params| {
        *params = json!({ "url": 1, "request": { "timeout": "soon", "body": {} } });
    })
    .await;
    for part in [
        "`url` is neither a text nor `{secretRef: {name: …, key: …}}`",
        "`timeout` is `soon`",
        "`body` must be of type string, not object",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let message = refused("get", |params| *params = json!({})).await;
    assert_eq!(message, "`url` is required in `http`");
    let message = refused("dance", |_| {}).await;
    assert_eq!(message, "`http` has no action `dance`");
}

#[tokio::test]
async fn policy_of_the_client_holds_here_too() {
    let config = HttpConfig {
        lang: Lang::Zh,
        ..HttpConfig::default()
    };
    let client = ClientConfig {
        outbound: Outbound::LoopbackOnly,
        ..ClientConfig::default()
    };
    let fenced = provider_with(config, client, HandClock::new());
    let params = json!({ "url": "https://api.example.com/t0psecret" });
    let error = ask(&fenced, "send", params).await.expect_err("refused");
    assert_eq!(error.class, CallFailure::Permanent);
    assert!(error.message.contains("本次运行只允许访问本机"), "{error}");

    let params = json!({ "url": "http://api.example.com/t0psecret" });
    let error = ask(&provider(), "get", params).await.expect_err("refused");
    assert_eq!(error.class, CallFailure::Permanent);
    assert!(error.message.contains("--allow-http"), "{error}");
    assert!(!error.message.contains("t0psecret"), "{error}");
}
