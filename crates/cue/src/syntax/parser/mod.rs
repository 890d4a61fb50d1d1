//! Words to tree.

mod comment;
mod decl;
mod expr;

use burgee_source::Rule;

use super::{
    ast::{Ast, Decl, Expr, ExprId, Import, Range32},
    lexer::{Lexed, MAX_PROBLEMS, lex},
    problem::Problem,
    string::{decode, quote_of},
    token::{Token, TokenKind},
};
use crate::{MAX_NESTING, rules};

pub(crate) struct Parser<'s> {
    ast: Ast<'s>,
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
    /// How deep the tree below each expression is.
    heights: Vec<u16>,
    comments: Vec<Range32>,
    problems: Vec<Problem>,
}

/// Reading went wrong and a problem was reported; the caller recovers.
pub(crate) struct Reported;

type Parsed<T> = Result<T, Reported>;

/// Parses a file.
pub(crate) fn parse_file(text: &str) -> (Ast<'_>, Vec<Problem>) {
    let mut parser = Parser::new(text);
    parser.preamble();
    let decls = parser.decls(TokenKind::End);
    parser.ast.decls.extend(decls);
    parser.finish()
}

/// Parses import lines and one expression.
pub(crate) fn parse_expression(text: &str) -> (Ast<'_>, Vec<Problem>) {
    let mut parser = Parser::new(text);
    parser.preamble();
    parser.ast.decls.clear();
    if let Ok(expr) = parser.expr() {
        parser.ast.decls.push(Decl::Embed(expr));
        while parser.kind() == TokenKind::Newline {
            parser.at += 1;
        }
        if parser.kind() != TokenKind::End {
            let _: Reported = parser.unexpected(&rules::TEXT_AFTER_EXPRESSION);
        }
    }
    parser.finish()
}

// === impl Parser ===

impl<'s> Parser<'s> {
    fn new(text: &'s str) -> Self {
        let Lexed {
            tokens,
            comments,
            problems,
        } = lex(text);
        let ast = Ast {
            text,
            exprs: Vec::with_capacity(tokens.len()),
            spans: Vec::with_capacity(tokens.len()),
            package: None,
            docs: Box::default(),
            imports: Vec::new(),
            decls: Vec::new(),
        };
        Self {
            heights: Vec::with_capacity(tokens.len()),
            ast,
            tokens,
            at: 0,
            depth: 0,
            comments,
            problems,
        }
    }

    fn finish(mut self) -> (Ast<'s>, Vec<Problem>) {
        self.problems.sort_by_key(|problem| problem.start);
        self.problems.dedup_by_key(|problem| problem.start);
        self.problems.truncate(MAX_PROBLEMS);
        (self.ast, self.problems)
    }

    fn token(&self, ahead: usize) -> Token {
        let last = self.tokens.len() - 1;
        self.tokens[(self.at + ahead).min(last)]
    }

    fn kind(&self) -> TokenKind {
        self.token(0).kind
    }

    fn kind_at(&self, ahead: usize) -> TokenKind {
        self.token(ahead).kind
    }

