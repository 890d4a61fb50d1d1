//! String and bytes literals: quotes, hashes, escapes, interpolations.

use super::{Lexer, Open, Quote};
use crate::{rules, syntax::token::TokenKind};

// === impl Lexer ===

impl Lexer<'_> {
    /// How many hashes stand here, when a quote follows them.
    pub(super) fn hashes_before_quote(&self) -> Option<usize> {
        let hashes = self.hashes();
        matches!(self.peek(hashes), b'"' | b'\'').then_some(hashes)
    }

    pub(super) fn hashes(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        rest.iter().take_while(|byte| **byte == b'#').count()
    }

    pub(super) fn string(&mut self, hashes: usize) {
        let start = self.at;
        self.at += hashes;
        let mark = self.peek(0);
        let triple = self.peek(1) == mark && self.peek(2) == mark;
        let quote = Quote {
            mark,
            hashes,
            triple,
        };
        self.at += quote.marks();
        if triple {
            let skip = usize::from(self.peek(0) == b'\r');
            if self.peek(skip) != b'\n' {
                self.problem(&rules::TEXT_AFTER_QUOTES, start, self.at);
            }
        }
        self.string_body(quote, start, TokenKind::String, TokenKind::StringStart);
    }

    pub(super) fn string_goes_on(&mut self) {
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
            if byte == quote.mark {
                if self.closes(quote) {
                    return self.push(whole, start, self.at);
                }
                continue;
            }
            self.at += 1;
            if byte != b'\\' || self.hashes() < quote.hashes {
                continue;
            }
            self.at += quote.hashes;
            if self.peek(0) == b'(' {
                self.at += 1;
                let at = self.at - 1;
                self.open.push(Open {
                    quote,
                    parens: 0,
                    at,
                });
                return self.push(part, start, self.at);
            }
            self.escape(quote);
        }
        self.problem(&rules::UNTERMINATED_STRING, start, self.at);
        self.push(whole, start, self.at);
    }

    /// Takes as much of the closing quotes as stands here; true for all of it.
    fn closes(&mut self, quote: Quote) -> bool {
        let marks = self.bytes[self.at..].iter();
        let marks = marks
            .take(quote.marks())
            .take_while(|byte| **byte == quote.mark);
        let marks = marks.count();
        self.at += marks;
        if marks < quote.marks() {
            return false;
        }
        let hashes = self.hashes().min(quote.hashes);
        self.at += hashes;
        hashes == quote.hashes
    }

    /// What follows a backslash and its hashes.
    fn escape(&mut self, quote: Quote) {
        let start = self.at - 1 - quote.hashes;
        let (digits, base) = match self.peek(0) {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'/' | b'\\' => {
                self.at += 1;
                return;
            }
            mark if mark == quote.mark => {
                self.at += 1;
                return;
            }
            b'0'..=b'7' => (3, 8),
            b'x' => (2, 16),
            b'u' => (4, 16),
            b'U' => (8, 16),
            _ => {
                let next = self.char().filter(|c| *c != '\n');
                let end = self.at + next.map_or(0, char::len_utf8);
                return self.problem(&rules::UNKNOWN_ESCAPE, start, end);
            }
        };
        self.at += usize::from(base == 16);
        let from = self.at;
        let is_digit = |byte: &u8| char::from(*byte).is_digit(base) || *byte == b'_';
        let rest = self.bytes.get(from..).unwrap_or(&[]).iter();
        self.at += rest.take(digits).take_while(|byte| is_digit(byte)).count();
        let code = self.text.get(from..self.at).unwrap_or("").replace('_', "0");
        let code = u32::from_str_radix(&code, base).ok();
        let most = if base == 8 {
            0xFF
        } else {
            u32::from(char::MAX)
        };
        if self.at < from + digits || code.is_none_or(|code| digits != 2 && code > most) {
            self.problem(&rules::UNKNOWN_ESCAPE, start, self.at);
        }
    }
}
