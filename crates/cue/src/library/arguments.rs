//! Readers of arguments. Their kinds have been checked against `params` before a function runs, so what is not of its
//! kind is as good as missing.

use super::{CallError, failed};
use crate::{Number, Value};

pub(super) fn text(arguments: &[Value], index: usize) -> &str {
    arguments.get(index).and_then(Value::as_str).unwrap_or("")
}

pub(super) fn bytes(arguments: &[Value], index: usize) -> &[u8] {
    match arguments.get(index) {
        Some(Value::Bytes(bytes)) => bytes,
        Some(Value::String(text)) => text.as_bytes(),
        Some(_) | None => &[],
    }
}

/// An integer of at most 64 bits and a sign; what is still beyond an `i64` is the nearest one.
pub(super) fn int(arguments: &[Value], index: usize) -> Result<i64, CallError> {
    let Some(Value::Number(number)) = arguments.get(index) else {
        return Ok(0);
    };
    let nearest = match number.is_negative() {
        true => i64::MIN,
        false => i64::MAX,
    };
    match (number.as_i64(), sized(number, 64)?) {
        (Some(value), ()) => Ok(value),
        (None, ()) => Ok(nearest),
    }
}

/// An integer of at most 64 bits without a sign.
pub(super) fn uint(arguments: &[Value], index: usize) -> Result<u64, CallError> {
    let Some(Value::Number(number)) = arguments.get(index) else {
        return Ok(0);
    };
    let value = number
        .to_integer()
        .and_then(|value| u64::try_from(value).ok());
    value.ok_or_else(|| failed(format!("{number} is no number of 64 bits without a sign")))
}

/// The character that a number of at most 32 bits stands for, if it does.
pub(super) fn rune(arguments: &[Value], index: usize) -> Result<Option<char>, CallError> {
    if let Some(Value::Number(number)) = arguments.get(index) {
        sized(number, 32)?;
    }
    let code = u32::try_from(int(arguments, index)?);
    Ok(code.ok().and_then(char::from_u32))
}

fn sized(number: &Number, bits: u64) -> Result<(), CallError> {
    let fits = match number.as_i64() {
        Some(small) => 64 - u64::from(small.unsigned_abs().leading_zeros()) <= bits,
        None => number
            .to_integer()
            .is_some_and(|value| value.bits() <= bits),
    };
    match fits {
        true => Ok(()),
        false => Err(failed(format!("{number} has more than {bits} bits"))),
    }
}

pub(super) fn items(arguments: &[Value], index: usize) -> &[Value] {
    match arguments.get(index) {
        Some(Value::List(items)) => items,
        Some(_) | None => &[],
    }
}

/// The items of an argument that may be anything.
pub(super) fn list(arguments: &[Value], index: usize) -> Result<&[Value], CallError> {
    match arguments.get(index) {
        Some(Value::List(items)) => Ok(items),
        Some(_) | None => Err(failed("a list was expected")),
    }
}
