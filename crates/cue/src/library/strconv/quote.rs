//! Go's quoted literals, as `strconv` writes them.

use std::{fmt::Write as _, sync::LazyLock};

use regex::Regex;

/// Which letters stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Printable,
    Ascii,
    /// Also spaces that are no ASCII space.
    Graphic,
}

/// Letters, marks, numbers, punctuation and symbols. Up to Unicode 15, which is what Go knows.
static PRINTABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[[\pL\pM\pN\pP\pS]&&\p{age:15.0}]$").ok());

/// True for letters, marks, numbers, punctuation, symbols and the ASCII space.
pub(super) fn is_print(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    let printable = PRINTABLE.as_ref();
    printable.is_some_and(|printable| printable.is_match(c.encode_utf8(&mut [0; 4])))
}

/// True also for the other spaces.
pub(super) fn is_graphic(c: char) -> bool {
    is_print(c)
        || matches!(
            c,
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
}

/// The literal of a text between `mark`s.
pub(super) fn quote(text: impl Iterator<Item = char>, mark: char, charset: Charset) -> String {
    let mut out = String::from(mark);
    for c in text {
        let plain = match charset {
            Charset::Printable => is_print(c),
            Charset::Ascii => c.is_ascii() && is_print(c),
            Charset::Graphic => is_graphic(c),
        };
        match c {
            c if c == mark || c == '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if plain => out.push(c),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            c => {
                let code = u32::from(c);
                let written = match code {
                    0..=0x7f => write!(out, "\\x{code:02x}"),
                    0x80..=0xffff => write!(out, "\\u{code:04x}"),
                    _ => write!(out, "\\U{code:08x}"),
                };
                written.expect("a string takes everything");
            }
        }
    }
    out.push(mark);
    out
}
