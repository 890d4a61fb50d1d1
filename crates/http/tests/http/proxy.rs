//! Through a proxy.

use burgee_http::{Arrival, ClientConfig, Kind, Outbound, PlainHttp, ProxySettings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    server::{Server, Step, client, post},
    tls::Authority,
};

fn proxied(port: u16) -> ProxySettings {
    ProxySettings::from_env(|name| {
        let value = format!("http://user:pw@127.0.0.1:{port}");
        matches!(name, "HTTPS_PROXY" | "HTTP_PROXY").then_some(value)
    })
}

#[tokio::test]
async fn plain_request_is_forwarded_with_its_whole_url() {
    let mut server = Server::start([Step::ok()]).await;
    let config = ClientConfig {
        proxy: proxied(server.port),
        plain_http: PlainHttp::Allowed,
        ..ClientConfig::default()
    };
    let response = client(config)
        .send(&post("http://service.test/a?b=c"))
        .await;
    assert_eq!(response.expect("an answer").status, 200);
    let request = server.request().await;
    assert!(
        request.starts_with("POST http://service.test/a?b=c HTTP/1.1\r\n"),
        "{request}"
    );
    let lower = request.to_lowercase();
    assert!(
        lower.contains("proxy-authorization: basic dxnlcjpwdw==\r\n"),
        "{request}"
    );
    assert!(lower.contains("host: service.test\r\n"), "{request}");
}

#[tokio::test]
async fn https_request_is_tunnelled_and_the_credentials_stay_with_the_proxy() {
    let authority = Authority::new("service.test");
    let acceptor = authority.acceptor.clone();
    let mut server = Server::with(move |mut stream, heard| {
        let acceptor = acceptor.clone();
        async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.expect("a request"));
            }
            heard
                .send(String::from_utf8(head).expect("ASCII"))
                .expect("the test listens");
            stream
                .write_all(b"HTTP/1.1 200 OK\r\n\r\n")
                .await
                .expect("written");
            let stream = acceptor.accept(stream).await.expect("TLS");
            Step::ok().play(stream, &heard).await;
        }
    })
    .await;
    let config = ClientConfig {
        proxy: proxied(server.port),
        ..authority.trusted()
    };
    let response = client(config)
        .send(&post("https://service.test/a"))
        .await
        .expect("an answer");
    assert_eq!(response.body, "ok");
    let connect = server.request().await.to_lowercase();
    assert!(
        connect.starts_with("connect service.test:443 http/1.1\r\n"),
        "{connect}"
    );
    assert!(
        connect.contains("proxy-authorization: basic dxnlcjpwdw==\r\n"),
        "{connect}"
    );
    let request = server.request().await.to_lowercase();
    assert!(request.starts_with("post /a http/1.1\r\n"), "{request}");
    assert!(!request.contains("proxy-authorization"), "{request}");
}

#[tokio::test]
async fn refusal_of_the_proxy_is_not_the_services_answer() {
    let refuse = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
    for url in ["https://service.test/a", "http://service.test/a"] {
        let server = Server::start([Step::reply(refuse)]).await;
        let config = ClientConfig {
            proxy: proxied(server.port),
            plain_http: PlainHttp::Allowed,
            ..ClientConfig::default()
        };
        let error = client(config).send(&post(url)).await.expect_err("refused");
        assert_eq!(
            (error.kind, error.arrival),
            (Kind::Proxy, Arrival::No),
            "{url}: {error}"
        );
    }
}

#[tokio::test]
async fn loopback_only_uses_no_proxy() {
    let mut server = Server::start([Step::ok()]).await;
    let config = ClientConfig {
        proxy: proxied(1),
        outbound: Outbound::LoopbackOnly,
        ..ClientConfig::default()
    };
    let url = format!("http://127.0.0.1:{}/", server.port);
    assert_eq!(
        client(config)
            .send(&post(&url))
            .await
            .expect("an answer")
            .status,
        200
    );
    assert!(server.request().await.starts_with("POST / HTTP/1.1"));
}
