//! Who carries a request to whoever answers it: the network, unless the client was given somebody else.

use burgee_model::BoxFuture;

use crate::{Error, Request, Response};

/// Answers requests in place of the network. The client's policy, its limits and its clock hold as they do there: a carrier
/// that never answers is a server that never does.
pub trait Carry: Send + Sync {
    /// Carries one request. [`Response::latency`] is filled in by the client.
    fn carry<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>>;
}
