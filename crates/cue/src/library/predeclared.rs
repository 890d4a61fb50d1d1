//! `div`, `mod`, `quo`, `rem`: integer division, Euclidean and truncated.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::{Answer, Builtin, Param, failed, function};
use crate::{Number, Value};

const INTS: &[Param] = &[Param::Int, Param::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function("", "div", INTS, |arguments| {
        divide(arguments, |a, b| euclid(a, b).0)
    }),
    function("", "mod", INTS, |arguments| {
        divide(arguments, |a, b| euclid(a, b).1)
    }),
    function("", "quo", INTS, |arguments| {
        divide(arguments, |a, b| a.div_rem(b).0)
    }),
    function("", "rem", INTS, |arguments| {
        divide(arguments, |a, b| a.div_rem(b).1)
    }),
];

fn divide(arguments: &[Value], run: fn(&BigInt, &BigInt) -> BigInt) -> Answer {
    let integer = |index: usize| match arguments.get(index) {
        Some(Value::Number(number)) => number.to_integer(),
        Some(_) | None => None,
    };
    let (Some(a), Some(b)) = (integer(0), integer(1)) else {
        return Err(failed("an integer was expected"));
    };
    match b.is_zero() {
        true => Err(failed("division by zero")),
        false => Ok(Value::Number(Number::from_integer(run(&a, &b)))),
    }
}

/// The remainder is never negative.
fn euclid(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (quotient, rest) = a.div_rem(b);
    match (rest.is_negative(), b.is_negative()) {
        (false, _) => (quotient, rest),
        (true, false) => (quotient - 1, rest + b),
        (true, true) => (quotient + 1, rest - b),
    }
}
