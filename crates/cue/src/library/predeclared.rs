//! `div`, `mod`, `quo`, `rem`: integer division, Euclidean and truncated.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::{Builtin, CallError, Param, failed, function};
use crate::{Number, Value};

const INTS: &[Param] = &[Param::Int, Param::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function("", "div", INTS, |arguments| {
        let (a, b) = operands(arguments)?;
        Ok(integer(euclid(&a.value, &b.value).0))
    }),
    function("", "mod", INTS, |arguments| {
        let (a, b) = operands(arguments)?;
        Ok(integer(euclid(&a.value, &b.value).1))
    }),
    function("", "quo", INTS, |arguments| {
        let (a, b) = operands(arguments)?;
        Ok(signed(
            &a,
            &b,
            a.negative != b.negative,
            &a.value / &b.value,
        ))
    }),
    function("", "rem", INTS, |arguments| {
        let (a, b) = operands(arguments)?;
        Ok(signed(&a, &b, a.negative, &a.value % &b.value))
    }),
];

struct Operand {
    value: BigInt,
    /// Also of the negative zero.
    negative: bool,
}

fn operands(arguments: &[Value]) -> Result<(Operand, Operand), CallError> {
    let operand = |index: usize| match arguments.get(index) {
        Some(Value::Number(number)) => number.to_integer().map(|value| Operand {
            value,
            negative: number.is_negative(),
        }),
        Some(_) | None => None,
    };
    let (Some(a), Some(b)) = (operand(0), operand(1)) else {
        return Err(failed("an integer was expected"));
    };
    match b.value.is_zero() {
        true => Err(failed("division by zero")),
        false => Ok((a, b)),
    }
}

fn integer(value: BigInt) -> Value {
    Value::Number(Number::from_integer(value))
}

/// CUE keeps the sign of a zero when both operands fit into 64 bits.
fn signed(a: &Operand, b: &Operand, negative: bool, value: BigInt) -> Value {
    let small = |operand: &Operand| operand.value.magnitude().to_u64().is_some();
    match value.is_zero() && negative && small(a) && small(b) {
        true => Value::Number(Number::negative_zero()),
        false => integer(value),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Answer;
    use crate::library::testing;

    fn call(name: &str, a: i64, b: i64) -> Answer {
        testing::outcome(
            FUNCTIONS,
            name,
            &[Value::Number(a.into()), Value::Number(b.into())],
        )
    }

    fn shown(name: &str, a: i64, b: i64) -> String {
        match call(name, a, b) {
            Ok(value) => value.to_json_text(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn division_is_euclidean_or_truncated() {
        let all = |a, b| ["div", "mod", "quo", "rem"].map(|name| shown(name, a, b));
        assert_eq!(all(7, 2), ["3", "1", "3", "1"]);
        assert_eq!(all(-7, 2), ["-4", "1", "-3", "-1"]);
        assert_eq!(all(7, -2), ["-3", "1", "-3", "1"]);
        assert_eq!(all(-7, -2), ["4", "1", "3", "-1"]);
    }

    #[test]
    fn truncated_division_keeps_the_sign_of_zero() {
        assert_eq!(shown("quo", -1, 7), "-0");
        assert_eq!(shown("rem", -7, 7), "-0");
        assert_eq!(shown("div", 6, -7), "0");
    }
}
