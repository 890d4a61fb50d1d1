//! String literals to the text they stand for.

use super::lexer::Quote;

/// Why a literal stands for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StringError {
    /// An escape that is not one, or names no character.
    Escape,
    /// A line without the white space that the closing quotes stand behind.
    Indent,
}

/// Reads the delimiters of a literal from its first part.
pub(crate) fn quote_of(first: &str) -> Quote {
    let hashes = first.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &first.as_bytes()[hashes..];
    let mark = rest.first().copied().unwrap_or(b'"');
    let triple = rest.len() >= 3 && rest[..3].iter().all(|byte| *byte == mark);
    // `""` followed by nothing is the empty string, not an opening of three.
    Quote {
        mark,
        hashes,
        triple,
    }
}

/// The white space in front of the closing quotes: what every line of the literal begins with.
fn indent_of(last: &str) -> &str {
    let text = last.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    &last[text.len()..]
}

/// What the parts of a literal stand for: one piece of bytes for each, UTF-8 for strings.
pub(crate) fn decode(quote: Quote, parts: &[&str]) -> Result<Vec<Vec<u8>>, StringError> {
    if quote.triple && parts.iter().any(|part| part.contains('\r')) {
        let parts: Vec<_> = parts.iter().map(|part| part.replace('\r', "")).collect();
        let parts: Vec<_> = parts.iter().map(|part| &**part).collect();
        return decode(quote, &parts);
    }
    let indent = match parts.last() {
        Some(last) if quote.triple => indent_of(last),
        Some(_) | None => "",
    };
    let mut pieces = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let mut part = *part;
        let last = index + 1 == parts.len();
        // The last line break belongs to the quotes, if they stand on a line of their own.
        if quote.triple && last {
            let cut = part.strip_suffix(indent);
            part = cut.and_then(|cut| cut.strip_suffix('\n')).unwrap_or(part);
        }
        let first_line = quote.triple && index == 0;
        pieces.push(decode_part(quote, part, indent, first_line, last)?);
    }
    Ok(pieces)
}

fn decode_part(
    quote: Quote,
    part: &str,
    indent: &str,
    first: bool,
    last: bool,
) -> Result<Vec<u8>, StringError> {
    let mut out = Vec::with_capacity(part.len());
    let mut rest = part;
    let mut opening = first;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\n' => {
                if !std::mem::take(&mut opening) {
                    out.push(b'\n');
                }
                if let Some(unindented) = rest.strip_prefix(indent) {
                    rest = unindented;
                } else if !(rest.starts_with('\n')
                    // Not so where an interpolation begins the line.
                    || (last && rest.is_empty()))
                {
                    return Err(StringError::Indent);
                }
            }
            '\\' if rest
                .as_bytes()
                .iter()
                .take_while(|byte| **byte == b'#')
                .count()
                >= quote.hashes =>
            {
                rest = escape(quote, &rest[quote.hashes..], &mut out)?;
            }
            _ => {
                let start = part.len() - rest.len() - c.len_utf8();
                let end = rest.find(['\n', '\\']).unwrap_or(rest.len());
                rest = &rest[end..];
                out.extend_from_slice(&part.as_bytes()[start..part.len() - rest.len()]);
            }
        }
    }
    Ok(out)
}

/// Reads what follows a backslash; gives back what is left.
fn escape<'s>(quote: Quote, rest: &'s str, out: &mut Vec<u8>) -> Result<&'s str, StringError> {
    let bytes = quote.mark == b'\'';
    let kind = rest.chars().next().ok_or(StringError::Escape)?;
    let after = &rest[kind.len_utf8()..];
    let simple = match kind {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '/' => b'/',
        '\\' => b'\\',
        '"' if !bytes => b'"',
        '\'' if bytes => b'\'',
        'u' | 'U' => return unicode(kind, after, quote, out),
        'x' if bytes => {
            out.push(u8::try_from(hex(after, 2)?).map_err(|_| StringError::Escape)?);
            return Ok(&after[2..]);
        }
        '0'..='7' if bytes => {
            let digits = rest.get(..3).ok_or(StringError::Escape)?;
            out.push(u8::from_str_radix(digits, 8).map_err(|_| StringError::Escape)?);
            return Ok(&rest[3..]);
        }
        _ => return Err(StringError::Escape),
    };
    out.push(simple);
    Ok(after)
}

fn hex(text: &str, length: usize) -> Result<u32, StringError> {
    let digits = text.get(..length).ok_or(StringError::Escape)?;
    match digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => u32::from_str_radix(digits, 16).map_err(|_| StringError::Escape),
        false => Err(StringError::Escape),
    }
}

fn unicode<'s>(
    kind: char,
    text: &'s str,
    quote: Quote,
    out: &mut Vec<u8>,
) -> Result<&'s str, StringError> {
    let length = if kind == 'u' { 4 } else { 8 };
    let mut code = hex(text, length)?;
    let mut rest = &text[length..];
    // JSON writes characters beyond the first plane as two halves.
    if (0xD800..0xDC00).contains(&code) {
        let hashes = "#".repeat(quote.hashes);
        let second = rest
            .strip_prefix('\\')
            .and_then(|rest| rest.strip_prefix(&*hashes));
        let second = second
            .and_then(|rest| rest.strip_prefix('u'))
            .ok_or(StringError::Escape)?;
        let low = hex(second, 4)?;
        if !(0xDC00..0xE000).contains(&low) {
            return Err(StringError::Escape);
        }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        rest = &second[4..];
    }
    let c = char::from_u32(code).ok_or(StringError::Escape)?;
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use crate::syntax::unquote;

    /// What CUE makes of each; `None` where it finds white space missing.
    #[test]
    fn lines_lose_the_white_space_in_front_of_the_closing_quotes() {
        let literals = [
            ("\"\"\"\n\ta\n\t  b\n\n\tc\n\t\"\"\"", Some("a\n  b\n\nc")),
            ("\"\"\"\n\t\"\"\"", Some("")),
            ("\"\"\"\n\n\"\"\"", Some("")),
            ("\"\"\"\n \n\"\"\"", Some(" ")),
            ("\"\"\"\n\ta\n  b\n\t\"\"\"", None),
            ("\"\"\"\n\ta\n \n\t\"\"\"", None),
            ("\"\"\"\n\ta\"\"\"", Some("\ta")),
            ("\"\"\"\n\ta\n\tb\t\"\"\"", Some("a\nb\t")),
            ("\"\"\"\n\t a\n\t b \"\"\"", None),
            ("\"\"\"\n\u{a0}a\n\u{a0}\"\"\"", Some("a")),
            ("\"\"\"\r\n\ta\r\n\tb\r\n\t\"\"\"", Some("a\nb")),
        ];
        for (literal, expected) in literals {
            let text = unquote(literal).map(|bytes| String::from_utf8(bytes).expect("text"));
            assert_eq!(text.as_deref(), expected, "{literal:?}");
        }
    }
}
