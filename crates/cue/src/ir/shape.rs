//! Struct literals, laid out in the order of the text.

use super::{ExprId, Label};
use crate::syntax::ast::{Constraint, Range32};

/// A struct literal.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    pub(crate) decls: Box<[Decl]>,
    /// The values of its `let`s, by slot.
    pub(crate) lets: Box<[ExprId]>,
    /// It says `...`.
    pub(crate) open: bool,
    /// It has embeddings or comprehensions: it may turn out to be no struct.
    pub(crate) embeds: bool,
    /// Attributes among its declarations.
    pub(crate) attributes: Box<[Range32]>,
}

/// A declaration.
#[derive(Debug)]
pub(crate) enum Decl {
    Field(Field),
    Dynamic(DynamicField),
    Pattern(Pattern),
    Embed(ExprId),
    Comprehension(Comprehension),
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) label: Label,
    pub(crate) constraint: Constraint,
    pub(crate) value: ExprId,
    /// Its name.
    pub(crate) span: Range32,
    /// What was written about it.
    pub(crate) notes: Option<Box<Notes>>,
}

/// The comments and attributes of a field.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Each line from behind its `//` on.
    pub(crate) docs: Box<[ecow::EcoString]>,
    pub(crate) attributes: Box<[ecow::EcoString]>,
}

#[derive(Debug)]
pub(crate) struct DynamicField {
    pub(crate) label: ExprId,
    pub(crate) constraint: Constraint,
    pub(crate) value: ExprId,
    pub(crate) span: Range32,
    pub(crate) notes: Option<Box<Notes>>,
}

/// `[label]: value`.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) label: ExprId,
    pub(crate) value: ExprId,
    /// `[X=label]`: the value sees the matched label in a scope of its own.
    pub(crate) names_label: bool,
}

#[derive(Debug)]
pub(crate) struct Comprehension {
    pub(crate) clauses: Box<[Clause]>,
    /// Always a struct literal.
    pub(crate) body: ExprId,
    pub(crate) span: Range32,
}

#[derive(Debug)]
pub(crate) enum Clause {
    /// Opens a scope: slot 0 is the key, slot 1 the value.
    For(ExprId),
    If(ExprId),
    /// Opens a scope with slot 0.
    Let(ExprId),
}
