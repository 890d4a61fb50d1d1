//! Package `encoding/base64`: the standard alphabet with padding, which is called `null`.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Answer, Builtin, CallError, Param as P, bytes, failed, function, int, string, text};
use crate::Value;

const NAME: &str = "base64";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Encode", &[P::Any, P::Text], |a| {
        standard(a)?;
        string(STANDARD.encode(bytes(a, 1)))
    }),
    function(NAME, "Decode", &[P::Any, P::Text], decode),
    function(NAME, "EncodedLen", &[P::Any, P::Int], |a| {
        standard(a)?;
        length(
            int(a, 1)?
                .checked_add(2)
                .and_then(|n| (n / 3).checked_mul(4)),
        )
    }),
    function(NAME, "DecodedLen", &[P::Any, P::Int], |a| {
        standard(a)?;
        length((int(a, 1)? / 4).checked_mul(3))
    }),
];

fn standard(arguments: &[Value]) -> Result<(), CallError> {
    match arguments.first() {
        Some(Value::Null) => Ok(()),
        Some(_) | None => Err(failed("the only encoding is the standard one, `null`")),
    }
}

fn length(length: Option<i64>) -> Answer {
    let length = length.ok_or_else(|| failed("the length is out of range"))?;
    Ok(Value::Number(length.into()))
}

fn decode(arguments: &[Value]) -> Answer {
    standard(arguments)?;
    // Line breaks may stand anywhere, as in a mail.
    let encoded: Vec<u8> = match arguments.get(1) {
        Some(Value::Bytes(bytes)) => bytes.to_vec(),
        Some(_) | None => text(arguments, 1).as_bytes().to_vec(),
    };
    let mut encoded = encoded;
    encoded.retain(|byte| !matches!(byte, b'\n' | b'\r'));
    let decoded = STANDARD.decode(encoded);
    let decoded = decoded.map_err(|error| failed(format!("this is no base64: {error}")))?;
    Ok(Value::Bytes(decoded.into()))
}
