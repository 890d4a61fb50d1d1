//! Words put into texts: those of the dictionary that mutations of bytes use, too.

use std::sync::LazyLock;

/// Every word of `cue.dict`.
pub(crate) static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("../cue.dict").lines();
    lines.filter_map(word).collect()
});

/// The word of a line: in quotes, with `\\`, `\"` and `\xAB`. None for comments and half letters.
fn word(line: &str) -> Option<String> {
    let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.bytes();
    let mut word = Vec::new();
    while let Some(byte) = rest.next() {
        let escape = (byte == b'\\').then(|| rest.next()).flatten();
        word.push(match escape {
            None => byte,
            Some(b'x') => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            Some(other) => other,
        });
    }
    String::from_utf8(word).ok()
}
