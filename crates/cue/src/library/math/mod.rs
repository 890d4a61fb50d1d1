//! Package `math`. Some functions work on decimals with 34 digits, others on doubles; of those the answer is the shortest
//! number that stands for the double. What is no number, or has no end, is an error.
//!
//! | function | what it does |
//! |---|---|
//! | `Floor`, `Ceil`, `Trunc`, `Round`, `RoundToEven` | the integer below, above, towards zero, nearest; `round` |
//! | `Abs`, `Signbit`, `Copysign(x, y)`, `Dim(x, y)`, `MultipleOf(x, y)` | decimals |
//! | `Exp`, `Exp2`, `Log`, `Log2`, `Log10`, `Pow(x, y)`, `Cbrt`, `Pow10(n)` | decimals; `series` |
//! | `Sqrt`, `Hypot(x, y)`, `Mod(x, y)`, `Remainder(x, y)`, `Ldexp(x, n)`, `Logb`, `Ilogb` | doubles |
//! | `Expm1`, `Log1p`, `Sin` and its relatives, `Gamma`, `Erf` and its relatives, Bessel's `J0` … `Yn(n, x)` | doubles |
//! | `Jacobi(x, y)` | the symbol of two integers; `jacobi` |
//! | `Pi`, `E`, `Phi`, … | with 63 digits |

mod decimal;
mod double;
mod jacobi;
mod round;
mod series;
#[cfg(test)]
mod tests;

use super::{
    Answer, Builtin, CallError, Constant, Member, Param as P, failed, function, int, strconv,
    validator,
};
use crate::{
    Number, Value,
    value::{ArithmeticError, Parts},
};
use series::Undefined;

const NAME: &str = "math";
const ONE: &[P] = &[P::Number];
const TWO: &[P] = &[P::Number, P::Number];

