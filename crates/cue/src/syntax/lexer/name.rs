//! Names: `a`, `_hidden`, `#Definition`, `_#Both`, `$id`.

use super::Lexer;
use crate::{
    rules,
    syntax::{
        letter::{is_digit, is_letter},
        token::TokenKind,
    },
};

// === impl Lexer ===

impl Lexer<'_> {
    /// Lexes a name. Only the hidden ones may have a digit right behind their `_`, and `#` takes none at all:
    /// `#1` is the name `#` and a number.
    pub(super) fn name(&mut self) {
        let start = self.at;
        self.at += usize::from(self.peek(0) == b'_');
        self.at += usize::from(self.at > start && self.peek(0) == b'_');
        let definition = self.peek(0) == b'#';
        self.at += usize::from(definition);
        let digit = self.char().is_some_and(is_digit);
        if !definition || !digit {
            self.letters();
        }
        match self.at > start {
            true => self.push(TokenKind::Ident, start, self.at),
            false => self.illegal(),
        }
    }

    /// Skips what names are made of.
    pub(super) fn letters(&mut self) {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
            self.at += rest
                .iter()
                .position(|byte| !plain(byte))
                .unwrap_or(rest.len());
            if self.peek(0) < 0x80 {
                return;
            }
            match self.char() {
                Some(c) if is_letter(c) || is_digit(c) => self.at += c.len_utf8(),
                Some(_) | None => return,
            }
        }
    }

    /// Reports the character at hand.
    pub(super) fn illegal(&mut self) {
        let start = self.at;
        self.at += self.char().map_or(1, char::len_utf8);
        self.problem(&rules::ILLEGAL_CHARACTER, start, self.at);
    }

    pub(super) fn char(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }
}
