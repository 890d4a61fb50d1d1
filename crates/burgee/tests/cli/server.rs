//! A service that answers from a list, and keeps what it was sent.

use std::{
    collections::VecDeque,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex, mpsc},
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::Semaphore,
};

/// What was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) path: String,
    pub(crate) body: serde_json::Value,
}

/// The running service; it ends with the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    desk: Arc<Desk>,
    arrivals: mpsc::Receiver<()>,
    _runtime: tokio::runtime::Runtime,
}

/// The status that means: take the request, and do not answer before [`Server::release`]; then with what follows.
pub(crate) const HOLD: u16 = 0;

struct Desk {
    arrived: mpsc::Sender<()>,
    answers: Mutex<VecDeque<(u16, &'static str)>>,
    sent: Mutex<Vec<Sent>>,
    released: Semaphore,
}

// === impl Server ===

impl Server {
    /// Plain HTTP. Answers in this order; the last one for all that follow.
    pub(crate) fn http(answers: &[(u16, &'static str)]) -> Self {
        Self::start(answers, None)
    }

    /// TLS with this server configuration.
    pub(crate) fn https(answers: &[(u16, &'static str)], tls: tokio_rustls::TlsAcceptor) -> Self {
        Self::start(answers, Some(tls))
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.desk.sent.lock().expect("no panic").clone()
    }

    /// Blocks until a request has arrived.
    pub(crate) fn wait_for_request(&self) {
        self.arrivals.recv().expect("the service runs");
    }

    /// Lets one request that is held be answered.
    pub(crate) fn release(&self) {
        self.desk.released.add_permits(1);
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn start(answers: &[(u16, &'static str)], tls: Option<tokio_rustls::TlsAcceptor>) -> Self {
        let (arrived, arrivals) = mpsc::channel();
        let desk = Arc::new(Desk {
            arrived,
            answers: Mutex::new(answers.iter().copied().collect()),
            sent: Mutex::default(),
            released: Semaphore::new(0),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(serve(listener, Arc::clone(&desk), tls));
        Self {
            address,
            desk,
            arrivals,
            _runtime: runtime,
        }
    }
}

async fn serve(listener: TcpListener, desk: Arc<Desk>, tls: Option<tokio_rustls::TlsAcceptor>) {
    while let Ok((stream, _)) = listener.accept().await {
        let desk = Arc::clone(&desk);
        let tls = tls.clone();
        tokio::spawn(async move {
            match tls {
                None => connection(stream, desk).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        connection(stream, desk).await;
                    }
                }
            }
        });
    }
}

async fn connection(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, desk: Arc<Desk>) {
    let service = service_fn(move |request| answer(request, Arc::clone(&desk)));
    let _ended = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    desk: Arc<Desk>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().to_string();
    let body = request
        .into_body()
        .collect()
        .await
        .expect("a whole body")
        .to_bytes();
    let body = serde_json::from_slice(&body).expect("JSON");
    desk.sent
        .lock()
        .expect("no panic")
        .push(Sent { path, body });
    // Nobody may be waiting for it.
    let _unheard = desk.arrived.send(());
    let (mut status, mut text) = desk.next_answer();
    if status == HOLD {
        let released = desk.released.acquire().await;
        released.expect("it is never closed").forget();
        (status, text) = desk.next_answer();
    }
    let response = Response::builder()
        .status(status)
        .body(Full::new(Bytes::from_static(text.as_bytes())));
    Ok(response.expect("a response"))
}

// === impl Desk ===

impl Desk {
    fn next_answer(&self) -> (u16, &'static str) {
        let mut answers = self.answers.lock().expect("no panic");
        match answers.len() {
            1 => answers[0],
            _ => answers.pop_front().expect("an answer"),
        }
    }
}
