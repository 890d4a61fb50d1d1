//! Logarithms, powers and roots of decimals. Their last digits depend on how they are calculated: so the steps, and the
//! precision of each, are those of the decimal library that CUE uses, which follows published algorithms: Hull and
//! Abrham for `exp` (ACM TOMS 12, 1986), Halley's iteration for `ln`, Newton's for the cube root.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{ToPrimitive, Zero};

use super::decimal::{
    Context, OutOfRange, Outcome, Rounding, absolute, compare, length, power, scaled, small, split,
    unit,
};
use crate::{
    Number,
    value::{Parts, ten_to_the},
};

/// Why there is no decimal result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undefined {
    /// It is not a number, or none with an end.
    NoNumber,
    OutOfRange,
}

pub(super) type Answer = Result<Parts, Undefined>;

/// That of all arithmetic.
const CUE: Context = Context {
    precision: 34,
    rounding: Rounding::HalfUp,
};

/// The natural logarithm of ten, and one divided by it.
const LN_10: &str = "2.3025850929940456840179914546843642076011014886287729760333279009675726096773524802359972050895982983419677840422862486334095254650828067566662873690987816894829072083255546808437998948262331985283935053089653777326288461633662222876982198867465436674744042";
const INVERSE_LN_10: &str = "0.4342944819032518276511289189166050822943970058036665661144537831658646492088707747292249493384317483187061067447663037336416792871589639065692210646628122658521270865686703295933708696588266883311636077384905142844348666768646586085135561482123487653435434";

impl From<OutOfRange> for Undefined {
    fn from(OutOfRange: OutOfRange) -> Self {
        Self::OutOfRange
    }
}

pub(super) fn natural_logarithm(x: &Parts) -> Answer {
    ln(&CUE, x)
}

pub(super) fn decimal_logarithm(x: &Parts) -> Answer {
    let wide = even(CUE.precision + 2);
    if is_one(x) {
        return Ok(small(0));
    }
    let ln = ln(&wide, x)?;
    Ok(even(CUE.precision).multiply(&ln, &constant(INVERSE_LN_10, CUE.precision + 2))?)
}

pub(super) fn exponential(x: &Parts) -> Answer {
    Ok(exp(&CUE, x)?)
}

pub(super) fn raised(x: &Parts, y: &Parts) -> Answer {
    let (whole, fraction) = split(y);
    let is_whole = fraction.magnitude.is_zero();
    let is_odd = is_whole && whole.exponent == 0 && whole.magnitude.bit(0);
    if x.magnitude.is_zero() {
        return match y.magnitude.is_zero() || y.negative {
            true => Err(Undefined::NoNumber),
            false => Ok(Parts {
                negative: x.negative && is_odd,
                ..small(0)
            }),
        };
    }
    if y.magnitude.is_zero() {
        return Ok(small(1));
    }
    if x.negative && !is_whole {
        return Err(Undefined::NoNumber);
    }
    let precision = CUE.precision.max(length(x).unsigned_abs()) + 10;
    let wide = Context {
        precision,
        rounding: Rounding::HalfUp,
    };
    let sign = if whole.negative {
        Sign::Minus
    } else {
        Sign::Plus
    };
    let exponent = &whole.magnitude * ten_to_the(power(whole.exponent));
    let exponent = BigInt::from_biguint(sign, exponent);
    let integral = wide.whole_power(x, &exponent)?;
    if is_whole {
        return Ok(CUE.round(integral)?);
    }
    let logarithm = ln(&wide, &absolute(x))?;
    let fractional = exp(&wide, &wide.multiply(&logarithm, &fraction)?)?;
    Ok(CUE.round(wide.multiply(&integral, &fractional)?)?)
}

pub(super) fn cube_root(x: &Parts) -> Answer {
    if x.magnitude.is_zero() {
        return Ok(x.clone());
    }
    let wide = Context {
        precision: CUE.precision * 2 + 2,
        rounding: Rounding::HalfUp,
    };
    let target = absolute(x);
    let mut root = first_root(&wide, &target)?;
    let mut done = Convergence::new(wide, CUE.precision + 1);
    loop {
        // (2 r + x / r²) / 3
        let quotient = wide.divide(&target, &wide.multiply(&root, &root)?)?;
        let sum = wide.add(&wide.add(&quotient, &root)?, &root)?;
        root = wide.divide(&sum, &small(3))?;
        if done.reached(&root)? {
            break;
        }
    }
    let rounded = CUE.round(root)?;
    Ok(Parts {
        negative: x.negative,
        ..rounded
    })
}

