//! Go's quoted literals, as `strconv` writes and reads them.

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

/// What a literal in double quotes, back quotes or (one letter) single quotes stands for.
pub(super) fn unquote(literal: &str) -> Option<String> {
    let mark = literal
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '`' | '\''))?;
    let inner = literal.get(1..)?.strip_suffix(mark)?;
    if mark == '`' {
        return (!inner.contains('`')).then(|| inner.replace('\r', ""));
    }
    let mut out: Vec<u8> = Vec::new();
    let mut rest = inner;
    let mut letters = 0;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        letters += 1;
        match c {
            '\\' => rest = escape(rest, mark, &mut out)?,
            '\n' => return None,
            c if c == mark => return None,
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    let valid = mark != '\'' || letters == 1;
    valid.then(|| String::from_utf8_lossy(&out).into_owned())
}

fn escape<'s>(rest: &'s str, mark: char, out: &mut Vec<u8>) -> Option<&'s str> {
    let kind = rest.chars().next()?;
    let after = &rest[kind.len_utf8()..];
    let (digits, radix, unicode) = match kind {
        'x' => (after.get(..2)?, 16, false),
        'u' => (after.get(..4)?, 16, true),
        'U' => (after.get(..8)?, 16, true),
        '0'..='7' => (rest.get(..3)?, 8, false),
        _ => {
            let byte = match kind {
                'a' => 7,
                'b' => 8,
                'f' => 12,
                'n' => b'\n',
                'r' => b'\r',
                't' => b'\t',
                'v' => 11,
                '\\' => b'\\',
                c if c == mark => u8::try_from(c).ok()?,
                _ => return None,
            };
            out.push(byte);
            return Some(after);
        }
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok()?;
    match unicode {
        true => {
            let c = char::from_u32(code)?;
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        false => out.push(u8::try_from(code).ok()?),
    }
    let skip = if radix == 8 { 3 } else { digits.len() + 1 };
    rest.get(skip..)
}
