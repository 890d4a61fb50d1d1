//! What a task tells: lines on standard output.

use std::io::Write as _;

/// Prints one line. A reader that has gone away (`| head`) is no error.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
