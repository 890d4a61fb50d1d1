//! What stands in a struct or a file: fields, lets, embeddings, comprehensions.

use super::{Parsed, Parser};
use crate::{
    rules,
    syntax::{
        ast::{
            Clause, Comprehension, Constraint, Decl, Element, Expr, ExprId, Field, Label, Range32,
        },
        problem::Problem,
        token::TokenKind as T,
    },
};

// === impl Parser ===

impl Parser<'_> {
    /// Declarations up to `close`, which stays. Problems are reported, and reading goes on behind the next comma.
    pub(super) fn decls(&mut self, close: T) -> Vec<Decl> {
        let mut list = Vec::new();
        loop {
            if self.kind() == close || self.kind() == T::End {
                return list;
            }
            match self.decl() {
                Ok(decl) => list.push(decl),
                Err(super::Reported) => {
                    self.recover(close);
                    continue;
                }
            }
            while self.eat(T::Attribute).is_some() {}
            if self.kind().is_comma() {
                self.bump();
            } else if self.kind() != close && self.kind() != T::End {
                let _: super::Reported = self.unexpected(&rules::MISSING_COMMA);
                self.recover(close);
            }
        }
    }

    fn decl(&mut self) -> Parsed<Decl> {
        match self.kind() {
            T::Attribute => {
                return Ok(Decl::Attribute(self.bump()));
            }
            T::Ellipsis => {
                self.bump();
                if !self.kind().is_comma() && self.kind() != T::CloseBrace && self.kind() != T::End
                {
                    self.expr()?;
                }
                return Ok(Decl::Ellipsis);
            }
            _ => {}
        }
        if self.word(0) == "let" && self.kind_at(1) == T::Ident {
            self.bump();
            let name = self.ident()?;
            self.expect(T::Assign, &rules::EXPECTED_ASSIGN)?;
            return Ok(Decl::Let(name, self.expr()?));
        }
        if self.at_clause() {
            return self.comprehension().map(Decl::Comprehension);
        }
        if self.word(0) == "import" && self.kind_at(1) == T::String {
            self.bump();
            return Err(self.unexpected(&rules::LATE_IMPORT));
        }
        let first = self.range().start;
        self.field_or_embedding(first)
    }

    fn field_or_embedding(&mut self, first: u32) -> Parsed<Decl> {
        let alias = match (self.kind(), self.kind_at(1)) {
            (T::Ident, T::Assign) => {
                let name = self.bump();
                self.bump();
                Some(name)
            }
            _ => None,
        };
        if self.kind() == T::Ident && self.at_colon(1) {
            let name = self.bump();
            if self.ast.slice(name).starts_with("__") {
                let reserved = Problem::new(&rules::RESERVED_NAME, name.start, name.end);
                return Err(self.report(reserved.arg("name", self.ast.slice(name))));
            }
            return self.field(alias, Label::Ident(name), name, first);
        }
        let parens = self.kind() == T::OpenParen;
        let expr = self.expr()?;
        if !self.at_colon(0) {
            return match alias {
                None => Ok(Decl::Embed(expr)),
                Some(name) => {
                    let old = Problem::new(&rules::OLD_ALIAS, name.start, name.end);
                    Err(self.report(old.arg("name", self.ast.slice(name))))
                }
            };
        }
        let span = self.ast.span(expr);
        let label = match self.ast.expr(expr) {
            _ if parens => Label::Dynamic(expr),
            Expr::Text | Expr::String(..) => Label::Quoted(expr),
            Expr::List(elements) => match &**elements {
                [Element::Expr(pattern)] => match self.ast.expr(*pattern) {
                    Expr::Alias(name, pattern) => Label::Pattern(Some(*name), *pattern),
                    _ => Label::Pattern(None, *pattern),
                },
                _ => return Err(self.bad_label(span)),
            },
            _ => return Err(self.bad_label(span)),
        };
        self.field(alias, label, span, first)
    }

    fn bad_label(&mut self, span: Range32) -> super::Reported {
        self.report(Problem::new(&rules::ILLEGAL_LABEL, span.start, span.end))
    }

    /// True at `:`, and at `?` or `!` in front of one.
    fn at_colon(&self, ahead: usize) -> bool {
        match self.kind_at(ahead) {
            T::Colon => true,
            T::Question | T::Not => self.kind_at(ahead + 1) == T::Colon,
            _ => false,
        }
    }

    /// The rest of a field whose label has been read; `first` is where the first label of `a: b: c: 1` begins.
    fn field(
        &mut self,
        alias: Option<Range32>,
        label: Label,
        span: Range32,
        first: u32,
    ) -> Parsed<Decl> {
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
        let mut field = Field {
            alias,
            label,
            span,
            constraint,
            value,
            docs: Box::default(),
            comment: None,
            attributes: Box::default(),
        };
        // Of `a: b: c: 1` the innermost field has it all.
        if !short {
            field.docs = self.comments_above(first);
            field.attributes = self.attributes();
            field.comment = self.comment_behind();
        }
        Ok(Decl::Field(field))
    }

    fn attributes(&mut self) -> Box<[Range32]> {
        let mut list = Vec::new();
        while let Some(attribute) = self.eat(T::Attribute) {
            list.push(attribute);
        }
        list.into()
    }

    /// An expression, an aliased one, or the next label of `a: b: c`; true for the last.
    fn field_value(&mut self, first: u32) -> Parsed<(ExprId, bool)> {
        let name_follows = self.kind() == T::Ident && self.at_colon(1);
        let aliased_label = self.kind() == T::Ident && self.kind_at(1) == T::Assign;
        if aliased_label && !self.label_behind_alias() {
            let name = self.bump();
            self.bump();
            let value = self.expr()?;
            let span = name.to(self.ast.span(value));
            let height = self.above(&[value]);
            let alias = self.push(Expr::Alias(name, value), span, height)?;
            return Ok((alias, false));
        }
        let may_be_label = matches!(
            self.kind(),
            T::String | T::StringStart | T::OpenParen | T::OpenBracket
        );
        if !name_follows && !aliased_label && !may_be_label {
            return Ok((self.expr()?, false));
        }
        let from = self.heights.len();
        let decl = self.field_or_embedding(first)?;
        let below = self.heights.get(from..).unwrap_or(&[]).iter();
        let height = below.fold(0, |height, below| height.max(below + 1));
        match decl {
            Decl::Embed(expr) => Ok((expr, false)),
            Decl::Field(field) => {
                let span = field.span.to(self.ast.span(field.value));
                let value = self.push(Expr::Struct([Decl::Field(field)].into()), span, height)?;
                Ok((value, true))
            }
            Decl::Let(..) | Decl::Comprehension(_) | Decl::Ellipsis | Decl::Attribute(_) => {
                Err(self.unexpected(&rules::EXPECTED_EXPRESSION))
            }
        }
    }

    /// `X=label:` and not `X=value`, told by what stands behind.
    fn label_behind_alias(&self) -> bool {
        match self.kind_at(2) {
            T::Ident | T::String => self.at_colon(3),
            T::OpenBracket | T::OpenParen => {
                let mut depth = 0_i32;
                let mut ahead = 2;
                loop {
                    match self.kind_at(ahead) {
                        T::OpenParen | T::OpenBracket | T::OpenBrace => depth += 1,
                        T::CloseParen | T::CloseBracket | T::CloseBrace => depth -= 1,
                        T::End => return false,
                        _ => {}
                    }
                    ahead += 1;
                    if depth == 0 {
                        return self.at_colon(ahead);
                    }
                }
            }
            _ => false,
        }
    }

    /// True where a comprehension begins: `for`, `if`, and no label of that name.
    pub(super) fn at_clause(&self) -> bool {
        matches!(self.word(0), "for" | "if")
            && !self.at_colon(1)
            && !matches!(
                self.kind_at(1),
                T::Comma | T::Newline | T::End | T::Assign | T::CloseBrace | T::CloseBracket
            )
    }

    pub(super) fn comprehension(&mut self) -> Parsed<Comprehension> {
        let mut clauses = Vec::new();
        loop {
            match self.word(0) {
                "for" => {
                    self.bump();
                    let first = self.ident()?;
                    let second = match self.eat(T::Comma) {
                        Some(_) => Some(self.ident()?),
                        None => None,
                    };
                    if self.word(0) != "in" {
                        return Err(self.unexpected(&rules::EXPECTED_IN));
                    }
                    self.bump();
                    let source = self.expr()?;
                    clauses.push(match second {
                        Some(value) => Clause::For(Some(first), value, source),
                        None => Clause::For(None, first, source),
                    });
                }
                "if" => {
                    self.bump();
                    clauses.push(Clause::If(self.expr()?));
                }
                "let" => {
                    self.bump();
                    let name = self.ident()?;
                    self.expect(T::Assign, &rules::EXPECTED_ASSIGN)?;
                    clauses.push(Clause::Let(name, self.expr()?));
                }
                _ => break,
            }
            // The clauses may stand on lines of their own, joined by commas before v0.14.
            if self.kind().is_comma() && matches!(self.word(1), "for" | "if" | "let") {
                self.bump();
            }
        }
        let open = self.range();
        self.expect(T::OpenBrace, &rules::EXPECTED_BODY)?;
        let body = self.nested(|parser| parser.struct_literal(open))?;
        Ok(Comprehension {
            clauses: clauses.into(),
            body,
        })
    }
}
