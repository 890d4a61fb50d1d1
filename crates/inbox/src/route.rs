//! Which address belongs to whom, and reading a request within bounds.

use std::{convert::Infallible, sync::Arc, time::Duration};

use burgee_model::Service;
use burgee_source::Lang;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use url::form_urlencoded;

use crate::{
    Reply,
    desk::Desk,
    dingtalk, page,
    post::{Body, Post},
    slack,
};

/// How much of a request's body is read.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// How long a request's body may take.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// What the page may load and run: its own style, nothing else.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A body that came, or why it did not.
enum Read {
    Whole(Bytes),
    TooLarge,
    Incomplete,
}

/// Answers one request.
pub(crate) async fn respond(
    desk: Arc<Desk>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path();
    Ok(match service_at(path) {
        _ if !is_for_us(&desk, &request) => plain(
            StatusCode::MISDIRECTED_REQUEST,
            "this inbox answers to loopback names only\n",
        ),
        Some(service) => webhook(&desk, service, request).await,
        None => match (request.method(), path) {
            (&Method::GET, "/") => html(page::page(&desk.messages(), language(&request))),
            (&Method::GET, "/messages") => messages(&desk, request.uri().query()),
            (&Method::DELETE, "/messages") => {
                desk.clear();
                with_status(StatusCode::NO_CONTENT, Bytes::new())
            }
            (_, "/" | "/messages") => plain(StatusCode::METHOD_NOT_ALLOWED, "not this method\n"),
            (_, _) => plain(
                StatusCode::NOT_FOUND,
                "there is: /, /messages, /services/… (Slack), /robot/send (DingTalk)\n",
            ),
        },
    })
}

pub(crate) fn service_at(path: &str) -> Option<Service> {
    let first = path.trim_start_matches('/').split('/').next()?;
    match first {
        "services" => Some(Service::Slack),
        "robot" => Some(Service::Dingding),
        _ => None,
    }
}

/// Path and query of an address of the service that is taken.
pub(crate) fn address_of(service: Service) -> String {
    match service {
        Service::Slack => slack::PATH.to_owned(),
        Service::Dingding => format!("{}?access_token={}", dingtalk::PATH, dingtalk::TOKEN),
    }
}

/// A page on the web can point a name of its own at loopback and then read from there; the `Host` header
/// tells. Where listening beyond loopback was allowed, any name may be right.
fn is_for_us(desk: &Desk, request: &Request<Incoming>) -> bool {
    if desk.config().allow_non_loopback {
        return true;
    }
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    let Some(Ok(authority)) = host.map(str::parse::<http::uri::Authority>) else {
        return false;
    };
    let name = authority.host().trim_matches(['[', ']']);
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The first language that a browser asks for.
fn language(request: &Request<Incoming>) -> Lang {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE);
    let wanted = wanted.and_then(|wanted| wanted.to_str().ok());
    wanted.map_or(Lang::En, Lang::from_locale)
}

async fn webhook(
    desk: &Desk,
    service: Service,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = read(desk, body).await;
    let body = match &body {
        Read::Whole(bytes) => Body::Whole(bytes),
        Read::TooLarge => Body::TooLarge,
        Read::Incomplete => Body::Incomplete,
    };
    judged(desk, service, &head, body).map(Full::new)
}

/// The service's answer to a request at its address.
pub(crate) fn judged(
    desk: &Desk,
    service: Service,
    head: &http::request::Parts,
    body: Body<'_>,
) -> Response<Bytes> {
    let content_type = head.headers.get(header::CONTENT_TYPE);
    let post = Post {
        is_post: head.method == Method::POST,
        path: head.uri.path(),
        query: head.uri.query().unwrap_or_default(),
        content_type: content_type.and_then(|value| value.to_str().ok()),
        body,
    };
    answer(service, desk.take(service, post))
}

async fn read(desk: &Desk, body: Incoming) -> Read {
    let body = Limited::new(body, MAX_BODY_BYTES);
    tokio::select! {
        biased;
        read = body.collect() => match read {
            Ok(body) => Read::Whole(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Read::TooLarge,
            Err(_) => Read::Incomplete,
        },
        () = desk.clock().sleep(BODY_TIMEOUT) => Read::Incomplete,
    }
}

fn answer(service: Service, reply: Reply) -> Response<Bytes> {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = bare(status, reply.body.into());
    let kind = match service {
        Service::Slack => "text/html",
        Service::Dingding => "application/json",
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(seconds) = reply.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn messages(desk: &Desk, query: Option<&str>) -> Response<Full<Bytes>> {
    let mut wanted = None;
    for (key, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        if key == "service" {
            wanted = Service::ALL.into_iter().find(|it| it.as_str() == value);
            if wanted.is_none() {
                return plain(StatusCode::BAD_REQUEST, "service is dingding or slack\n");
            }
        }
    }
    let mut messages = desk.messages();
    messages.retain(|message| wanted.is_none_or(|service| message.service == service));
    let json = serde_json::to_vec(&messages).expect("messages hold nothing that is not JSON");
    let mut response = with_status(StatusCode::OK, json.into());
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn html(page: String) -> Response<Full<Bytes>> {
    let mut response = with_status(StatusCode::OK, page.into());
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let policy = HeaderValue::from_static(PAGE_POLICY);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = with_status(status, text.into());
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn with_status(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    bare(status, body).map(Full::new)
}

fn bare(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
