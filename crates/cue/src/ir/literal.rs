//! Number literals to numbers.

use num_bigint::BigInt;

use crate::Number;

/// The number that a literal stands for; `None` when a multiplier leaves a fraction, or it is out of range.
pub(crate) fn number(literal: &str) -> Option<Number> {
    if let Ok(small) = literal.parse::<i64>() {
        return Some(small.into());
    }
    let text = literal.replace('_', "");
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return BigInt::parse_bytes(digits.as_bytes(), radix).map(Number::from_integer);
        }
    }
    let (base, plain) = match text.strip_suffix('i') {
        Some(plain) => (1024, plain),
        None => (1000, &*text),
    };
    let power = match plain.chars().last() {
        Some('K') => 1,
        Some('M') => 2,
        Some('G') => 3,
        Some('T') => 4,
        Some('P') => 5,
        Some(_) | None => return Number::parse(&text),
    };
    multiplied(&plain[..plain.len() - 1], BigInt::from(base).pow(power))
}

fn multiplied(text: &str, factor: BigInt) -> Option<Number> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = [whole, fraction].concat();
    let scaled = BigInt::parse_bytes(digits.as_bytes(), 10)? * factor;
    let places = u32::try_from(fraction.len()).ok()?;
    let scale = BigInt::from(10).pow(places);
    let rest = &scaled % &scale;
    (rest == BigInt::from(0)).then(|| Number::from_integer(scaled / scale))
}
