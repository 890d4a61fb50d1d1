//! One request and its answer over one connection.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, header};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, client::conn::http1};

use crate::{
    Arrival, Error, Kind, Request, Response, SecretUrl,
    counted::{Count, Counted},
    dial::Stream,
    proxy::Route,
};

/// The most that a status line and headers may have.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// What came back, before it is timed.
pub(crate) struct Answer {
    pub(crate) head: http::response::Parts,
    pub(crate) body: Bytes,
    pub(crate) truncated: bool,
}

/// Writes the request and reads the answer. Dropping the future closes the connection.
pub(crate) async fn exchange(
    stream: Stream,
    request: &Request,
    route: &Route,
    reply_cap: usize,
    count: &Count,
) -> Result<Answer, Error> {
    let wire = wire_form(request, route)?;
    let stream = Counted::new(stream, count.clone());
    let failed = |error: hyper::Error| Error::of_exchange(&error, count.arrival());
    let mut builder = http1::Builder::new();
    builder.max_buf_size(MAX_HEAD_BYTES);
    let (mut sender, connection) = builder.handshake(stream).await.map_err(failed)?;
    let answer = async {
        let response = sender.send_request(wire).await.map_err(failed)?;
        let (head, body) = response.into_parts();
        let (body, truncated) = read(body, reply_cap).await.map_err(failed)?;
        Ok(Answer {
            head,
            body,
            truncated,
        })
    };
    let mut answer = std::pin::pin!(answer);
    tokio::select! {
        biased;
        answer = &mut answer => answer,
        // The connection ends first when the server closes it; what it had to say is in the answer then.
        _closed = connection => answer.await,
    }
}

/// The body up to `cap` bytes, and whether there was more.
async fn read(mut body: Incoming, cap: usize) -> Result<(Bytes, bool), hyper::Error> {
    let mut kept = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        let room = cap - kept.len();
        kept.extend_from_slice(&data[..data.len().min(room)]);
        if data.len() > room {
            return Ok((kept.freeze(), true));
        }
    }
    Ok((kept.freeze(), false))
}

fn wire_form(request: &Request, route: &Route) -> Result<http::Request<Full<Bytes>>, Error> {
    let url = &request.url;
    let bad = |_error: http::Error| Error::unsent(Kind::Request, "");
    let mut wire = http::Request::builder()
        .method(request.method.clone())
        .uri(target(url, route))
        .body(Full::new(request.body.clone()))
        .map_err(bad)?;
    let headers = wire.headers_mut();
    headers.extend(request.headers.clone());
    // Two opinions on where a request ends are how requests are smuggled: hyper's is the only one.
    headers.remove(header::CONTENT_LENGTH);
    headers.remove(header::TRANSFER_ENCODING);
    let host = HeaderValue::from_str(&url.authority())
        .map_err(|error| Error::unsent(Kind::Request, error))?;
    headers.insert(header::HOST, host);
    // The connection serves one request: saying so spares the server the wait.
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if let Route::Forward(proxy) = route
        && let Some(auth) = &proxy.auth
    {
        headers.insert(header::PROXY_AUTHORIZATION, auth.clone());
    }
    Ok(wire)
}

/// A server is told the path, a forwarding proxy the whole URL.
fn target(url: &SecretUrl, route: &Route) -> String {
    match route {
        Route::Direct | Route::Tunnel(_) => url.path_and_query().to_owned(),
        Route::Forward(_) => format!(
            "{}://{}{}",
            url.scheme(),
            url.authority(),
            url.path_and_query()
        ),
    }
}

// === impl Answer ===

impl From<Answer> for Response {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.head.status,
            headers: answer.head.headers,
            body: answer.body,
            truncated: answer.truncated,
            latency: Duration::ZERO,
        }
    }
}

impl Answer {
    /// A refusal of the proxy to open or forward is not the service's word.
    pub(crate) fn refusal_of_proxy(&self, route: &Route) -> Option<Error> {
        let Route::Forward(_) = route else {
            return None;
        };
        let unauthorised = http::StatusCode::PROXY_AUTHENTICATION_REQUIRED;
        (self.head.status == unauthorised).then(|| {
            Error::new(
                Kind::Proxy,
                Arrival::No,
                "it wants a user name and a password",
            )
        })
    }
}
