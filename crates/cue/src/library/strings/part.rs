//! Bytes and characters of a text.

use std::ops::Range;

use crate::{
    Value,
    library::{Answer, CallError, MAX_ITEMS, bytes, failed, int, string, text},
};

pub(super) fn byte_at(arguments: &[Value]) -> Answer {
    let index = usize::try_from(int(arguments, 1)?);
    let byte = index.ok().and_then(|index| bytes(arguments, 0).get(index));
    match byte {
        Some(byte) => Ok(Value::Number(i64::from(*byte).into())),
        None => Err(failed("the index is out of range")),
    }
}

/// Bytes, also of a text.
pub(super) fn byte_slice(arguments: &[Value]) -> Answer {
    let slice = bytes(arguments, 0).get(range(arguments)?);
    let slice = slice.ok_or_else(|| failed("the index is out of range"))?;
    Ok(Value::Bytes(slice.into()))
}

/// The characters as numbers.
pub(super) fn runes(arguments: &[Value]) -> Answer {
    if text(arguments, 0).len() > MAX_ITEMS {
        return Err(CallError::TooLarge);
    }
    let codes = text(arguments, 0).chars().map(|c| i64::from(u32::from(c)));
    Ok(Value::List(
        codes.map(|code| Value::Number(code.into())).collect(),
    ))
}

pub(super) fn slice_runes(arguments: &[Value]) -> Answer {
    let range = range(arguments)?;
    let runes: Vec<char> = text(arguments, 0).chars().collect();
    match runes.get(range) {
        Some(runes) => string(runes.iter().collect::<String>()),
        None => Err(failed("the index is out of range")),
    }
}

/// In characters.
pub(super) fn length(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

fn range(arguments: &[Value]) -> Result<Range<usize>, CallError> {
    let start = usize::try_from(int(arguments, 1)?);
    let end = usize::try_from(int(arguments, 2)?);
    match (start, end) {
        (Ok(start), Ok(end)) if start <= end => Ok(start..end),
        _ => Err(failed("the index is out of range")),
    }
}
