//! Decimal arithmetic of a chosen precision, after the General Decimal Arithmetic specification: what the series of
//! `series` are made of. Exponents end where those of all numbers do.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};

use crate::{
    Number,
    value::{Parts, digit_count, ten_to_the},
};

/// The exponent that a first digit may have, either way.
const MAX_EXPONENT: i64 = 100_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    HalfUp,
    HalfEven,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    pub(super) precision: u64,
    pub(super) rounding: Rounding,
}

/// The exponent of a result is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutOfRange;

pub(super) type Outcome = Result<Parts, OutOfRange>;

pub(super) fn small(value: u64) -> Parts {
    scaled(value, 0)
}

pub(super) fn scaled(value: u64, exponent: i64) -> Parts {
    Parts {
        negative: false,
        magnitude: value.into(),
        exponent,
    }
}

/// How many digits there are.
pub(super) fn length(value: &Parts) -> i64 {
    i64::try_from(digit_count(&value.magnitude)).unwrap_or(i64::MAX)
}

pub(super) fn absolute(value: &Parts) -> Parts {
    Parts {
        negative: false,
        ..value.clone()
    }
}

pub(super) fn compare(a: &Parts, b: &Parts) -> Ordering {
    match (Number::of_parts(a.clone()), Number::of_parts(b.clone())) {
        (Some(a), Some(b)) => a.compare(&b),
        // Only of small ones beyond the range is this asked.
        (None, _) | (_, None) => (length(a) + a.exponent).cmp(&(length(b) + b.exponent)),
    }
}

/// The part before and the part behind the point.
pub(super) fn split(value: &Parts) -> (Parts, Parts) {
    let of = |magnitude: BigUint, exponent| Parts {
        negative: value.negative,
        magnitude,
        exponent,
    };
    if value.exponent > 0 {
        return (value.clone(), of(BigUint::zero(), 0));
    }
    let scale = ten_to_the(power(-value.exponent));
    let (whole, fraction) = value.magnitude.div_rem(&scale);
    (of(whole, 0), of(fraction, value.exponent))
}

pub(super) fn power(exponent: i64) -> u32 {
    u32::try_from(exponent).unwrap_or(0)
}

// === impl Rounding ===

impl Rounding {
    /// Whether the part cut off, compared with a half, makes one more of what is kept.
    fn adds_one(self, kept: &BigUint, half: Ordering) -> bool {
        match self {
            Self::HalfUp => half.is_ge(),
            Self::HalfEven => half.is_gt() || (half.is_eq() && kept.is_odd()),
        }
    }
}

// === impl Context ===

impl Context {
    pub(super) fn round(&self, value: Parts) -> Outcome {
        let cut = digit_count(&value.magnitude).saturating_sub(self.precision);
        let mut value = value;
        if cut > 0 {
            let scale = ten_to_the(u32::try_from(cut).map_err(|_| OutOfRange)?);
            let (mut kept, rest) = value.magnitude.div_rem(&scale);
            let half = (rest * 2_u8).cmp(&scale);
            value.exponent += i64::try_from(cut).map_err(|_| OutOfRange)?;
            if self.rounding.adds_one(&kept, half) {
                kept += 1_u8;
                // 99 became 100, one digit too many.
                if digit_count(&kept) > self.precision {
                    kept /= 10_u8;
                    value.exponent += 1;
                }
            }
            value.magnitude = kept;
        }
        in_range(value)
    }

    pub(super) fn multiply(&self, a: &Parts, b: &Parts) -> Outcome {
        self.round(Parts {
            negative: a.negative != b.negative,
            magnitude: &a.magnitude * &b.magnitude,
            exponent: a.exponent + b.exponent,
        })
    }

    pub(super) fn add(&self, a: &Parts, b: &Parts) -> Outcome {
        let exponent = a.exponent.min(b.exponent);
        if (a.exponent - b.exponent).abs() > MAX_EXPONENT {
            return Err(OutOfRange);
        }
        let at = |value: &Parts| {
            let magnitude = &value.magnitude * ten_to_the(power(value.exponent - exponent));
            let sign = if value.negative {
                Sign::Minus
            } else {
                Sign::Plus
            };
            BigInt::from_biguint(sign, magnitude)
        };
        let (sign, magnitude) = (at(a) + at(b)).into_parts();
        self.round(Parts {
            negative: sign == Sign::Minus || (sign == Sign::NoSign && a.negative && b.negative),
            magnitude,
            exponent,
        })
    }

    pub(super) fn subtract(&self, a: &Parts, b: &Parts) -> Outcome {
        let negated = Parts {
            negative: !b.negative,
            ..b.clone()
        };
        self.add(a, &negated)
    }

    /// All digits of the precision, those that are zero included. The divisor is not zero.
    pub(super) fn divide(&self, a: &Parts, b: &Parts) -> Outcome {
        let negative = a.negative != b.negative;
        let exponent = a.exponent - b.exponent;
        if a.magnitude.is_zero() || b.magnitude.is_zero() {
            return in_range(Parts {
                negative,
                magnitude: BigUint::zero(),
                exponent,
            });
        }
        let (mut dividend, mut divisor) = (a.magnitude.clone(), b.magnitude.clone());
        let mut apart = length(a) - length(b);
        match apart < 0 {
            true => dividend *= ten_to_the(power(-apart)),
            false => divisor *= ten_to_the(power(apart)),
        }
        if dividend < divisor {
            dividend *= 10_u8;
            apart -= 1;
        }
        // The quotient is at least 1 and below 10.
        let more = i64::try_from(self.precision).unwrap_or(i64::MAX) - 1;
        let (mut quotient, rest) = (dividend * ten_to_the(power(more))).div_rem(&divisor);
        let half = (&rest * 2_u8).cmp(&divisor);
        if !rest.is_zero() && self.rounding.adds_one(&quotient, half) {
            quotient += 1_u8;
        }
        in_range(Parts {
            negative,
            magnitude: quotient,
            exponent: exponent + apart - more,
        })
    }

    /// By squaring. Below zero it is one divided by the power.
    pub(super) fn whole_power(&self, base: &Parts, exponent: &BigInt) -> Outcome {
        let bits = exponent.magnitude().bits();
        let mut square = base.clone();
        let mut product = small(1);
        for bit in 0..bits {
            if exponent.magnitude().bit(bit) {
                product = self.multiply(&product, &square)?;
            }
            if bit + 1 < bits {
                square = self.multiply(&square, &square)?;
            }
        }
        match exponent.sign() {
            Sign::Minus => self.divide(&small(1), &product),
            Sign::NoSign | Sign::Plus => Ok(product),
        }
    }
}

fn in_range(value: Parts) -> Outcome {
    let first = value.exponent + length(&value) - 1;
    match value.exponent.abs() <= 2 * MAX_EXPONENT && first.abs() <= MAX_EXPONENT {
        true => Ok(value),
        false => Err(OutOfRange),
    }
}

/// `10^places` as a bound for errors.
pub(super) fn unit(places: i64) -> Parts {
    Parts {
        negative: false,
        magnitude: BigUint::one(),
        exponent: places,
    }
}
