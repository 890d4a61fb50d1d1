//! Go's quoted literals, as `strconv` writes them.

/// Which letters stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Printable,
    Ascii,
    /// Also spaces that are no ASCII space.
    Graphic,
}

/// True for what Go's `unicode.IsPrint` takes: letters, marks, numbers, punctuation, symbols, the ASCII space.
pub(super) fn is_print(c: char) -> bool {
    match c {
        ' ' => true,
        c if c.is_whitespace() || c.is_control() => false,
        c if c.is_alphanumeric() => true,
        // Combining marks are printable, though a debugger would escape them.
        '\u{300}'..='\u{36f}' => true,
        '"' | '\'' | '\\' => true,
        c => c.escape_debug().len() == 1,
    }
}

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
            c if u32::from(c) < 0x80 => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) < 0x10000 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push(mark);
    out
}
