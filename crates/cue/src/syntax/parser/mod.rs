//! Words to tree.

mod comment;
mod comprehension;
mod decl;
mod expr;
mod label;
mod list;
mod preamble;
mod recover;

use burgee_source::Rule;
use smallvec::SmallVec;

use super::{
    ast::{Ast, Decl, Expr, ExprId, Range32},
    clash::clashes,
    declared::Declared,
    lexer::{Lexed, MAX_PROBLEMS, lex},
    problem::Problem,
    token::{Token, TokenKind},
    tree::{Listener, NodeKind},
};
use crate::{MAX_NESTING, rules};

/// Reads a text, makes the compact tree that evaluation needs, and tells the listener of every construct that it has read.
pub(crate) struct Parser<'s, L> {
    ast: Ast<'s>,
    listener: L,
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
    /// The words of the last expression in parentheses: the first, and the one behind the last.
    parens: (usize, usize),
    /// The names that may clash with others: of `let`s and aliases, and those in patterns.
    bound: Vec<Range32>,
    declared: Declared,
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
    let mut parser = Parser::new(text, ());
    parser.file();
    parser.finish()
}

/// Parses a file for the listener's sake. The problems are those of single places: names that clash are not among
/// them.
pub(super) fn listen<L: Listener>(text: &str, listener: L) -> (L, Lexed) {
    let mut parser = Parser::new(text, listener);
    parser.file();
    let lexed = Lexed {
        tokens: parser.tokens,
        comments: parser.comments,
        problems: sorted(parser.problems),
    };
    (parser.listener, lexed)
}

/// Parses import lines and one expression.
pub(crate) fn parse_expression(text: &str) -> (Ast<'_>, Vec<Problem>) {
    let mut parser = Parser::new(text, ());
    parser.imports_of_expression();
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

impl<'s, L: Listener> Parser<'s, L> {
    fn new(text: &'s str, listener: L) -> Self {
        let Lexed {
            tokens,
            comments,
            problems,
        } = lex(text);
        // `a: 1` and its line break are four words and one expression, `[1, 2]` five and three.
        let usual = tokens.len() / 2;
        let ast = Ast {
            text,
            exprs: Vec::with_capacity(usual),
            spans: Vec::with_capacity(usual),
            package: None,
            docs: Box::default(),
            imports: Vec::new(),
            decls: Vec::new(),
        };
        Self {
            heights: Vec::with_capacity(usual),
            ast,
            listener,
            tokens,
            at: 0,
            depth: 0,
            parens: (0, 0),
            bound: Vec::new(),
            declared: Declared::default(),
            comments,
            problems,
        }
    }

    fn finish(mut self) -> (Ast<'s>, Vec<Problem>) {
        // Where brackets are missing, names stand in scopes that nobody meant.
        let readable = |problem: &Problem| !problem.rule.code.starts_with("cue-syntax/");
        let declared = |name: &Range32| self.declared.may_have(self.ast.slice(*name));
        if self.bound.iter().any(declared) && self.problems.iter().all(readable) {
            self.problems.extend(clashes(&self.ast, &self.bound));
        }
        (self.ast, sorted(self.problems))
    }

    fn file(&mut self) {
        self.preamble();
        let decls = self.decls(TokenKind::End);
        self.ast.decls.extend(decls);
    }

    /// Tells the listener of a construct that begins with the word `first` and ends before the word at hand.
    fn read(&mut self, kind: NodeKind, first: usize) {
        self.listener.read(kind, first, self.at);
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

    /// From a place to the last word that was taken, parentheses included.
    fn since(&self, start: Range32) -> Range32 {
        let last = self
            .at
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        let end = last.map_or(start.end, |last| last.end);
        Range32 {
            start: start.start,
            end,
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

    /// Remembers that a name is declared.
    fn declares(&mut self, name: Range32) {
        self.declared.add(self.ast.slice(name));
    }

    /// A name that is no keyword.
    fn ident(&mut self) -> Parsed<Range32> {
        match is_keyword(self.word(0)) {
            true => Err(self.unexpected(&rules::EXPECTED_NAME)),
            false => self.expect(TokenKind::Ident, &rules::EXPECTED_NAME),
        }
    }

    /// What stands between two declarations.
    fn separator(&mut self) -> Parsed<()> {
        match self.kind() {
            TokenKind::Comma | TokenKind::Newline => {
                self.bump();
                Ok(())
            }
            TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::End => Ok(()),
            _ => Err(self.unexpected(&rules::MISSING_COMMA)),
        }
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

    fn height(&self, id: ExprId) -> u16 {
        self.heights.get(id.0 as usize).copied().unwrap_or(0)
    }

    /// One more than the highest of these.
    fn above(&self, below: &[ExprId]) -> u16 {
        let heights = below
            .iter()
            .filter_map(|id| self.heights.get(id.0 as usize));
        heights.max().map_or(0, |height| height + 1)
    }

    /// One more than the highest of all since `from`.
    fn height_from(&self, from: usize) -> u16 {
        let below = self.heights.get(from..).unwrap_or(&[]).iter();
        below.fold(0, |height, below| height.max(below + 1))
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
}

/// In the order of the text, one for each place, and not too many.
/// What was gathered, in as much memory as it takes.
fn boxed<A: smallvec::Array>(list: SmallVec<A>) -> Box<[A::Item]> {
    let mut exact = Vec::with_capacity(list.len());
    exact.extend(list);
    exact.into_boxed_slice()
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| problem.start);
    problems.dedup_by_key(|problem| problem.start);
    problems.truncate(MAX_PROBLEMS);
    problems
}

/// True for the names that cannot be declared.
fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "for" | "in" | "if" | "let" | "func" | "true" | "false" | "null"
    )
}
