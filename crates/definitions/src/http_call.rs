//! What `request` and `webhook` share: the call to the provider `http`, and what its answer means.

use burgee_model::{BUILTIN, Call, Pass, Reason};
use burgee_source::{Diagnostic, Node, Span};

use crate::{PassError, params::Params, rules};

/// The status from which on an answer says that the request failed.
const FAILED: i64 = 400;
/// Redirects, which are not followed.
const REDIRECTS: [i64; 5] = [301, 302, 303, 307, 308];

/// A request.
pub(crate) fn call(path: &str, method: &'static str, url: Node, request: Node) -> Pass {
    let action = if method == "GET" { "get" } else { "send" };
    Pass::Calls(vec![Call {
        path: path.to_owned(),
        provider: "http",
        action,
        params: Node::map([
            ("method", Node::string(method)),
            ("url", url),
            ("request", request),
        ]),
    }])
}

/// The call that fails the step when the answer says that the request failed.
pub(crate) fn failure(method: &str, path: &str, answer: &Node) -> Result<Option<Pass>, PassError> {
    let status = answer.get("statusCode").and_then(Node::as_number);
    let status = status.and_then(burgee_source::Number::as_i64);
    let status = status.ok_or_else(|| malformed(path))?;
    let redirects = REDIRECTS.contains(&status);
    if status < FAILED && !redirects {
        return Ok(None);
    }
    // A canned answer has no destination.
    let destination = answer.get_str("destination").map(|text| text.value);
    let head = destination.map_or(method.to_owned(), |it| format!("{method} {it}"));
    let why = if redirects {
        " (redirects are not followed)"
    } else {
        ""
    };
    let message = format!("{head}: HTTP {status}{why}");
    Ok(Some(fail(message)))
}

/// Fails the step for good.
pub(crate) fn fail(message: String) -> Pass {
    Pass::Calls(vec![Call {
        path: "fail".to_owned(),
        provider: BUILTIN,
        action: "fail",
        params: Node::map([("message", Node::string(message))]),
    }])
}

pub(crate) fn malformed(path: &str) -> PassError {
    let malformed = Diagnostic::new(&rules::MALFORMED_RESULT).arg("call", path);
    PassError::new(Reason::Execute, vec![malformed])
}

/// Reports a text that cannot be a URL, without showing it.
pub(crate) fn check_url(params: &mut Params<'_, '_, '_>, text: &str, span: Span) -> bool {
    let text = text.trim();
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| strip_scheme(text, scheme));
    let good = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    if !good {
        let problem = Diagnostic::new(&rules::NOT_A_URL).at(span);
        params.report(problem.hint(rules::A_URL));
    }
    good
}

/// Schemes do not tell capitals from small letters.
fn strip_scheme<'t>(text: &'t str, scheme: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}
