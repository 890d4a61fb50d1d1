//! Why there is no answer, and whether the request may have arrived all the same.

use std::{error::Error as StdError, fmt, io, time::Duration};

/// A request without an answer. Its text never holds the URL.
#[derive(Debug)]
pub struct Error {
    /// What went wrong.
    pub kind: Kind,
    /// Whether the request may have arrived.
    pub arrival: Arrival,
    /// How long it took to fail.
    pub latency: Duration,
    detail: String,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The policy does not allow it; nothing was attempted.
    Refused(Refusal),
    /// No host of that name.
    UnknownHost,
    /// The name could not be looked up just now.
    Dns,
    /// No connection.
    Connect,
    /// The proxy refused or failed.
    Proxy,
    /// The server's certificate is not trusted.
    Certificate,
    /// TLS failed for another reason.
    Tls,
    /// It took too long.
    Timeout(Phase),
    /// The connection was closed before the answer was complete.
    Closed,
    /// What came back is not HTTP.
    Protocol,
    /// The request cannot be written as HTTP.
    Request,
}

/// Why the policy refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Only loopback is allowed, and this is not.
    NotLoopback,
    /// `http://` beyond loopback: the URL would be readable on the way.
    PlainHttp,
    /// An address that no service has: link-local, unspecified, multicast.
    Address,
}

/// What was going on when time was up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Reaching the server, TLS included.
    Connect,
    /// The request and its answer.
    Exchange,
}

/// Whether a request may have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Not a byte of it was handed over: it is safe to send it again.
    No,
    /// Some of it was: nobody knows.
    Maybe,
}

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

// === impl Error ===

impl Error {
    /// An error of this kind, as whoever stands in for a client needs one.
    #[must_use]
    pub fn new(kind: Kind, arrival: Arrival, detail: impl fmt::Display) -> Self {
        Self {
            kind,
            arrival,
            latency: Duration::ZERO,
            detail: detail.to_string(),
        }
    }

    /// The cause in the words of the layer that failed; may be empty.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// An error before anything of the request was written.
    pub(crate) fn unsent(kind: Kind, detail: impl fmt::Display) -> Self {
        Self::new(kind, Arrival::No, detail)
    }

    pub(crate) const fn after(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// What a connector's error means: our own, TLS's, or the tunnel's.
    pub(crate) fn of_connecting(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => *ours,
            Err(other) => other_connecting(&*other),
        }
    }

    /// What an error of the exchange means.
    pub(crate) fn of_exchange(error: &hyper::Error, arrival: Arrival) -> Self {
        if let Some(tls) = find::<rustls::Error>(error) {
            return Self::new(tls_kind(tls), arrival, tls);
        }
        let kind = if error.is_parse() {
            Kind::Protocol
        } else if error.is_user() {
            Kind::Request
        } else {
            Kind::Closed
        };
        // The innermost cause says the most, and none of them knows the URL.
        Self::new(kind, arrival, innermost(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

impl StdError for Error {}

fn other_connecting(error: &(dyn StdError + 'static)) -> Error {
    if let Some(ours) = find::<Error>(error) {
        return Error::unsent(ours.kind, &ours.detail);
    }
    if let Some(tls) = find::<rustls::Error>(error) {
        return Error::unsent(tls_kind(tls), tls);
    }
    if let Some(io) = find::<io::Error>(error) {
        let kind = if is_closed(io) {
            Kind::Closed
        } else {
            Kind::Tls
        };
        return Error::unsent(kind, innermost(error));
    }
    // Only a tunnel fails without TLS and without I/O behind it: the proxy's own answer.
    Error::unsent(Kind::Proxy, error)
}

/// True when the other side closed the connection. hyper-rustls wraps an `io::Error` in another one.
fn is_closed(error: &io::Error) -> bool {
    match error.kind() {
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => true,
        _ => {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
            inner.is_some_and(is_closed)
        }
    }
}

fn tls_kind(error: &rustls::Error) -> Kind {
    match error {
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
            Kind::Certificate
        }
        _ => Kind::Tls,
    }
}

/// The first cause of a type.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        next = cause(error);
    }
    None
}

fn innermost(error: &(dyn StdError + 'static)) -> String {
    let mut last = error;
    while let Some(inner) = cause(last) {
        last = inner;
    }
    last.to_string()
}

/// An `io::Error` does not show what it wraps as its source, so it is opened here.
fn cause<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

// === impl Kind ===

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(Refusal::NotLoopback) => "only loopback may be reached",
            Self::Refused(Refusal::PlainHttp) => "http:// is for loopback only",
            Self::Refused(Refusal::Address) => "the address belongs to no service",
            Self::UnknownHost => "no such host",
            Self::Dns => "the host's name could not be looked up",
            Self::Connect => "no connection",
            Self::Proxy => "the proxy failed",
            Self::Certificate => "the server's certificate is not trusted",
            Self::Tls => "TLS failed",
            Self::Timeout(Phase::Connect) => "connecting took too long",
            Self::Timeout(Phase::Exchange) => "the answer took too long",
            Self::Closed => "the connection was closed without a complete answer",
            Self::Protocol => "the answer is not HTTP",
            Self::Request => "the request cannot be written as HTTP",
        })
    }
}
