//! A clock that stands still until told to go, and an HTTP client for one request at a time.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use burgee_inbox::{Inbox, InboxConfig};
use burgee_model::{BoxFuture, Clock, Service};
use bytes::Bytes;
use http::{Method, Request, Response, header};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use jiff::{SignedDuration, Timestamp};
use tokio::{net::TcpStream, sync::watch};

/// The moment of the signature vectors.
pub(crate) const START_MILLIS: i64 = 1_700_000_000_000;

/// A clock that moves only by [`StillClock::advance`].
pub(crate) struct StillClock(Mutex<Timestamp>, watch::Sender<()>);

impl StillClock {
    pub(crate) fn at(millis: i64) -> Arc<Self> {
        let now = Timestamp::from_millisecond(millis).expect("in range");
        Arc::new(Self(Mutex::new(now), watch::channel(()).0))
    }

    pub(crate) fn advance(&self, seconds: i64) {
        *self.0.lock().expect("not poisoned") += SignedDuration::from_secs(seconds);
        self.1.send_replace(());
    }
}

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("not poisoned")
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let end = self.now() + duration;
        let mut moved = self.1.subscribe();
        Box::pin(async move {
            while self.now() < end {
                moved.changed().await.expect("the clock lives");
            }
        })
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: String,
}

pub(crate) async fn start(config: InboxConfig) -> (Inbox, Arc<StillClock>) {
    let clock = StillClock::at(START_MILLIS);
    let inbox = Inbox::start(config, clock.clone()).await;
    (inbox.expect("loopback is free"), clock)
}

/// Posts JSON to a URL of the inbox.
pub(crate) async fn post(url: &str, body: &serde_json::Value) -> Answer {
    send(
        Method::POST,
        url,
        Some("application/json"),
        body.to_string(),
    )
    .await
}

/// Posts JSON to a service's URL.
pub(crate) async fn post_to(inbox: &Inbox, service: Service, body: &serde_json::Value) -> Answer {
    post(&inbox.url(service), body).await
}

pub(crate) async fn get(inbox: &Inbox, path: &str) -> Answer {
    let url = format!("http://{}{path}", inbox.local_addr());
    send(Method::GET, &url, None, String::new()).await
}

pub(crate) async fn send(
    method: Method,
    url: &str,
    content_type: Option<&str>,
    body: String,
) -> Answer {
    let rest = url.strip_prefix("http://").expect("an http URL");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/{path}"))
        .header(header::HOST, host);
    if let Some(content_type) = content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    let request = request.body(Full::from(body)).expect("a right request");
    exchange(host.parse().expect("an address"), request).await
}

/// One request on a connection of its own.
pub(crate) async fn exchange(address: SocketAddr, request: Request<Full<Bytes>>) -> Answer {
    let stream = TcpStream::connect(address).await.expect("it listens");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .expect("a connection");
    let connection = tokio::spawn(connection);
    let response: Response<_> = sender.send_request(request).await.expect("an answer");
    let (head, body) = response.into_parts();
    let body = body.collect().await.expect("all of it").to_bytes();
    connection.abort();
    let retry_after = head.headers.get(header::RETRY_AFTER);
    Answer {
        status: head.status.as_u16(),
        retry_after: retry_after.map(|it| it.to_str().expect("ASCII").to_owned()),
        body: String::from_utf8(body.to_vec()).expect("UTF-8"),
    }
}
