//! Somebody else in place of the network.

use std::{sync::Arc, time::Duration};

use burgee_http::{
    Arrival, Carry, Client, ClientConfig, Error, Kind, Outbound, Phase, Refusal, Request, Response,
};
use burgee_model::BoxFuture;
use http::StatusCode;

use crate::server::{HandClock, client, post};

/// A host that nobody has.
const NOWHERE: &str = "https://nowhere.invalid/hook";

/// Answers with a teapot and the request's body.
struct Echo;

/// Takes requests and never answers.
struct Silence;

impl Carry for Echo {
    fn carry<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async {
            Ok(Response {
                body: request.body.clone(),
                ..Response::new(StatusCode::IM_A_TEAPOT)
            })
        })
    }
}

impl Carry for Silence {
    fn carry<'a>(&'a self, _: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn carrier_answers_and_nothing_is_looked_up() {
    let client = client(ClientConfig::default()).carried_by(Arc::new(Echo));
    let answer = client.send(&post(NOWHERE)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::IM_A_TEAPOT);
    assert_eq!(answer.body, post(NOWHERE).body);
    assert!(!answer.truncated);
}

#[tokio::test]
async fn silent_carrier_may_have_taken_the_request() {
    let clock = HandClock::new();
    let client = Client::new(ClientConfig::default(), clock.clone()).expect("a client");
    let client = client.carried_by(Arc::new(Silence));
    let attempt = tokio::spawn(async move { client.send(&post(NOWHERE)).await });
    tokio::task::yield_now().await;
    clock.advance(Duration::from_secs(15));
    let error = attempt.await.expect("no panic").expect_err("no answer");
    assert_eq!(error.kind, Kind::Timeout(Phase::Exchange));
    assert_eq!(error.arrival, Arrival::Maybe);
}

#[tokio::test]
async fn policy_holds_for_a_carrier() {
    let closed = ClientConfig {
        outbound: Outbound::LoopbackOnly,
        ..ClientConfig::default()
    };
    for (config, url, refusal) in [
        (closed, NOWHERE, Refusal::NotLoopback),
        (
            ClientConfig::default(),
            "http://nowhere.invalid/hook",
            Refusal::PlainHttp,
        ),
    ] {
        let client = client(config).carried_by(Arc::new(Echo));
        let error = client.send(&post(url)).await.expect_err("refused");
        assert_eq!(error.kind, Kind::Refused(refusal));
        assert_eq!(error.arrival, Arrival::No);
    }
}

#[tokio::test]
async fn answer_of_a_carrier_is_cut_at_the_limit() {
    let client = client(ClientConfig::default()).carried_by(Arc::new(Echo));
    let client = client.bounded(Duration::from_secs(1), 1);
    let answer = client.send(&post(NOWHERE)).await.expect("an answer");
    assert_eq!((answer.body.len(), answer.truncated), (1, true));
}
