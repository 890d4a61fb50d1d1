//! A number in its parts, for arithmetic of another precision.

use num_bigint::BigUint;

use super::{Decimal, MAX_EXPONENT, Number, digits::count};

/// `±magnitude * 10^exponent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) negative: bool,
    pub(crate) magnitude: BigUint,
    pub(crate) exponent: i64,
}

// === impl Number ===

impl Number {
    pub(crate) fn parts(&self) -> Parts {
        let decimal = self.decimal();
        Parts {
            negative: decimal.negative,
            magnitude: decimal.magnitude,
            exponent: decimal.exponent.into(),
        }
    }

    /// The float of these parts; `None` beyond the exponents that there are.
    pub(crate) fn of_parts(parts: Parts) -> Option<Self> {
        let length = i64::try_from(count(&parts.magnitude)).ok()?;
        let within = |exponent: i64| exponent.abs() <= MAX_EXPONENT;
        if !within(parts.exponent) || !within(parts.exponent + length - 1) {
            return None;
        }
        Some(Self::of(Decimal {
            negative: parts.negative,
            magnitude: parts.magnitude,
            exponent: i32::try_from(parts.exponent).ok()?,
            integer: false,
        }))
    }
}
