//! Where connections may go.

use std::{
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use burgee_http::{ClientConfig, Kind, Outbound, PlainHttp, Refusal, Resolve};
use burgee_model::BoxFuture;

use crate::server::{Server, Step, client, post};

/// Gives the same answer to every question, and counts them.
struct Fixed {
    answer: Result<Vec<IpAddr>, &'static str>,
    asked: AtomicUsize,
}

impl Resolve for Fixed {
    fn resolve<'a>(&'a self, _host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answer.clone().map_err(io::Error::other);
        Box::pin(std::future::ready(answer))
    }
}

fn fixed(answer: Result<&[&str], &'static str>) -> Arc<Fixed> {
    let parse = |text: &&str| text.parse().expect("an address");
    Arc::new(Fixed {
        answer: answer.map(|list| list.iter().map(parse).collect()),
        asked: AtomicUsize::new(0),
    })
}

fn config(outbound: Outbound, resolver: &Arc<Fixed>) -> ClientConfig {
    ClientConfig {
        outbound,
        plain_http: PlainHttp::Allowed,
        resolver: Some(resolver.clone()),
        ..ClientConfig::default()
    }
}

#[tokio::test]
async fn loopback_only_lets_nothing_out_and_asks_nobody() {
    let resolver = fixed(Ok(&["127.0.0.1"]));
    let client = client(config(Outbound::LoopbackOnly, &resolver));
    for url in [
        "https://hooks.slack.com/x",
        "http://10.0.0.1/",
        "http://[2606:4700::1]/",
    ] {
        let error = client.send(&post(url)).await.expect_err("refused");
        assert_eq!(error.kind, Kind::Refused(Refusal::NotLoopback), "{url}");
    }
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn name_that_leads_to_metadata_is_refused() {
    for answer in [
        "169.254.169.254",
        "0.0.0.0",
        "::ffff:169.254.169.254",
        "fe80::1",
    ] {
        let client = client(config(Outbound::Any, &fixed(Ok(&[answer]))));
        let error = client
            .send(&post("https://innocent.test/"))
            .await
            .expect_err("refused");
        assert_eq!(error.kind, Kind::Refused(Refusal::Address), "{answer}");
    }
}

#[tokio::test]
async fn address_is_refused_in_every_spelling_of_a_url() {
    let client = client(config(Outbound::Any, &fixed(Err("not asked"))));
    for host in [
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "0",
        "[::]",
    ] {
        let error = client
            .send(&post(&format!("http://{host}/")))
            .await
            .expect_err("refused");
        assert_eq!(error.kind, Kind::Refused(Refusal::Address), "{host}");
    }
}

#[tokio::test]
async fn what_was_checked_is_what_is_connected_to() {
    let mut server = Server::start([Step::ok()]).await;
    let resolver = fixed(Ok(&["169.254.1.1", "127.0.0.1"]));
    let client = client(config(Outbound::Any, &resolver));
    let url = format!("http://service.test:{}/", server.port);
    let response = client
        .send(&post(&url))
        .await
        .expect("the other address is good");
    assert_eq!(response.status, 200);
    assert!(server.request().await.contains("service.test"));
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn unknown_host_is_told_from_a_resolver_in_trouble() {
    for (reason, kind) in [
        ("Name or service not known", Kind::UnknownHost),
        ("Temporary failure in name resolution", Kind::Dns),
    ] {
        let client = client(config(Outbound::Any, &fixed(Err(reason))));
        let error = client
            .send(&post("https://service.test/"))
            .await
            .expect_err("no address");
        assert_eq!(error.kind, kind);
    }
}

#[tokio::test]
async fn plain_http_is_for_loopback() {
    let client = client(ClientConfig::default());
    let error = client
        .send(&post("http://93.184.216.34/"))
        .await
        .expect_err("refused");
    assert_eq!(error.kind, Kind::Refused(Refusal::PlainHttp));
}
