//! What stands in a struct or a file: fields, lets, embeddings, comprehensions.

use smallvec::SmallVec;

use super::{Parsed, Parser, boxed, is_keyword, label::Labelled};
use crate::{
    rules,
    syntax::{
        ast::{Decl, Expr, ExprId},
        problem::Problem,
        token::TokenKind as T,
        tree::{Listener, NodeKind},
    },
};

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// Declarations up to `close`, which stays. Problems are reported, and reading goes on behind the next comma.
    pub(super) fn decls(&mut self, close: T) -> Box<[Decl]> {
        let mut list: SmallVec<[Decl; 8]> = SmallVec::new();
        while self.kind() != close && self.kind() != T::End {
            let decl = self.decl();
            let decl = decl.and_then(|decl| {
                list.push(decl);
                self.comma(close)
            });
            if decl.is_err() {
                self.recover(close);
            }
        }
        boxed(list)
    }

    fn comma(&mut self, close: T) -> Parsed<()> {
        match self.kind() {
            T::Comma | T::Newline => {
                self.bump();
                Ok(())
            }
            T::End => Ok(()),
            kind if kind == close => Ok(()),
            _ => Err(self.unexpected(&rules::MISSING_COMMA)),
        }
    }

    fn decl(&mut self) -> Parsed<Decl> {
        match self.kind() {
            T::Attribute => return Ok(Decl::Attribute(self.bump())),
            T::Ellipsis => {
                self.bump();
                return Ok(Decl::Ellipsis);
            }
            T::Ident if !self.at_colon(1) => match self.word(0) {
                "let" if self.at_let() => return self.let_clause(),
                "for" | "if" if self.at_clause() => {
                    return self.comprehension().map(Decl::Comprehension);
                }
                "import" if self.kind_at(1) == T::String => {
                    return Err(self.unexpected(&rules::LATE_IMPORT));
                }
                _ => {}
            },
            _ => {}
        }
        let first = self.range().start;
        match self.labelled(first, false)? {
            Labelled::Field(field) => Ok(Decl::Field(field)),
            Labelled::Label(expr) => {
                self.lone_mark();
                self.embedding(expr)
            }
            Labelled::Value(expr) => self.embedding(expr),
        }
    }

    /// True at a `let` that is not the name of a field.
    pub(super) fn at_let(&self) -> bool {
        let named = !is_keyword(self.word(1)) || self.kind_at(2) == T::Assign;
        self.word(0) == "let" && self.kind_at(1) == T::Ident && named
    }

    fn let_clause(&mut self) -> Parsed<Decl> {
        let first = self.at;
        self.bump();
        let name = self.ident()?;
        self.expect(T::Assign, &rules::EXPECTED_ASSIGN)?;
        self.bound.push(name);
        self.declares(name);
        let value = self.expr()?;
        self.read(NodeKind::Let, first);
        Ok(Decl::Let(name, value))
    }

    /// `a?` at the end of a declaration is read as `a`: CUE does so.
    fn lone_mark(&mut self) {
        let ends = matches!(
            self.kind_at(1),
            T::Comma | T::Newline | T::CloseBrace | T::End
        );
        if ends && matches!(self.kind(), T::Question | T::Not) {
            self.bump();
        }
    }

    fn embedding(&mut self, expr: ExprId) -> Parsed<Decl> {
        let Expr::Alias(name, _) = *self.ast.expr(expr) else {
            return Ok(Decl::Embed(expr));
        };
        let old = Problem::new(&rules::OLD_ALIAS, name.start, name.end);
        Err(self.report(old.arg("name", self.ast.slice(name))))
    }
}
