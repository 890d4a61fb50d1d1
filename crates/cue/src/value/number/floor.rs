//! Whole numbers around a decimal.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::One;

use super::{Number, Repr, digits::power_of_ten};

// === impl Number ===

impl Number {
    /// The largest integer that is not above it; `None` when that would be absurdly long.
    pub(crate) fn floor(&self) -> Option<Self> {
        const LONGEST: u32 = 10_000;
        let Repr::Big(decimal) = &self.0 else {
            return Some(self.clone());
        };
        if decimal.exponent.unsigned_abs() > LONGEST {
            return None;
        }
        let scale: BigUint = power_of_ten(decimal.exponent.unsigned_abs());
        if decimal.exponent >= 0 {
            let sign = if decimal.negative {
                Sign::Minus
            } else {
                Sign::Plus
            };
            return Some(Self::from_integer(BigInt::from_biguint(
                sign,
                &decimal.magnitude * scale,
            )));
        }
        let (mut whole, rest) = decimal.magnitude.div_rem(&scale);
        if decimal.negative && rest != BigUint::ZERO {
            whole += BigUint::one();
        }
        let sign = if decimal.negative {
            Sign::Minus
        } else {
            Sign::Plus
        };
        Some(Self::from_integer(BigInt::from_biguint(sign, whole)))
    }
}
