//! Fields: labels of every kind, their aliases and marks, and what stands behind the colon.
//!
//! A label is read as the expression that it looks like; the colon behind it tells the two apart.

use super::{Parsed, Parser, Reported};
use crate::{
    rules,
    syntax::{
        ast::{Constraint, Decl, Element, Expr, ExprId, Field, Label, Range32},
        clash::names_in,
        problem::Problem,
        token::TokenKind as T,
        tree::{Listener, NodeKind},
    },
};

/// What was read where a label might stand.
pub(super) enum Labelled {
    Field(Field),
    /// An expression without a colon behind it that would be a label with one.
    Label(ExprId),
    Value(ExprId),
}

/// A label that was read.
struct Head {
    alias: Option<Range32>,
    label: Label,
    span: Range32,
    /// The word that it begins with, an alias included.
    begin: usize,
    /// Where the first label of `a: b: c: 1` begins.
    first: u32,
}

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// A field, or an expression. `first` is where the first label of `a: b: c: 1` begins, and `inner` tells that
    /// this is a later one.
    pub(super) fn labelled(&mut self, first: u32, inner: bool) -> Parsed<Labelled> {
        let begin = self.at;
        let word = self.word(0);
        let reserved = !inner && word.starts_with("__");
        if reserved && (self.at_colon(1) || self.ends(1)) {
            return Err(self.reserved());
        }
        let alias = match self.kind_at(1) {
            T::Assign if self.kind() == T::Ident => self.alias(word),
            _ => None,
        };
        if self.kind() == T::Ident && self.at_colon(1) {
            let span = self.bump();
            self.declares(span);
            let label = Label::Ident(span);
            return self.field(Head {
                alias,
                label,
                span,
                begin,
                first,
            });
        }
        let start = self.at;
        // `let` is a name only where nothing follows it that an operand could have.
        let expr = match self.word(0) {
            "let" => self.operand()?,
            _ => self.expr()?,
        };
        let span = self.ast.span(expr);
        let may_be = self.may_be_label(start, expr);
        if self.at_colon(0) {
            if !may_be {
                return Err(self.wrong_label(&rules::ILLEGAL_LABEL, span));
            }
            let label = self.label(start, expr, alias.is_some())?;
            return self.field(Head {
                alias,
                label,
                span,
                begin,
                first,
            });
        }
        let Some(name) = alias else {
            if word == "func" && !inner && matches!(self.ast.expr(expr), Expr::Ident) {
                return Err(self.unexpected(&rules::EXPECTED_COLON));
            }
            return Ok(match may_be {
                true => Labelled::Label(expr),
                false => Labelled::Value(expr),
            });
        };
        let height = self.above(&[expr]);
        self.read(NodeKind::Alias, begin);
        let expr = self.push(Expr::Alias(name, expr), name.to(span), height)?;
        Ok(Labelled::Value(expr))
    }

    /// `X=` in front of a label or a value.
    fn alias(&mut self, word: &str) -> Option<Range32> {
        if matches!(word, "true" | "false" | "null") {
            return None;
        }
        let name = self.bump();
        self.bump();
        self.bound.push(name);
        self.declares(name);
        Some(name)
    }

    /// True for what the grammar allows in front of a colon.
    fn may_be_label(&self, start: usize, expr: ExprId) -> bool {
        self.parens == (start, self.at)
            || match self.ast.expr(expr) {
                Expr::Ident | Expr::Null | Expr::Bool(_) | Expr::Text | Expr::String(_) => true,
                Expr::List(_) => true,
                // Only behind an alias can a number come here, and CUE notices later.
                Expr::Number => self.kind_before(start) == Some(T::Assign),
                Expr::Bottom
                | Expr::Struct(_)
                | Expr::Unary(..)
                | Expr::Binary(..)
                | Expr::Word(..)
                | Expr::Select(..)
                | Expr::Index(..)
                | Expr::Slice(..)
                | Expr::Call(..)
                | Expr::Alias(..)
                | Expr::Bad => false,
            }
    }

    /// The label that an expression is. One that names nothing is reported, and reading goes on behind it.
    fn label(&mut self, start: usize, expr: ExprId, aliased: bool) -> Parsed<Label> {
        let span = self.ast.span(expr);
        if self.parens == (start, self.at) {
            return Ok(Label::Dynamic(expr));
        }
        match self.ast.expr(expr) {
            Expr::Text | Expr::String(_) => Ok(Label::Quoted(expr)),
            Expr::Ident | Expr::Null | Expr::Bool(_) => {
                self.declares(span);
                Ok(Label::Ident(span))
            }
            Expr::List(elements) => match &**elements {
                [Element::Expr(pattern)] => {
                    let (name, pattern) = match self.ast.expr(*pattern) {
                        Expr::Alias(name, pattern) => (Some(*name), *pattern),
                        _ => (None, *pattern),
                    };
                    if let Some(name) = name {
                        self.bound.push(name);
                        self.declares(name);
                    }
                    names_in(&self.ast, pattern, &mut self.bound);
                    Ok(Label::Pattern(name, pattern))
                }
                [_] => self.unusable(expr),
                _ if aliased => self.unusable(expr),
                _ => Err(self.wrong_label(&rules::ILLEGAL_LABEL, span)),
            },
            _ => self.unusable(expr),
        }
    }

    fn unusable(&mut self, expr: ExprId) -> Parsed<Label> {
        let span = self.ast.span(expr);
        let _: Reported = self.wrong_label(&rules::UNUSABLE_LABEL, span);
        Ok(Label::Dynamic(expr))
    }

    fn wrong_label(&mut self, rule: &'static burgee_source::Rule, span: Range32) -> Reported {
        self.report(Problem::new(rule, span.start, span.end))
    }

    fn reserved(&mut self) -> Reported {
        let name = self.range();
        let reserved = Problem::new(&rules::RESERVED_NAME, name.start, name.end);
        self.report(reserved.arg("name", self.ast.slice(name)))
    }

    /// True at `:`, and at `?` or `!` in front of one.
    pub(super) fn at_colon(&self, ahead: usize) -> bool {
        match self.kind_at(ahead) {
            T::Colon => true,
            T::Question | T::Not => self.kind_at(ahead + 1) == T::Colon,
            _ => false,
        }
    }

    /// True where a declaration ends, or an alias gets its value.
    fn ends(&self, ahead: usize) -> bool {
        matches!(
            self.kind_at(ahead),
            T::Comma | T::Newline | T::CloseBrace | T::End | T::Assign
        )
    }

    fn kind_before(&self, at: usize) -> Option<T> {
        Some(self.tokens.get(at.checked_sub(1)?)?.kind)
    }

    /// The rest of a field whose label has been read.
    fn field(&mut self, head: Head) -> Parsed<Labelled> {
        let Head {
            alias,
            label,
            span,
            begin,
            first,
        } = head;
        let constraint = match self.kind() {
            T::Question => Constraint::Optional,
            T::Not => Constraint::Required,
            _ => Constraint::Regular,
        };
        if constraint != Constraint::Regular {
            self.bump();
        }
        self.expect(T::Colon, &rules::EXPECTED_COLON)?;
        let (value, short) = self.nested(|parser| parser.field_value(first))?;
        // Of `a: b: c: 1` the innermost field has it all.
        let notes = if short { None } else { self.notes(first) };
        self.read(NodeKind::Field, begin);
        Ok(Labelled::Field(Field {
            alias,
            label,
            span,
            constraint,
            value,
            notes,
        }))
    }

    /// The place of the value that was read last, with the parentheses that close behind it.
    fn with_parens(&self, value: ExprId) -> Range32 {
        let span = self.ast.span(value);
        let closed = self.parens.1.checked_sub(1);
        match closed.and_then(|at| self.tokens.get(at)) {
            Some(close) if close.range().end > span.end as usize => Range32 {
                end: u32::try_from(close.range().end).unwrap_or(u32::MAX),
                ..span
            },
            _ => span,
        }
    }

    /// An expression, an aliased one, or the next label of `a: b: c`; true for the last.
    fn field_value(&mut self, first: u32) -> Parsed<(ExprId, bool)> {
        if self.at_let() {
            return Err(self.unexpected(&rules::EXPECTED_EXPRESSION));
        }
        let may_be_label = match self.kind() {
            T::Ident => self.at_colon(1) || self.kind_at(1) == T::Assign || self.word(0) == "let",
            T::String => self.at_colon(1),
            T::StringStart | T::OpenParen | T::OpenBracket => true,
            _ => false,
        };
        if !may_be_label {
            let value = self.expr()?;
            return match self.at_colon(0) {
                true => Err(self.wrong_label(&rules::ILLEGAL_LABEL, self.ast.span(value))),
                false => Ok((value, false)),
            };
        }
        let from = self.heights.len();
        match self.labelled(first, true)? {
            Labelled::Label(expr) | Labelled::Value(expr) => Ok((expr, false)),
            Labelled::Field(field) => {
                let height = self.height_from(from);
                let span = field.span.to(self.with_parens(field.value));
                let value = self.push(Expr::Struct([Decl::Field(field)].into()), span, height)?;
                Ok((value, true))
            }
        }
    }
}