/// An estimate by a polynomial between an eighth and one, and by eights beyond.
fn first_root(wide: &Context, target: &Parts) -> Outcome {
    let eighth = scaled(125, -3);
    let mut reduced = target.clone();
    let mut eights = 0_i64;
    while compare(&reduced, &eighth) == Ordering::Less {
        eights -= 1;
        reduced = wide.multiply(&reduced, &small(8))?;
    }
    while compare(&reduced, &small(1)) == Ordering::Greater {
        eights += 1;
        reduced = wide.multiply(&reduced, &eighth)?;
    }
    let curve = Parts {
        negative: true,
        ..scaled(46_946_116, -8)
    };
    let mut root = wide.multiply(&reduced, &curve)?;
    root = wide.add(&root, &scaled(1_072_302, -6))?;
    root = wide.multiply(&root, &reduced)?;
    root = wide.add(&root, &scaled(3_812_513, -7))?;
    let step = match eights < 0 {
        true => scaled(5, -1),
        false => small(2),
    };
    for _ in 0..eights.abs() {
        root = wide.multiply(&root, &step)?;
    }
    Ok(root)
}

fn ln(context: &Context, x: &Parts) -> Answer {
    if x.magnitude.is_zero() || x.negative {
        return Err(Undefined::NoNumber);
    }
    if is_one(x) {
        return Ok(small(0));
    }
    let precision = context.precision + 2;
    let inner = even(precision);
    let near = |value: &Parts| -> Result<(Parts, bool), OutOfRange> {
        let above = inner.subtract(value, &small(1))?;
        let is_near = compare(&absolute(&above), &scaled(1, -1)).is_le();
        Ok((above, is_near))
    };
    let (above, is_near) = near(x)?;
    let (result, moved) = if is_near {
        (ln_near_one(&inner, &above)?, small(0))
    } else {
        // Between a tenth and one; the logarithm of the power of ten is added in the end.
        let places = length(x) + x.exponent;
        let z = Parts {
            exponent: x.exponent - places,
            ..x.clone()
        };
        let count = Parts {
            negative: places < 0,
            ..small(places.unsigned_abs())
        };
        let moved = inner.multiply(&count, &constant(LN_10, precision))?;
        let (above, is_near) = near(&z)?;
        let result = match is_near {
            true => ln_near_one(&inner, &above)?,
            false => ln_by_halley(&inner, &z, context.precision + 1)?,
        };
        (result, moved)
    };
    Ok(context.round(inner.add(&result, &moved)?)?)
}

/// `2 (u + u³/3 + u⁵/5 + …)` with `u = x / (x + 2)` is the logarithm of `1 + x`.
fn ln_near_one(inner: &Context, x: &Parts) -> Outcome {
    let ratio = inner.divide(x, &inner.add(x, &small(2))?)?;
    let mut term = inner.add(&ratio, &ratio)?;
    let mut sum = term.clone();
    let least = unit(-i64::try_from(inner.precision).unwrap_or(i64::MAX));
    for odd in (3..).step_by(2) {
        term = inner.multiply(&inner.multiply(&term, &ratio)?, &ratio)?;
        let part = inner.divide(&term, &small(odd))?;
        sum = inner.add(&sum, &part)?;
        if compare(&absolute(&part), &least).is_le() {
            break;
        }
    }
    Ok(sum)
}

/// `a - 2 (e^a - z) / (e^a + z)` comes nearer to the logarithm of `z`.
fn ln_by_halley(inner: &Context, z: &Parts, digits: u64) -> Outcome {
    let nearest = to_f64(z).unwrap_or(1.0);
    let estimate = Number::parse(&format!("{:e}", libm::log(nearest)));
    let mut result = estimate.map_or(small(0), |estimate| estimate.parts());
    let mut done = Convergence::new(*inner, digits);
    loop {
        let power = exp(inner, &result)?;
        let apart = inner.subtract(&power, z)?;
        let twice = inner.add(&apart, &apart)?;
        let step = inner.divide(&twice, &inner.add(&power, z)?)?;
        result = inner.subtract(&result, &step)?;
        if done.reached(&result)? {
            return Ok(result);
        }
    }
}

