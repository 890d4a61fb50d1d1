//! What a request without an answer means for whoever may try again.

use std::time::Duration;

use burgee_http::{Arrival, Error, Kind, Phase};
use burgee_model::CallError;
use burgee_source::{Lang, Text};

use crate::{http::Action, words};

/// The failure of `head`, such as `GET https://api.example.com/…#3fa9c1`.
pub(crate) fn call_error(
    action: Action,
    head: &str,
    error: &Error,
    timeout: Duration,
    lang: Lang,
) -> CallError {
    let why = why(error, timeout, lang);
    let told = |text: Text| text.render(lang, &[("head", head.to_owned()), ("why", why.clone())]);
    match (error.kind, error.arrival, action) {
        (Kind::Refused(_) | Kind::Request, _, _) => CallError::permanent(told(words::FAILED)),
        (_, Arrival::No, _) | (_, Arrival::Maybe, Action::Get) => {
            CallError::transient(told(words::FAILED))
        }
        (_, Arrival::Maybe, Action::Send) => CallError::unknown(told(words::NOBODY_KNOWS)),
    }
}

fn why(error: &Error, timeout: Duration, lang: Lang) -> String {
    let timeout = ("timeout", format!("{timeout:?}"));
    let mut why = words::kind(error.kind).render(lang, &[timeout]);
    // The time is all there is to say of a timeout.
    let timed_out = matches!(error.kind, Kind::Timeout(Phase::Connect | Phase::Exchange));
    if !error.detail().is_empty() && !timed_out {
        why = format!("{why}: {}", error.detail());
    }
    why
}
