//! A server that answers by path, a clock that moves on request, and secrets in a table.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use burgee_http::{Client, ClientConfig};
use burgee_model::{
    BoxFuture, Call, CallContext, CallError, Clock, Provider as _, SecretError, SecretRef, Secrets,
};
use burgee_providers::{HttpConfig, HttpProvider};
use burgee_source::Node;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
};

/// Answers by path: `/echo` sends the body back, `/hang` says nothing, `/close` closes; anything else is the
/// status to answer with, such as `/404`.
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    heard: Arc<Notify>,
}

// === impl Server ===

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let port = listener.local_addr().expect("bound").port();
        let (requests, heard) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Notify::new()));
        let (kept, told) = (Arc::clone(&requests), Arc::clone(&heard));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&told)));
            }
        });
        Self {
            port,
            requests,
            heard,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The requests so far, head and body as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }

    /// Ends when a request has come.
    pub(crate) async fn heard(&self) {
        self.heard.notified().await;
    }
}

async fn serve(mut stream: TcpStream, kept: Arc<Mutex<Vec<String>>>, told: Arc<Notify>) {
    let Some((head, body)) = read(&mut stream).await else {
        return;
    };
    let path = head.split(' ').nth(1).expect("a request line").to_owned();
    let path = path.split('?').next().expect("a path").to_owned();
    kept.lock().expect("no panic").push(format!("{head}{body}"));
    told.notify_one();
    let answer = match path.as_str() {
        "/hang" => return std::future::pending().await,
        "/close" => return,
        "/echo" => reply("200 OK", &body),
        "/text" => reply("200 OK", "hello"),
        "/json" => reply("200 OK", r#"{"price":1.10,"id":12345678901234567890}"#),
        "/cookies" => "HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n".to_owned(),
        status => reply(&status[1..], "gone"),
    };
    // The client may have read enough before all is written.
    let _gone = stream.write_all(answer.as_bytes()).await;
}

fn reply(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}")
}

async fn read(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(bytes).expect("ASCII");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let ours = name.eq_ignore_ascii_case("content-length");
        ours.then(|| value.trim().parse::<usize>().expect("a number"))
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some((head, String::from_utf8(body).expect("UTF-8")))
}

/// Time that stands still until it is moved.
pub(crate) struct HandClock(watch::Sender<Duration>);

// === impl HandClock ===

impl HandClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(Duration::ZERO)))
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0.send_modify(|elapsed| *elapsed += by);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(*self.0.borrow()).expect("short");
        Timestamp::UNIX_EPOCH + elapsed
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut elapsed = self.0.subscribe();
        let end = *elapsed.borrow() + duration;
        Box::pin(async move {
            elapsed
                .wait_for(|now| *now >= end)
                .await
                .expect("the clock lives");
        })
    }
}

/// Secrets of namespace `prod`: `name/key` and the value.
struct Table(&'static [(&'static str, &'static str)]);

impl Secrets for Table {
    fn read(&self, namespace: &str, reference: &SecretRef) -> Result<SecretString, SecretError> {
        let (name, key) = (reference.name.clone(), reference.key.clone());
        let ours = format!("{name}/");
        let mut keys = self.0.iter().filter(|(at, _)| at.starts_with(&ours));
        let missing = keys.clone().next().is_none() || namespace != "prod";
        if missing {
            let namespace = namespace.to_owned();
            return Err(SecretError::NoSecret { name, namespace });
        }
        let found = keys.clone().find(|(at, _)| *at == reference.to_string());
        let existing = keys.by_ref().filter_map(|(at, _)| at.strip_prefix(&ours));
        let existing = existing.collect::<Vec<_>>().join(", ");
        let value = found.map(|(_, value)| SecretString::from(*value));
        value.ok_or(SecretError::NoKey {
            name,
            key,
            existing,
        })
    }
}

const SECRETS: &[(&str, &str)] = &[
    ("api/token", "Bearer t0psecrett0ken"),
    ("api/lines", "two\nlines"),
];

pub(crate) fn provider_with(
    config: HttpConfig,
    client: ClientConfig,
    clock: Arc<HandClock>,
) -> HttpProvider {
    let client = Client::new(client, clock).expect("a client");
    HttpProvider::new(config, client, Arc::new(Table(SECRETS)))
}

pub(crate) fn provider() -> HttpProvider {
    let (config, client) = (HttpConfig::default(), ClientConfig::default());
    provider_with(config, client, HandClock::new())
}

pub(crate) async fn ask(
    provider: &HttpProvider,
    action: &'static str,
    params: Value,
) -> Result<Node, CallError> {
    let context = CallContext {
        run: "run".into(),
        step: "step".into(),
        namespace: "prod".into(),
    };
    let call = Call {
        path: "req".into(),
        provider: "http",
        action,
        params: params.into(),
    };
    provider.call(&context, &call, &|_event| {}).await
}
