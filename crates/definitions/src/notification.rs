//! `notification`, formerly `webhook-notification`: one message for each service that has a block.
//!
//! Every call is asked for at once, in KubeVela's order; the engine makes them one after the other. A message
//! that was delivered is not asked for again while another one is repeated.

use burgee_model::{Call, Pass, Reason, Results};
use burgee_source::{Diagnostic, Fields, Kind, Map, Node, Span};

use crate::{PassError, PassInput, rules};

/// A block and whether messages of its service are sent.
const BLOCKS: [(&str, bool); 4] = [
    ("dingding", true),
    ("lark", false),
    ("slack", true),
    ("email", false),
];

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let blocks = blocks(input.parameter)?;
    let missing: Vec<Call> = blocks
        .iter()
        .filter(|(service, _)| !results.contains_key(*service))
        .map(|(service, block)| send(service, block))
        .collect();
    if !missing.is_empty() {
        return Ok(Pass::Calls(missing));
    }
    let mut data = Map::default();
    data.insert("parameter", Span::NONE, input.parameter.clone());
    for (service, _) in blocks {
        if let Some(result) = results.get(service) {
            data.insert(service, Span::NONE, result.clone());
        }
    }
    Ok(Pass::Done(Kind::Map(data).into()))
}

/// The blocks that are there, in KubeVela's order.
fn blocks(parameter: &Node) -> Result<Vec<(&'static str, &Map)>, PassError> {
    let mut problems = Vec::new();
    let mut blocks = Vec::new();
    if !parameter.is_null() {
        let mut fields = Fields::new(parameter, "`notification`", &mut problems);
        for (service, sent) in BLOCKS {
            let key = fields.key_span(service);
            // `null` was how the first generation of the step spelled an absent block.
            let Some(block) = fields.optional_map(service) else {
                continue;
            };
            if !sent {
                fields.report(not_sent(service, key.unwrap_or(block.span)));
            }
            blocks.extend(block.as_map().map(|map| (service, map)));
        }
    }
    if problems.is_empty() {
        Ok(blocks)
    } else {
        Err(PassError::new(Reason::Rendering, problems))
    }
}

fn not_sent(service: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&rules::PARAMETER_NOT_CARRIED_OUT)
        .arg("field", service)
        .arg("owner", "`notification`")
        .at(span)
        .hint(rules::OTHER_SERVICE)
}

fn send(service: &str, block: &Map) -> Call {
    let mut params = Map::default();
    for (key, entry) in block.iter() {
        params.insert(key, entry.key_span, entry.value.clone());
    }
    // Last, so that no field of that name in the block can send it elsewhere.
    params.insert("service", Span::NONE, Node::string(service));
    Call {
        path: service.to_owned(),
        provider: "notify",
        action: "send",
        params: Kind::Map(params).into(),
    }
}
