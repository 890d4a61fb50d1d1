//! Numbers: decimals, `0x`, `0o`, `0b`, and the multipliers `K` to `Pi`.
//!
//! What they stand for is decided while compiling: `1e` and `1.3Ki` are words, but no numbers.

use super::Lexer;
use crate::{MAX_NUMBER, rules, syntax::token::TokenKind};

// === impl Lexer ===

impl Lexer<'_> {
    pub(super) fn number(&mut self) {
        let start = self.at;
        match (self.peek(0), self.peek(1)) {
            (b'0', b'x' | b'X') => self.based(&rules::ILLEGAL_HEXADECIMAL, u8::is_ascii_hexdigit),
            (b'0', b'o') => self.based(&rules::ILLEGAL_OCTAL, |byte| matches!(byte, b'0'..=b'7')),
            (b'0', b'b') => {
                self.based(&rules::ILLEGAL_BINARY, |byte| matches!(byte, b'0' | b'1'));
            }
            _ => self.decimal(),
        }
        if self.at - start > MAX_NUMBER {
            self.problem(&rules::NUMBER_TOO_LONG, start, self.at);
        }
        self.push(TokenKind::Number, start, self.at);
    }

    /// `0x` and what follows.
    fn based(&mut self, rule: &'static burgee_source::Rule, is_digit: fn(&u8) -> bool) {
        let start = self.at;
        self.at += 2;
        let from = self.at;
        self.digits(is_digit);
        // A digit that is none here can only be a mistake; a letter may begin `div`.
        if self.at == from || self.peek(0).is_ascii_digit() {
            while self.peek(0).is_ascii_alphanumeric() {
                self.at += 1;
            }
            self.problem(rule, start, self.at);
        }
    }

    fn decimal(&mut self) {
        let start = self.at;
        let zero = self.peek(0) == b'0';
        // `0_1` and `0K` are a zero and a name.
        if zero && !self.peek(1).is_ascii_digit() {
            self.at += 1;
        } else {
            self.digits(u8::is_ascii_digit);
        }
        let whole = self.at - start;
        // `1...` is a number and an ellipsis, `1.` a float.
        let fraction = self.peek(0) == b'.' && self.peek(1) != b'.';
        if fraction {
            self.at += 1;
            self.digits(u8::is_ascii_digit);
        }
        let exponent = matches!(self.peek(0), b'e' | b'E');
        if zero && !fraction && !exponent {
            if whole > 1 {
                self.problem(&rules::ILLEGAL_INTEGER, start, self.at);
            }
            return;
        }
        if matches!(self.peek(0), b'K' | b'M' | b'G' | b'T' | b'P') {
            self.at += 1;
            self.at += usize::from(self.peek(0) == b'i');
        } else if exponent {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(0), b'+' | b'-'));
            self.digits(u8::is_ascii_digit);
        }
    }

    /// Digits with single underscores between them, and one in front if need be.
    fn digits(&mut self, is_digit: fn(&u8) -> bool) {
        loop {
            let byte = self.peek(0);
            if byte == b'_' {
                let next = self.peek(1);
                if !is_digit(&next) {
                    self.problem(&rules::ILLEGAL_UNDERSCORE, self.at, self.at + 1);
                }
            } else if !is_digit(&byte) {
                return;
            }
            self.at += 1;
        }
    }
}
