//! `+`, `-`, `*`, `/` and comparison, rounded half up to 34 digits.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::Zero;

use super::{
    Decimal, MAX_EXPONENT, Number, PRECISION, Repr,
    digits::{count, power_of_ten, round, without_zeros},
};

/// Why an operation has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArithmeticError {
    /// `1 / 0`.
    DivisionByZero,
    /// `0 / 0`.
    Undefined,
    /// The exponent is out of range.
    Exponent,
}

type Outcome = Result<Number, ArithmeticError>;

// === impl Number ===

impl Number {
    pub(crate) fn add(&self, other: &Self) -> Outcome {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(*b)
        {
            return Ok(sum.into());
        }
        sum(self.decimal(), other.decimal())
    }

    pub(crate) fn subtract(&self, other: &Self) -> Outcome {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(difference) = a.checked_sub(*b)
        {
            return Ok(difference.into());
        }
        let mut other = other.decimal();
        other.negative = !other.negative;
        sum(self.decimal(), other)
    }

    pub(crate) fn multiply(&self, other: &Self) -> Outcome {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(product) = a.checked_mul(*b)
            && (product != 0 || (*a >= 0 && *b >= 0))
        {
            return Ok(product.into());
        }
        let (a, b) = (self.decimal(), other.decimal());
        let product = a.magnitude * b.magnitude;
        let exponents = [a.exponent.into(), b.exponent.into()];
        let exponent = exponent(&product, &exponents)?;
        rounded(
            a.negative != b.negative,
            product,
            exponent.into(),
            a.integer && b.integer,
        )
    }

    /// A float, also where the division leaves nothing: `4 / 2` is `2.0`.
    pub(crate) fn divide(&self, other: &Self) -> Outcome {
        if other.is_zero() {
            return Err(match self.is_zero() {
                true => ArithmeticError::Undefined,
                false => ArithmeticError::DivisionByZero,
            });
        }
        let (a, b) = (self.decimal(), other.decimal());
        let shift = i64::from(a.exponent) - i64::from(b.exponent);
        let negative = a.negative != b.negative;
        if a.magnitude.is_zero() {
            let shift = exponent(&a.magnitude, &[shift])?;
            return Ok(reduced(false, a.magnitude, shift));
        }
        let (mut dividend, mut divisor) = (a.magnitude, b.magnitude);
        let apart = count(&dividend) as i64 - count(&divisor) as i64;
        let scale = power_of_ten(u32::try_from(apart.unsigned_abs()).unwrap_or(u32::MAX));
        match apart < 0 {
            true => dividend *= scale,
            false => divisor *= scale,
        }
        let mut adjusted = apart;
        if dividend < divisor {
            dividend *= 10_u8;
            adjusted -= 1;
        }
        // The quotient is now at least 1 and below 10: these many more digits fill the precision.
        const MORE: u32 = PRECISION as u32 - 1;
        let (mut quotient, rest) = (dividend * power_of_ten(MORE)).div_rem(&divisor);
        if rest * 2_u8 >= divisor {
            quotient += 1_u8;
        }
        let exponent = exponent(&quotient, &[shift, adjusted, -i64::from(MORE)])?;
        Ok(reduced(negative, quotient, exponent))
    }

    /// There is no negative zero here: `-0` is `0`.
    pub(crate) fn negate(&self) -> Self {
        if let Repr::Small(value) = &self.0
            && let Some(value) = value.checked_neg()
        {
            return value.into();
        }
        let decimal = self.decimal();
        Self::of(Decimal {
            negative: !decimal.negative && !decimal.magnitude.is_zero(),
            ..decimal
        })
    }

    /// By value: `1` and `1.0` are equal here.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
            return a.cmp(b);
        }
        let (a, b) = (self.decimal(), other.decimal());
        let by_sign = a.sign().cmp(&b.sign());
        if by_sign.is_ne() || a.sign() == Sign::NoSign {
            return by_sign;
        }
        // Numbers of very different size are told apart without writing all their zeros.
        let size = |number: &Decimal| {
            i64::try_from(count(&number.magnitude)).unwrap_or(i64::MAX) + i64::from(number.exponent)
        };
        let by_size = size(&a).cmp(&size(&b)).then_with(|| {
            let (a, b, _) = aligned(&a, &b);
            a.cmp(&b)
        });
        match a.negative {
            true => by_size.reverse(),
            false => by_size,
        }
    }
}

fn sum(a: Decimal, b: Decimal) -> Outcome {
    if (i64::from(a.exponent) - i64::from(b.exponent)).abs() > MAX_EXPONENT {
        return Err(ArithmeticError::Exponent);
    }
    let integer = a.integer && b.integer;
    let (left, right, exponent) = aligned(&a, &b);
    if a.negative == b.negative {
        return rounded(a.negative, left + right, exponent, integer);
    }
    let signed = |negative, magnitude| match negative {
        true => -BigInt::from(magnitude),
        false => BigInt::from(magnitude),
    };
    let sum = signed(a.negative, left) + signed(b.negative, right);
    let (sign, magnitude) = sum.into_parts();
    rounded(sign == Sign::Minus, magnitude, exponent, integer)
}

/// Both magnitudes at the smaller exponent.
fn aligned(a: &Decimal, b: &Decimal) -> (BigUint, BigUint, i64) {
    let exponent = a.exponent.min(b.exponent);
    let scale = |number: &Decimal| {
        &number.magnitude * power_of_ten((number.exponent - exponent).unsigned_abs())
    };
    (scale(a), scale(b), exponent.into())
}

fn rounded(negative: bool, magnitude: BigUint, before: i64, integer: bool) -> Outcome {
    let (magnitude, cut) = round(magnitude);
    let exponent = exponent(&magnitude, &[before, cut])?;
    Ok(Number::of(Decimal {
        negative,
        magnitude,
        exponent,
        integer,
    }))
}

/// Zeros at the end go, but one behind the point marks a float that is whole: `2.0`, `1.0E+2`.
fn reduced(negative: bool, magnitude: BigUint, before: i32) -> Number {
    let (mut magnitude, zeros) = without_zeros(magnitude);
    let mut exponent = match magnitude.is_zero() {
        true => 0,
        false => before.saturating_add(i32::try_from(zeros).unwrap_or(i32::MAX)),
    };
    if before < 0 && exponent >= 0 {
        exponent -= 1;
        magnitude *= 10_u8;
    }
    Number::of(Decimal {
        negative,
        magnitude,
        exponent,
        integer: false,
    })
}

/// The sum of exponents, if each of them and that of the first digit is in range.
fn exponent(magnitude: &BigUint, parts: &[i64]) -> Result<i32, ArithmeticError> {
    let within = |exponent: i64| exponent.abs() <= MAX_EXPONENT;
    let sum: i64 = parts.iter().sum();
    let first = sum.saturating_add(i64::try_from(count(magnitude)).unwrap_or(i64::MAX)) - 1;
    match parts.iter().copied().all(within) && within(first) {
        true => i32::try_from(sum).map_err(|_| ArithmeticError::Exponent),
        false => Err(ArithmeticError::Exponent),
    }
}
