//! Integers in any base.

use num_bigint::{BigInt, Sign};

use super::{invalid, out_of_range};
use crate::{
    Number, Value,
    library::{Answer, CallError, failed, int, string},
};

/// The figures of bases up to 62.
const FIGURES: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Why a text is no integer, or none of that size.
enum Refused {
    Syntax,
    Range,
    Other(String),
}

/// `ParseInt`: a sign, then as [`parse_uint`]; `bits` is the size of the result, 0 stands for 64.
pub(super) fn parse_int(whole: &str, base: i64, bits: i64) -> Answer {
    let (negative, digits) = match whole.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, whole.strip_prefix('+').unwrap_or(whole)),
    };
    let value = match magnitude(digits, base, bits) {
        // Go takes the nearest number here before it looks at the sign, and of one bit -1 is one.
        Err(Refused::Range) if negative && bits == 1 => 1,
        value => value.map_err(|refused| error(refused, whole))?,
    };
    let size = if bits == 0 { 64 } else { bits };
    let limit = 1_u64 << (size - 1);
    match (negative, value) {
        (true, value) if value <= limit => {
            Ok(Value::Number(Number::from_integer(-BigInt::from(value))))
        }
        (false, value) if value < limit => {
            Ok(Value::Number(Number::from_integer(BigInt::from(value))))
        }
        (true | false, _) => Err(out_of_range(whole)),
    }
}

/// `ParseUint`: base 0 goes by the prefix (`0x`, `0o`, `0b`, `0`) and allows `_` between digits.
pub(super) fn parse_uint(whole: &str, base: i64, bits: i64) -> Answer {
    let value = magnitude(whole, base, bits).map_err(|refused| error(refused, whole))?;
    Ok(Value::Number(Number::from_integer(BigInt::from(value))))
}

fn error(refused: Refused, whole: &str) -> CallError {
    match refused {
        Refused::Syntax => invalid(whole),
        Refused::Range => out_of_range(whole),
        Refused::Other(reason) => failed(reason),
    }
}

fn magnitude(digits: &str, base: i64, bits: i64) -> Result<u64, Refused> {
    let by_prefix = base == 0;
    let (base, figures) = match base {
        0 => prefixed(digits),
        2..=36 => (u32::try_from(base).unwrap_or(10), digits),
        base => return Err(Refused::Other(format!("{base} is no base"))),
    };
    let size = match bits {
        0 => 64,
        1..=64 => u32::try_from(bits).unwrap_or(64),
        bits => return Err(Refused::Other(format!("{bits} is no size in bits"))),
    };
    let most = u64::MAX >> (64 - size);
    let mut value = 0_u64;
    for c in figures.chars().filter(|c| !(by_prefix && *c == '_')) {
        let figure = c.to_digit(base).ok_or(Refused::Syntax)?;
        let next = value.checked_mul(base.into());
        let next = next.and_then(|next| next.checked_add(figure.into()));
        value = next.filter(|next| *next <= most).ok_or(Refused::Range)?;
    }
    match digits.is_empty() || (by_prefix && !underscores_fit(digits)) {
        true => Err(Refused::Syntax),
        false => Ok(value),
    }
}

fn prefixed(digits: &str) -> (u32, &str) {
    let behind = |length: usize| digits.get(length..).unwrap_or("");
    match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, behind(2)),
        [b'0', b'o' | b'O', _, ..] => (8, behind(2)),
        [b'0', b'b' | b'B', _, ..] => (2, behind(2)),
        [b'0', ..] => (8, behind(1)),
        _ => (10, digits),
    }
}

/// A `_` stands between two digits, or between a prefix and a digit.
pub(super) fn underscores_fit(number: &str) -> bool {
    let unsigned = number.strip_prefix(['+', '-']).unwrap_or(number).as_bytes();
    let (rest, hexadecimal, mut before) = match unsigned {
        [b'0', b'x' | b'X', rest @ ..] => (rest, true, b'0'),
        [b'0', b'o' | b'O' | b'b' | b'B', rest @ ..] => (rest, false, b'0'),
        rest => (rest, false, b'^'),
    };
    for byte in rest {
        let digit = byte.is_ascii_digit() || (hexadecimal && byte.is_ascii_hexdigit());
        match (byte, before) {
            (_, _) if digit => before = b'0',
            (b'_', b'0') => before = b'_',
            (b'_', _) | (_, b'_') => return false,
            _ => before = b'!',
        }
    }
    before != b'_'
}

/// `FormatInt`, `FormatUint`: an integer of any size.
pub(super) fn format_int(arguments: &[Value]) -> Answer {
    let value = match arguments.first() {
        Some(Value::Number(number)) => number.to_integer(),
        Some(_) | None => None,
    };
    let value = value.ok_or_else(|| failed("an int was expected"))?;
    let base = int(arguments, 1)?;
    let base = match u32::try_from(base) {
        Ok(base @ 2..=62) => base,
        Ok(_) | Err(_) => return Err(failed("the base must lie between 2 and 62")),
    };
    if base <= 36 {
        return string(value.to_str_radix(base));
    }
    let (sign, figures) = value.to_radix_be(base);
    let mut out = String::from(if sign == Sign::Minus { "-" } else { "" });
    let figures = figures
        .iter()
        .filter_map(|figure| FIGURES.get(usize::from(*figure)));
    out.extend(figures.map(|figure| char::from(*figure)));
    string(out)
}
