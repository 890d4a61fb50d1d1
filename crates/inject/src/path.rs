//! A path into a tree of values: keys and list indices.

use std::fmt;

use burgee_source::{Kind, Node};

/// How many parts a path may have; a tree that deep is refused by everything that reads it.
pub const MAX_SEGMENTS: usize = 100;

/// A path such as `slack.message.text` or `containers[0]["my.key"]`. It has at least one part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    segments: Vec<Segment>,
}

/// One part of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// The key of an object.
    Key(String),
    /// An element of a list, from 0.
    Index(usize),
}

// === impl Path ===

impl Path {
    pub(crate) const fn from_segments(segments: Vec<Segment>) -> Self {
        Self { segments }
    }

    /// The parts, from the outside in.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The value at this path, if there is one.
    ///
    /// ```
    /// # use burgee_inject::Path;
    /// # use burgee_source::Node;
    /// let node = Node::from(serde_json::json!({"a": [{"b": 1}]}));
    /// let path = Path::parse("a[0].b")?;
    /// assert_eq!(path.get(&node).map(Node::to_json_text).as_deref(), Some("1"));
    /// # Ok::<(), burgee_inject::PathError>(())
    /// ```
    #[must_use]
    pub fn get<'a>(&self, node: &'a Node) -> Option<&'a Node> {
        let mut segments = self.segments.iter();
        segments.try_fold(node, |node, segment| segment.get(node))
    }
}

impl fmt::Display for Path {
    /// Writes the path so that [`Path::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_segments(&self.segments, f)
    }
}

/// The first parts of a path as text.
pub(crate) struct Prefix<'a>(pub(crate) &'a [Segment]);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_segments(self.0, f)
    }
}

fn write_segments(segments: &[Segment], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Key(key) if is_bare(key) => {
                let dot = if at == 0 { "" } else { "." };
                write!(f, "{dot}{key}")?;
            }
            Segment::Key(key) => write_quoted(key, f)?,
            Segment::Index(index) => write!(f, "[{index}]")?,
        }
    }
    Ok(())
}

fn write_quoted(key: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("[\"")?;
    for c in key.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c.is_control() => write!(f, "\\u{:04x}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"]")
}

/// True for a key that needs no quotes.
fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.chars().all(is_bare_char)
}

/// A key without quotes takes everything but the path's own signs and what nobody can see.
pub(crate) fn is_bare_char(c: char) -> bool {
    !matches!(c, '.' | '[' | ']' | '"') && !c.is_whitespace() && !c.is_control()
}

// === impl Segment ===

impl Segment {
    fn get<'a>(&self, node: &'a Node) -> Option<&'a Node> {
        match (self, &node.kind) {
            (Self::Key(key), Kind::Map(map)) => map.get(key),
            (Self::Index(index), Kind::List(items)) => items.get(*index),
            (
                Self::Key(_) | Self::Index(_),
                Kind::Null
                | Kind::Bool(_)
                | Kind::Number(_)
                | Kind::String(_)
                | Kind::List(_)
                | Kind::Map(_),
            ) => None,
        }
    }
}
