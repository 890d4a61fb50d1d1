//! Puts a value at a path.
//!
//! An input overrides what is there. Objects that are missing on the way are made; everything else that
//! does not fit is an error, and then nothing has changed.

use burgee_source::{Diagnostic, Kind, MAX_JSON_DEPTH, Map, Node, Rule, Severity, Span, Text};

use crate::{Path, Segment, path::Prefix};

/// The largest list index: filling a gap makes that many objects at most.
pub const MAX_INDEX: usize = 1000;

/// A value that cannot be put where a path leads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// A key was asked of something that has none.
    #[error("`{at}` is of type {found} and has no key `{key}`")]
    NotAnObject {
        /// The part of the path that leads there, `properties` for the start.
        at: String,
        /// The key.
        key: String,
        /// What is there.
        found: &'static str,
    },
    /// An index was asked of something that has none.
    #[error("`{at}` is of type {found} and has no element [{index}]")]
    NotAList {
        /// The part of the path that leads there, `properties` for the start.
        at: String,
        /// The index.
        index: usize,
        /// What is there.
        found: &'static str,
    },
    /// The path goes on behind an element that does not exist.
    #[error("`{at}` has a length of {length} and no element [{index}] to go into")]
    PastTheEnd {
        /// The part of the path that leads there, `properties` for the start.
        at: String,
        /// The index.
        index: usize,
        /// How many elements there are.
        length: usize,
    },
    /// Path and value together nest too deep.
    #[error("the value at `{path}` would nest more than {MAX_JSON_DEPTH} levels deep")]
    TooDeep {
        /// The path.
        path: String,
    },
}

/// A key was asked of a list or a scalar.
pub static NOT_AN_OBJECT: Rule = Rule {
    code: "path/not-an-object",
    severity: Severity::Error,
    message: Text::new(
        "`{at}` is of type {found} and has no key `{key}`",
        "`{at}` 的类型是 {found}，没有键 `{key}`",
    ),
};

/// An index was asked of an object or a scalar.
pub static NOT_A_LIST: Rule = Rule {
    code: "path/not-a-list",
    severity: Severity::Error,
    message: Text::new(
        "`{at}` is of type {found} and has no element [{index}]",
        "`{at}` 的类型是 {found}，没有元素 [{index}]",
    ),
};

/// A path goes on behind an element that does not exist.
pub static PAST_THE_END: Rule = Rule {
    code: "path/past-the-end",
    severity: Severity::Error,
    message: Text::new(
        "`{at}` has a length of {length} and no element [{index}] to go into",
        "`{at}` 的长度为 {length}，没有可进入的元素 [{index}]",
    ),
};

/// Path and value together nest too deep.
pub static TOO_DEEP: Rule = Rule {
    code: "path/too-deep",
    severity: Severity::Error,
    message: Text::new(
        "the value at `{path}` would nest more than {limit} levels deep",
        "`{path}` 处的值嵌套将超过 {limit} 层",
    ),
};

// === impl Path ===

impl Path {
    /// Puts `value` at this path, in place of what is there. On an error nothing has changed.
    ///
    /// `null` counts as absent. An absent list begins empty; a last `[n]` past the end appends, and a gap
    /// is filled with empty objects, as KubeVela fills it.
    ///
    /// ```
    /// # use burgee_inject::Path;
    /// # use burgee_source::Node;
    /// let mut node = Node::from(serde_json::json!({"list": ["x"], "text": "y"}));
    /// Path::parse("list[1]")?.set(&mut node, Node::string("z"))?;
    /// assert_eq!(node.to_json_text(), r#"{"list":["x","z"],"text":"y"}"#);
    ///
    /// let error = Path::parse("text.more")?.set(&mut node, Node::string("z")).unwrap_err();
    /// assert_eq!(error.to_string(), "`text` is of type string and has no key `more`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When something on the way is of another shape than the path says.
    pub fn set(&self, node: &mut Node, value: Node) -> Result<(), SetError> {
        let room = MAX_JSON_DEPTH.saturating_sub(self.segments().len());
        if !is_within(&value, room) {
            return Err(SetError::TooDeep {
                path: self.to_string(),
            });
        }
        self.set_below(0, node, value)
    }

