//! The compiled form: names resolved, constants folded, shapes of structs laid out.

mod compile;
mod literal;
mod references;
mod scope;

use ecow::EcoString;

pub(crate) use compile::compile;
pub(crate) use literal::number as number_literal;
pub(crate) use references::references;

use crate::{
    Value,
    library::{Builtin, Special},
    syntax::ast::{Constraint, Range32},
};

/// An expression of an [`Ir`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ExprId(pub(crate) u32);

/// The name of a field: an interned text and what kind of field it names. `"#x"` is not `#x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Label(u32);

/// What kind of field a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelKind {
    /// Exported.
    Regular,
    /// `#x` and `_#x`.
    Definition,
    /// `_x`.
    Hidden,
}

/// A compiled text.
#[derive(Debug)]
pub(crate) struct Ir {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) spans: Vec<Range32>,
    pub(crate) names: Vec<EcoString>,
    /// Names that nothing here declares.
    pub(crate) roots: Vec<Root>,
    pub(crate) root: ExprId,
}

/// A name from outside.
#[derive(Debug)]
pub(crate) struct Root {
    pub(crate) name: EcoString,
    pub(crate) span: Range32,
}

#[derive(Debug)]
pub(crate) enum Expr {
    Const(Value),
    Bottom,
    /// `_`.
    Top,
    /// Something of the lattice; the word says what.
    Unsupported(&'static str),
    /// A field of the struct `up` scopes out.
    Field {
        up: u16,
        label: Label,
    },
    /// A `let`, or the variable of a clause, `up` scopes out.
    Local {
        up: u16,
        slot: u16,
    },
    /// A name from outside.
    Root(u16),
    Function(&'static Builtin),
    Special(Special),
    Select(ExprId, Label),
    Index(ExprId, ExprId),
    Slice(ExprId, Option<ExprId>, Option<ExprId>),
    Call(ExprId, Box<[ExprId]>),
    Unary(Unary, ExprId),
    Binary(Binary, ExprId, ExprId),
    /// `a & b`.
    Meet(ExprId, ExprId),
    /// `e != _|_` (`true`) and `e == _|_` (`false`).
    Present(ExprId, bool),
    Interpolation(bool, Box<[Piece]>),
    List(Box<[Element]>),
    Struct(Box<Shape>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unary {
    Plus,
    Minus,
    Not,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Match,
    NotMatch,
    And,
    Or,
}

#[derive(Debug)]
pub(crate) enum Piece {
    Text(Box<[u8]>),
    Expr(ExprId),
}

#[derive(Debug)]
pub(crate) enum Element {
    Expr(ExprId),
    Comprehension(Comprehension),
}

/// A struct literal, laid out.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    pub(crate) fields: Vec<Field>,
    pub(crate) dynamic: Vec<DynamicField>,
    pub(crate) lets: Vec<ExprId>,
    pub(crate) embeds: Vec<ExprId>,
    pub(crate) comprehensions: Vec<Comprehension>,
    /// Where a `[pattern]:` stands, if one does.
    pub(crate) pattern: Option<Range32>,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) label: Label,
    pub(crate) constraint: Constraint,
    pub(crate) value: ExprId,
    pub(crate) span: Range32,
}

#[derive(Debug)]
pub(crate) struct DynamicField {
    pub(crate) label: ExprId,
    pub(crate) constraint: Constraint,
    pub(crate) value: ExprId,
    pub(crate) span: Range32,
}

#[derive(Debug)]
pub(crate) struct Comprehension {
    pub(crate) clauses: Box<[Clause]>,
    /// Always a struct literal.
    pub(crate) body: ExprId,
}

#[derive(Debug)]
pub(crate) enum Clause {
    /// Opens a scope: slot 0 is the key, slot 1 the value.
    For(ExprId),
    If(ExprId),
    /// Opens a scope with slot 0.
    Let(ExprId),
}

// === impl Label ===

impl Label {
    pub(crate) const fn new(name: u32, kind: LabelKind) -> Self {
        Self(name << 2 | kind as u32)
    }

    pub(crate) const fn name(self) -> usize {
        (self.0 >> 2) as usize
    }

    pub(crate) const fn kind(self) -> LabelKind {
        match self.0 & 3 {
            0 => LabelKind::Regular,
            1 => LabelKind::Definition,
            _ => LabelKind::Hidden,
        }
    }

    pub(crate) fn is_regular(self) -> bool {
        self.kind() == LabelKind::Regular
    }
}

// === impl LabelKind ===

impl LabelKind {
    pub(crate) fn of(name: &str) -> Self {
        match name.as_bytes() {
            [b'#', ..] | [b'_', b'#', ..] => Self::Definition,
            [b'_', ..] => Self::Hidden,
            _ => Self::Regular,
        }
    }
}

// === impl Binary ===

impl Binary {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Match => "=~",
            Self::NotMatch => "!~",
            Self::And => "&&",
            Self::Or => "||",
        }
    }
}

// === impl Ir ===

impl Ir {
    pub(crate) fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    pub(crate) fn span(&self, id: ExprId) -> Range32 {
        self.spans[id.0 as usize]
    }
}
