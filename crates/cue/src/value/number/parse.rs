//! Text to numbers.

use num_bigint::BigUint;

use super::{Decimal, MAX_EXPONENT, Number};

/// More digits than these are not read: work on them grows with their square.
const MAX_DIGITS: usize = 100_000;

// === impl Number ===

impl Number {
    /// Reads a number in JSON's grammar or CUE's plain decimal one (`1.`, `.5`, `1E+3`); `None` for all else,
    /// when its exponent is beyond ±100000 and when it has more than 100000 digits.
    ///
    /// ```
    /// # use burgee_cue::Number;
    /// assert_eq!(Number::parse("1.10").map(|n| n.to_string()).as_deref(), Some("1.10"));
    /// assert!(Number::parse("1e1000000000").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse::<i64>()
            && !text.starts_with('+')
        {
            return Some(value.into());
        }
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, written) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], rest[at + 1..].parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if (whole.is_empty() && fraction.is_empty()) || mantissa.len() > MAX_DIGITS {
            return None;
        }
        let digits: String = [whole, fraction].concat();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || written.abs() > MAX_EXPONENT {
            return None;
        }
        let exponent = written - i64::try_from(fraction.len()).ok()?;
        let magnitude = BigUint::parse_bytes(digits.as_bytes(), 10)?;
        let significant = digits.trim_start_matches('0').len().max(1);
        let first = exponent + i64::try_from(significant).ok()? - 1;
        if first.abs() > MAX_EXPONENT {
            return None;
        }
        // A written `-0` is `0`, as the minus in front of a literal is an operation.
        let zero = magnitude == BigUint::ZERO;
        Some(Self::of(Decimal {
            negative: negative && !zero,
            magnitude,
            exponent: i32::try_from(exponent).ok()?,
            integer: !rest.contains(['.', 'e', 'E']),
        }))
    }
}
