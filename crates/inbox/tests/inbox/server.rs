//! The server: what it keeps and shows, its bounds, its end.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use burgee_inbox::{
    Inbox, InboxConfig, MAX_BODY_BYTES, MAX_CONNECTIONS, MAX_KEPT_BYTES, MAX_MESSAGES, Pacing,
};
use burgee_model::Service;
use http::{Method, Request, header};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{START_MILLIS, StillClock, exchange, get, post_to, send, start};

fn unpaced() -> InboxConfig {
    InboxConfig {
        pacing: Pacing::Off,
        ..InboxConfig::default()
    }
}

#[tokio::test]
async fn messages_are_listed_by_service_and_forgotten_on_request() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    post_to(&inbox, Service::Slack, &json!({"text": "a"})).await;
    post_to(&inbox, Service::Dingding, &json!({"msgtype": "text"})).await;

    let all: Value = serde_json::from_str(&get(&inbox, "/messages").await.body).expect("JSON");
    insta::assert_json_snapshot!(all, @r#"
    [
      {
        "number": 1,
        "at": "2023-11-14T22:13:20Z",
        "service": "slack",
        "accepted": true,
        "reply": {
          "status": 200,
          "code": "ok",
          "body": "ok"
        },
        "body": {
          "text": "a"
        }
      },
      {
        "number": 2,
        "at": "2023-11-14T22:13:20Z",
        "service": "dingding",
        "accepted": false,
        "reply": {
          "status": 200,
          "code": "40035",
          "body": "{\"errcode\":40035,\"errmsg\":\"缺少参数 text\"}"
        },
        "reason": "text: required and not there",
        "body": {
          "msgtype": "text"
        }
      }
    ]
    "#);
    let slack = get(&inbox, "/messages?service=slack").await;
    let slack: Value = serde_json::from_str(&slack.body).expect("JSON");
    assert_eq!(slack, json!([all[0]]));
    assert_eq!(get(&inbox, "/messages?service=teams").await.status, 400);

    let url = format!("http://{}/messages", inbox.local_addr());
    assert_eq!(
        send(Method::DELETE, &url, None, String::new()).await.status,
        204
    );
    assert_eq!(get(&inbox, "/messages").await.body, "[]");
    post_to(&inbox, Service::Slack, &json!({"text": "b"})).await;
    assert_eq!(inbox.messages()[0].number, 3, "numbers go on");
}

#[tokio::test]
async fn other_addresses_and_methods_are_not_there() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    assert_eq!(get(&inbox, "/else").await.status, 404);
    let url = format!("http://{}/", inbox.local_addr());
    assert_eq!(
        send(Method::PUT, &url, None, String::new()).await.status,
        405
    );
    assert!(inbox.messages().is_empty());
}

#[tokio::test]
async fn last_thousand_messages_are_kept() {
    let (inbox, _clock) = start(unpaced()).await;
    let stream = TcpStream::connect(inbox.local_addr())
        .await
        .expect("listens");
    let io = hyper_util::rt::TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(io)
        .await
        .expect("a connection");
    tokio::spawn(connection);
    let url = inbox.url(Service::Slack);
    let path = &url[url.find("/services").expect("a path")..];
    for number in 0..MAX_MESSAGES + 5 {
        let request = Request::post(path)
            .header(header::HOST, inbox.local_addr().to_string())
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::<bytes::Bytes>::from(
                json!({"text": number.to_string()}).to_string(),
            ))
            .expect("a right request");
        sender.ready().await.expect("open");
        let answer = sender.send_request(request).await.expect("an answer");
        assert_eq!(answer.status(), 200);
        http_body_util::BodyExt::collect(answer.into_body())
            .await
            .expect("read");
    }
    let messages = inbox.messages();
    assert_eq!(messages.len(), 1000);
    assert_eq!(messages[0].number, 6);
    assert_eq!(messages[999].body, json!({"text": "1004"}));
}

#[tokio::test]
async fn large_messages_make_room_before_the_thousand_are_full() {
    let (inbox, _clock) = start(unpaced()).await;
    let large = "x".repeat(MAX_BODY_BYTES - 100);
    for _ in 0..20 {
        post_to(&inbox, Service::Slack, &json!({"text": large})).await;
    }
    let kept = inbox.messages();
    assert!(kept.len() * large.len() <= MAX_KEPT_BYTES, "{}", kept.len());
    assert_eq!(kept.last().expect("the newest").number, 20);
}

#[tokio::test]
async fn body_over_the_bound_is_refused_as_the_service_would() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let large = json!({"text": "x".repeat(MAX_BODY_BYTES)});
    assert_eq!(
        post_to(&inbox, Service::Slack, &large).await.body,
        "invalid_payload"
    );
    let answer = post_to(&inbox, Service::Dingding, &large).await;
    assert!(answer.body.contains("460101"), "{}", answer.body);
}

