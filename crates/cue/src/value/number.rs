//! Numbers as CUE has them: decimals of any length, kept as they were written.
//!
//! Small integers, nearly all there are, stand in an `i64`; everything else is a coefficient and an
//! exponent of ten. A number is an integer or a float by its making, not by its value: `1.0` is a float.

use std::{cmp::Ordering, fmt, sync::Arc};

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// The significant digits that the result of an operation keeps.
const PRECISION: u64 = 34;

/// The largest exponent of ten, either way.
const MAX_EXPONENT: i64 = 100_000;

/// An integer or a decimal of any length.
#[derive(Debug, Clone)]
pub struct Number(Repr);

#[derive(Debug, Clone)]
enum Repr {
    Small(i64),
    Big(Arc<Decimal>),
}

/// `coefficient * 10^exponent`.
#[derive(Debug, Clone)]
struct Decimal {
    coefficient: BigInt,
    exponent: i32,
    integer: bool,
}

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

// === impl Number ===

impl Number {
    /// Reads a number in JSON's grammar or CUE's plain decimal one (`1.`, `.5`, `1E+3`); `None` for all else and
    /// when its exponent is beyond ±100000.
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
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], rest[at + 1..].parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let digits: String = [whole, fraction].concat();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        if exponent.abs() > MAX_EXPONENT {
            return None;
        }
        let coefficient = BigInt::parse_bytes(digits.as_bytes(), 10)?;
        let coefficient = if negative { -coefficient } else { coefficient };
        let integer = !rest.contains(['.', 'e', 'E']);
        Self::new(coefficient, exponent, integer).ok()
    }

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
            Repr::Big(decimal) => decimal.coefficient.is_zero(),
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
                Some(&decimal.coefficient * power_of_ten(scale))
            }
            Repr::Big(_) => None,
        }
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
        if decimal.exponent >= 0 {
            return Self::from_integer(&decimal.coefficient * scale);
        }
        let (whole, rest) = decimal.coefficient.div_rem(&scale);
        match rest.is_zero() {
            true => Self::from_integer(whole),
            false => self,
        }
    }

    pub(crate) fn from_integer(value: BigInt) -> Self {
        match value.to_i64() {
            Some(value) => value.into(),
            None => Self(Repr::Big(Arc::new(Decimal {
                coefficient: value,
                exponent: 0,
                integer: true,
            }))),
        }
    }

    /// How many 64-bit words the digits take: what an operation on it costs.
    pub(crate) fn words(&self) -> u64 {
        match &self.0 {
            Repr::Small(_) => 1,
            Repr::Big(decimal) => {
                let spread = u64::from(decimal.exponent.unsigned_abs()) / 19;
                decimal.coefficient.bits() / 64 + spread + 1
            }
        }
    }

    pub(crate) fn add(&self, other: &Self) -> Result<Self, ArithmeticError> {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(*b)
        {
            return Ok(sum.into());
        }
        let (a, b, exponent) = aligned(self.decimal(), other.decimal());
        let integer = self.is_integer() && other.is_integer();
        Self::rounded(a + b, exponent, integer)
    }

    pub(crate) fn subtract(&self, other: &Self) -> Result<Self, ArithmeticError> {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(difference) = a.checked_sub(*b)
        {
            return Ok(difference.into());
        }
        let (a, b, exponent) = aligned(self.decimal(), other.decimal());
        let integer = self.is_integer() && other.is_integer();
        Self::rounded(a - b, exponent, integer)
    }

    pub(crate) fn multiply(&self, other: &Self) -> Result<Self, ArithmeticError> {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(product) = a.checked_mul(*b)
        {
            return Ok(product.into());
        }
        let (a, b) = (self.decimal(), other.decimal());
        let exponent = i64::from(a.exponent) + i64::from(b.exponent);
        let integer = a.integer && b.integer;
        Self::rounded(a.coefficient * b.coefficient, exponent, integer)
    }

    /// A float, also where the division leaves nothing: `4 / 2` is `2.0`.
    pub(crate) fn divide(&self, other: &Self) -> Result<Self, ArithmeticError> {
        if other.is_zero() {
            return Err(match self.is_zero() {
                true => ArithmeticError::Undefined,
                false => ArithmeticError::DivisionByZero,
            });
        }
        let (a, b) = (self.decimal(), other.decimal());
        let ideal = i64::from(a.exponent) - i64::from(b.exponent);
        if a.coefficient.is_zero() {
            return Self::new(BigInt::from(0), ideal.min(0), false);
        }
        // Enough digits for the precision and one to round by.
        let shift = (PRECISION + 2 + digits(&b.coefficient)).saturating_sub(digits(&a.coefficient));
        let shift = u32::try_from(shift).map_err(|_| ArithmeticError::Exponent)?;
        let dividend = a.coefficient * power_of_ten(shift);
        let (quotient, rest) = dividend.div_rem(&b.coefficient);
        let exponent = ideal - i64::from(shift);
        let (coefficient, exponent) = if rest.is_zero() {
            without_zeros(quotient, exponent)
        } else {
            // A sticky digit: a tie cut off here is not a tie.
            let sticky = if a_sign(&dividend) == a_sign(&b.coefficient) {
                1
            } else {
                -1
            };
            (quotient * 10 + sticky, exponent - 1)
        };
        let (coefficient, exponent) = round(coefficient, exponent);
        // A zero behind the point marks the float: `2.0`, `1.0E+2`.
        let length = i64::try_from(digits(&coefficient)).unwrap_or(i64::MAX);
        if exponent >= 0 && length.saturating_add(exponent) < PRECISION as i64 {
            return Self::new(coefficient * 10, exponent - 1, false);
        }
        Self::new(coefficient, exponent, false)
    }

    pub(crate) fn negate(&self) -> Self {
        match &self.0 {
            Repr::Small(value) => match value.checked_neg() {
                Some(value) => value.into(),
                None => Self::from_integer(-BigInt::from(*value)),
            },
            Repr::Big(decimal) => {
                let negative = Decimal {
                    coefficient: -&decimal.coefficient,
                    ..**decimal
                };
                Self::new(
                    negative.coefficient,
                    negative.exponent.into(),
                    negative.integer,
                )
                .unwrap_or_else(|_| self.clone())
            }
        }
    }

    /// By value: `1` and `1.0` are equal here.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
            return a.cmp(b);
        }
        let (a, b) = (self.decimal(), other.decimal());
        let by_sign = a.coefficient.sign().cmp(&b.coefficient.sign());
        if by_sign.is_ne() || a.coefficient.is_zero() {
            return by_sign;
        }
        // Numbers of very different size are told apart without writing all their zeros.
        let size = |number: &Decimal| {
            i64::try_from(digits(&number.coefficient)).unwrap_or(i64::MAX)
                + i64::from(number.exponent)
        };
        let by_size = size(&a).cmp(&size(&b));
        if by_size.is_ne() {
            return match a.coefficient.is_negative() {
                true => by_size.reverse(),
                false => by_size,
            };
        }
        let (a, b, _) = aligned(a, b);
        a.cmp(&b)
    }

    fn new(coefficient: BigInt, exponent: i64, integer: bool) -> Result<Self, ArithmeticError> {
        if exponent.abs() > MAX_EXPONENT {
            return Err(ArithmeticError::Exponent);
        }
        if integer
            && exponent == 0
            && let Some(small) = coefficient.to_i64()
        {
            return Ok(small.into());
        }
        let exponent = i32::try_from(exponent).map_err(|_| ArithmeticError::Exponent)?;
        Ok(Self(Repr::Big(Arc::new(Decimal {
            coefficient,
            exponent,
            integer,
        }))))
    }

    fn rounded(coefficient: BigInt, exponent: i64, integer: bool) -> Result<Self, ArithmeticError> {
        let (coefficient, exponent) = round(coefficient, exponent);
        Self::new(coefficient, exponent, integer)
    }

    fn decimal(&self) -> Decimal {
        match &self.0 {
            Repr::Small(value) => Decimal {
                coefficient: (*value).into(),
                exponent: 0,
                integer: true,
            },
            Repr::Big(decimal) => Decimal::clone(decimal),
        }
    }
}

