//! Numbers as CUE has them: decimals of any length, kept as they were written.
//!
//! Small integers, nearly all there are, stand in an `i64`; everything else is a sign, the digits and an
//! exponent of ten. A number is an integer or a float by its making, not by its value: `1.0` is a float.
//! The rules of arithmetic are those of the General Decimal Arithmetic specification, which has a negative zero:
//! `0 * -1` is one. (`parse` reads, `text` writes, `arithmetic` calculates, `parts` takes apart, `digits` does what all of them
//! need.)

mod arithmetic;
mod digits;
mod floor;
mod parse;
mod parts;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

pub(crate) use arithmetic::ArithmeticError;
use digits::power_of_ten;
pub(crate) use digits::{count as digit_count, power_of_ten as ten_to_the};
pub(crate) use parts::Parts;

/// The significant digits that the result of an operation keeps.
const PRECISION: u64 = 34;

/// The largest exponent of ten, either way, of the digits as they stand and of the first digit.
const MAX_EXPONENT: i64 = 100_000;

/// An integer or a decimal of any length.
#[derive(Debug, Clone)]
pub struct Number(Repr);

#[derive(Debug, Clone)]
enum Repr {
    Small(i64),
    Big(Arc<Decimal>),
}

/// `±magnitude * 10^exponent`.
#[derive(Debug, Clone)]
struct Decimal {
    negative: bool,
    magnitude: BigUint,
    exponent: i32,
    integer: bool,
}

// === impl Number ===

impl Number {
    /// True for integers, false for floats.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(_) => true,
            Repr::Big(decimal) => decimal.integer,
        }
    }

    /// The value as an `i64`, when this is an integer that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(value) => Some(*value),
            Repr::Big(_) => self.to_integer()?.to_i64(),
        }
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Repr::Small(value) => *value == 0,
            Repr::Big(decimal) => decimal.magnitude.is_zero(),
        }
    }

    /// True below zero, and for the negative zero.
    pub(crate) fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(value) => *value < 0,
            Repr::Big(decimal) => decimal.negative,
        }
    }

    /// The nearest double.
    pub(crate) fn to_f64(&self) -> Option<f64> {
        self.to_string().parse().ok()
    }

    /// The value as an unbounded integer, when this is an integer.
    pub(crate) fn to_integer(&self) -> Option<BigInt> {
        match &self.0 {
            Repr::Small(value) => Some((*value).into()),
            Repr::Big(decimal) if decimal.integer => {
                let scale = u32::try_from(decimal.exponent).ok()?;
                let magnitude = &decimal.magnitude * power_of_ten(scale);
                Some(BigInt::from_biguint(decimal.sign(), magnitude))
            }
            Repr::Big(_) => None,
        }
    }

    /// All digits of an integer that is no longer than one in Rust.
    pub(crate) fn integer_text(&self) -> Option<String> {
        const MAX_BITS: u64 = 128;
        let value = self.to_integer()?;
        (value.bits() <= MAX_BITS).then(|| value.to_string())
    }

    /// The same value as a float.
    pub(crate) fn into_float(self) -> Self {
        let decimal = self.decimal();
        Self(Repr::Big(Arc::new(Decimal {
            integer: false,
            ..decimal
        })))
    }

    /// An int when the value is whole: what functions give back.
    pub(crate) fn integral(self) -> Self {
        let Repr::Big(decimal) = &self.0 else {
            return self;
        };
        let scale = power_of_ten(decimal.exponent.unsigned_abs());
        let whole = if decimal.exponent >= 0 {
            &decimal.magnitude * scale
        } else {
            let (whole, rest) = decimal.magnitude.div_rem(&scale);
            if !rest.is_zero() {
                return self.into_float();
            }
            whole
        };
        Self::of(Decimal {
            negative: decimal.negative,
            magnitude: whole,
            exponent: 0,
            integer: true,
        })
    }

    pub(crate) fn from_integer(value: BigInt) -> Self {
        let negative = value.sign() == Sign::Minus;
        Self::of(Decimal {
            negative,
            magnitude: value.into_parts().1,
            exponent: 0,
            integer: true,
        })
    }

    /// The zero that `0 * -1` is.
    pub(crate) fn negative_zero() -> Self {
        Self::of(Decimal {
            negative: true,
            magnitude: BigUint::zero(),
            exponent: 0,
            integer: true,
        })
    }

    /// How many 64-bit words the digits take: what an operation on it costs.
    pub(crate) fn words(&self) -> u64 {
        match &self.0 {
            Repr::Small(_) => 1,
            Repr::Big(decimal) => {
                let spread = u64::from(decimal.exponent.unsigned_abs()) / 19;
                decimal.magnitude.bits() / 64 + spread + 1
            }
        }
    }

    /// In the smallest form.
    fn of(decimal: Decimal) -> Self {
        if decimal.integer
            && decimal.exponent == 0
            && !(decimal.negative && decimal.magnitude.is_zero())
            && let Some(magnitude) = decimal.magnitude.to_i64()
        {
            return Self(Repr::Small(match decimal.negative {
                true => -magnitude,
                false => magnitude,
            }));
        }
        Self(Repr::Big(Arc::new(decimal)))
    }

    fn decimal(&self) -> Decimal {
        match &self.0 {
            Repr::Small(value) => Decimal {
                negative: *value < 0,
                magnitude: value.unsigned_abs().into(),
                exponent: 0,
                integer: true,
            },
            Repr::Big(decimal) => Decimal::clone(decimal),
        }
    }
}

// === impl Decimal ===

impl Decimal {
    fn sign(&self) -> Sign {
        match (self.magnitude.is_zero(), self.negative) {
            (true, _) => Sign::NoSign,
            (false, true) => Sign::Minus,
            (false, false) => Sign::Plus,
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Small(value))
    }
}

/// Equal in kind and value: `1` is not `1.0`, but `1.0` is `1.00`.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.is_integer() == other.is_integer() && self.compare(other).is_eq()
    }
}
