//! Text to words: automatic commas, numbers, raw and interpolated strings.
//!
//! The whole text becomes one list of words at once, so that the parser may look ahead as far as it likes.
//! An interpolation needs a stack: its expression is lexed like any other text until its closing parenthesis.

mod attribute;
mod name;
mod number;
mod string;

use super::{
    ast::Range32,
    letter::is_letter,
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
    /// Where its own parenthesis is.
    at: usize,
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
            self.problem(&rules::UNTERMINATED_STRING, open.at - 1, open.at + 1);
        }
        self.line_break(self.bytes.len());
        self.stray();
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

    /// Reports what may not even stand in comments and strings.
    fn stray(&mut self) {
        let from = if self.text.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        for stray in ['\0', '\u{feff}'] {
            if let Some(at) = self.text[from..].find(stray) {
                let start = from + at;
                self.problem(&rules::ILLEGAL_CHARACTER, start, start + stray.len_utf8());
            }
        }
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
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let blanks = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        self.at += blanks.unwrap_or(rest.len());
        let start = self.at;
        let Some(&byte) = self.bytes.get(start) else {
            return false;
        };
        match byte {
            b'\n' => self.line(),
            b'/' if self.peek(1) == b'/' => self.comment(),
            b'a'..=b'z' | b'A'..=b'Z' | b'$' => {
                self.letters();
                self.push(TokenKind::Ident, start, self.at);
            }
            b'_' if self.peek(1) == b'|' && self.peek(2) == b'_' => {
                self.operator(TokenKind::Bottom, 3);
            }
            // `_|` needs the second `_`: `_ | x` is written with a blank.
            b'_' if self.peek(1) == b'|' => {
                self.problem(&rules::ILLEGAL_CHARACTER, start, start + 2);
                self.at += 2;
            }
            b'_' => self.name(),
            b'#' => match self.hashes_before_quote() {
                Some(hashes) => self.string(hashes),
                None if self.peek(1) == b'#' => self.illegal(),
                None => self.name(),
            },
            b'"' | b'\'' => self.string(0),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            b'@' => self.attribute(),
            b')' if self.open.last().is_some_and(|open| open.parens == 0) => self.string_goes_on(),
            0x80.. if self.char().is_some_and(is_letter) => self.name(),
            _ => self.punctuation(byte),
        }
        true
    }

    /// A line break stands for a comma unless one, or a colon, comes next.
    fn line(&mut self) {
        let start = self.at;
        while matches!(self.peek(0), b'\n' | b' ' | b'\t' | b'\r') {
            self.at += 1;
        }
        if !matches!(self.peek(0), b',' | b':') {
            self.line_break(start);
        }
    }

    fn comment(&mut self) {
        self.line_break(self.at);
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
            (b'.', b'.') => {
                self.problem(&rules::ILLEGAL_CHARACTER, self.at, self.at + 2);
                (T::Dot, 2)
            }
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
            (b'<', b'-') => (T::Arrow, 2),
            (b'<', _) => (T::Less, 1),
            (b'>', b'=') => (T::GreaterEqual, 2),
            (b'>', _) => (T::Greater, 1),
            (b'(', _) => (T::OpenParen, 1),
            (b')', _) => (T::CloseParen, 1),
            (b'[', _) => (T::OpenBracket, 1),
            (b']', _) => (T::CloseBracket, 1),
            (b'{', _) => (T::OpenBrace, 1),
            (b'}', _) => (T::CloseBrace, 1),
            (b';', _) => (T::Semicolon, 1),
            _ => return self.illegal(),
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
}

// === impl Quote ===

impl Quote {
    const fn marks(self) -> usize {
        if self.triple { 3 } else { 1 }
    }
}