pub(super) static OTHERS: &[(&str, Member)] = &[
    (
        "E",
        digits("2.71828182845904523536028747135266249775724709369995957496696763"),
    ),
    (
        "Pi",
        digits("3.14159265358979323846264338327950288419716939937510582097494459"),
    ),
    (
        "Phi",
        digits("1.61803398874989484820458683436563811772030917980576286213544861"),
    ),
    (
        "Sqrt2",
        digits("1.41421356237309504880168872420969807856967187537694807317667974"),
    ),
    (
        "SqrtE",
        digits("1.64872127070012814684865078781416357165377610071014801157507931"),
    ),
    (
        "SqrtPi",
        digits("1.77245385090551602729816748334114518279754945612238712821380779"),
    ),
    (
        "SqrtPhi",
        digits("1.27201964951406896425242246173749149171560804184009624861664038"),
    ),
    (
        "Ln2",
        digits("0.693147180559945309417232121458176568075500134360255254120680009"),
    ),
    (
        "Log2E",
        digits("1.442695040888963407359924681001892137426645954152985934135449408"),
    ),
    (
        "Ln10",
        digits("2.3025850929940456840179914546843642076011014886287729760333278"),
    ),
    (
        "Log10E",
        digits("0.43429448190325182765112891891660508229439700580366656611445378"),
    ),
    ("MaxExp", constant(2_147_483_647)),
    ("MinExp", constant(-2_147_483_648)),
    ("MaxPrec", constant(4_294_967_295)),
    ("MaxBase", constant(62)),
    ("ToNearestEven", constant(0)),
    ("ToNearestAway", constant(1)),
    ("ToZero", constant(2)),
    ("AwayFromZero", constant(3)),
    ("ToNegativeInf", constant(4)),
    ("ToPositiveInf", constant(5)),
    ("Below", constant(-1)),
    ("Exact", constant(0)),
    ("Above", constant(1)),
];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Floor", ONE, |a| round::floor(&number(a, 0))),
    function(NAME, "Ceil", ONE, |a| round::ceil(&number(a, 0))),
    function(NAME, "Trunc", ONE, |a| round::trunc(&number(a, 0))),
    function(NAME, "Round", ONE, |a| round::round(&number(a, 0))),
    function(NAME, "RoundToEven", ONE, |a| {
        round::round_to_even(&number(a, 0))
    }),
    validator(NAME, "MultipleOf", TWO, |a| {
        let quotient = number(a, 0).divide(&number(a, 1)).map_err(out_of_range)?;
        let (_, fraction) = decimal::split(&quotient.parts());
        Ok(Value::Bool(fraction.magnitude == num_bigint::BigUint::ZERO))
    }),
    function(NAME, "Abs", ONE, |a| {
        let zero = Number::from(0).into_float();
        let number = number(a, 0);
        let positive = match number.is_negative() {
            true => number.negate(),
            false => number,
        };
        decimal(positive.add(&zero))
    }),
    function(NAME, "Copysign", TWO, |a| {
        let mut parts = number(a, 0).parts();
        parts.negative = number(a, 1).is_negative();
        parts_answer(Ok(parts))
    }),
    function(NAME, "Dim", TWO, |a| {
        let difference = number(a, 0).subtract(&number(a, 1));
        match &difference {
            Ok(difference) if difference.is_negative() => Ok(Value::Number(0.into())),
            Ok(_) | Err(_) => decimal(difference),
        }
    }),
    validator(NAME, "Signbit", ONE, |a| {
        Ok(Value::Bool(number(a, 0).is_negative()))
    }),
    function(NAME, "Cbrt", ONE, |a| {
        parts_answer(series::cube_root(&parts(a, 0)))
    }),
    function(NAME, "Exp", ONE, |a| {
        parts_answer(series::exponential(&parts(a, 0)))
    }),
    function(NAME, "Exp2", ONE, |a| {
        parts_answer(series::raised(&Number::from(2).parts(), &parts(a, 0)))
    }),
    function(NAME, "Log", ONE, |a| {
        parts_answer(series::natural_logarithm(&parts(a, 0)))
    }),
    function(NAME, "Log10", ONE, |a| {
        parts_answer(series::decimal_logarithm(&parts(a, 0)))
    }),
    function(NAME, "Log2", ONE, |a| {
        let ln = |parts: &Parts| {
            let ln = series::natural_logarithm(parts).map_err(undefined)?;
            Number::of_parts(ln).ok_or_else(|| out_of_range(ArithmeticError::Exponent))
        };
        decimal(ln(&parts(a, 0))?.divide(&ln(&Number::from(2).parts())?))
    }),
    function(NAME, "Pow", TWO, |a| {
        parts_answer(series::raised(&parts(a, 0), &parts(a, 1)))
    }),
    function(NAME, "Pow10", &[P::Int], |a| {
        let exponent = int(a, 0)?;
        match i32::try_from(exponent) {
            Ok(_) => parts_answer(Ok(decimal::unit(exponent))),
            Err(_) => Err(failed("the exponent has more than 32 bits")),
        }
    }),
    function(NAME, "Jacobi", &[P::Int, P::Int], jacobi::jacobi),
    function(NAME, "Ldexp", &[P::Number, P::Int], |a| {
        let (x, exponent) = (argument(a, 0)?, int(a, 1)?);
        // Go's integers begin anew where they end.
        let exponent = match exponent.checked_add(libm::ilogb(x).into()) {
            None => exponent.signum() * -5000,
            Some(_) => exponent.clamp(-5000, 5000),
        };
        let exponent = i32::try_from(exponent).unwrap_or(0);
        double(libm::ldexp(x, exponent))
    }),
    function(NAME, "Jn", &[P::Int, P::Number], |a| {
        double(double::jn(order(a)?, argument(a, 1)?))
    }),
    function(NAME, "Yn", &[P::Int, P::Number], |a| {
        double(double::yn(order(a)?, argument(a, 1)?))
    }),
    function(NAME, "Ilogb", ONE, |a| {
        let exponent = match argument(a, 0)? {
            0.0 => i64::from(i32::MIN),
            x => i64::from(libm::ilogb(x)),
        };
        Ok(Value::Number(exponent.into()))
    }),
    function(NAME, "Atan2", TWO, |a| {
        double(double::atan2(argument(a, 0)?, argument(a, 1)?))
    }),
    function(NAME, "Hypot", TWO, |a| {
        double(double::hypot(argument(a, 0)?, argument(a, 1)?))
    }),
    function(NAME, "Mod", TWO, |a| {
        double(libm::fmod(argument(a, 0)?, argument(a, 1)?))
    }),
    function(NAME, "Remainder", TWO, |a| {
        double(libm::remainder(argument(a, 0)?, argument(a, 1)?))
    }),
    function(NAME, "Acos", ONE, |a| double(double::acos(argument(a, 0)?))),
    function(NAME, "Acosh", ONE, |a| {
        double(double::acosh(argument(a, 0)?))
    }),
    function(NAME, "Asin", ONE, |a| double(double::asin(argument(a, 0)?))),
    function(NAME, "Asinh", ONE, |a| {
        double(double::asinh(argument(a, 0)?))
    }),
    function(NAME, "Atan", ONE, |a| double(double::atan(argument(a, 0)?))),
    function(NAME, "Atanh", ONE, |a| {
        double(double::atanh(argument(a, 0)?))
    }),
    function(NAME, "Cos", ONE, |a| double(double::cos(argument(a, 0)?))),
    function(NAME, "Cosh", ONE, |a| double(double::cosh(argument(a, 0)?))),
    function(NAME, "Erf", ONE, |a| double(libm::erf(argument(a, 0)?))),
    function(NAME, "Erfc", ONE, |a| double(libm::erfc(argument(a, 0)?))),
    function(NAME, "Erfcinv", ONE, |a| {
        double(double::erfinv(1.0 - argument(a, 0)?))
    }),
    function(NAME, "Erfinv", ONE, |a| {
        double(double::erfinv(argument(a, 0)?))
    }),
    function(NAME, "Expm1", ONE, |a| double(libm::expm1(argument(a, 0)?))),
    function(NAME, "Gamma", ONE, |a| {
        double(double::gamma(argument(a, 0)?))
    }),
    function(NAME, "J0", ONE, |a| double(libm::j0(argument(a, 0)?))),
    function(NAME, "J1", ONE, |a| double(libm::j1(argument(a, 0)?))),
    function(NAME, "Log1p", ONE, |a| double(libm::log1p(argument(a, 0)?))),
    function(NAME, "Logb", ONE, |a| match argument(a, 0)? {
        0.0 => double(f64::NEG_INFINITY),
        x => double(libm::ilogb(x).into()),
    }),
    function(NAME, "Sin", ONE, |a| double(double::sin(argument(a, 0)?))),
    function(NAME, "Sinh", ONE, |a| double(double::sinh(argument(a, 0)?))),
    function(NAME, "Sqrt", ONE, |a| double(argument(a, 0)?.sqrt())),
    function(NAME, "Tan", ONE, |a| double(double::tan(argument(a, 0)?))),
    function(NAME, "Tanh", ONE, |a| double(double::tanh(argument(a, 0)?))),
    function(NAME, "Y0", ONE, |a| double(libm::y0(argument(a, 0)?))),
    function(NAME, "Y1", ONE, |a| double(libm::y1(argument(a, 0)?))),
];

