//! The same JSON with other white space.

use super::{
    no_json,
    scan::{Token, check, token},
};
use crate::library::{Answer, CallError, MAX_ANSWER, lossy, string};

pub(super) fn compact(text: &[u8]) -> Answer {
    check(text).map_err(no_json)?;
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some((_, range)) = token(text, at).map_err(no_json)? {
        out.extend_from_slice(&text[range.clone()]);
        at = range.end;
    }
    string(lossy(&out))
}

/// Every item on a line of its own that begins with the prefix and an indent for each level. White space behind the
/// value stays.
pub(super) fn indent(text: &[u8], prefix: &str, indent: &str) -> Answer {
    check(text).map_err(no_json)?;
    let mut out = Vec::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut opened = false;
    let mut at = 0;
    while let Some((found, range)) = token(text, at).map_err(no_json)? {
        let closes = matches!(found, Token::Close(_));
        depth -= usize::from(closes);
        if opened != closes && (opened || closes) {
            line(&mut out, prefix, indent, depth)?;
        }
        opened = matches!(found, Token::Open(_));
        depth += usize::from(opened);
        out.extend_from_slice(&text[range.clone()]);
        match found {
            Token::Comma => line(&mut out, prefix, indent, depth)?,
            Token::Colon => out.push(b' '),
            Token::Open(_) | Token::Close(_) | Token::String | Token::Number | Token::Word => {}
        }
        at = range.end;
    }
    out.extend_from_slice(&text[at..]);
    string(lossy(&out))
}

fn line(out: &mut Vec<u8>, prefix: &str, indent: &str, depth: usize) -> Result<(), CallError> {
    let length = indent.len().saturating_mul(depth);
    if out
        .len()
        .saturating_add(length)
        .saturating_add(prefix.len())
        > MAX_ANSWER
    {
        return Err(CallError::TooLarge);
    }
    out.push(b'\n');
    out.extend_from_slice(prefix.as_bytes());
    out.extend_from_slice(indent.repeat(depth).as_bytes());
    Ok(())
}

/// `<`, `>`, `&` and Unicode's line breaks as `\u` escapes, wherever they stand.
pub(super) fn html_escape(text: &[u8]) -> Answer {
    let mut out = String::with_capacity(text.len());
    for c in lossy(text).chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    string(out)
}
