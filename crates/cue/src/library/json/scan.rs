//! JSON's grammar, over bytes: what is no UTF-8 may stand in strings.

use std::ops::Range;

/// How deep lists and objects may nest before a text is no JSON any more.
const MAX_DEPTH: usize = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `[` or `{`.
    Open(u8),
    /// `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    String,
    Number,
    /// `true`, `false`, `null`.
    Word,
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Nothing,
}

/// The next token and where it stands; `None` at the end, `Err` with a place where there is none.
pub(super) fn token(text: &[u8], from: usize) -> Result<Option<(Token, Range<usize>)>, usize> {
    let rest = text.get(from..).unwrap_or(&[]);
    let space = rest.iter().take_while(|byte| is_space(**byte)).count();
    let at = from + space;
    let rest = &rest[space..];
    let Some(first) = rest.first() else {
        return Ok(None);
    };
    let word = |word: &[u8]| rest.starts_with(word).then_some((Token::Word, word.len()));
    let found = match first {
        b'[' | b'{' => Some((Token::Open(*first), 1)),
        b']' | b'}' => Some((Token::Close(*first), 1)),
        b',' => Some((Token::Comma, 1)),
        b':' => Some((Token::Colon, 1)),
        b'"' => string(rest).map(|length| (Token::String, length)),
        b't' => word(b"true"),
        b'f' => word(b"false"),
        b'n' => word(b"null"),
        _ => number(rest).map(|length| (Token::Number, length)),
    };
    match found {
        Some((token, length)) => Ok(Some((token, at..at + length))),
        None => Err(at),
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The length of the string at the beginning.
fn string(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => match text.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                b'u' => {
                    let digits = text.get(at + 2..at + 6)?;
                    if !digits.iter().all(u8::is_ascii_hexdigit) {
                        return None;
                    }
                    at += 6;
                }
                _ => return None,
            },
            0..=0x1f => return None,
            _ => at += 1,
        }
    }
}

/// The length of the number at the beginning.
fn number(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or(&[]);
        from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let start = usize::from(text.first() == Some(&b'-'));
    let whole = match text.get(start)? {
        b'0' => start + 1,
        b'1'..=b'9' => digits(start),
        _ => return None,
    };
    let fraction = match text.get(whole) {
        Some(b'.') => Some(digits(whole + 1)).filter(|end| *end > whole + 1)?,
        Some(_) | None => whole,
    };
    if !matches!(text.get(fraction), Some(b'e' | b'E')) {
        return Some(fraction);
    }
    let sign = usize::from(matches!(text.get(fraction + 1), Some(b'+' | b'-')));
    let exponent = fraction + 1 + sign;
    Some(digits(exponent)).filter(|end| *end > exponent)
}

/// True for a text that is one JSON value; otherwise the place where it ceases to be.
pub(super) fn check(text: &[u8]) -> Result<(), usize> {
    let mut open = Vec::new();
    let mut expected = Expected::Value;
    let mut at = 0;
    while let Some((found, range)) = token(text, at)? {
        expected = match (expected, found) {
            (Expected::Value | Expected::ValueOrEnd, Token::Open(_)) if open.len() >= MAX_DEPTH => {
                return Err(range.start);
            }
            (Expected::Value | Expected::ValueOrEnd, Token::Open(bracket)) => {
                open.push(bracket);
                match bracket {
                    b'[' => Expected::ValueOrEnd,
                    _ => Expected::KeyOrEnd,
                }
            }
            (
                Expected::Value | Expected::ValueOrEnd,
                Token::String | Token::Number | Token::Word,
            ) => after(&open),
            (Expected::ValueOrEnd | Expected::CommaOrEnd, Token::Close(b']'))
                if open.last() == Some(&b'[') =>
            {
                open.pop();
                after(&open)
            }
            (Expected::KeyOrEnd | Expected::CommaOrEnd, Token::Close(b'}'))
                if open.last() == Some(&b'{') =>
            {
                open.pop();
                after(&open)
            }
            (Expected::Key | Expected::KeyOrEnd, Token::String) => Expected::Colon,
            (Expected::Colon, Token::Colon) => Expected::Value,
            (Expected::CommaOrEnd, Token::Comma) => match open.last() {
                Some(b'[') => Expected::Value,
                Some(_) | None => Expected::Key,
            },
            (_, _) => return Err(range.start),
        };
        at = range.end;
    }
    match expected {
        Expected::Nothing => Ok(()),
        _ => Err(text.len()),
    }
}

fn after(open: &[u8]) -> Expected {
    match open.is_empty() {
        true => Expected::Nothing,
        false => Expected::CommaOrEnd,
    }
}
