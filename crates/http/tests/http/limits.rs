//! Time and size.

use std::{sync::Arc, time::Duration};

use burgee_http::{Arrival, Client, ClientConfig, Kind, Phase, Resolve};
use burgee_model::BoxFuture;

use crate::server::{HandClock, Server, Step, client, post};

#[tokio::test]
async fn huge_answer_is_read_to_the_limit_and_no_further() {
    for (extra, truncated) in [(0, false), (1, true), (10_000_000, true)] {
        let cap = ClientConfig::default().reply_cap;
        let mut reply = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        reply.resize(reply.len() + cap + extra, b'x');
        let server = Server::start([Step::Reply(reply)]).await;
        let url = format!("http://127.0.0.1:{}/", server.port);
        let response = client(ClientConfig::default())
            .send(&post(&url))
            .await
            .expect("an answer");
        assert_eq!((response.body.len(), response.truncated), (cap, truncated));
    }
}

#[tokio::test]
async fn endless_headers_are_not_read_to_their_end() {
    let mut reply = b"HTTP/1.1 200 OK\r\nx: ".to_vec();
    reply.resize(10_000_000, b'x');
    let server = Server::start([Step::Reply(reply)]).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let error = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect_err("too much");
    assert_eq!(
        (error.kind, error.arrival),
        (Kind::Protocol, Arrival::Maybe)
    );
}

#[tokio::test]
async fn slow_answer_ends_with_the_attempts_time() {
    let mut server = Server::start([Step::Hang]).await;
    let clock = HandClock::new();
    let client = Client::new(ClientConfig::default(), clock.clone()).expect("a client");
    let request = post(&format!("http://127.0.0.1:{}/", server.port));
    let attempt = tokio::spawn(async move { client.send(&request).await });
    server.request().await;
    clock.advance(Duration::from_secs(15));
    let error = attempt.await.expect("no panic").expect_err("too slow");
    assert_eq!(error.kind, Kind::Timeout(Phase::Exchange));
    assert_eq!(error.arrival, Arrival::Maybe);
    assert_eq!(error.latency, Duration::from_secs(15));
}

/// Says that it was asked, and never answers.
struct NoAnswer(tokio::sync::mpsc::UnboundedSender<()>);

impl Resolve for NoAnswer {
    fn resolve<'a>(
        &'a self,
        _host: &'a str,
    ) -> BoxFuture<'a, std::io::Result<Vec<std::net::IpAddr>>> {
        self.0.send(()).expect("the test listens");
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn slow_connecting_has_a_time_of_its_own() {
    let (asked, mut is_asked) = tokio::sync::mpsc::unbounded_channel();
    let clock = HandClock::new();
    let config = ClientConfig {
        resolver: Some(Arc::new(NoAnswer(asked))),
        ..ClientConfig::default()
    };
    let client = Client::new(config, clock.clone()).expect("a client");
    let attempt = tokio::spawn(async move { client.send(&post("https://slow.test/")).await });
    is_asked.recv().await.expect("asked");
    clock.advance(Duration::from_secs(5));
    let error = attempt.await.expect("no panic").expect_err("too slow");
    assert_eq!(error.kind, Kind::Timeout(Phase::Connect));
    assert_eq!(error.arrival, Arrival::No);
}
