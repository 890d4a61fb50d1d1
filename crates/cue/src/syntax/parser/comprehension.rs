//! `for`, `if` and `let` clauses, and the struct behind them.

use smallvec::SmallVec;

use super::{Parsed, Parser, boxed};
use crate::{
    rules,
    syntax::{
        ast::{Clause, Comprehension},
        token::TokenKind as T,
        tree::{Listener, NodeKind},
    },
};

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// True where a comprehension begins: at a `for` or an `if` that is not the name of a field.
    pub(super) fn at_clause(&self) -> bool {
        let next = self.kind_at(1);
        let names = matches!(
            next,
            T::Colon | T::Assign | T::Question | T::Comma | T::Newline | T::End
        );
        match self.word(0) {
            "for" => !names && next != T::Not,
            "if" => !(names || next == T::Not && self.kind_at(2) == T::Colon),
            _ => false,
        }
    }

    pub(super) fn comprehension(&mut self) -> Parsed<Comprehension> {
        let start = self.at;
        let place = self.range();
        let mut clauses: SmallVec<[Clause; 2]> = SmallVec::new();
        loop {
            let first = self.at;
            clauses.push(match self.word(0) {
                "for" => self.for_clause()?,
                "if" => {
                    self.bump();
                    Clause::If(self.expr()?)
                }
                "let" => {
                    self.bump();
                    let name = self.ident()?;
                    self.declares(name);
                    self.expect(T::Assign, &rules::EXPECTED_ASSIGN)?;
                    Clause::Let(name, self.expr()?)
                }
                _ => break,
            });
            self.read(NodeKind::Clause, first);
            // A comma, or a line break that stands for one, may follow each clause, the last one too.
            if self.kind().is_comma() {
                self.bump();
            }
        }
        let open = self.range();
        if self.kind() != T::OpenBrace {
            return Err(self.unexpected(&rules::EXPECTED_BODY));
        }
        let body = self.nested(|parser| parser.struct_literal(open))?;
        self.read(NodeKind::Comprehension, start);
        Ok(Comprehension {
            clauses: boxed(clauses),
            body,
            span: self.since(place),
        })
    }

    fn for_clause(&mut self) -> Parsed<Clause> {
        self.bump();
        let first = self.ident()?;
        self.declares(first);
        let second = match self.kind().is_comma() {
            true => {
                self.bump();
                let second = self.ident()?;
                self.declares(second);
                Some(second)
            }
            false => None,
        };
        if self.word(0) != "in" {
            return Err(self.unexpected(&rules::EXPECTED_IN));
        }
        self.bump();
        let source = self.expr()?;
        Ok(match second {
            Some(value) => Clause::For(Some(first), value, source),
            None => Clause::For(None, first, source),
        })
    }
}
