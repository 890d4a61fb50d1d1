//! The provider `http`: one request, one answer.

use std::{fmt, sync::Arc};

use burgee_http::{Client, Request};
use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Event, Provider, SecretError, SecretRef,
    Secrets,
};
use burgee_source::{Lang, Node};

use crate::{failure, params, reply, words};

/// Makes requests.
///
/// - `get {url, method?, request?}`: `GET` (the default) or `HEAD`. It may be asked again.
/// - `send {url, method?, request?}`: `POST` (the default), `PUT`, `PATCH` or `DELETE`. It is made once.
///
/// `url` is a text or `{secretRef: {name, key}}`. `request` takes `body` (a text), `header` (texts by name),
/// `headersFromSecret` (a list of `{header, secret, key}`) and `timeout` (`30s`).
///
/// Every answer is a result, whatever its status: `{statusCode, header, body, destination}`. `header` has a list of
/// texts for each name; `destination` is the URL without its secret part. An answer longer than
/// [`HttpConfig::reply_cap`] is a failure.
pub struct HttpProvider {
    config: HttpConfig,
    client: Client,
    secrets: Arc<dyn Secrets>,
}

/// The provider's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpConfig {
    /// The language of failures.
    pub lang: Lang,
    /// The longest body of an answer, in bytes. It is kept in the journal.
    pub reply_cap: usize,
}

/// What a provider may do, by the name of its action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Asks.
    Get,
    /// Does something.
    Send,
}

// === impl HttpConfig ===

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            // Answers of public APIs are beyond the 64 kB that are enough for a chat service.
            reply_cap: 1024 * 1024,
        }
    }
}

// === impl HttpProvider ===

impl HttpProvider {
    /// A provider that sends through `client` and finds secrets in `secrets`.
    #[must_use]
    pub fn new(config: HttpConfig, client: Client, secrets: Arc<dyn Secrets>) -> Self {
        Self {
            config,
            client,
            secrets,
        }
    }

    async fn make(&self, context: &CallContext, call: &Call) -> Result<Node, CallError> {
        let lang = self.config.lang;
        let Some(action) = Action::named(call.action) else {
            let action = ("action", call.action.to_owned());
            let message = words::UNKNOWN_ACTION.render(lang, &[action]);
            return Err(CallError::permanent(message));
        };
        let secret = |reference: &SecretRef| self.secrets.read(&context.namespace, reference);
        let (request, timeout) = params::read(action, &call.params, &secret, lang)
            .map_err(|problems| CallError::permanent(problems.join("; ")))?;
        let head = head(&request);
        let client = self.client.bounded(timeout, self.config.reply_cap);
        let answer = client
            .send(&request)
            .await
            .map_err(|error| failure::call_error(action, &head, &error, timeout, lang))?;
        if answer.truncated {
            let limit = ("limit", self.config.reply_cap.to_string());
            let message = words::TOO_LONG.render(lang, &[("head", head), limit]);
            return Err(CallError::permanent(message));
        }
        Ok(reply::node(&answer, request.url.redacted()))
    }
}

impl Provider for HttpProvider {
    fn name(&self) -> &'static str {
        "http"
    }

    fn kind(&self, action: &str) -> CallKind {
        match Action::named(action) {
            Some(Action::Get) => CallKind::Observe,
            // The careful answer also for an action that does not exist; such a call fails anyway.
            Some(Action::Send) | None => CallKind::Once,
        }
    }

    fn call<'a>(
        &'a self,
        context: &'a CallContext,
        call: &'a Call,
        _emit: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(self.make(context, call))
    }
}

impl fmt::Debug for HttpProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpProvider")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

/// `GET https://api.example.com/…#3fa9c1`: what messages call a request.
fn head(request: &Request) -> String {
    format!("{} {}", request.method, request.url.redacted())
}

// === impl Action ===

impl Action {
    fn named(name: &str) -> Option<Self> {
        match name {
            "get" => Some(Self::Get),
            "send" => Some(Self::Send),
            _ => None,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Send => "send",
        }
    }

    /// The methods it makes, the first one being its default.
    pub(crate) const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Get => &["GET", "HEAD"],
            Self::Send => &["POST", "PUT", "PATCH", "DELETE"],
        }
    }
}

/// Looks a secret up for a call.
pub(crate) type Lookup<'a> =
    &'a (dyn Fn(&SecretRef) -> Result<secrecy::SecretString, SecretError> + Sync);
