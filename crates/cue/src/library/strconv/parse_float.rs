//! Text to the nearest double or float.

use super::{integer::underscores_fit, invalid, out_of_range, shortest::shortest};
use crate::{
    Number, Value,
    library::{Answer, failed},
};

/// `ParseFloat`: a decimal (`1.5e3`), a hexadecimal (`0x1.8p1`), either with `_`; 32 bits round to a float.
pub(super) fn parse_float(whole: &str, bits: i64) -> Answer {
    let unsigned = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let word = unsigned.to_ascii_lowercase();
    if matches!(&*word, "inf" | "infinity" | "nan") {
        return Err(failed("a number without end has no digits"));
    }
    if !underscores_fit(whole) {
        return Err(invalid(whole));
    }
    let plain = word.replace('_', "");
    let single = bits == 32;
    let value = match plain.strip_prefix("0x") {
        Some(hexadecimal) => hexadecimal_float(hexadecimal, if single { &SINGLE } else { &DOUBLE }),
        None if !is_decimal(&plain) => None,
        None if single => plain.parse::<f32>().ok().map(f64::from),
        None => plain.parse::<f64>().ok(),
    };
    let value = value.ok_or_else(|| invalid(whole))?;
    if !value.is_finite() {
        return Err(out_of_range(whole));
    }
    let number = Number::parse(&shortest(value, false)).ok_or_else(|| out_of_range(whole))?;
    let negative = whole.starts_with('-');
    Ok(Value::Number(match (negative, number.is_zero()) {
        (true, true) => Number::negative_zero().into_float(),
        (true, false) => number.negate().into_float(),
        (false, _) => number.into_float(),
    }))
}

fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        ),
        None => (text, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    is_digits(whole)
        && is_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && is_digits(exponent))
}

/// The shape of a binary floating-point format.
struct Format {
    /// The bits of the mantissa, the first one included.
    mantissa: i64,
    /// The exponents of the smallest number of full precision and of the largest one.
    smallest: i64,
    largest: i64,
}

const DOUBLE: Format = Format {
    mantissa: 53,
    smallest: -1022,
    largest: 1023,
};

const SINGLE: Format = Format {
    mantissa: 24,
    smallest: -126,
    largest: 127,
};

/// Reads `1.8p1`; infinite when it is out of range. Halves go to the even neighbour.
fn hexadecimal_float(text: &str, format: &Format) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Beyond this every number is zero or too large, whatever its mantissa.
    const FAR: i64 = 1 << 40;
    let size = digits.parse::<i64>().unwrap_or(FAR).min(FAR);
    let mut exponent = if exponent.starts_with('-') {
        -size
    } else {
        size
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    exponent -= 4 * i64::try_from(fraction.len()).ok()?;
    let mut bits = 0_u64;
    let mut sticky = false;
    for c in whole.chars().chain(fraction.chars()) {
        let figure = u64::from(c.to_digit(16)?);
        match bits >> 60 {
            0 => bits = bits << 4 | figure,
            _ => {
                sticky |= figure != 0;
                exponent += 4;
            }
        }
    }
    if bits == 0 {
        return Some(0.0);
    }
    // 64 significant bits, of which `exponent` counts the last.
    exponent -= i64::from(bits.leading_zeros());
    bits <<= bits.leading_zeros();
    let top = exponent + 63;
    let lost = (64 - format.mantissa) + (format.smallest - top).max(0);
    if top > format.largest {
        return Some(f64::INFINITY);
    }
    if lost > 64 {
        return Some(0.0);
    }
    let wide = u128::from(bits) << 1;
    let half = 1_u128 << lost;
    let rest = wide & ((half << 1) - 1);
    let mut kept = wide >> (lost + 1);
    if rest > half || (rest == half && (sticky || kept & 1 == 1)) {
        kept += 1;
    }
    // Exact: at most 53 bits, times a power of two within the range, in steps that each are in it.
    let mut value = u64::try_from(kept).ok()? as f64;
    let mut power = exponent + lost;
    while power != 0 {
        let step = power.clamp(-1000, 1000);
        value *= 2_f64.powi(i32::try_from(step).ok()?);
        power -= step;
    }
    let most = match format.mantissa {
        24 => f64::from(f32::MAX),
        _ => f64::MAX,
    };
    Some(if value > most { f64::INFINITY } else { value })
}