    /// Recursion is as deep as the path is long, and that is bounded where paths are read.
    fn set_below(&self, done: usize, node: &mut Node, value: Node) -> Result<(), SetError> {
        let Some(segment) = self.segments().get(done) else {
            *node = value;
            return Ok(());
        };
        let last = done + 1 == self.segments().len();
        match (segment, &mut node.kind) {
            (Segment::Key(_) | Segment::Index(_), Kind::Null) => {
                *node = self.build(done, value)?;
                Ok(())
            }
            (Segment::Key(key), Kind::Map(map)) => match map.get_mut(key) {
                Some(child) => self.set_below(done + 1, child, value),
                None => {
                    let span = value.span;
                    let child = self.build(done + 1, value)?;
                    map.insert(key.as_str(), span, child);
                    Ok(())
                }
            },
            (Segment::Index(index), Kind::List(items)) => match items.get_mut(*index) {
                Some(child) => self.set_below(done + 1, child, value),
                None if last => {
                    items.resize_with(*index, empty_object);
                    items.push(value);
                    Ok(())
                }
                None => Err(SetError::PastTheEnd {
                    at: self.name(done),
                    index: *index,
                    length: items.len(),
                }),
            },
            (
                Segment::Key(key),
                Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_),
            ) => Err(SetError::NotAnObject {
                at: self.name(done),
                key: key.clone(),
                found: node.type_name(),
            }),
            (
                Segment::Index(index),
                Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Map(_),
            ) => Err(SetError::NotAList {
                at: self.name(done),
                index: *index,
                found: node.type_name(),
            }),
        }
    }

    /// What stands at the first `done` parts when nothing stood there.
    fn build(&self, done: usize, value: Node) -> Result<Node, SetError> {
        let span = value.span;
        let mut built = value;
        for at in (done..self.segments().len()).rev() {
            let last = at + 1 == self.segments().len();
            let kind = match &self.segments()[at] {
                Segment::Key(key) => {
                    let mut map = Map::default();
                    map.insert(key.as_str(), span, built);
                    Kind::Map(map)
                }
                Segment::Index(index) if last || *index == 0 => {
                    let mut items = Vec::new();
                    items.resize_with(*index, empty_object);
                    items.push(built);
                    Kind::List(items)
                }
                Segment::Index(index) => {
                    return Err(SetError::PastTheEnd {
                        at: self.name(at),
                        index: *index,
                        length: 0,
                    });
                }
            };
            built = Node::new(kind, span);
        }
        Ok(built)
    }

    /// The first `done` parts, as a message names them. Paths lead into a step's properties.
    fn name(&self, done: usize) -> String {
        match done {
            0 => "properties".to_owned(),
            done => Prefix(&self.segments()[..done]).to_string(),
        }
    }
}

fn empty_object() -> Node {
    Kind::Map(Map::default()).into()
}

/// True when `node` nests at most `room` levels; looks no deeper than that.
fn is_within(node: &Node, room: usize) -> bool {
    match &node.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => true,
        Kind::List(items) => room > 0 && items.iter().all(|item| is_within(item, room - 1)),
        Kind::Map(map) => room > 0 && map.iter().all(|(_, e)| is_within(&e.value, room - 1)),
    }
}

// === impl SetError ===

impl SetError {
    /// The error as a problem at the place where the path was written.
    #[must_use]
    pub fn diagnostic(&self, written: Span) -> Diagnostic {
        match self {
            Self::NotAnObject { at, key, found } => Diagnostic::new(&NOT_AN_OBJECT)
                .arg("at", at)
                .arg("key", key)
                .arg("found", found)
                .hint(Text::new(
                    "end the path before `{key}`, or make `{at}` an object",
                    "请在 `{key}` 之前结束路径，或把 `{at}` 改为对象",
                )),
            Self::NotAList { at, index, found } => Diagnostic::new(&NOT_A_LIST)
                .arg("at", at)
                .arg("index", index)
                .arg("found", found)
                .hint(Text::new(
                    "an object's key is written `.key`, also when it is a number",
                    "对象的键写作 `.key`，数字键也一样",
                )),
            Self::PastTheEnd { at, index, length } => Diagnostic::new(&PAST_THE_END)
                .arg("at", at)
                .arg("index", index)
                .arg("length", length)
                .hint(Text::new(
                    "elements count from 0; a new one is appended by a path that ends in [{length}]",
                    "元素从 0 开始计数；以 [{length}] 结尾的路径会追加新元素",
                )),
            Self::TooDeep { path } => Diagnostic::new(&TOO_DEEP)
                .arg("path", path)
                .arg("limit", MAX_JSON_DEPTH)
                .hint(Text::new("make the value flatter", "请减少值的嵌套层数")),
        }
        .at(written)
    }
}
