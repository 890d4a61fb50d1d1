//! Parts of lists, and lists made of lists.

use super::index;
use crate::{
    Value,
    library::{Answer, CallError, MAX_ITEMS, failed, int, items},
};

pub(super) fn drop(arguments: &[Value]) -> Answer {
    let (list, count) = (items(arguments, 0), index(arguments, 1)?);
    Ok(list_of(list.get(count..).unwrap_or(&[])))
}

pub(super) fn take(arguments: &[Value]) -> Answer {
    let (list, count) = (items(arguments, 0), index(arguments, 1)?);
    Ok(list_of(list.get(..count).unwrap_or(list)))
}

pub(super) fn slice(arguments: &[Value]) -> Answer {
    let (from, to) = (index(arguments, 1)?, index(arguments, 2)?);
    match items(arguments, 0).get(from..to) {
        Some(items) => Ok(list_of(items)),
        None => Err(failed("the slice is out of range")),
    }
}

pub(super) fn repeat(arguments: &[Value]) -> Answer {
    let list = items(arguments, 0);
    let count = usize::try_from(int(arguments, 1)?).map_err(|_| failed("the count is negative"))?;
    if list.is_empty() {
        return Ok(list_of(&[]));
    }
    match list.len().checked_mul(count) {
        Some(length) if length <= MAX_ITEMS => {
            let all = std::iter::repeat_n(list, count).flatten();
            Ok(Value::List(all.cloned().collect()))
        }
        Some(_) | None => Err(CallError::TooLarge),
    }
}

pub(super) fn concat(arguments: &[Value]) -> Answer {
    let lists = items(arguments, 0).iter();
    let all: Vec<Value> = lists.flat_map(inner).cloned().collect();
    match all.len() <= MAX_ITEMS {
        true => Ok(Value::List(all.into())),
        false => Err(CallError::TooLarge),
    }
}

/// Lays out lists in lists as deep as the second argument says; below zero all of them.
pub(super) fn flatten(arguments: &[Value]) -> Answer {
    let depth = int(arguments, 1)?;
    let Some(list @ Value::List(_)) = arguments.first() else {
        return Err(failed("a list was expected"));
    };
    let mut flat = Vec::new();
    flatten_into(list, depth, &mut flat)?;
    Ok(Value::List(flat.into()))
}

fn flatten_into(list: &Value, depth: i64, flat: &mut Vec<Value>) -> Result<(), CallError> {
    for item in inner(list) {
        match item {
            Value::List(_) if depth != 0 => flatten_into(item, depth.saturating_sub(1), flat)?,
            item if flat.len() < MAX_ITEMS => flat.push(item.clone()),
            _ => return Err(CallError::TooLarge),
        }
    }
    Ok(())
}

fn inner(list: &Value) -> &[Value] {
    items(std::slice::from_ref(list), 0)
}

fn list_of(items: &[Value]) -> Value {
    Value::List(items.into())
}
