//! The tree of located values: JSON's shapes, each value with its span.

use crate::{Map, Number, Span, Spanned};

/// A value and where it was written.
///
/// Two nodes are equal when their values are; where they stand does not count.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it was written; [`Span::NONE`] for what nobody wrote.
    pub span: Span,
    /// The value.
    pub kind: Kind,
}

/// The shapes of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, digits kept.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// A map with string keys in the order written.
    Map(Map),
}

/// A map's value and where its key was written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where the key was written.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

// === impl Node ===

impl Node {
    /// A value at a place.
    #[must_use]
    pub const fn new(kind: Kind, span: Span) -> Self {
        Self { span, kind }
    }

    /// A string that nobody wrote.
    #[must_use]
    pub fn string(text: impl Into<String>) -> Self {
        Kind::String(text.into()).into()
    }

    /// A map that nobody wrote.
    #[must_use]
    pub fn map(entries: impl IntoIterator<Item = (&'static str, Node)>) -> Self {
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        Kind::Map(entries.collect()).into()
    }

    /// The word for its shape in messages.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "boolean",
            Kind::Number(_) => "number",
            Kind::String(_) => "string",
            Kind::List(_) => "list",
            Kind::Map(_) => "object",
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(value) => Some(*value),
            Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn as_number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(value) => Some(value),
            Kind::Null | Kind::Bool(_) | Kind::String(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The list, if it is one.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Map(_) => None,
        }
    }

    /// The map, if it is one.
    #[must_use]
    pub const fn as_map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => None,
        }
    }

    /// The map to change, if it is one.
    pub const fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.kind {
            Kind::Map(map) => Some(map),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => None,
        }
    }

    /// True for `null` and for nothing at all.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The value of a key; `None` also when this is no map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The string under a key, with its place.
    #[must_use]
    pub fn get_str(&self, key: &str) -> Option<Spanned<&str>> {
        let node = self.get(key)?;
        Some(Spanned::new(node.as_str()?, node.span))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl From<Kind> for Node {
    fn from(kind: Kind) -> Self {
        Self::new(kind, Span::NONE)
    }
}
