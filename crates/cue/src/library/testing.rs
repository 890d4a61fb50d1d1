//! How the tests of the packages call their functions.

use super::{Answer, Builtin, CallError};
use crate::Value;

/// What the function of this name says.
pub(super) fn outcome(functions: &[Builtin], name: &str, arguments: &[Value]) -> Answer {
    let function = functions.iter().find(|function| function.name == name);
    (function.expect("a function of this package").run)(arguments)
}

/// The same as JSON; `failed` when it fails.
pub(super) fn json(functions: &[Builtin], name: &str, arguments: &[Value]) -> String {
    shown(outcome(functions, name, arguments))
}

/// The same, a string without its quotes.
pub(super) fn plain(functions: &[Builtin], name: &str, arguments: &[Value]) -> String {
    match outcome(functions, name, arguments) {
        Ok(Value::String(text)) => text.into(),
        other => shown(other),
    }
}

/// Strings as arguments.
pub(super) fn texts(arguments: &[&str]) -> Vec<Value> {
    let value = |text: &&str| Value::String((*text).into());
    arguments.iter().map(value).collect()
}

fn shown(answer: Answer) -> String {
    match answer {
        Ok(value) => value.to_json_text(),
        Err(CallError::Failed(_)) => "failed".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
