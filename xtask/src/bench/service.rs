//! The service that both processes speak to: it says yes at once.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use hyper::Response;
use tokio::runtime::Runtime;

use crate::server::{Reply, Seen, Server};

/// DingTalk's path.
const DINGTALK: &str = "/robot/send";

/// A service on threads of its own; it stops when it is dropped.
pub(super) struct Service {
    server: Server,
    // Dropped last: the server's tasks live in it.
    _runtime: Runtime,
}

// === impl Service ===

impl Service {
    /// Starts it.
    pub(super) fn start() -> Result<Self> {
        // One thread besides this one, which waits for the process that is measured.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .context("cannot start the service")?;
        let server = runtime.block_on(Server::start(Arc::new(answer)))?;
        Ok(Self {
            server,
            _runtime: runtime,
        })
    }

    /// DingTalk's URL. The token has the form of a real one, and opens nothing.
    pub(super) fn dingtalk(&self) -> String {
        let token = "8f2a7f1c9d3b4e5f60718293a4b5c6d7".repeat(2);
        format!("{}{DINGTALK}?access_token={token}", self.server.url())
    }

    /// Slack's URL, likewise.
    pub(super) fn slack(&self) -> String {
        format!(
            "{}/services/T024BE7LD/B19AXC3TR/kq3TmPz8Jw5VhYcN2uXbRdLe",
            self.server.url()
        )
    }

    /// The method, path and body of the requests since the last time.
    pub(super) fn take(&self) -> Vec<(String, String, String)> {
        let seen = self.server.take().into_iter();
        let seen = seen.map(|seen| {
            let body = String::from_utf8_lossy(&seen.body).into_owned();
            (seen.method.to_string(), seen.path, body)
        });
        seen.collect()
    }
}

fn answer(request: &Seen) -> Reply {
    let body = if request.path.starts_with(DINGTALK) {
        r#"{"errcode":0,"errmsg":"ok"}"#
    } else {
        "ok"
    };
    Reply::Answer(Response::new(body.into()))
}
