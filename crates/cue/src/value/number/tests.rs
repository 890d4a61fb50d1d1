//! Expectations are the answers of CUE v0.14.1.

use std::cmp::Ordering;

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

#[test]
fn a_product_of_zero_has_a_sign() {
    let zero = Number::from(0).multiply(&(-1).into()).expect("in range");
    assert_eq!(zero.to_string(), "-0");
    assert_eq!(zero.negate().to_string(), "0");
    assert_eq!(zero.compare(&0.into()), Ordering::Equal);
    assert_eq!(zero.add(&zero).map(|n| n.to_string()), Ok("-0".into()));
    assert_eq!(zero.add(&0.into()).map(|n| n.to_string()), Ok("0".into()));
    assert_eq!(number("-0.0").to_string(), "0.0");
    assert_eq!(
        number("0.0").multiply(&(-1).into()).map(|n| n.to_string()),
        Ok("-0.0".into())
    );
    assert_eq!(
        number("0.0").divide(&(-3).into()).map(|n| n.to_string()),
        Ok("0.0".into())
    );
}

#[test]
fn zeros_are_written_out() {
    assert_eq!(number("0e-10").to_string(), "0.0000000000");
    assert_eq!(number("0e10").to_string(), "0E+10");
    assert_eq!(number("0e-3000").to_string(), "0E-3000");
}

#[test]
fn exponents_end_at_a_hundred_thousand() {
    let product = |a, b| number(a).multiply(&number(b)).map(|n| n.to_string());
    assert_eq!(product("1e99999", "10"), Ok("1.0E+100000".into()));
    assert_eq!(product("1e99999", "100"), Err(ArithmeticError::Exponent));
    assert_eq!(product("1e-99990", "1e-10"), Ok("1E-100000".into()));
    assert_eq!(
        product("1e-99990", "1.5e-10"),
        Err(ArithmeticError::Exponent)
    );
    assert_eq!(
        number("1e60000").add(&number("1e-60000")),
        Err(ArithmeticError::Exponent)
    );
    let sum = number("1e-100000").add(&1.into()).map(|n| n.to_string());
    assert_eq!(sum, Ok(format!("1.{}", "0".repeat(33))));
    assert!(Number::parse("1e100001").is_none());
}

#[test]
fn quotients_lose_their_zeros_but_one() {
    let quotient = |a, b| number(a).divide(&number(b)).map(|n| n.to_string());
    assert_eq!(quotient("100", "1"), Ok("1.0E+2".into()));
    assert_eq!(quotient("1e40", "1"), Ok("1E+40".into()));
    assert_eq!(
        quotient("1000", "3.00"),
        Ok(format!("333.{}", "3".repeat(31)))
    );
}
