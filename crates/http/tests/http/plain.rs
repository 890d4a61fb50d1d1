//! Ordinary and broken exchanges without TLS.

use burgee_http::{Arrival, ClientConfig, Kind};
use tokio::net::TcpListener;

use crate::server::{Server, Step, client, post};

#[tokio::test]
async fn request_goes_out_as_written_and_the_answer_comes_back() {
    let mut server = Server::start([Step::ok()]).await;
    let url = format!("http://127.0.0.1:{}/services/a?b=c#d", server.port);
    let response = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect("an answer");
    assert_eq!(response.status, 200);
    assert_eq!(response.body, "ok");
    assert!(!response.truncated);
    let request = server.request().await;
    assert!(
        request.starts_with("POST /services/a?b=c HTTP/1.1\r\n"),
        "{request}"
    );
    let lower = request.to_lowercase();
    assert!(
        lower.contains(&format!("host: 127.0.0.1:{}\r\n", server.port)),
        "{request}"
    );
    assert!(
        lower.contains("content-type: application/json; charset=utf-8\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{}"), "{request}");
}

#[tokio::test]
async fn localhost_needs_no_resolver() {
    let server = Server::start([Step::ok()]).await;
    let url = format!("http://localhost:{}/", server.port);
    let response = client(ClientConfig::default()).send(&post(&url)).await;
    assert_eq!(response.expect("an answer").status, 200);
}

#[tokio::test]
async fn refused_connection_cannot_have_arrived() {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("loopback is free");
    let port = listener.local_addr().expect("bound").port();
    drop(listener);
    let url = format!("http://127.0.0.1:{port}/secret-path");
    let error = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect_err("refused");
    assert_eq!((error.kind, error.arrival), (Kind::Connect, Arrival::No));
    assert!(!error.to_string().contains("secret-path"), "{error}");
    assert!(!format!("{error:?}").contains("secret-path"), "{error:?}");
}

#[tokio::test]
async fn closing_after_the_request_may_have_arrived() {
    let server = Server::start([Step::CloseAfterRequest]).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let error = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect_err("closed");
    assert_eq!((error.kind, error.arrival), (Kind::Closed, Arrival::Maybe));
}

#[tokio::test]
async fn answer_that_is_cut_short_is_no_answer() {
    for cut in [
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nok",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nok",
    ] {
        let server = Server::start([Step::reply(cut)]).await;
        let url = format!("http://127.0.0.1:{}/", server.port);
        let error = client(ClientConfig::default())
            .send(&post(&url))
            .await
            .expect_err("cut");
        assert_eq!(
            (error.kind, error.arrival),
            (Kind::Closed, Arrival::Maybe),
            "{cut:?}"
        );
    }
}

#[tokio::test]
async fn answer_that_is_not_http_is_said_to_be_so() {
    let server = Server::start([Step::reply("220 mail.test ESMTP ready\r\n\r\n")]).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let error = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect_err("no HTTP");
    assert_eq!(
        (error.kind, error.arrival),
        (Kind::Protocol, Arrival::Maybe)
    );
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let reply = "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    let mut server = Server::start([Step::reply(reply), Step::ok()]).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let response = client(ClientConfig::default())
        .send(&post(&url))
        .await
        .expect("an answer");
    assert_eq!(response.status, 307);
    server.request().await;
    assert!(server.is_quiet());
}
