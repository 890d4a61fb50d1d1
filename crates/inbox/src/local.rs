//! The stand-ins without a server: requests are answered within the process, by the same rules.

use std::{fmt, sync::Arc};

use burgee_model::{Clock, Service};
use bytes::Bytes;
use http::{Request, Response, StatusCode};

use crate::{
    InboxConfig, MAX_BODY_BYTES, Received,
    desk::Desk,
    post::Body,
    route::{address_of, judged, service_at},
};

/// Stand-ins that listen nowhere.
///
/// ```
/// use std::sync::Arc;
/// use burgee_inbox::{InboxConfig, Local};
/// use burgee_model::Service;
/// # struct Noon;
/// # impl burgee_model::Clock for Noon {
/// #     fn now(&self) -> jiff::Timestamp { jiff::Timestamp::UNIX_EPOCH }
/// #     fn sleep(&self, _: std::time::Duration) -> burgee_model::BoxFuture<'_, ()> { Box::pin(async {}) }
/// # }
///
/// let local = Local::new(InboxConfig::default(), Arc::new(Noon));
/// let request = http::Request::post(local.url(Service::Slack))
///     .header("content-type", "application/json")
///     .body(r#"{"text": "deployed"}"#.into())
///     .expect("a request");
/// assert_eq!(local.answer(request).body(), "ok");
/// assert_eq!(local.messages().len(), 1);
/// ```
pub struct Local(Desk);

// === impl Local ===

impl Local {
    /// Stand-ins with these rules. Where to listen does not matter.
    #[must_use]
    pub fn new(config: InboxConfig, clock: Arc<dyn Clock>) -> Self {
        Self(Desk::new(config, clock))
    }

    /// A webhook URL that the stand-in takes, shaped like the service's own. Its host is a name only.
    #[must_use]
    pub fn url(&self, service: Service) -> String {
        format!("http://localhost{}", address_of(service))
    }

    /// The service's answer to a request; the service is told by the path.
    #[must_use]
    pub fn answer(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let Some(service) = service_at(head.uri.path()) else {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let body = match body.len() > MAX_BODY_BYTES {
            true => Body::TooLarge,
            false => Body::Whole(&body),
        };
        judged(&self.0, service, &head, body)
    }

    /// The messages kept, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Received> {
        self.0.messages()
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local").finish_non_exhaustive()
    }
}