fn a_sign(value: &BigInt) -> bool {
    value.sign() == Sign::Minus
}

/// The same number without zeros at the end.
fn without_zeros(mut coefficient: BigInt, mut exponent: i64) -> (BigInt, i64) {
    let ten = BigInt::from(10);
    while !coefficient.is_zero() {
        let (shorter, digit) = coefficient.div_rem(&ten);
        if !digit.is_zero() {
            break;
        }
        coefficient = shorter;
        exponent += 1;
    }
    (coefficient, exponent)
}

/// Both coefficients at the smaller exponent.
fn aligned(a: Decimal, b: Decimal) -> (BigInt, BigInt, i64) {
    let scale = |value: BigInt, by: i32| value * power_of_ten(by.unsigned_abs());
    let exponent = a.exponent.min(b.exponent);
    (
        scale(a.coefficient, a.exponent - exponent),
        scale(b.coefficient, b.exponent - exponent),
        exponent.into(),
    )
}

fn power_of_ten(exponent: u32) -> BigInt {
    match 10_i64.checked_pow(exponent) {
        Some(small) => small.into(),
        None => BigInt::from(10).pow(exponent),
    }
}

/// The number of decimal digits; 1 for zero.
fn digits(value: &BigInt) -> u64 {
    let magnitude = value.magnitude();
    if magnitude.is_zero() {
        return 1;
    }
    // log10(2) from below: the estimate is right or one too small.
    let least = u64::try_from(u128::from(magnitude.bits() - 1) * 30_102_999 / 100_000_000);
    let mut count = least.unwrap_or(u64::MAX) + 1;
    let mut power = num_bigint::BigUint::from(10_u8).pow(u32::try_from(count).unwrap_or(u32::MAX));
    while *magnitude >= power {
        count += 1;
        power *= 10_u8;
    }
    count
}

