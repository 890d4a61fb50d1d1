//! What to do about an answer, as data until it is shown.

use burgee_source::{Lang, Text};

/// A text with its arguments. No secret in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    text: Text,
    args: Vec<(&'static str, String)>,
}

// === impl Advice ===

impl Advice {
    /// Nothing to say.
    pub(crate) const NONE: Self = Self::new(Text::new("", ""));

    pub(crate) const fn new(text: Text) -> Self {
        Self {
            text,
            args: Vec::new(),
        }
    }

    pub(crate) fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// In words.
    #[must_use]
    pub fn render(&self, lang: Lang) -> String {
        self.text.render(lang, &self.args)
    }
}

/// The beginning of an answer that makes no sense, fit to be shown: no control characters, bounded.
pub(crate) fn excerpt(body: &[u8]) -> String {
    const MAX_BYTES: usize = 200;
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * MAX_BYTES)]);
    let words = text.split_whitespace().map(|word| {
        let visible = word
            .chars()
            .filter(|c| !c.is_control() && !is_invisible(*c));
        visible.collect::<String>()
    });
    let mut line = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    let end = line.floor_char_boundary(MAX_BYTES);
    if end < line.len() {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Characters that turn text around or hide in it.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_has_no_escapes_and_an_end() {
        assert_eq!(excerpt(b"\x1b[31mred\x1b[0m\r\n two"), "[31mred[0m two");
        assert_eq!(excerpt("a\u{202e}b".as_bytes()), "ab");
        let long = excerpt("好".repeat(10_000).as_bytes());
        assert!(long.len() <= 204, "{}", long.len());
        assert!(long.ends_with('…'));
        assert_eq!(excerpt(&[0xff, 0xfe, b'a']), "\u{fffd}\u{fffd}a");
    }
}