    fn word(&self, ahead: usize) -> &'s str {
        let token = self.token(ahead);
        match token.kind {
            TokenKind::Ident => self.ast.text.get(token.range()).unwrap_or(""),
            _ => "",
        }
    }

    fn range(&self) -> Range32 {
        let token = self.token(0);
        Range32 {
            start: token.start,
            end: token.end,
        }
    }

    /// Takes one word.
    fn bump(&mut self) -> Range32 {
        let range = self.range();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        range
    }

    fn eat(&mut self, kind: TokenKind) -> Option<Range32> {
        (self.kind() == kind).then(|| self.bump())
    }

    fn expect(&mut self, kind: TokenKind, rule: &'static Rule) -> Parsed<Range32> {
        match self.eat(kind) {
            Some(range) => Ok(range),
            None => Err(self.unexpected(rule)),
        }
    }

    fn ident(&mut self) -> Parsed<Range32> {
        self.expect(TokenKind::Ident, &rules::EXPECTED_NAME)
    }

    /// Reports that the word at hand does not belong here.
    fn unexpected(&mut self, rule: &'static Rule) -> Reported {
        let range = self.range();
        let found = match self.kind() {
            TokenKind::End => "the end of the text".to_owned(),
            TokenKind::Newline => "a line break".to_owned(),
            _ => {
                let text = self.ast.slice(range);
                let short: String = text.chars().take(24).collect();
                format!("`{short}`")
            }
        };
        let problem = Problem::new(rule, range.start, range.end).arg("found", found);
        self.report(match self.kind() {
            TokenKind::Newline => problem.hint(rules::SEPARATE),
            _ => problem,
        })
    }

    fn report(&mut self, problem: Problem) -> Reported {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
        Reported
    }

    fn push(&mut self, expr: Expr, span: Range32, height: u16) -> Parsed<ExprId> {
        if u32::from(height) > MAX_NESTING {
            return Err(self.too_deep(span));
        }
        let id = ExprId(u32::try_from(self.ast.exprs.len()).unwrap_or(u32::MAX));
        self.ast.exprs.push(expr);
        self.ast.spans.push(span);
        self.heights.push(height);
        Ok(id)
    }

    fn too_deep(&mut self, span: Range32) -> Reported {
        // Nothing that follows could be read rightly: one problem, and the end.
        self.at = self.tokens.len() - 1;
        let problem = Problem::new(&rules::TOO_DEEP, span.start, span.end);
        self.report(problem.arg("limit", MAX_NESTING))
    }

    /// One more than the highest of these.
    fn above(&self, below: &[ExprId]) -> u16 {
        let heights = below
            .iter()
            .filter_map(|id| self.heights.get(id.0 as usize));
        heights.max().map_or(0, |height| height + 1)
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            let range = self.range();
            return Err(self.too_deep(range));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Attributes, package clause, imports.
    fn preamble(&mut self) {
        loop {
            match (self.kind(), self.word(0)) {
                (TokenKind::Newline | TokenKind::Comma, _) => {
                    self.bump();
                }
                (TokenKind::Attribute, _) => {
                    let attribute = self.bump();
                    self.ast.decls.push(Decl::Attribute(attribute));
                }
                (TokenKind::Ident, "package") if self.kind_at(1) == TokenKind::Ident => {
                    self.ast.docs = self.comments_above(self.range().start);
                    self.bump();
                    self.ast.package = Some(self.bump());
                }
                (TokenKind::Ident, "import")
                    if !matches!(
                        self.kind_at(1),
                        TokenKind::Colon | TokenKind::Question | TokenKind::Not | TokenKind::Dot
                    ) =>
                {
                    self.bump();
                    if self.import().is_err() {
                        self.recover(TokenKind::End);
                    }
                }
                _ => return,
            }
        }
    }

    fn import(&mut self) -> Parsed<()> {
        if self.eat(TokenKind::OpenParen).is_none() {
            return self.import_spec();
        }
        loop {
            while self.kind().is_comma() {
                self.bump();
            }
            if self.eat(TokenKind::CloseParen).is_some() {
                return Ok(());
            }
            self.import_spec()?;
        }
    }

    fn import_spec(&mut self) -> Parsed<()> {
        let start = self.range();
        let name = self.eat(TokenKind::Ident);
        let literal = self.expect(TokenKind::String, &rules::EXPECTED_IMPORT)?;
        let text = self.ast.slice(literal);
        let decoded = decode(quote_of(text), &[text.trim_matches(['"', '\'', '#'])]);
        let path = decoded
            .ok()
            .and_then(|mut pieces| String::from_utf8(pieces.pop()?).ok());
        self.ast.imports.push(Import {
            name,
            path: path.unwrap_or_default(),
            span: start.to(literal),
        });
        Ok(())
    }

    /// Skips to behind the next comma of this level.
    fn recover(&mut self, close: TokenKind) {
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
