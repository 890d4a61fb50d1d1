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