#[tokio::test]
async fn body_that_does_not_come_is_given_up_by_the_clock() {
    let (inbox, clock) = start(InboxConfig::default()).await;
    let mut stream = TcpStream::connect(inbox.local_addr())
        .await
        .expect("listens");
    let url = inbox.url(Service::Slack);
    let path = &url[url.find("/services").expect("a path")..];
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    // Advances again and again: the server may not have begun to wait at the first.
    let advance = async {
        loop {
            clock.advance(1);
            tokio::task::yield_now().await;
        }
    };
    let mut answer = [0; 12];
    tokio::select! {
        read = stream.read_exact(&mut answer) => { read.expect("an answer"); }
        () = advance => {}
    }
    assert_eq!(&answer, b"HTTP/1.1 408");
    assert!(!inbox.messages()[0].accepted);
}

#[tokio::test]
async fn connections_are_bounded_and_the_next_waits() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let mut idle = Vec::new();
    for _ in 0..MAX_CONNECTIONS {
        idle.push(
            TcpStream::connect(inbox.local_addr())
                .await
                .expect("listens"),
        );
    }
    let message = json!({"text": "a"});
    let mut waiting = Box::pin(post_to(&inbox, Service::Slack, &message));
    for _ in 0..200 {
        tokio::select! {
            biased;
            answer = &mut waiting => panic!("answered: {answer:?}"),
            () = tokio::task::yield_now() => {}
        }
    }
    drop(idle);
    assert_eq!(waiting.await.body, "ok");
}

#[tokio::test]
async fn each_message_is_announced() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&heard);
    let config = InboxConfig {
        on_message: Some(Arc::new(move |received| {
            sink.lock().expect("not poisoned").push(received.clone());
        })),
        ..InboxConfig::default()
    };
    let (inbox, _clock) = start(config).await;
    post_to(&inbox, Service::Slack, &json!({"text": "a"})).await;
    post_to(&inbox, Service::Slack, &json!({})).await;
    assert_eq!(*heard.lock().expect("not poisoned"), inbox.messages());
}

#[tokio::test]
async fn beyond_loopback_only_when_allowed() {
    let address = SocketAddr::from(([0, 0, 0, 0], 0));
    let config = InboxConfig {
        address,
        ..InboxConfig::default()
    };
    let clock = StillClock::at(START_MILLIS);
    let refused = Inbox::start(config.clone(), clock.clone()).await;
    assert_eq!(
        refused.expect_err("not loopback").kind(),
        std::io::ErrorKind::PermissionDenied
    );
    let config = InboxConfig {
        allow_non_loopback: true,
        ..config
    };
    Inbox::start(config, clock).await.expect("allowed");
}

#[tokio::test]
async fn name_that_only_points_to_loopback_is_turned_away() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    for (host, status) in [
        ("localhost:80", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("rebound.example.com", 421),
        ("127.0.0.1.example.com", 421),
    ] {
        let request = Request::get("/messages")
            .header(header::HOST, host)
            .body(Full::default())
            .expect("a right request");
        let answer = exchange(inbox.local_addr(), request).await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn shutdown_ends_even_with_an_idle_connection() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    let address = inbox.local_addr();
    let _idle = TcpStream::connect(address).await.expect("listens");
    inbox.shutdown().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn shutdown_cuts_off_a_request_that_does_not_end() {
    let (inbox, clock) = start(InboxConfig::default()).await;
    let mut stream = TcpStream::connect(inbox.local_addr())
        .await
        .expect("listens");
    let head = b"POST /services/a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n";
    stream.write_all(head).await.expect("sent");
    // `100 Continue` says that the server waits for the body.
    let mut interim = [0; 12];
    stream.read_exact(&mut interim).await.expect("an answer");
    assert_eq!(&interim, b"HTTP/1.1 100");
    let advance = async {
        loop {
            clock.advance(1);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = inbox.shutdown() => {}
        () = advance => {}
    }
}

#[tokio::test]
async fn page_escapes_everything_and_loads_nothing() {
    let (inbox, _clock) = start(InboxConfig::default()).await;
    assert!(get(&inbox, "/").await.body.contains("No messages yet"));
    let hostile = r#"<script>alert(1)</script> "onclick='x' <javascript:alert(1)|go> <https://x.io/?a="b|ok>"#;
    post_to(&inbox, Service::Slack, &json!({"text": hostile})).await;
    post_to(&inbox, Service::Slack, &json!({"<b>": "<img src=x>", "attachments": [{"color": "red;background:url(x)", "text": "t"}]})).await;
    let page = get(&inbox, "/").await.body;
    let (_, body) = page.split_once("<body>").expect("a body");
    for bad in [
        "<script",
        "<img",
        "onclick='",
        "href=\"javascript",
        "url(x)",
        "src=",
    ] {
        assert!(!body.contains(bad), "{bad} in {body}");
    }
    assert!(body.contains("href=\"https://x.io/?a=&quot;b\""), "{body}");
}
