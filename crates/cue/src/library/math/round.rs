//! Integers near a decimal. `Floor` and `Ceil` answer with zero beyond 34 digits: CUE does.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;

use super::decimal::{power, split};
use crate::{
    Number, Value,
    library::{Answer, CallError},
    value::{Parts, digit_count, ten_to_the},
};

/// Integers with more digits are not written out.
const LONGEST: i64 = 100_000;

pub(super) fn floor(number: &Number) -> Answer {
    let (whole, fraction) = split(&number.parts());
    bounded(&whole, whole.negative && !fraction.magnitude.is_zero())
}

pub(super) fn ceil(number: &Number) -> Answer {
    let (whole, fraction) = split(&number.parts());
    bounded(&whole, !whole.negative && !fraction.magnitude.is_zero())
}

pub(super) fn trunc(number: &Number) -> Answer {
    nearest(number, |_, _, _| false)
}

pub(super) fn round(number: &Number) -> Answer {
    nearest(number, |_, twice, scale| twice >= scale)
}

pub(super) fn round_to_even(number: &Number) -> Answer {
    nearest(number, |whole, twice, scale| {
        twice > scale || (twice == scale && whole.bit(0))
    })
}

fn bounded(whole: &Parts, one_further: bool) -> Answer {
    const PRECISION: i64 = 34;
    let digits = i64::try_from(digit_count(&whole.magnitude)).unwrap_or(i64::MAX);
    if digits + whole.exponent > PRECISION {
        return Ok(Value::Number(0.into()));
    }
    let magnitude = &whole.magnitude * ten_to_the(power(whole.exponent));
    integer(whole.negative, magnitude + u8::from(one_further))
}

/// The integer towards zero, or one further.
fn nearest(number: &Number, further: fn(&BigUint, &BigUint, &BigUint) -> bool) -> Answer {
    let parts = number.parts();
    if parts.exponent > LONGEST {
        return Err(CallError::TooLarge);
    }
    let (whole, fraction) = split(&parts);
    let magnitude = whole.magnitude * ten_to_the(power(whole.exponent));
    let scale = ten_to_the(power(-fraction.exponent));
    let one_further = further(&magnitude, &(fraction.magnitude * 2_u8), &scale);
    integer(parts.negative, magnitude + u8::from(one_further))
}

/// Zero keeps its sign.
fn integer(negative: bool, magnitude: BigUint) -> Answer {
    Ok(Value::Number(match (negative, magnitude.is_zero()) {
        (true, true) => Number::negative_zero(),
        (true, false) => Number::from_integer(BigInt::from_biguint(Sign::Minus, magnitude)),
        (false, _) => Number::from_integer(magnitude.into()),
    }))
}
