//! `suspend`: waits for somebody, or for its `duration`. The engine does the waiting.

use burgee_model::{BUILTIN, Call, Pass, Results};
use burgee_source::{Map, Node, Span};

use crate::{PassError, PassInput, duration, parameters, params::Params};

const SUSPEND: &str = "suspend";

pub(crate) struct Suspend {
    duration: Option<String>,
    message: Option<String>,
}

pub(crate) fn read(params: &mut Params<'_, '_, '_>) -> Option<Suspend> {
    let duration = params.string("duration").map(str::to_owned);
    let message = params.string("message").map(str::to_owned);
    if let Some(text) = &duration {
        let span = params.value_span("duration");
        if let Some(problem) = duration::problem("duration", text, span) {
            params.report(problem);
            return None;
        }
    }
    Some(Suspend { duration, message })
}

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let suspend = parameters::of(input, read)?;
    if results.contains_key(SUSPEND) {
        return Ok(Pass::Done(Node::map([(
            "parameter",
            input.parameter.clone(),
        )])));
    }
    let mut params = Map::default();
    for (key, text) in [("duration", suspend.duration), ("message", suspend.message)] {
        if let Some(text) = text {
            params.insert(key, Span::NONE, Node::string(text));
        }
    }
    Ok(Pass::Calls(vec![Call {
        path: SUSPEND.to_owned(),
        provider: BUILTIN,
        action: "suspend",
        params: burgee_source::Kind::Map(params).into(),
    }]))
}
