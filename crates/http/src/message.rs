//! What is sent and what comes back.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::SecretUrl;

/// A request.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Where it goes.
    pub url: SecretUrl,
    /// Its headers; `Host` and `Content-Length` are the client's business.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or its beginning.
    pub body: Bytes,
    /// True when the body went on beyond the limit and was not read to its end.
    pub truncated: bool,
    /// From the first step to the last byte.
    pub latency: Duration,
}

// === impl Request ===

impl Request {
    /// A POST of JSON.
    #[must_use]
    pub fn post_json(url: SecretUrl, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::new();
        let json = http::HeaderValue::from_static("application/json; charset=utf-8");
        headers.insert(http::header::CONTENT_TYPE, json);
        Self {
            method: Method::POST,
            url,
            headers,
            body: body.into(),
        }
    }
}

// === impl Response ===

impl Response {
    /// An answer with this status and nothing else.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            truncated: false,
            latency: Duration::ZERO,
        }
    }

    /// The same with no more of its body than is read at most.
    pub(crate) fn within(mut self, cap: usize) -> Self {
        self.truncated |= self.body.len() > cap;
        self.body.truncate(cap);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
