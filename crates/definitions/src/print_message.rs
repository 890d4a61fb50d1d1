//! `print-message-in-status`: its message becomes the step's.

use burgee_model::{BUILTIN, Call, Pass, Results};
use burgee_source::Node;

use crate::{PassError, PassInput, parameters, params::Params};

const MESSAGE: &str = "message";

pub(crate) fn read(params: &mut Params<'_, '_, '_>) -> Option<String> {
    params.required_string("message").map(str::to_owned)
}

pub(crate) fn pass(input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    let message = parameters::of(input, read)?;
    if results.contains_key(MESSAGE) {
        return Ok(Pass::Done(Node::map([(
            "parameter",
            input.parameter.clone(),
        )])));
    }
    Ok(Pass::Calls(vec![Call {
        path: MESSAGE.to_owned(),
        provider: BUILTIN,
        action: "message",
        params: Node::map([("message", Node::string(message))]),
    }]))
}
