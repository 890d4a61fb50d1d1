//! What functions answer with.

use super::{Answer, CallError, MAX_ITEMS};
use crate::Value;

pub(super) fn failed(reason: impl Into<String>) -> CallError {
    CallError::Failed(reason.into())
}

pub(super) fn string(text: impl AsRef<str>) -> Answer {
    Ok(Value::String(text.as_ref().into()))
}

/// Bytes as text: each one that is no UTF-8 is replaced by itself, not with its neighbours.
pub(super) fn lossy(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

pub(super) fn strings<'t>(parts: impl Iterator<Item = &'t str>) -> Answer {
    let mut list = Vec::new();
    for part in parts {
        if list.len() >= MAX_ITEMS {
            return Err(CallError::TooLarge);
        }
        list.push(Value::String(part.into()));
    }
    Ok(Value::List(list.into()))
}

/// A list of texts.
pub(super) fn texts(texts: Vec<String>) -> Answer {
    strings(texts.iter().map(String::as_str))
}

pub(super) fn number(value: usize) -> Answer {
    Ok(Value::Number(
        i64::try_from(value).unwrap_or(i64::MAX).into(),
    ))
}
