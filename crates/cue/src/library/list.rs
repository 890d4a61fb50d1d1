//! Package `list`.

use std::cmp::Ordering;

use super::{
    Answer, Builtin, CallError, MAX_ANSWER, Param as P, failed, function, int, items, validator,
};
use crate::{Number, Value, value::ArithmeticError};

const NAME: &str = "list";
const NUMBERS: &[P] = &[P::Numbers];
const COUNT: &[P] = &[P::List, P::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Avg", NUMBERS, |a| {
        let sum = total(a)?;
        let count = i64::try_from(items(a, 0).len()).unwrap_or(i64::MAX);
        match count {
            0 => Err(failed("empty list")),
            count => arithmetic(sum.divide(&count.into())),
        }
    }),
    function(NAME, "Max", NUMBERS, |a| extreme(a, Ordering::Greater)),
    function(NAME, "Min", NUMBERS, |a| extreme(a, Ordering::Less)),
    function(NAME, "Sum", NUMBERS, |a| {
        total(a).map(|sum| Value::Number(sum.integral()))
    }),
    function(NAME, "Product", NUMBERS, |a| {
        let product = numbers(a).try_fold(Number::from(1), |product, next| product.multiply(next));
        arithmetic(product)
    }),
    function(NAME, "Range", &[P::Number, P::Number, P::Number], range),
    function(NAME, "Drop", COUNT, |a| {
        let list = items(a, 0);
        Ok(list_of(&list[index(a, 1)?.min(list.len())..]))
    }),
    function(NAME, "Take", COUNT, |a| {
        let list = items(a, 0);
        Ok(list_of(&list[..index(a, 1)?.min(list.len())]))
    }),
    function(NAME, "Slice", &[P::List, P::Int, P::Int], |a| {
        let (low, high) = (index(a, 1)?, index(a, 2)?);
        let slice = items(a, 0).get(low..high);
        slice
            .map(list_of)
            .ok_or_else(|| failed("slice bounds out of range"))
    }),
    function(NAME, "FlattenN", &[P::Any, P::Int], flatten),
    function(NAME, "Repeat", COUNT, |a| {
        let list = items(a, 0);
        let count = usize::try_from(int(a, 1)?).map_err(|_| failed("negative count"))?;
        match list.len().checked_mul(count) {
            Some(length) if length <= MAX_ANSWER / 16 => Ok(Value::List(
                (0..count).flat_map(|_| list).cloned().collect(),
            )),
            Some(_) | None => Err(CallError::TooLarge),
        }
    }),
    function(NAME, "Concat", &[P::Lists], |a| {
        let lists = items(a, 0).iter();
        let all = lists.flat_map(|list| items(std::slice::from_ref(list), 0));
        Ok(Value::List(all.cloned().collect()))
    }),
    function(NAME, "Reverse", &[P::List], |a| {
        Ok(Value::List(items(a, 0).iter().rev().cloned().collect()))
    }),
    validator(NAME, "Contains", &[P::List, P::Any], |a| {
        Ok(Value::Bool(
            a.get(1).is_some_and(|value| items(a, 0).contains(value)),
        ))
    }),
    validator(NAME, "MinItems", COUNT, |a| {
        Ok(Value::Bool(length(a) >= int(a, 1)?))
    }),
    validator(NAME, "MaxItems", COUNT, |a| {
        Ok(Value::Bool(length(a) <= int(a, 1)?))
    }),
    validator(NAME, "UniqueItems", &[P::List], unique),
    function(NAME, "SortStrings", &[P::Strings], |a| {
        let mut sorted = items(a, 0).to_vec();
        sorted.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        Ok(Value::List(sorted.into()))
    }),
    validator(NAME, "IsSortedStrings", &[P::Strings], |a| {
        Ok(Value::Bool(
            items(a, 0).is_sorted_by_key(|item| item.as_str()),
        ))
    }),
];

fn list_of(items: &[Value]) -> Value {
    Value::List(items.into())
}

fn length(arguments: &[Value]) -> i64 {
    i64::try_from(items(arguments, 0).len()).unwrap_or(i64::MAX)
}

fn index(arguments: &[Value], at: usize) -> Result<usize, CallError> {
    usize::try_from(int(arguments, at)?).map_err(|_| failed("negative index"))
}

fn numbers(arguments: &[Value]) -> impl Iterator<Item = &Number> {
    items(arguments, 0).iter().filter_map(|item| match item {
        Value::Number(number) => Some(number),
        _ => None,
    })
}

fn arithmetic(number: Result<Number, ArithmeticError>) -> Answer {
    let number = number.map_err(|_| failed("the exponent is out of range"))?;
    Ok(Value::Number(number.integral()))
}

fn total(arguments: &[Value]) -> Result<Number, CallError> {
    let sum = numbers(arguments).try_fold(Number::from(0), |sum, next| sum.add(next));
    sum.map_err(|_| failed("the exponent is out of range"))
}

fn extreme(arguments: &[Value], wanted: Ordering) -> Answer {
    let found = numbers(arguments).reduce(|best, next| match next.compare(best) == wanted {
        true => next,
        false => best,
    });
    match found {
        Some(number) => Ok(Value::Number(number.clone().integral())),
        None => Err(failed("empty list")),
    }
}

fn range(arguments: &[Value]) -> Answer {
    let [
        Value::Number(start),
        Value::Number(end),
        Value::Number(step),
    ] = arguments
    else {
        return Err(failed("three numbers were expected"));
    };
    let zero = Number::from(0);
    let upwards = match step.compare(&zero) {
        Ordering::Equal => return Err(failed("step must be non zero")),
        Ordering::Greater => true,
        Ordering::Less => false,
    };
    match (upwards, start.compare(end)) {
        (true, Ordering::Greater) => {
            return Err(failed(
                "end must be greater than start when step is positive",
            ));
        }
        (false, Ordering::Less) => {
            return Err(failed("end must be less than start when step is negative"));
        }
        (true | false, _) => {}
    }
    let beyond = if upwards {
        Ordering::Less
    } else {
        Ordering::Greater
    };
    let mut list = Vec::new();
    let mut at = start.clone();
    while at.compare(end) == beyond {
        list.push(Value::Number(at.clone().integral()));
        if list.len() > MAX_ANSWER / 16 {
            return Err(CallError::TooLarge);
        }
        at = at
            .add(step)
            .map_err(|_| failed("the exponent is out of range"))?;
    }
    Ok(Value::List(list.into()))
}

fn flatten(arguments: &[Value]) -> Answer {
    let depth = int(arguments, 1)?;
    let Some(list @ Value::List(_)) = arguments.first() else {
        return Err(failed("a list was expected"));
    };
    let mut flat = Vec::new();
    flatten_into(list, depth, &mut flat);
    Ok(Value::List(flat.into()))
}

fn flatten_into(list: &Value, depth: i64, flat: &mut Vec<Value>) {
    for item in items(std::slice::from_ref(list), 0) {
        match item {
            Value::List(_) if depth != 0 => flatten_into(item, depth - 1, flat),
            item => flat.push(item.clone()),
        }
    }
}

fn unique(arguments: &[Value]) -> Answer {
    const MOST: usize = 4096;
    let list = items(arguments, 0);
    if list.len() > MOST {
        return Err(CallError::TooLarge);
    }
    let twice = list
        .iter()
        .enumerate()
        .any(|(at, item)| list[..at].contains(item));
    Ok(Value::Bool(!twice))
}