const fn digits(digits: &'static str) -> Member {
    Member::Constant(Constant::Number(digits))
}

const fn constant(value: i64) -> Member {
    Member::Constant(Constant::Int(value))
}

fn number(arguments: &[Value], index: usize) -> Number {
    match arguments.get(index) {
        Some(Value::Number(number)) => number.clone(),
        Some(_) | None => 0.into(),
    }
}

fn parts(arguments: &[Value], index: usize) -> Parts {
    number(arguments, index).parts()
}

/// The nearest double; an error when that is zero for what is none, or has no end.
fn argument(arguments: &[Value], index: usize) -> Result<f64, CallError> {
    let number = number(arguments, index);
    let nearest = number.to_f64().unwrap_or(f64::INFINITY);
    match nearest.is_finite() && (nearest != 0.0 || number.is_zero()) {
        true => Ok(nearest),
        false => Err(failed(format!("{number} is no double"))),
    }
}

fn order(arguments: &[Value]) -> Result<i32, CallError> {
    // Every further step of a recurrence costs time.
    i32::try_from(int(arguments, 0)?)
        .ok()
        .filter(|order| order.abs() <= 1_000_000)
        .ok_or(CallError::TooLarge)
}

fn double(value: f64) -> Answer {
    match strconv::nearest(value) {
        Some(number) => Ok(Value::Number(number)),
        None => Err(failed("the result is no number, or one without end")),
    }
}

fn decimal(result: Result<Number, ArithmeticError>) -> Answer {
    Ok(Value::Number(result.map_err(out_of_range)?.integral()))
}

fn parts_answer(result: series::Answer) -> Answer {
    let parts = result.map_err(undefined)?;
    decimal(Number::of_parts(parts).ok_or(ArithmeticError::Exponent))
}

fn undefined(reason: Undefined) -> CallError {
    match reason {
        Undefined::NoNumber => failed("the result is no number, or one without end"),
        Undefined::OutOfRange => out_of_range(ArithmeticError::Exponent),
    }
}

fn out_of_range(error: ArithmeticError) -> CallError {
    match error {
        ArithmeticError::DivisionByZero | ArithmeticError::Undefined => failed("division by zero"),
        ArithmeticError::Exponent => failed("the exponent of the result is out of range"),
    }
}
