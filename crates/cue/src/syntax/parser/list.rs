//! Lists: elements, comprehensions, `...`, and where a line break is a comma.

use smallvec::SmallVec;

use super::{Parsed, Parser, Reported, boxed};
use crate::{
    rules,
    syntax::{
        ast::{Element, Expr, ExprId, Range32},
        token::TokenKind as T,
        tree::{Listener, NodeKind},
    },
};

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// A list, at its opening bracket.
    pub(super) fn list(&mut self, open: Range32) -> Parsed<ExprId> {
        let first = self.at;
        self.bump();
        let from = self.heights.len();
        let mut elements: SmallVec<[Element; 4]> = SmallVec::new();
        while self.kind() != T::CloseBracket && self.kind() != T::End {
            if self.kind() == T::Ellipsis {
                elements.push(self.ellipsis()?);
                break;
            }
            let comprehension = self.at_clause();
            elements.push(match comprehension {
                true => self.comprehension().map(Element::Comprehension)?,
                false => self.element()?,
            });
            match self.kind() {
                T::Comma => {
                    self.bump();
                }
                // A line break is a comma behind a comprehension and the last element only.
                T::Newline if comprehension => {
                    self.bump();
                }
                T::Newline if self.kind_at(1) == T::CloseBracket => {
                    self.bump();
                }
                T::CloseBracket => break,
                _ if self.list_should_end() => break,
                kind => {
                    let _: Reported = self.unexpected(&rules::MISSING_COMMA);
                    if kind == T::Newline {
                        self.bump();
                    }
                }
            }
        }
        let end = self.close(T::CloseBracket, open)?;
        let height = self.height_from(from);
        self.read(NodeKind::List, first);
        self.push(Expr::List(boxed(elements)), open.to(end), height)
    }

    /// True where the closing bracket of a list was forgotten rather than a comma: at another bracket, at the end,
    /// and where a field follows.
    fn list_should_end(&self) -> bool {
        match self.kind() {
            T::CloseBrace | T::CloseParen | T::End => true,
            T::Newline => self.kind_at(1) == T::End || self.field_follows(),
            _ => false,
        }
    }

    /// `...`, what follows it, and the comma behind it.
    fn ellipsis(&mut self) -> Parsed<Element> {
        let first = self.at;
        self.bump();
        let kind = match self.kind() {
            T::CloseBracket | T::Comma | T::Newline => None,
            _ => Some(self.expr()?),
        };
        self.read(NodeKind::Ellipsis, first);
        if self.kind().is_comma() {
            self.bump();
        }
        Ok(Element::Ellipsis(kind))
    }

    /// An expression, or an aliased one: `[X=string]: …` is read as a list first.
    fn element(&mut self) -> Parsed<Element> {
        let start = self.at;
        let expr = self.expr()?;
        let name = self.ast.span(expr);
        let is_name = matches!(self.ast.expr(expr), Expr::Ident) && self.at == start + 1;
        if self.kind() != T::Assign || !is_name {
            return Ok(Element::Expr(expr));
        }
        self.bump();
        let value = self.expr()?;
        let span = name.to(self.ast.span(value));
        let height = self.above(&[value]);
        self.read(NodeKind::Alias, start);
        self.push(Expr::Alias(name, value), span, height)
            .map(Element::Expr)
    }
}
