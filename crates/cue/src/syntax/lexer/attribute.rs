//! Attributes: `@name(…)`, where brackets and quotes come in pairs.

use super::Lexer;
use crate::{rules, syntax::token::TokenKind as T};

// === impl Lexer ===

impl Lexer<'_> {
    /// Lexes an attribute as one word: what stands inside is split like any other text, and dropped.
    pub(super) fn attribute(&mut self) {
        let start = self.at;
        let before = (self.tokens.len(), self.comments.len());
        if self.attribute_head() && !self.attribute_body() {
            self.problem(&rules::ILLEGAL_ATTRIBUTE, start, self.at);
        }
        self.tokens.truncate(before.0);
        self.comments.truncate(before.1);
        self.push(T::Attribute, start, self.at);
    }

    /// `@name(`.
    fn attribute_head(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        self.letters();
        let separated = self
            .tokens
            .last()
            .is_some_and(|last| last.kind.ends_a_line());
        let blank = |byte| matches!(byte, b' ' | b'\t' | b'\r') || (byte == b'\n' && !separated);
        let name = self.at;
        while blank(self.peek(0)) {
            self.at += 1;
        }
        if self.peek(0) != b'(' {
            self.at = name;
            self.problem(&rules::ILLEGAL_ATTRIBUTE, start, self.at);
            return false;
        }
        self.at += 1;
        // An interpolation around it must not take its parenthesis for its own.
        if let Some(open) = self.open.last_mut() {
            open.parens += 1;
        }
        true
    }

    /// Everything up to the closing parenthesis; false if something is wrong in there.
    fn attribute_body(&mut self) -> bool {
        let mut open = vec![T::CloseParen];
        let mut right = true;
        while let Some(close) = open.last().copied() {
            if self.peek(0) == b'@' {
                right &= self.attribute_head();
                open.push(T::CloseParen);
                continue;
            }
            let seen = self.tokens.len();
            if !self.step() {
                return false;
            }
            let Some(token) = self.tokens.get(seen) else {
                continue;
            };
            match token.kind {
                T::OpenParen => open.push(T::CloseParen),
                T::OpenBracket => open.push(T::CloseBracket),
                T::OpenBrace => open.push(T::CloseBrace),
                kind if kind == close => {
                    open.pop();
                }
                T::CloseParen | T::CloseBracket | T::CloseBrace => right = false,
                T::StringStart => {
                    self.open.pop();
                    return false;
                }
                _ => {}
            }
            // The words before an attribute may end a line; those inside do not count.
            self.tokens.truncate(seen);
        }
        right
    }
}
