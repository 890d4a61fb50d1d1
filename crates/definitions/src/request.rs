//! `request`: one HTTP request; its answer is `req`, and `response` where it is JSON.

use burgee_model::{Pass, Reason, Results, Step};
use burgee_source::{Diagnostic, Kind, Map, Node, Span};

use crate::{PassError, PassInput, http_call, parameters, params::Params, rules};

const REQ: &str = "req";
const RESPONSE: &str = "response";
const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE"];

pub(crate) struct Request {
    url: String,
    method: &'static str,
    /// `body`, `header` and `headersFromSecret`, as the provider takes them.
    request: Node,
}

pub(crate) fn read(params: &mut Params<'_, '_, '_>) -> Option<Request> {
    let url = params.required_string("url").map(str::to_owned);
    let span = params.value_span("url");
    let url = url.filter(|url| http_call::check_url(params, url, span));
    let method = params.one_of("method", METHODS).unwrap_or("GET");
    let mut request = Map::default();
    let mut put = |key, value: Node| request.insert(key, Span::NONE, value);
    if let Some(body) = params.map("body") {
        let body = Node::from(Kind::Map(body.clone()));
        put("body", Node::string(body.to_json_text()));
    }
    if let Some(header) = params.string_map("header") {
        put("header", Node::from(serde_json::Value::Object(header)));
    }
    if let Some(headers) = params.objects("headersFromSecret", from_secret) {
        put("headersFromSecret", Kind::List(headers).into());
    }
    Some(Request {
        url: url?,
        method,
        request: Kind::Map(request).into(),
    })
}

fn from_secret(params: &mut Params<'_, '_, '_>) -> Option<Node> {
    let header = params.required_string("header");
    let secret = params.required_string("secret");
    let key = params.required_string("key");
    Some(Node::map([
        ("header", Node::string(header?)),
        ("secret", Node::string(secret?)),
        ("key", Node::string(key?)),
    ]))
}

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let request = parameters::of(input, read)?;
    let method = request.method;
    let Some(answer) = results.get(REQ) else {
        let url = Node::string(request.url);
        return Ok(http_call::call(REQ, method, url, request.request));
    };
    if let Some(failure) = http_call::failure(method, REQ, answer)? {
        return Ok(failure);
    }
    let mut data = Map::default();
    data.insert("parameter", Span::NONE, input.parameter.clone());
    data.insert(REQ, Span::NONE, Node::map([("$returns", answer.clone())]));
    match response(answer) {
        Some(response) => {
            data.insert(RESPONSE, Span::NONE, response);
        }
        None => answer_is_read(input.step)?,
    }
    Ok(Pass::Done(Kind::Map(data).into()))
}

/// The body as JSON, every digit kept.
fn response(answer: &Node) -> Option<Node> {
    let body = answer.get_str("body")?.value;
    // Some servers of one large vendor begin with a byte order mark.
    let body = body.strip_prefix('\u{feff}').unwrap_or(body);
    Node::from_json_text(body).ok()
}

/// A body that is no JSON is a failure only to whoever reads it as such.
fn answer_is_read(step: &Step) -> Result<(), PassError> {
    let readers = step.outputs.iter();
    let readers = readers.filter(|output| reads(&output.value_from.value, RESPONSE));
    let problems: Vec<Diagnostic> = readers
        .map(|output| {
            Diagnostic::new(&rules::ANSWER_NO_JSON)
                .arg("output", output.name.value.as_str())
                .at(output.value_from.span)
                .hint(rules::PLAIN_BODY)
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(PassError::new(Reason::Output, problems))
    }
}

/// True when an expression names `word` on its own, and not as a field of something else.
fn reads(expression: &str, word: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
    expression.match_indices(word).any(|(at, _)| {
        let before = expression[..at].chars().next_back();
        let after = expression[at + word.len()..].chars().next();
        !before.is_some_and(|c| in_name(c) || matches!(c, '.' | '"')) && !after.is_some_and(in_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_is_found_as_a_name_of_its_own_only() {
        for expression in [
            "response",
            "response.a",
            "[response][0]",
            r#""\(response.a)""#,
        ] {
            assert!(reads(expression, RESPONSE), "{expression}");
        }
        for expression in [
            "req.response",
            "my_response",
            "responses",
            r#"a["response"]"#,
        ] {
            assert!(!reads(expression, RESPONSE), "{expression}");
        }
    }
}
