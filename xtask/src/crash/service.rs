//! The service that is told: it counts what it takes, answers slowly, and can hold one answer back.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::Duration,
};

use anyhow::Result;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode, header::RETRY_AFTER};
use tokio::runtime::Runtime;

use super::workflow::BUSY;
use crate::server::{Reply, Seen, Server};

/// How long an answer takes: enough for a kill between two records.
const SLOW: Duration = Duration::from_millis(4);

/// A service for one run.
pub(super) struct Service {
    server: Server,
    desk: Arc<Mutex<Desk>>,
    held: mpsc::Receiver<()>,
}

/// What it knows.
struct Desk {
    /// How often it took each path. What it refuses is not taken.
    taken: BTreeMap<String, u32>,
    requests: usize,
    /// Which request gets no answer.
    hold: Option<usize>,
    holding: mpsc::Sender<()>,
    was_busy: bool,
}

// === impl Service ===

impl Service {
    /// Starts it.
    pub(super) fn start(runtime: &Runtime) -> Result<Self> {
        let (holding, held) = mpsc::channel();
        let desk = Arc::new(Mutex::new(Desk {
            taken: BTreeMap::new(),
            requests: 0,
            hold: None,
            holding,
            was_busy: false,
        }));
        let judge = Arc::clone(&desk);
        let judge = move |seen: &Seen| lock(&judge).judge(seen);
        let server = runtime.block_on(Server::start(Arc::new(judge)))?;
        Ok(Self { server, desk, held })
    }

    /// `http://127.0.0.1:PORT`.
    pub(super) fn url(&self) -> String {
        self.server.url()
    }

    /// How often a path was taken.
    pub(super) fn taken(&self, path: &str) -> u32 {
        lock(&self.desk).taken.get(path).copied().unwrap_or(0)
    }

    /// All that was taken.
    pub(super) fn all_taken(&self) -> BTreeMap<String, u32> {
        lock(&self.desk).taken.clone()
    }

    /// How many requests came.
    pub(super) fn requests(&self) -> usize {
        lock(&self.desk).requests
    }

    /// Takes the request `number`, counted from 1, and does not answer.
    pub(super) fn hold(&self, number: usize) {
        lock(&self.desk).hold = Some(number);
    }

    /// Whether an answer is held back since the last question.
    pub(super) fn holds(&self) -> bool {
        self.held.try_recv().is_ok()
    }
}

// === impl Desk ===

impl Desk {
    fn judge(&mut self, seen: &Seen) -> Reply {
        self.requests += 1;
        let held = self.hold == Some(self.requests);
        if seen.path == BUSY && !self.was_busy && !held {
            self.was_busy = true;
            return Reply::Later(SLOW, busy());
        }
        *self.taken.entry(seen.path.clone()).or_default() += 1;
        if held {
            // Nobody may be interested any more.
            let _ = self.holding.send(());
            return Reply::Never;
        }
        let body = match &seen.path {
            path if path.starts_with("/robot/") => r#"{"errcode":0,"errmsg":"ok"}"#,
            path if path.starts_with("/services/") => "ok",
            _ => r#"{"word":"heard"}"#,
        };
        Reply::Later(SLOW, Response::new(body.into()))
    }
}

/// 503, and again in a moment.
fn busy() -> Response<Full<Bytes>> {
    let mut response = Response::new("busy".into());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    let pause = hyper::header::HeaderValue::from_static("0.05");
    response.headers_mut().insert(RETRY_AFTER, pause);
    response
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
