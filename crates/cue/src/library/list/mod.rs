//! Package `list`, but for sorting by a comparator and `MatchN`, which look at more than finished values.
//!
//! | function | what it does |
//! |---|---|
//! | `Sum`, `Product`, `Avg`, `Min`, `Max` of numbers | an int when the value is whole; `math` |
//! | `Range(start, end, step)` | numbers from `start` on, before `end`; exact decimals |
//! | `Drop([…], n)`, `Take([…], n)`, `Slice([…], i, j)` | a part; more than there is counts as all but in `Slice` |
//! | `FlattenN([…], depth)` | lists in lists laid out, all of them when the depth is below zero |
//! | `Concat([[…], …])`, `Repeat([…], n)`, `Reverse([…])` | a new list |
//! | `Contains([…], v)`, `UniqueItems([…])` | by kind and value: `1` is not `1.0`; `same` |
//! | `MinItems([…], n)`, `MaxItems([…], n)` | whether there are enough, or not too many |
//! | `SortStrings`, `IsSortedStrings` | by bytes |

mod math;
mod same;
mod shape;
#[cfg(test)]
mod tests;

use super::{Builtin, CallError, Param as P, failed, function, int, items, validator};
use crate::Value;

const NAME: &str = "list";
const NUMBERS: &[P] = &[P::Numbers];
const COUNT: &[P] = &[P::List, P::Int];
const ITEMS: &[P] = &[P::Items, P::Int];
const RANGE: &[P] = &[P::Number, P::Number, P::Number];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Avg", NUMBERS, math::average),
    function(NAME, "Max", NUMBERS, math::greatest),
    function(NAME, "Min", NUMBERS, math::least),
    function(NAME, "Sum", NUMBERS, math::sum),
    function(NAME, "Product", NUMBERS, math::product),
    function(NAME, "Range", RANGE, math::range),
    function(NAME, "Drop", COUNT, shape::drop),
    function(NAME, "Take", COUNT, shape::take),
    function(NAME, "Slice", &[P::List, P::Int, P::Int], shape::slice),
    function(NAME, "FlattenN", &[P::Any, P::Int], shape::flatten),
    function(NAME, "Repeat", COUNT, shape::repeat),
    function(NAME, "Concat", &[P::Lists], shape::concat),
    function(NAME, "Reverse", &[P::List], |a| {
        Ok(Value::List(items(a, 0).iter().rev().cloned().collect()))
    }),
    validator(NAME, "Contains", &[P::List, P::Any], |a| {
        let found = a
            .get(1)
            .is_some_and(|value| same::contains(items(a, 0), value));
        Ok(Value::Bool(found))
    }),
    validator(NAME, "MinItems", ITEMS, |a| {
        Ok(Value::Bool(length(a) >= int(a, 1)?))
    }),
    validator(NAME, "MaxItems", ITEMS, |a| {
        Ok(Value::Bool(length(a) <= int(a, 1)?))
    }),
    validator(NAME, "UniqueItems", &[P::List], |a| {
        Ok(Value::Bool(same::are_unique(items(a, 0))))
    }),
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

fn length(arguments: &[Value]) -> i64 {
    i64::try_from(items(arguments, 0).len()).unwrap_or(i64::MAX)
}

/// A length or place; a negative one is an error.
fn index(arguments: &[Value], at: usize) -> Result<usize, CallError> {
    usize::try_from(int(arguments, at)?).map_err(|_| failed("an index is negative"))
}