/// Rounds half up (away from zero) to [`PRECISION`] digits.
fn round(coefficient: BigInt, exponent: i64) -> (BigInt, i64) {
    if coefficient.bits() < 113 && digits(&coefficient) <= PRECISION {
        return (coefficient, exponent);
    }
    let excess = digits(&coefficient).saturating_sub(PRECISION);
    let Ok(cut) = u32::try_from(excess) else {
        return (coefficient, exponent);
    };
    if cut == 0 {
        return (coefficient, exponent);
    }
    let power = power_of_ten(cut);
    let (mut kept, rest) = coefficient.div_rem(&power);
    if rest.abs() * 2 >= power {
        kept += if a_sign(&coefficient) { -1 } else { 1 };
    }
    let exponent = exponent + i64::from(cut);
    // 999…9 may have become 1000…0, one digit too many.
    match digits(&kept) > PRECISION {
        true => (kept / 10, exponent + 1),
        false => (kept, exponent),
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

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = match &self.0 {
            Repr::Small(value) => return write!(f, "{value}"),
            Repr::Big(decimal) => decimal,
        };
        let digits = decimal.coefficient.magnitude().to_string();
        if decimal.coefficient.is_negative() {
            f.write_str("-")?;
        }
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let exponent = i64::from(decimal.exponent);
        let adjusted = exponent + length - 1;
        if exponent == 0 {
            return f.write_str(&digits);
        }
        if exponent > 0 || adjusted < -6 {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            return write!(f, "{first}{point}{rest}E{adjusted:+}");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn digits_are_kept_as_written() {
        for text in [
            "1.10",
            "0.000001",
            "1E-7",
            "100.0",
            "12345678901234567890.5",
            "-0.5",
            "1E+30",
        ] {
            assert_eq!(number(text).to_string(), text);
        }
    }

    #[test]
    fn trailing_zeros_survive_arithmetic() {
        assert_eq!(
            number("1.10").add(&2.into()).map(|n| n.to_string()),
            Ok("3.10".into())
        );
        assert_eq!(
            number("2.50").multiply(&2.into()).map(|n| n.to_string()),
            Ok("5.00".into())
        );
    }

    #[test]
    fn results_have_34_digits_rounded_half_up() {
        let third = Number::from(1).divide(&3.into()).map(|n| n.to_string());
        assert_eq!(third, Ok(format!("0.{}", "3".repeat(34))));
        let two_thirds = Number::from(-2).divide(&3.into()).map(|n| n.to_string());
        assert_eq!(two_thirds, Ok(format!("-0.{}7", "6".repeat(33))));
        let big = number("1e100").add(&1.into()).map(|n| n.to_string());
        assert_eq!(big, Ok(format!("1.{}E+100", "0".repeat(33))));
    }

    #[test]
    fn division_is_a_float_even_when_exact() {
        assert_eq!(
            Number::from(4).divide(&2.into()).map(|n| n.to_string()),
            Ok("2.0".into())
        );
        assert_eq!(
            Number::from(0).divide(&0.into()),
            Err(ArithmeticError::Undefined)
        );
    }

    #[test]
    fn numbers_compare_by_value() {
        assert_eq!(number("1").compare(&number("1.0")), Ordering::Equal);
        assert_eq!(number("-1e400").compare(&number("1e-400")), Ordering::Less);
        assert_eq!(number("-10").compare(&number("-9.5")), Ordering::Less);
        assert_ne!(number("1"), number("1.0"));
    }
}
