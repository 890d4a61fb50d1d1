//! An object of a message, with its place and its path.

use burgee_source::{Map, Node, Span};

/// An object at a path. It may exist only as the place of what inputs will fill.
#[derive(Debug, Clone)]
pub(crate) struct Object<'a> {
    map: Option<&'a Map>,
    pub(crate) span: Span,
    pub(crate) path: String,
}

// === impl Object ===

impl<'a> Object<'a> {
    /// The node's map; an empty object when inputs will fill it.
    pub(crate) fn new(node: Option<&'a Node>, span: Span, path: impl Into<String>) -> Self {
        let here = node.map_or(Span::NONE, |node| node.span);
        Self {
            map: node.and_then(Node::as_map),
            span: if here.is_some() { here } else { span },
            path: path.into(),
        }
    }

    /// A field that is not `null`, whatever inputs will do.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Node> {
        self.map?.get(key).filter(|node| !node.is_null())
    }

    /// Where a key stands; the object's own place when it does not.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        let entry = self.map.and_then(|map| map.entry(key));
        let span = entry.map_or(Span::NONE, |entry| entry.key_span);
        if span.is_some() { span } else { self.span }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'a str, Span)> {
        let entries = self.map.into_iter().flat_map(Map::iter);
        entries.map(|(key, entry)| (key, entry.key_span))
    }

    pub(crate) fn child(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// How messages call it.
    pub(crate) fn name(&self) -> String {
        if self.path.is_empty() {
            "`message`".to_owned()
        } else {
            format!("`{}`", self.path)
        }
    }
}

/// The first span that is one.
pub(crate) fn or(span: Span, other: Span) -> Span {
    if span.is_some() { span } else { other }
}
