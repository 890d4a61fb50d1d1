//! Package `math/bits`: integers of any size as bits, negative ones in two's complement.
//!
//! | function | what it does |
//! |---|---|
//! | `And`, `Or`, `Xor`, `Clear` of two integers | bit by bit; the last takes the bits of the second away |
//! | `Lsh(number, n)`, `Rsh(number, n)` | shifted by so many bits |
//! | `At(number, i)`, `Set(number, i, bit)` | one bit, from the lowest on |
//! | `OnesCount(number)`, `Len(number)` | how many bits are set, and needed, whatever the sign |

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{
    Answer, Builtin, CallError, Param as P, arguments::uint, failed, function, int, number,
};
use crate::{Number, Value};

const NAME: &str = "bits";
const TWO: &[P] = &[P::Int, P::Int];

/// Numbers with more bits take too long to write in decimal.
const MAX_BITS: u64 = 400_000;

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Lsh", TWO, |a| {
        let (value, by) = (big(a, 0), uint(a, 1)?);
        bounded(value.bits().saturating_add(by))?;
        answer(value << by)
    }),
    function(NAME, "Rsh", TWO, |a| answer(big(a, 0) >> uint(a, 1)?)),
    function(NAME, "At", TWO, |a| {
        let place = uint(a, 1)?;
        // CUE looks no further than this.
        let place = i32::try_from(place).map_err(|_| failed("there is no such bit"))?;
        let is_set = big(a, 0).bit(place.unsigned_abs().into());
        Ok(Value::Number(i64::from(is_set).into()))
    }),
    function(NAME, "Set", &[P::Int, P::Int, P::Int], |a| {
        let mut value = big(a, 0);
        let place = u64::try_from(int(a, 1)?).map_err(|_| failed("there is no such bit"))?;
        let bit = match uint(a, 2)? {
            0 => false,
            1 => true,
            _ => return Err(failed("a bit is 0 or 1")),
        };
        if value.bit(place) != bit {
            bounded(place)?;
            value.set_bit(place, bit);
        }
        answer(value)
    }),
    function(NAME, "And", TWO, |a| answer(big(a, 0) & big(a, 1))),
    function(NAME, "Or", TWO, |a| answer(big(a, 0) | big(a, 1))),
    function(NAME, "Xor", TWO, |a| answer(big(a, 0) ^ big(a, 1))),
    function(NAME, "Clear", TWO, |a| answer(big(a, 0) & !big(a, 1))),
    function(NAME, "OnesCount", &[P::Int], |a| {
        Ok(Value::Number(count(big(a, 0).magnitude().count_ones())))
    }),
    function(NAME, "Len", &[P::Int], |a| {
        number(big(a, 0).bits().to_usize().unwrap_or(usize::MAX))
    }),
];

fn big(arguments: &[Value], index: usize) -> BigInt {
    match arguments.get(index) {
        Some(Value::Number(number)) => number.to_integer().unwrap_or_default(),
        Some(_) | None => BigInt::default(),
    }
}

fn bounded(bits: u64) -> Result<(), CallError> {
    match bits <= MAX_BITS {
        true => Ok(()),
        false => Err(CallError::TooLarge),
    }
}

fn answer(value: BigInt) -> Answer {
    Ok(Value::Number(Number::from_integer(value)))
}

fn count(bits: u64) -> Number {
    Number::from_integer(bits.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::testing;

    fn call(name: &str, arguments: &[i64]) -> String {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|n| Value::Number((*n).into()))
            .collect();
        testing::json(FUNCTIONS, name, &arguments)
    }

    #[test]
    fn negative_numbers_have_endless_ones() {
        assert_eq!(call("Or", &[-1, 5]), "-1");
        assert_eq!(call("Xor", &[-1, 5]), "-6");
        assert_eq!(call("Clear", &[-1, 5]), "-6");
        assert_eq!(call("At", &[-5, 2]), "0");
        assert_eq!(call("Rsh", &[-9, 1]), "-5");
        assert_eq!(call("OnesCount", &[-255]), "8");
    }

    #[test]
    fn places_and_bits_are_checked() {
        assert_eq!(call("Lsh", &[1, 70]), "1180591620717411303424");
        assert_eq!(call("Lsh", &[1, -1]), "failed");
        assert_eq!(call("Lsh", &[1, i64::MAX]), "TooLarge");
        assert_eq!(call("Set", &[8, 3, 0]), "0");
        assert_eq!(call("Set", &[8, 3, 2]), "failed");
        assert_eq!(call("Set", &[8, -3, 1]), "failed");
    }
}