fn exp(context: &Context, x: &Parts) -> Outcome {
    if x.magnitude.is_zero() {
        return Ok(small(1));
    }
    let size = absolute(x);
    let mut precision = context.precision;
    if let Some(asked) = to_f64(&size).map(|size| size / 23.0)
        && asked > precision as f64
        && asked < 1000.0
    {
        precision = asked.ceil() as u64;
    }
    if compare(&size, &small(precision * 23)) == Ordering::Greater {
        return Err(OutOfRange);
    }
    let nothing = scaled(9, -i64::try_from(precision).unwrap_or(0) - 1);
    if compare(&size, &nothing).is_le() {
        return Ok(small(1));
    }
    // e^x is the k-th power of e^(x / k), with a power of ten for k.
    let tens = (x.exponent + length(x)).max(0);
    let reduced = even(precision).divide(x, &scaled(1, tens))?;
    let inner = even(precision + tens.unsigned_abs() + 2);
    let wanted = inner.precision as f64;
    let ratio = wanted / to_f64(&absolute(&reduced)).ok_or(OutOfRange)?;
    let terms = ((1.435 * wanted - 1.182) / decimal_digits(ratio)).ceil();
    if terms.is_nan() || terms > 1000.0 {
        return Err(OutOfRange);
    }
    let mut sum = small(1);
    for index in (1..terms as u64).rev() {
        let part = inner.divide(&reduced, &small(index))?;
        sum = inner.add(&inner.multiply(&part, &sum)?, &small(1))?;
    }
    let k = BigInt::from(ten_to_the(power(tens)));
    let result = inner.whole_power(&sum, &k)?;
    even(context.precision).round(result)
}

/// The decimal logarithm as Go takes it, by that of the binary exponent.
fn decimal_digits(value: f64) -> f64 {
    let (fraction, exponent) = libm::frexp(value);
    let binary = f64::from(exponent) + libm::log(fraction) * std::f64::consts::LOG2_E;
    binary * (std::f64::consts::LN_2 / std::f64::consts::LN_10)
}

fn to_f64(value: &Parts) -> Option<f64> {
    let nearest = Number::of_parts(value.clone())?.to_f64()?;
    nearest.is_finite().then_some(nearest)
}

const fn even(precision: u64) -> Context {
    Context {
        precision,
        rounding: Rounding::HalfEven,
    }
}

fn is_one(x: &Parts) -> bool {
    compare(x, &small(1)).is_eq()
}

/// A constant with a power of two of digits, at least as many as asked for.
fn constant(digits: &str, precision: u64) -> Parts {
    let context = Context {
        precision: precision.next_power_of_two(),
        rounding: Rounding::HalfUp,
    };
    let value = Number::parse(digits).map_or(small(0), |number| number.parts());
    context.round(value.clone()).unwrap_or(value)
}

/// Whether the results of an iteration have come to rest.
#[derive(Debug)]
struct Convergence {
    context: Context,
    digits: u64,
    before: Parts,
    left: u64,
}

// === impl Convergence ===

impl Convergence {
    fn new(context: Context, digits: u64) -> Self {
        Self {
            context,
            digits,
            before: Parts {
                negative: false,
                magnitude: BigUint::zero(),
                exponent: 0,
            },
            left: 10 + digits,
        }
    }

    fn reached(&mut self, now: &Parts) -> Result<bool, OutOfRange> {
        let change = absolute(&self.context.subtract(&self.before, now)?);
        let digits = self.digits.to_i64().unwrap_or(i64::MAX);
        let least = unit(length(now) + now.exponent - digits);
        if change.magnitude.is_zero() || compare(&change, &least).is_le() {
            return Ok(true);
        }
        self.left = self.left.checked_sub(1).ok_or(OutOfRange)?;
        self.before = now.clone();
        Ok(false)
    }
}
