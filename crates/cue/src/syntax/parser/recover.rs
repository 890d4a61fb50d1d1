//! Problems of a text: what is said about them, and where reading goes on.

use burgee_source::Rule;

use super::{Parsed, Parser, Reported, is_keyword};
use crate::{
    rules,
    syntax::{
        ast::Range32, lexer::MAX_PROBLEMS, problem::Problem, token::TokenKind, tree::Listener,
    },
};

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// Reports that the word at hand does not belong here.
    pub(super) fn unexpected(&mut self, rule: &'static Rule) -> Reported {
        let problem = self.found(rule);
        self.report(problem)
    }

    pub(super) fn found(&self, rule: &'static Rule) -> Problem {
        let range = self.range();
        let found = match self.kind() {
            TokenKind::End => rules::words(rules::END_OF_TEXT),
            TokenKind::Newline => rules::words(rules::LINE_BREAK),
            _ => {
                let text = self.ast.slice(range);
                let short: String = text.chars().take(24).collect();
                format!("`{short}`").into()
            }
        };
        let problem = Problem::new(rule, range.start, range.end).arg("found", found);
        match self.kind() {
            TokenKind::Newline => problem.hint(rules::SEPARATE),
            TokenKind::Semicolon => problem.hint(rules::NO_SEMICOLON),
            TokenKind::Arrow => problem.hint(rules::NO_ARROW),
            TokenKind::Ident if is_keyword(self.word(0)) => problem.hint(rules::KEYWORD),
            _ => problem,
        }
    }

    pub(super) fn report(&mut self, problem: Problem) -> Reported {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        } else {
            // Nobody reads further.
            self.at = self.tokens.len() - 1;
        }
        Reported
    }

    /// The bracket that closes the one at `open`.
    pub(super) fn close(&mut self, kind: TokenKind, open: Range32) -> Parsed<Range32> {
        match self.eat(kind) {
            Some(range) => Ok(range),
            None => Err(self.unclosed(open)),
        }
    }

    /// Reports what stands in the place of a closing bracket, and where that was opened.
    pub(super) fn unclosed(&mut self, open: Range32) -> Reported {
        let bracket = match self.ast.slice(open) {
            "[" => "]",
            "{" => "}",
            _ => ")",
        };
        let mut problem = self.found(&rules::UNCLOSED).arg("bracket", bracket);
        problem.hint = None;
        self.report(problem.also(open, rules::OPENED_HERE))
    }

    /// Reads what stands between two brackets. If that goes wrong, what is left of it is passed over.
    pub(super) fn between<T>(
        &mut self,
        close: TokenKind,
        read: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        let result = self.nested(read);
        if result.is_err() {
            self.skip_behind(close);
        }
        result
    }

    /// Skips to behind a closing bracket, unless something comes first that cannot be inside.
    pub(super) fn skip_behind(&mut self, close: TokenKind) {
        let mut depth = 0_u32;
        while self.kind() != TokenKind::End {
            match self.kind() {
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
                kind if depth == 0 && kind == close => {
                    self.bump();
                    return;
                }
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                }
                TokenKind::Newline if depth == 0 && self.field_follows() => return,
                _ => {}
            }
            self.bump();
        }
    }

    /// True when a field stands behind the word at hand.
    pub(super) fn field_follows(&self) -> bool {
        matches!(self.kind_at(1), TokenKind::Ident | TokenKind::String) && self.at_colon(2)
    }

    /// Skips to behind the next comma of this level.
    pub(super) fn recover(&mut self, close: TokenKind) {
        let mut depth = 0_u32;
        loop {
            match self.kind() {
                TokenKind::End => return,
                kind if depth == 0 && kind == close => return,
                kind if depth == 0 && kind.is_comma() => {
                    self.bump();
                    return;
                }
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
            self.bump();
        }
    }
}
