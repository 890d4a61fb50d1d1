//! Package `encoding/hex`.
//!
//! | function | what it does |
//! |---|---|
//! | `Encode(text)` | two lower-case digits for each byte of text or bytes |
//! | `Decode(text)` | the bytes; digits of either case |
//! | `EncodedLen(bytes)`, `DecodedLen(digits)` | twice, and half as much |
//! | `Dump(text)` | lines of sixteen bytes: their place, their digits, and the characters among them |

use super::{
    Answer, Builtin, CallError, MAX_ANSWER, Param as P, bytes, failed, function, int, string, text,
};
use crate::Value;

const NAME: &str = "hex";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "EncodedLen", &[P::Int], |a| {
        // Go's integers begin anew where they end.
        Ok(Value::Number(int(a, 0)?.wrapping_mul(2).into()))
    }),
    function(NAME, "DecodedLen", &[P::Int], |a| {
        Ok(Value::Number((int(a, 0)? / 2).into()))
    }),
    function(NAME, "Decode", &[P::String], |a| {
        match decode(text(a, 0).as_bytes()) {
            Some(bytes) => Ok(Value::Bytes(bytes.into())),
            None => Err(failed("these are no pairs of hexadecimal digits")),
        }
    }),
    function(NAME, "Dump", &[P::Text], |a| dump(bytes(a, 0))),
    function(NAME, "Encode", &[P::Text], |a| string(encode(bytes(a, 0)))),
];

pub(super) fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

pub(super) fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    });
    pairs.collect()
}

fn dump(bytes: &[u8]) -> Answer {
    // A line of 79 bytes for sixteen.
    if bytes.len() > MAX_ANSWER / 5 {
        return Err(CallError::TooLarge);
    }
    let mut out = String::new();
    for (line, row) in bytes.chunks(16).enumerate() {
        let halves = [&row[..row.len().min(8)], &row[row.len().min(8)..]];
        let halves = halves.map(|half| {
            let pairs = half.iter().map(|byte| format!(" {byte:02x}"));
            format!("{:24} ", pairs.collect::<String>())
        });
        let shown = row.iter().map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '.',
        });
        let shown: String = shown.collect();
        out.push_str(&format!(
            "{:08x} {} |{shown}|\n",
            line * 16,
            halves.concat()
        ));
    }
    string(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_shows_places_digits_and_characters() {
        let Ok(Value::String(dump)) = dump("0123456789abcdef\u{1}~é".as_bytes()) else {
            panic!("a text");
        };
        assert_eq!(
            dump,
            "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n\
             00000010  01 7e c3 a9                                       |.~..|\n"
        );
    }

    #[test]
    fn digits_come_in_pairs() {
        assert_eq!(decode(b"AbaB"), Some(vec![0xab, 0xab]));
        assert_eq!(decode(b"6"), None);
        assert_eq!(decode(b"6G"), None);
        assert_eq!(encode(b"a\xff"), "61ff");
    }
}
