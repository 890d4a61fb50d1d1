//! A service on loopback that answers as it is told and remembers what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    HeaderMap, Method, Request, Response, body::Incoming, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinHandle};

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// `POST`, mostly.
    pub(crate) method: Method,
    /// The path with its query.
    pub(crate) path: String,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Bytes,
}

/// What the service does about a request that it has read.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Answers.
    Answer(Response<Full<Bytes>>),
    /// Answers after a while.
    Later(Duration, Response<Full<Bytes>>),
    /// Closes the connection.
    Close,
    /// Keeps the connection until the peer has gone.
    Never,
}

/// Decides about a request.
pub(crate) type Judge = Arc<dyn Fn(&Seen) -> Reply + Send + Sync>;

/// A service that runs until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    accepting: JoinHandle<()>,
}

/// Said to hyper so that it closes the connection without an answer.
#[derive(Debug)]
struct Closed;

// === impl Server ===

impl Server {
    /// Starts a service on a free port of loopback.
    pub(crate) async fn start(judge: Judge) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.context("cannot listen on loopback")?;
        let address = listener.local_addr().context("cannot listen on loopback")?;
        let seen = Arc::new(Mutex::new(Vec::new()));
        let accepting = tokio::spawn(accept(listener, judge, Arc::clone(&seen)));
        Ok(Self {
            address,
            seen,
            accepting,
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes the requests that came since the last time, in order of arrival.
    pub(crate) fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *lock(&self.seen))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

// === impl Closed ===

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("closed as told")
    }
}

impl std::error::Error for Closed {}

async fn accept(listener: TcpListener, judge: Judge, seen: Arc<Mutex<Vec<Seen>>>) {
    // A listener on loopback fails only when the process is out of files: then the case fails for want of an answer.
    while let Ok((stream, _)) = listener.accept().await {
        let (judge, seen) = (Arc::clone(&judge), Arc::clone(&seen));
        tokio::spawn(async move {
            let service = service_fn(|request| answer(request, &judge, &seen));
            // A connection that ends in an error is the peer's business, or was closed as told.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    judge: &Judge,
    seen: &Mutex<Vec<Seen>>,
) -> Result<Response<Full<Bytes>>, Closed> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Closed)?.to_bytes();
    let path = head.uri.path_and_query();
    let request = Seen {
        method: head.method,
        path: path.map_or_else(String::new, ToString::to_string),
        headers: head.headers,
        body,
    };
    let reply = judge(&request);
    lock(seen).push(request);
    match reply {
        Reply::Answer(response) => Ok(response),
        Reply::Later(pause, response) => {
            tokio::time::sleep(pause).await;
            Ok(response)
        }
        Reply::Close => Err(Closed),
        Reply::Never => std::future::pending().await,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
