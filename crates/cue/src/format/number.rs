//! Numbers: `0.5` for `.5`, `1e3` for `1E3`.

use std::borrow::Cow;

/// The literal, with a digit in front of its point and a small `e`. `5.` stays: unlike `5.0` it exports as `5`.
pub(super) fn spelled(literal: &str) -> Cow<'_, str> {
    let based = ["0x", "0X", "0b", "0B", "0o"];
    if based.iter().any(|base| literal.starts_with(base)) {
        return Cow::Borrowed(literal);
    }
    let zero = if literal.starts_with('.') { "0" } else { "" };
    match zero.is_empty() && !literal.contains('E') {
        true => Cow::Borrowed(literal),
        false => Cow::Owned(format!("{zero}{}", literal.replace('E', "e"))),
    }
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn numbers_are_spelled_as_cue_does() {
        // What CUE v0.14.1 makes of each, the last one apart.
        let table = [
            ("1", "1"),
            ("1E400", "1e400"),
            (".5", "0.5"),
            ("072.40", "072.40"),
            ("0xEF", "0xEF"),
            ("1.5Ki", "1.5Ki"),
            ("1_000", "1_000"),
            ("5.", "5."),
        ];
        for (literal, expected) in table {
            assert_eq!(spelled(literal), expected);
        }
    }
}
