//! Numbers to text: the digits as they are, an exponent where the value is whole by it or very small.

use std::fmt;

use num_traits::Zero;

use super::{Number, Repr};

/// A zero with more places than these is written with an exponent.
const MAX_ZEROS: i64 = 2000;

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = match &self.0 {
            Repr::Small(value) => return write!(f, "{value}"),
            Repr::Big(decimal) => decimal,
        };
        let digits = decimal.magnitude.to_string();
        if decimal.negative {
            f.write_str("-")?;
        }
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let exponent = i64::from(decimal.exponent);
        if exponent == 0 {
            return f.write_str(&digits);
        }
        let first = exponent + length - 1;
        let plain_zero = decimal.magnitude.is_zero() && (-MAX_ZEROS..0).contains(&exponent);
        if !plain_zero && (exponent > 0 || first < -6) {
            let (first_digit, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            return write!(f, "{first_digit}{point}{rest}E{first:+}");
        }
        let fraction = usize::try_from(-exponent).unwrap_or(usize::MAX);
        match digits.len().checked_sub(fraction) {
            Some(whole) if whole > 0 => {
                write!(f, "{}.{}", &digits[..whole], &digits[whole..])
            }
            Some(_) | None => write!(f, "0.{digits:0>fraction$}"),
        }
    }
}

// === impl Number ===

impl Number {
    /// The same text for all numbers of one value: digits without zeros at the end, and an exponent.
    pub(crate) fn canonical_text(&self) -> String {
        let decimal = self.decimal();
        if decimal.magnitude.is_zero() {
            return "0".to_owned();
        }
        let digits = decimal.magnitude.to_string();
        let significant = digits.trim_end_matches('0');
        let zeros = i64::try_from(digits.len() - significant.len()).unwrap_or(0);
        let sign = if decimal.negative { "-" } else { "" };
        format!(
            "{sign}{significant}e{}",
            i64::from(decimal.exponent) + zeros
        )
    }
}
