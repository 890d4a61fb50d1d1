//! Templates in pieces: text, and the words of actions.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    Action(Vec<Word>),
}

/// A word of an action.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) kind: Kind,
    /// Nothing stands between it and the word before.
    pub(super) joined: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `.`
    Dot,
    /// `.name`
    Field(String),
    /// `$`, `$name`
    Variable(String),
    Name(String),
    Text(String),
    Int(i64),
    Float(f64),
    /// `(`, `)`, `|`, `,`, `=`
    Sign(char),
    /// `:=`
    Declare,
}

const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

pub(super) fn pieces(template: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut trim = false;
    while !rest.is_empty() {
        let at = rest.find("{{").unwrap_or(rest.len());
        let (text, action) = rest.split_at(at);
        let text = if trim {
            text.trim_start_matches(SPACE)
        } else {
            text
        };
        let Some(mut action) = action.strip_prefix("{{") else {
            pieces.push(Piece::Text(text.to_owned()));
            break;
        };
        let trims = |text: &str| {
            text.strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(SPACE))
        };
        let text = match trims(action) {
            true => {
                action = &action[1..];
                text.trim_end_matches(SPACE)
            }
            false => text,
        };
        pieces.push(Piece::Text(text.to_owned()));
        let comment = action.trim_start_matches(SPACE);
        if comment.starts_with("/*") {
            let (_, after) = comment.split_once("*/").ok_or("a comment is not closed")?;
            (rest, trim) = ending(after).ok_or("a comment ends before its action does")?;
            continue;
        }
        let (words, after) = words(action)?;
        pieces.push(Piece::Action(words));
        (rest, trim) = ending(after).ok_or("an action is not closed")?;
    }
    Ok(pieces)
}

/// What follows `}}` or ` -}}`, and whether it was the latter.
fn ending(text: &str) -> Option<(&str, bool)> {
    let plain = text.trim_start_matches(SPACE);
    let trims = plain.len() < text.len();
    match plain.strip_prefix("-}}") {
        Some(rest) if trims => Some((rest, true)),
        Some(_) | None => plain.strip_prefix("}}").map(|rest| (rest, false)),
    }
}

fn words(action: &str) -> Result<(Vec<Word>, &str), String> {
    let mut words = Vec::new();
    let mut rest = action;
    loop {
        if ending(rest).is_some() {
            return Ok((words, rest));
        }
        let plain = rest.trim_start_matches(SPACE);
        let joined = plain.len() == rest.len() && !words.is_empty();
        let (kind, behind) = word(plain)?;
        words.push(Word { kind, joined });
        rest = behind;
    }
}

fn word(text: &str) -> Result<(Kind, &str), String> {
    let first = text.chars().next().ok_or("an action is not closed")?;
    let name = |text: &'_ str| -> usize {
        let is_word = |c: char| c == '_' || c.is_alphanumeric();
        text.find(|c| !is_word(c)).unwrap_or(text.len())
    };
    let rest = &text[first.len_utf8()..];
    match first {
        '(' | ')' | '|' | ',' | '=' => Ok((Kind::Sign(first), rest)),
        ':' => match rest.strip_prefix('=') {
            Some(rest) => Ok((Kind::Declare, rest)),
            None => Err("`:` is not followed by `=`".to_owned()),
        },
        '.' if !rest.starts_with(|c: char| c.is_ascii_digit()) => match name(rest) {
            0 => Ok((Kind::Dot, rest)),
            length => Ok((Kind::Field(rest[..length].to_owned()), &rest[length..])),
        },
        '$' => {
            let length = name(rest);
            Ok((Kind::Variable(rest[..length].to_owned()), &rest[length..]))
        }
        '"' => {
            let end = closing(rest, '"').ok_or("a string is not closed")?;
            let inner = unescaped(&rest[..end])?;
            Ok((Kind::Text(inner), &rest[end + 1..]))
        }
        '`' => match rest.split_once('`') {
            Some((inner, rest)) => Ok((Kind::Text(inner.to_owned()), rest)),
            None => Err("a raw string is not closed".to_owned()),
        },
        '\'' => {
            let end = closing(rest, '\'').ok_or("a character is not closed")?;
            let inner = unescaped(&rest[..end])?;
            let mut chars = inner.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => Ok((Kind::Int(i64::from(u32::from(c))), &rest[end + 1..])),
                _ => Err(format!("`'{inner}'` is no character")),
            }
        }
        '0'..='9' | '+' | '-' | '.' => number(text),
        c if c == '_' || c.is_alphabetic() => {
            let length = name(text);
            Ok((Kind::Name(text[..length].to_owned()), &text[length..]))
        }
        c => Err(format!("`{c}` does not belong in an action")),
    }
}

/// The place of the quote that ends a literal.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices()
        .take_while(|(_, c)| *c != '\n')
        .find_map(|(at, c)| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends.then_some(at)
        })
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let kind = after.chars().next().unwrap_or(' ');
        let digits = |length: usize, radix: u32| {
            let code = after.get(1..1 + length);
            let code = code.and_then(|code| u32::from_str_radix(code, radix).ok());
            code.and_then(char::from_u32)
        };
        let (c, length) = match kind {
            'a' => ('\u{7}', 1),
            'b' => ('\u{8}', 1),
            'f' => ('\u{c}', 1),
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            'v' => ('\u{b}', 1),
            '\\' | '"' | '\'' => (kind, 1),
            'u' | 'U' => {
                let length = if kind == 'u' { 4 } else { 8 };
                (
                    digits(length, 16).ok_or("an escape is malformed")?,
                    length + 1,
                )
            }
            // Of bytes those that are ASCII.
            'x' => (
                digits(2, 16)
                    .filter(char::is_ascii)
                    .ok_or("an escape is malformed")?,
                3,
            ),
            _ => return Err(format!("`\\{kind}` is no escape")),
        };
        out.push(c);
        rest = &after[length..];
    }
    out.push_str(rest);
    Ok(out)
}

fn number(text: &str) -> Result<(Kind, &str), String> {
    let mut before = ' ';
    let end = text.find(|c: char| {
        let signed = matches!(c, '+' | '-') && matches!(before, ' ' | 'e' | 'E' | 'p' | 'P');
        before = c;
        !(signed || c == '.' || c == '_' || c.is_ascii_alphanumeric())
    });
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    let plain = word.replace('_', "");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let radix = |prefix: [&str; 2], radix: u32| {
        let digits = digits
            .strip_prefix(prefix[0])
            .or_else(|| digits.strip_prefix(prefix[1]))?;
        i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()
    };
    let int = radix(["0x", "0X"], 16)
        .or_else(|| radix(["0b", "0B"], 2))
        .or_else(|| radix(["0o", "0O"], 8));
    let octal =
        digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    let int = match int {
        None if octal => i64::from_str_radix(&format!("{sign}{digits}"), 8).ok(),
        None => plain.parse().ok(),
        int => int,
    };
    if let Some(int) = int {
        return Ok((Kind::Int(int), rest));
    }
    let is_float = digits.starts_with(|c: char| c == '.' || c.is_ascii_digit())
        && digits.contains(['.', 'e', 'E']);
    match plain.parse() {
        Ok(float) if is_float => Ok((Kind::Float(float), rest)),
        _ => Err(format!("`{word}` is no number")),
    }
}
