//! Text to words: automatic commas, numbers, raw and interpolated strings.
//!
//! The whole text becomes one list of words at once, so that the parser may look ahead as far as it likes.
//! An interpolation needs a stack: its expression is lexed like any other text until its closing parenthesis.

use super::{
    ast::Range32,
    letter::{is_digit, is_letter},
    problem::Problem,
    token::{Token, TokenKind},
};
use crate::rules;

pub(crate) struct Lexer<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    tokens: Vec<Token>,
    comments: Vec<Range32>,
    /// The interpolated strings that are open here.
    open: Vec<Open>,
    problems: Vec<Problem>,
}

/// An interpolated string whose expression is being lexed.
#[derive(Clone, Copy)]
struct Open {
    quote: Quote,
    /// Parentheses open inside the expression.
    parens: u32,
}

/// How a string literal is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) mark: u8,
    pub(crate) hashes: usize,
    pub(crate) triple: bool,
}

/// More problems than this help nobody.
pub(crate) const MAX_PROBLEMS: usize = 20;

/// The words of a text.
#[derive(Debug)]
pub(crate) struct Lexed {
    /// The last one is [`TokenKind::End`].
    pub(crate) tokens: Vec<Token>,
    /// Each from its `//` to the end of the line.
    pub(crate) comments: Vec<Range32>,
    pub(crate) problems: Vec<Problem>,
}

/// Splits a text into words.
pub(crate) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        tokens: Vec::with_capacity(text.len() / 4 + 8),
        comments: Vec::new(),
        open: Vec::new(),
        problems: Vec::new(),
    };
    while lexer.problems.len() < MAX_PROBLEMS && lexer.step() {}
    lexer.finish()
}

// === impl Lexer ===

