//! Numbers of lists, with the 34 digits that all arithmetic has.

use std::cmp::Ordering;

use crate::{
    Number, Value,
    library::{Answer, CallError, MAX_ITEMS, failed, items},
    value::ArithmeticError,
};

/// Whole numbers may have a hundred thousand digits each. A range takes this many words of 64 bits of such.
const MAX_WORDS: u64 = 1 << 17;

/// The words that a number has for nothing: more than 34 digits take.
const COMMON_WORDS: u64 = 8;

pub(super) fn sum(arguments: &[Value]) -> Answer {
    total(arguments).map(whole)
}

pub(super) fn average(arguments: &[Value]) -> Answer {
    let count = i64::try_from(items(arguments, 0).len()).unwrap_or(i64::MAX);
    match count {
        0 => Err(failed("the list is empty")),
        count => {
            let average = total(arguments)?.divide(&count.into());
            average.map(whole).map_err(out_of_range)
        }
    }
}

pub(super) fn product(arguments: &[Value]) -> Answer {
    let product =
        numbers(arguments).try_fold(Number::from(1), |product, next| next.multiply(&product));
    product.map(whole).map_err(out_of_range)
}

pub(super) fn greatest(arguments: &[Value]) -> Answer {
    extreme(arguments, Ordering::Greater)
}

pub(super) fn least(arguments: &[Value]) -> Answer {
    extreme(arguments, Ordering::Less)
}

/// The numbers from the first on, as long as they are before the second, in steps of the third.
pub(super) fn range(arguments: &[Value]) -> Answer {
    let [
        Value::Number(start),
        Value::Number(end),
        Value::Number(step),
    ] = arguments
    else {
        return Err(failed("three numbers were expected"));
    };
    if step.is_zero() {
        return Err(failed("a step of zero leads nowhere"));
    }
    let before = match step.is_negative() {
        false => Ordering::Less,
        true => Ordering::Greater,
    };
    if start.compare(end) == before.reverse() {
        return Err(failed("the end lies against the direction of the step"));
    }
    let mut list = Vec::new();
    let mut at = start.clone();
    let mut words = 0;
    while at.compare(end) == before {
        words += at.words().saturating_sub(COMMON_WORDS);
        if list.len() >= MAX_ITEMS || words > MAX_WORDS {
            return Err(CallError::TooLarge);
        }
        list.push(whole(at.clone()));
        at = at.add(step).map_err(out_of_range)?;
    }
    Ok(Value::List(list.into()))
}

fn numbers(arguments: &[Value]) -> impl Iterator<Item = &Number> {
    items(arguments, 0).iter().filter_map(|item| match item {
        Value::Number(number) => Some(number),
        _ => None,
    })
}

fn total(arguments: &[Value]) -> Result<Number, CallError> {
    let sum = numbers(arguments).try_fold(Number::from(0), |sum, next| next.add(&sum));
    sum.map_err(out_of_range)
}

/// The first of those that no other is beyond.
fn extreme(arguments: &[Value], wanted: Ordering) -> Answer {
    let found = numbers(arguments).reduce(|best, next| match next.compare(best) == wanted {
        true => next,
        false => best,
    });
    match found {
        Some(number) => Ok(whole(number.clone())),
        None => Err(failed("the list is empty")),
    }
}

/// What functions give back is an int when its value is whole.
fn whole(number: Number) -> Value {
    Value::Number(number.integral())
}

fn out_of_range(_: ArithmeticError) -> CallError {
    failed("the exponent is out of range")
}
