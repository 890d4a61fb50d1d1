//! `webhook`: POSTs `data`, by default the application itself.

use burgee_model::{Pass, Results};
use burgee_source::{Diagnostic, Kind, Map, Node};

use crate::{PassError, PassInput, http_call, parameters, params::Params, posted, rules};

/// Where KubeVela's template makes the call, and where outputs find its result.
const PATH: &str = "webhook.req";

pub(crate) struct Webhook {
    /// A text or `{secretRef: {name, key}}`.
    url: Node,
    data: Option<Node>,
}

pub(crate) fn read(params: &mut Params<'_, '_, '_>) -> Option<Webhook> {
    let url = url(params);
    let data = params
        .map("data")
        .map(|data| Kind::Map(data.clone()).into());
    Some(Webhook { url: url?, data })
}

fn url(params: &mut Params<'_, '_, '_>) -> Option<Node> {
    let node = params.required_node("url")?;
    match &node.kind {
        Kind::String(text) => {
            http_call::check_url(params, text, node.span).then(|| Node::string(text))
        }
        Kind::Map(map) => params.object("url", |below| held(below, map)).flatten(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) => {
            params.report_type("url", "object", node);
            None
        }
    }
}

/// `{value}` or `{secretRef}`.
fn held(params: &mut Params<'_, '_, '_>, map: &Map) -> Option<Node> {
    let value = params.string("value").map(str::to_owned);
    let span = params.value_span("value");
    let secret = params.object("secretRef", |below| {
        let name = below.required_string("name");
        let key = below.required_string("key");
        let reference = [("name", Node::string(name?)), ("key", Node::string(key?))];
        Some(Node::map([("secretRef", Node::map(reference))]))
    });
    let given = |key| map.get(key).is_some_and(|node| !node.is_null());
    match (given("value"), given("secretRef")) {
        (true, true) => {
            params.report(Diagnostic::new(&rules::URL_TWICE).at(span));
            None
        }
        (true, false) => {
            let value = value?;
            http_call::check_url(params, &value, span).then(|| Node::string(value))
        }
        (false, true) => secret.flatten(),
        (false, false) => {
            if !params.awaits("value") && !params.awaits("secretRef") {
                params.report(
                    Diagnostic::new(&rules::NOT_A_URL)
                        .at(span)
                        .hint(rules::URL_FORMS),
                );
            }
            None
        }
    }
}

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let webhook = parameters::of(input, read)?;
    let Some(answer) = results.get(PATH) else {
        let data = webhook
            .data
            .unwrap_or_else(|| posted::application(input.application));
        let request = Node::map([("body", Node::string(data.to_json_text()))]);
        return Ok(http_call::call(PATH, "POST", webhook.url, request));
    };
    if let Some(failure) = http_call::failure("POST", PATH, answer)? {
        return Ok(failure);
    }
    let req = Node::map([("$returns", answer.clone())]);
    Ok(Pass::Done(Node::map([
        ("parameter", input.parameter.clone()),
        ("webhook", Node::map([("req", req)])),
    ])))
}
