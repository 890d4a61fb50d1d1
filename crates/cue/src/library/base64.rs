//! Package `encoding/base64`. The one encoding there is, the standard alphabet with padding, is called `null`.
//!
//! | function | what it does |
//! |---|---|
//! | `Encode(null, text)` | base64 of text or bytes |
//! | `Decode(null, text)` | its bytes; line breaks may stand anywhere |
//! | `EncodedLen(null, bytes)` | how long the base64 of so many bytes is |
//! | `DecodedLen(null, characters)` | how many bytes so many characters hold at most |

use base64::{
    Engine as _,
    alphabet::STANDARD as ALPHABET,
    engine::general_purpose::{GeneralPurpose, PAD, STANDARD},
};

use super::{Answer, Builtin, CallError, Param as P, bytes, failed, function, int, string, text};
use crate::Value;

const NAME: &str = "base64";

/// Go does not look at the bits that the last character has too many.
static LENIENT: GeneralPurpose =
    GeneralPurpose::new(&ALPHABET, PAD.with_decode_allow_trailing_bits(true));

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Encode", &[P::Any, P::Text], |a| {
        standard(a)?;
        string(STANDARD.encode(bytes(a, 1)))
    }),
    function(NAME, "Decode", &[P::Any, P::String], |a| {
        standard(a)?;
        let encoded: Vec<u8> = text(a, 1).bytes().filter(|byte| !is_break(*byte)).collect();
        let decoded = LENIENT.decode(encoded);
        let decoded = decoded.map_err(|error| failed(format!("this is no base64: {error}")))?;
        Ok(Value::Bytes(decoded.into()))
    }),
    // Go's integers begin anew where they end.
    function(NAME, "EncodedLen", &[P::Any, P::Int], |a| {
        standard(a)?;
        length((int(a, 1)?.wrapping_add(2) / 3).wrapping_mul(4))
    }),
    function(NAME, "DecodedLen", &[P::Any, P::Int], |a| {
        standard(a)?;
        length((int(a, 1)? / 4).wrapping_mul(3))
    }),
];

fn standard(arguments: &[Value]) -> Result<(), CallError> {
    match arguments.first() {
        Some(Value::Null) => Ok(()),
        Some(_) | None => Err(failed("the only encoding is the standard one, `null`")),
    }
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn length(length: i64) -> Answer {
    Ok(Value::Number(length.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(text: &str) -> Option<String> {
        match (FUNCTIONS[1].run)(&[Value::Null, Value::String(text.into())]) {
            Ok(value) => Some(value.to_json_text()),
            Err(_) => None,
        }
    }

    #[test]
    fn padding_is_asked_for_and_spare_bits_are_not_looked_at() {
        assert_eq!(decode("YWI=").as_deref(), Some("\"YWI=\""));
        assert_eq!(decode("YW\r\nI=\n").as_deref(), Some("\"YWI=\""));
        assert_eq!(decode("AQ+=").as_deref(), Some("\"AQ8=\""));
        for text in ["YWI", "YW I=", "YWI==", "Y_I=", "=", "YWI=YWI="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn the_only_encoding_is_null() {
        let text = Value::String("a".into());
        assert!((FUNCTIONS[0].run)(&[text.clone(), text]).is_err());
    }
}
