//! The tree of a text. Expressions stand in one list and refer to each other by position.

use super::token::TokenKind;

/// Bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Range32 {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// An expression of an [`Ast`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ExprId(pub(crate) u32);

/// A parsed text.
#[derive(Debug)]
pub(crate) struct Ast<'s> {
    pub(crate) text: &'s str,
    pub(crate) exprs: Vec<Expr>,
    pub(crate) spans: Vec<Range32>,
    /// The name that the package clause gives.
    pub(crate) package: Option<Range32>,
    /// The comment lines directly above the package clause.
    pub(crate) docs: Box<[Range32]>,
    pub(crate) imports: Vec<Import>,
    /// The declarations of a file, or one embedding for an expression.
    pub(crate) decls: Vec<Decl>,
}

/// `import name "path"`.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) name: Option<Range32>,
    pub(crate) path: String,
    pub(crate) span: Range32,
}

#[derive(Debug)]
pub(crate) enum Expr {
    Bottom,
    Null,
    Bool(bool),
    Number,
    String(Box<Interpolation>),
    /// A literal without interpolations.
    Text,
    Ident,
    List(Box<[Element]>),
    Struct(Box<[Decl]>),
    Unary(TokenKind, ExprId),
    Binary(TokenKind, ExprId, ExprId),
    /// The infix words `div`, `mod`, `quo`, `rem`.
    Word(Range32, ExprId, ExprId),
    /// `a.b` and `a."b"`; the name is where it stands.
    Select(ExprId, Range32),
    Index(ExprId, ExprId),
    Slice(ExprId, Option<ExprId>, Option<ExprId>),
    Call(ExprId, Box<[ExprId]>),
    /// `X=expr` as the value of a field.
    Alias(Range32, ExprId),
    /// What could not be read; a problem was reported.
    Bad,
}

/// A literal in parts, with the expressions interpolated between them.
#[derive(Debug)]
pub(crate) struct Interpolation {
    pub(crate) parts: Box<[Range32]>,
    pub(crate) inner: Box<[ExprId]>,
}

#[derive(Debug)]
pub(crate) enum Element {
    Expr(ExprId),
    Comprehension(Comprehension),
    /// `...` or `...type`.
    Ellipsis(Option<ExprId>),
}

#[derive(Debug)]
pub(crate) enum Decl {
    Field(Field),
    Let(Range32, ExprId),
    Embed(ExprId),
    Comprehension(Comprehension),
    Ellipsis,
    /// `@name(…)` as a declaration of its own.
    Attribute(Range32),
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) alias: Option<Range32>,
    pub(crate) label: Label,
    pub(crate) span: Range32,
    pub(crate) constraint: Constraint,
    pub(crate) value: ExprId,
    /// Most fields have none, and pay nothing for it.
    pub(crate) notes: Option<Box<Notes>>,
}

/// What is written around a field. For `a: b: c: 1` the innermost one has it, as both CUE and KubeVela give it
/// to `c`.
#[derive(Debug)]
pub(crate) struct Notes {
    /// The comment lines directly above, each from its `//` on.
    pub(crate) docs: Box<[Range32]>,
    /// `@name(…)` behind the value.
    pub(crate) attributes: Box<[Range32]>,
}

#[derive(Debug)]
pub(crate) enum Label {
    Ident(Range32),
    Quoted(ExprId),
    Dynamic(ExprId),
    /// `[expr]:` and `[X=expr]:`.
    Pattern(Option<Range32>, ExprId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Constraint {
    Regular,
    Optional,
    Required,
}

#[derive(Debug)]
pub(crate) struct Comprehension {
    pub(crate) clauses: Box<[Clause]>,
    pub(crate) body: ExprId,
    pub(crate) span: Range32,
}

#[derive(Debug)]
pub(crate) enum Clause {
    For(Option<Range32>, Range32, ExprId),
    If(ExprId),
    Let(Range32, ExprId),
}

// === impl Range32 ===

impl Range32 {
    pub(crate) fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

// === impl Ast ===

impl<'s> Ast<'s> {
    pub(crate) fn slice(&self, range: Range32) -> &'s str {
        let range = range.start as usize..range.end as usize;
        self.text.get(range).unwrap_or("")
    }

    pub(crate) fn expr(&self, id: ExprId) -> &Expr {
        self.exprs.get(id.0 as usize).unwrap_or(&Expr::Bad)
    }

    pub(crate) fn span(&self, id: ExprId) -> Range32 {
        self.spans.get(id.0 as usize).copied().unwrap_or_default()
    }
}
