//! Jacobi's symbol, by the law of quadratic reciprocity.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use crate::{
    Value,
    library::{Answer, failed},
};

/// `(x / y)`: -1, 0 or 1; `y` is odd.
pub(super) fn jacobi(arguments: &[Value]) -> Answer {
    let integer = |index: usize| match arguments.get(index) {
        Some(Value::Number(number)) => number.to_integer().unwrap_or_default(),
        Some(_) | None => BigInt::default(),
    };
    let (x, y) = (integer(0), integer(1));
    if y.is_even() {
        return Err(failed("the second number is even"));
    }
    Ok(Value::Number(symbol(x, y).into()))
}

fn symbol(mut x: BigInt, mut y: BigInt) -> i64 {
    let mut sign = 1;
    if y.is_negative() {
        if x.is_negative() {
            sign = -1;
        }
        y = -y;
    }
    loop {
        if y == BigInt::from(1) {
            return sign;
        }
        x = x.mod_floor(&y);
        if x.is_zero() {
            return 0;
        }
        let twos = x.trailing_zeros().unwrap_or(0);
        let rest = |value: &BigInt, modulus: u8| {
            u8::try_from(value.mod_floor(&modulus.into())).unwrap_or(0)
        };
        if twos % 2 == 1 && matches!(rest(&y, 8), 3 | 5) {
            sign = -sign;
        }
        let odd = x >> twos;
        if rest(&y, 4) == 3 && rest(&odd, 4) == 3 {
            sign = -sign;
        }
        x = y;
        y = odd;
    }
}
