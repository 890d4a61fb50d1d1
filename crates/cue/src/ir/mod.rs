//! The compiled form: names resolved, constants folded, structs laid out.

mod compile;
mod literal;
mod references;
mod scope;
mod shape;

use ecow::EcoString;
use rustc_hash::FxHashMap;

pub(crate) use compile::{Unit, compile};
pub(crate) use literal::number as number_literal;
pub(crate) use references::references;
pub(crate) use shape::{Clause, Comprehension, Decl, DynamicField, Field, Notes, Pattern, Shape};

use crate::{
    Value,
    kinds::Kinds,
    library::{self, Builtin, Special},
    syntax::ast::Range32,
};

/// An expression of an [`Ir`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ExprId(pub(crate) u32);

/// The name of a field: an interned text and what kind of field it names. `"#x"` is not `#x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// The place of an item in a list.
    Index,
}

/// A compiled program: the files of a package, and of those it imports.
#[derive(Debug, Default)]
pub(crate) struct Ir {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) spans: Vec<Range32>,
    pub(crate) names: Vec<EcoString>,
    /// The positions of the names.
    pub(crate) by_name: FxHashMap<EcoString, u32>,
    /// Names that nothing here declares.
    pub(crate) roots: Vec<Root>,
    /// The program's own package comes first.
    pub(crate) packages: Vec<Package>,
    /// What is asked for, if that is not the whole package: an expression in its scope.
    pub(crate) focus: Option<ExprId>,
}

/// The files of a package.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) path: EcoString,
    /// One struct for each file.
    pub(crate) files: Vec<ExprId>,
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
    /// `_|_`.
    Bottom,
    /// `_`.
    Top,
    /// `string`, `int`, `number`.
    Type(Kinds),
    /// `uint8`, `rune`: types that are also bounds.
    Range(&'static Range),
    /// `>=1`, `!="a"`, `=~"^a"`.
    Bound(Bound, ExprId),
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
    /// What stands around this place, by its alias: the field, or the label of a pattern.
    Itself {
        up: u16,
    },
    /// The field with a computed label, by its alias.
    Dynamic {
        up: u16,
        label: ExprId,
    },
    /// A name from outside.
    Root(u16),
    /// An imported package whose files are part of the program.
    Package(u16),
    /// A standard package.
    Standard(&'static library::Package),
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
    /// `*a | b`, with what is marked.
    Either(Box<[(bool, ExprId)]>),
    /// `e != _|_` (`true`) and `e == _|_` (`false`).
    Present(ExprId, bool),
    Interpolation(bool, Box<[Piece]>),
    List(Box<List>),
    Struct(Box<Shape>),
    /// A value that knows itself by an alias: opens a scope.
    Aliased(ExprId),
}

/// A predeclared type with bounds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) name: &'static str,
    pub(crate) is_integer: bool,
    pub(crate) low: &'static str,
    pub(crate) high: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bound {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Not,
    Match,
    NotMatch,
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

/// A list literal.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) elements: Box<[Element]>,
    pub(crate) rest: Rest,
}

/// What may follow the items of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing.
    #[default]
    None,
    /// `...`
    Any,
    /// `...T`
    Of(ExprId),
}

// === impl Expr ===

impl Expr {
    /// The words for a type or bound, which are no value.
    pub(crate) fn as_type(&self) -> Option<String> {
        match self {
            Self::Type(kinds) => Some(kinds.to_string()),
            Self::Range(range) => Some(range.name.to_owned()),
            Self::Bound(bound, _) => Some(format!("{}…", bound.as_str())),
            Self::Top => Some("_".to_owned()),
            _ => None,
        }
    }
}

// === impl Label ===

impl Label {
    const NAME_BITS: u32 = 2;

    pub(crate) const fn new(name: u32, kind: LabelKind) -> Self {
        Self(name << Self::NAME_BITS | kind as u32)
    }

    pub(crate) const fn index(index: usize) -> Self {
        Self::new(index as u32, LabelKind::Index)
    }

    /// The position of its name among the names; of an item, its place.
    pub(crate) const fn name(self) -> usize {
        (self.0 >> Self::NAME_BITS) as usize
    }

    pub(crate) const fn kind(self) -> LabelKind {
        match self.0 & 3 {
            0 => LabelKind::Regular,
            1 => LabelKind::Definition,
            2 => LabelKind::Hidden,
            _ => LabelKind::Index,
        }
    }

    pub(crate) fn is_regular(self) -> bool {
        self.kind() == LabelKind::Regular
    }

    pub(crate) fn is_definition(self) -> bool {
        self.kind() == LabelKind::Definition
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

// === impl Bound ===

impl Bound {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Not => "!=",
            Self::Match => "=~",
            Self::NotMatch => "!~",
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

    /// The expression of a program that is no file.
    pub(crate) fn root(&self) -> Option<ExprId> {
        self.focus
            .or_else(|| self.packages.first()?.files.first().copied())
    }
}