impl Lexer<'_> {
    fn finish(mut self) -> Lexed {
        if let Some(open) = self.open.pop() {
            let _ = open;
            let end = self.bytes.len();
            self.problem(&rules::UNTERMINATED_STRING, end, end);
        }
        self.line_break(self.bytes.len());
        self.push(TokenKind::End, self.bytes.len(), self.bytes.len());
        Lexed {
            tokens: self.tokens,
            comments: self.comments,
            problems: self.problems,
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        // `Program` refuses texts beyond `MAX_INPUT`, far below 4 GiB.
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        self.tokens.push(Token { kind, start, end });
    }

    fn problem(&mut self, rule: &'static burgee_source::Rule, start: usize, end: usize) {
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        self.problems.push(Problem::new(rule, start, end));
    }

    fn line_break(&mut self, at: usize) {
        if self
            .tokens
            .last()
            .is_some_and(|last| last.kind.ends_a_line())
        {
            self.push(TokenKind::Newline, at, at);
        }
    }

    /// Lexes one word; false at the end.
    fn step(&mut self) -> bool {
        let start = self.at;
        let Some(&byte) = self.bytes.get(start) else {
            return false;
        };
        match byte {
            b'\n' => {
                self.line_break(start);
                self.at += 1;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'/' if self.peek(1) == b'/' => self.comment(),
            b'a'..=b'z' | b'A'..=b'Z' | b'$' => self.ident(),
            b'_' if self.peek(1) == b'|' && self.peek(2) == b'_' => {
                self.operator(TokenKind::Bottom, 3);
            }
            b'_' => self.ident(),
            b'#' => match self.hashes_before_quote() {
                Some(hashes) => self.string(hashes),
                None => self.ident(),
            },
            b'"' | b'\'' => self.string(0),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            b'@' => self.attribute(),
            b')' if self.open.last().is_some_and(|open| open.parens == 0) => self.string_goes_on(),
            0x80.. => self.ident(),
            _ => self.punctuation(byte),
        }
        true
    }

    fn comment(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| *byte == b'\n');
        let length = length.unwrap_or(rest.len());
        let shown = rest[..length].trim_ascii_end().len();
        let [start, end] =
            [self.at, self.at + shown].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        self.comments.push(Range32 { start, end });
        self.at += length;
    }

    fn operator(&mut self, kind: TokenKind, length: usize) {
        self.push(kind, self.at, self.at + length);
        self.at += length;
    }

    fn punctuation(&mut self, byte: u8) {
        use TokenKind as T;
        let next = self.peek(1);
        let (kind, length) = match (byte, next) {
            (b'.', b'.') if self.peek(2) == b'.' => (T::Ellipsis, 3),
            (b'.', _) => (T::Dot, 1),
            (b',', _) => (T::Comma, 1),
            (b':', _) => (T::Colon, 1),
            (b'?', _) => (T::Question, 1),
            (b'+', _) => (T::Plus, 1),
            (b'-', _) => (T::Minus, 1),
            (b'*', _) => (T::Star, 1),
            (b'/', _) => (T::Slash, 1),
            (b'&', b'&') => (T::AndAnd, 2),
            (b'&', _) => (T::And, 1),
            (b'|', b'|') => (T::OrOr, 2),
            (b'|', _) => (T::Or, 1),
            (b'=', b'=') => (T::Equal, 2),
            (b'=', b'~') => (T::Match, 2),
            (b'=', _) => (T::Assign, 1),
            (b'!', b'=') => (T::NotEqual, 2),
            (b'!', b'~') => (T::NotMatch, 2),
            (b'!', _) => (T::Not, 1),
            (b'<', b'=') => (T::LessEqual, 2),
            (b'<', _) => (T::Less, 1),
            (b'>', b'=') => (T::GreaterEqual, 2),
            (b'>', _) => (T::Greater, 1),
            (b'(', _) => (T::OpenParen, 1),
            (b')', _) => (T::CloseParen, 1),
            (b'[', _) => (T::OpenBracket, 1),
            (b']', _) => (T::CloseBracket, 1),
            (b'{', _) => (T::OpenBrace, 1),
            (b'}', _) => (T::CloseBrace, 1),
            (b';', _) => {
                let at = u32::try_from(self.at).unwrap_or(u32::MAX);
                self.problems
                    .push(Problem::new(&rules::MISSING_COMMA, at, at + 1));
                (T::Comma, 1)
            }
            _ => {
                self.problem(&rules::ILLEGAL_CHARACTER, self.at, self.at + 1);
                self.at += 1;
                return;
            }
        };
        if let Some(open) = self.open.last_mut() {
            match kind {
                T::OpenParen => open.parens += 1,
                T::CloseParen => open.parens = open.parens.saturating_sub(1),
                _ => {}
            }
        }
        self.operator(kind, length);
    }

    fn ident(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let prefix = match rest.as_bytes() {
            [b'_', b'#', ..] => 2,
            [b'#', ..] => 1,
            _ => 0,
        };
        let mut length = prefix;
        for c in rest[prefix..].chars() {
            let letter = is_letter(c) || c == '_' || c == '$';
            if !letter && (length == prefix || !is_digit(c)) {
                break;
            }
            length += c.len_utf8();
        }
        if length == prefix && prefix != 1 {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.problem(&rules::ILLEGAL_CHARACTER, start, start + length);
            self.at += length;
            return;
        }
        if length == prefix {
            self.problem(&rules::ILLEGAL_CHARACTER, start, start + 1);
            self.at += 1;
            return;
        }
        self.operator(TokenKind::Ident, length);
    }

    fn number(&mut self) {
        let start = self.at;
        if self.peek(0) == b'0' {
            let (rule, is_digit): (_, fn(&u8) -> bool) = match self.peek(1) {
                b'x' | b'X' => (&rules::ILLEGAL_HEXADECIMAL, u8::is_ascii_hexdigit),
                b'o' => (&rules::ILLEGAL_OCTAL, |byte| matches!(byte, b'0'..=b'7')),
                b'b' => (&rules::ILLEGAL_BINARY, |byte| matches!(byte, b'0' | b'1')),
                _ => return self.decimal(start),
            };
            self.at += 2;
            let from = self.at;
            self.digits(is_digit);
            let more = self.peek(0).is_ascii_alphanumeric();
            if self.at == from || more {
                self.digits(u8::is_ascii_alphanumeric);
                self.problem(rule, start, self.at);
            }
            return self.push(TokenKind::Number, start, self.at);
        }
        self.decimal(start);
    }

    fn decimal(&mut self, start: usize) {
        self.digits(u8::is_ascii_digit);
        let whole = self.at - start;
        let mut float = false;
        // `1...` is a number and an ellipsis, `1.` a float.
        if self.peek(0) == b'.' && self.peek(1) != b'.' {
            float = true;
            self.at += 1;
            self.digits(u8::is_ascii_digit);
        }
        let exponent = matches!(self.peek(0), b'e' | b'E');
        let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
        if exponent && self.peek(1 + sign).is_ascii_digit() {
            float = true;
            self.at += 1 + sign;
            self.digits(u8::is_ascii_digit);
        } else if exponent {
            self.at += 1 + sign;
            self.problem(&rules::ILLEGAL_EXPONENT, start, self.at);
        } else if matches!(self.peek(0), b'K' | b'M' | b'G' | b'T' | b'P') {
            self.at += 1;
            if self.peek(0) == b'i' {
                self.at += 1;
            }
        }
        if whole > 1 && self.bytes[start] == b'0' && !float {
            self.problem(&rules::ILLEGAL_INTEGER, start, self.at);
        }
        if self.at - start > crate::MAX_NUMBER {
            self.problem(&rules::NUMBER_TOO_LONG, start, self.at);
        }
        self.push(TokenKind::Number, start, self.at);
    }

    /// Digits with single underscores between them.
    fn digits(&mut self, is_digit: fn(&u8) -> bool) {
        let mut after_digit = false;
        loop {
            let byte = self.peek(0);
            if is_digit(&byte) && byte != 0 {
                after_digit = true;
            } else if byte == b'_' {
                let next = self.peek(1);
                if !after_digit || !is_digit(&next) || next == 0 {
                    self.problem(&rules::ILLEGAL_UNDERSCORE, self.at, self.at + 1);
                }
                after_digit = false;
            } else {
                return;
            }
            self.at += 1;
        }
    }

    fn attribute(&mut self) {
        let start = self.at;
        self.at += 1;
        while self.peek(0).is_ascii_alphanumeric()
            || matches!(self.peek(0), b'_' | b'-' | b'.' | b'$')
        {
            self.at += 1;
        }
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b'"' | b'\'' => {
                    while let Some(inner) = self.bytes.get(self.at) {
                        self.at += 1 + usize::from(*inner == b'\\');
                        if inner == byte || *inner == b'\n' {
                            break;
                        }
                    }
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.at = self.at.min(self.bytes.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        if depth > 0 || self.bytes[self.at - 1] != b')' {
            self.problem(&rules::ILLEGAL_ATTRIBUTE, start, self.at);
        }
        self.push(TokenKind::Attribute, start, self.at);
    }

    fn hashes_before_quote(&self) -> Option<usize> {
        let hashes = self.bytes[self.at..]
            .iter()
            .take_while(|byte| **byte == b'#')
            .count();
        matches!(self.peek(hashes), b'"' | b'\'').then_some(hashes)
    }

    fn string(&mut self, hashes: usize) {
        let start = self.at;
        self.at += hashes;
        let mark = self.peek(0);
        let triple = self.peek(1) == mark && self.peek(2) == mark;
        // `#""#` is an empty string, and so is `""`: three marks only count as such when a line ends behind them.
        let quote = Quote {
            mark,
            hashes,
            triple,
        };
        self.at += if triple { 3 } else { 1 };
        if triple {
            let skip = usize::from(self.peek(0) == b'\r');
            if self.peek(skip) != b'\n' {
                self.problem(&rules::TEXT_AFTER_QUOTES, start, self.at);
            }
        }
        self.string_body(quote, start, TokenKind::String, TokenKind::StringStart);
    }

    fn string_goes_on(&mut self) {
        let start = self.at;
        self.at += 1;
        if let Some(open) = self.open.pop() {
            self.string_body(
                open.quote,
                start,
                TokenKind::StringEnd,
                TokenKind::StringMiddle,
            );
        }
    }

    /// The letters of a string up to its end or its next interpolation.
    fn string_body(&mut self, quote: Quote, start: usize, whole: TokenKind, part: TokenKind) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'\n' && !quote.triple {
                break;
            }
            if byte == quote.mark && self.closes(quote) {
                self.at += quote.hashes + if quote.triple { 3 } else { 1 };
                return self.push(whole, start, self.at);
            }
            self.at += 1;
            if byte != b'\\' || !self.has_hashes(self.at, quote.hashes) {
                continue;
            }
            self.at += quote.hashes;
            if self.peek(0) == b'(' {
                self.at += 1;
                self.open.push(Open { quote, parens: 0 });
                return self.push(part, start, self.at);
            }
            self.escape(quote);
        }
        self.problem(&rules::UNTERMINATED_STRING, start, self.at);
        self.push(whole, start, self.at);
    }

    fn escape(&mut self, quote: Quote) {
        let byte = self.peek(0);
        let known = match byte {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'/' | b'\\' => true,
            b'u' | b'U' | b'x' | b'0'..=b'7' => true,
            b'"' | b'\'' => byte == quote.mark,
            _ => false,
        };
        if !known {
            let length = self
                .text
                .get(self.at..)
                .and_then(|rest| rest.chars().next());
            let end = self.at + length.filter(|c| *c != '\n').map_or(0, char::len_utf8);
            self.problem(&rules::UNKNOWN_ESCAPE, self.at - 1 - quote.hashes, end);
        }
        if self.at < self.bytes.len() && byte.is_ascii() && byte != b'\n' {
            self.at += 1;
        }
    }

    fn closes(&self, quote: Quote) -> bool {
        let length = if quote.triple { 3 } else { 1 };
        let marks = self.bytes[self.at..].iter().take(length);
        marks.clone().count() == length
            && marks.clone().all(|byte| *byte == quote.mark)
            && self.has_hashes(self.at + length, quote.hashes)
    }

    fn has_hashes(&self, at: usize, hashes: usize) -> bool {
        let rest = self.bytes.get(at..at + hashes);
        rest.is_some_and(|rest| rest.iter().all(|byte| *byte == b'#'))
    }
}
