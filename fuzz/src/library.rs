//! Calls of the standard packages with any arguments.
//!
//! The first line is an expression; the rest are the strings `a`, `b` and `c`, with [`BETWEEN`] between them.

use burgee_cue::{NoLoader, Program, source::SourceId};
use serde_json::Value;

use crate::{limits::tight, problems, read_again};

/// What stands between two arguments.
pub const BETWEEN: char = '\u{1}';

const FILE: SourceId = SourceId(0);
const CALL: SourceId = SourceId(1);

/// Calls it.
pub fn holds(text: &str) {
    let (call, arguments) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(program) = Program::package(&[("", FILE)], Some((call, CALL)), &NoLoader) else {
        return;
    };
    let mut arguments = arguments.split(BETWEEN).map(Value::from);
    let mut next = || arguments.next().unwrap_or(Value::from(""));
    let [a, b, c] = [next(), next(), next()];
    match program.evaluate(&[("a", &a), ("b", &b), ("c", &c)], &tight()) {
        Ok(value) => read_again::check(&value),
        Err(error) => problems::check_error(&error, &[(FILE, ""), (CALL, call)]),
    }
}
