//! A server that follows a script, one entry for each connection, and a clock that moves on request.

use std::{future::Future, sync::Arc, time::Duration};

use burgee_http::{Client, ClientConfig, Request, SystemClock};
use burgee_model::{BoxFuture, Clock};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
    sync::{mpsc, watch},
};

/// What to do with a connection.
pub(crate) enum Step {
    /// Close it without a word.
    Close,
    /// Read the request, then close.
    CloseAfterRequest,
    /// Read the request, then answer with these bytes and close.
    Reply(Vec<u8>),
    /// Read the request and never answer.
    Hang,
}

/// A running script.
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: mpsc::UnboundedReceiver<String>,
}

// === impl Step ===

impl Step {
    pub(crate) fn reply(text: &str) -> Self {
        Self::Reply(text.as_bytes().to_vec())
    }

    pub(crate) fn ok() -> Self {
        Self::reply("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
    }

    /// Plays the step on a stream and gives the request.
    pub(crate) async fn play(
        self,
        mut stream: impl AsyncRead + AsyncWrite + Unpin,
        heard: &mpsc::UnboundedSender<String>,
    ) {
        if let Self::Close = self {
            return;
        }
        let Some(request) = read_request(&mut stream).await else {
            return;
        };
        heard.send(request).expect("the test listens");
        match self {
            Self::Close | Self::CloseAfterRequest => {}
            Self::Reply(bytes) => {
                // The client may have read enough before all is written.
                let _gone = stream.write_all(&bytes).await;
                let _gone = stream.shutdown().await;
            }
            Self::Hang => std::future::pending().await,
        }
    }
}

// === impl Server ===

impl Server {
    pub(crate) async fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps: Vec<_> = steps.into_iter().collect();
        steps.reverse();
        Self::with(move |stream, heard| {
            let step = steps.pop();
            async move {
                if let Some(step) = step {
                    step.play(stream, &heard).await;
                }
            }
        })
        .await
    }

    /// A server that hands each connection to `serve`.
    pub(crate) async fn with<F, R>(mut serve: F) -> Self
    where
        F: FnMut(tokio::net::TcpStream, mpsc::UnboundedSender<String>) -> R + Send + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback is free");
        let port = listener.local_addr().expect("bound").port();
        let (heard, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, heard.clone()));
            }
        });
        Self { port, requests }
    }

    /// The next request, head and body as they came.
    pub(crate) async fn request(&mut self) -> String {
        self.requests.recv().await.expect("the server runs")
    }

    /// True when nobody has asked for anything more.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.requests.try_recv().is_err()
    }
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).await.ok()?;
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).expect("ASCII");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().expect("a number"))
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).expect("UTF-8"))
}

pub(crate) fn client(config: ClientConfig) -> Client {
    Client::new(config, Arc::new(SystemClock::default())).expect("a client")
}

pub(crate) fn post(url: &str) -> Request {
    Request::post_json(url.parse().expect("a URL"), "{}")
}

/// Time that stands still until it is moved.
pub(crate) struct HandClock {
    elapsed: watch::Sender<Duration>,
}

// === impl HandClock ===

impl HandClock {
    pub(crate) fn new() -> Arc<Self> {
        let elapsed = watch::Sender::new(Duration::ZERO);
        Arc::new(Self { elapsed })
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.elapsed.send_modify(|elapsed| *elapsed += by);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(*self.elapsed.borrow()).expect("short");
        Timestamp::UNIX_EPOCH + elapsed
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut elapsed = self.elapsed.subscribe();
        let end = *elapsed.borrow() + duration;
        Box::pin(async move {
            elapsed
                .wait_for(|now| *now >= end)
                .await
                .expect("the clock lives");
        })
    }
}
