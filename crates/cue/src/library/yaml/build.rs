//! Puts the parser's events together.
//!
//! Open lists and maps stand on a stack of our own. What aliases copy is counted as if it were written out, so that
//! no text stands for more than its reader can hold.

use std::{borrow::Cow, collections::HashMap};

use ecow::EcoString;
use granit_parser::{Event, ScalarStyle, Span, StructureStyle, Tag};

use super::{
    map::{Key, Map},
    scalar::{Scalar, scalar},
};
use crate::{
    Value,
    library::{CallError, MAX_ANSWER, MAX_ITEMS, MAX_NESTING, failed},
};

pub(super) struct Builder<'t> {
    text: &'t str,
    stack: Vec<Frame>,
    root: Value,
    anchors: HashMap<usize, Anchored>,
    spent: Cost,
}

/// A list or map that is open.
struct Frame {
    open: Open,
    style: StructureStyle,
    anchor: usize,
    cost: Cost,
}

enum Open {
    List(Vec<Value>),
    Map(Map),
}

/// A finished value that aliases may copy.
struct Anchored {
    node: Node,
    cost: Cost,
}

#[derive(Clone)]
struct Node {
    value: Value,
    /// What it is called as a key; only scalars can be one.
    label: Option<EcoString>,
}

/// What a value takes when it is written out.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    values: usize,
    bytes: usize,
    height: usize,
}

// === impl Builder ===

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            stack: Vec::new(),
            root: Value::Null,
            anchors: HashMap::new(),
            spent: Cost::default(),
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), CallError> {
        let source = span.slice(self.text).unwrap_or("");
        let start = span.byte_range().map_or(0, |range| range.start);
        let in_flow = |frame: &Frame| frame.style == StructureStyle::Flow;
        if !source.is_empty() && follows_tab(self.text, start) && !self.stack.iter().any(in_flow) {
            return Err(failed("a tab stands where only spaces may"));
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, (style, source), anchor, tag.as_ref())
            }
            Event::SequenceStart(style, anchor, _) => {
                self.open(Open::List(Vec::new()), style, anchor)
            }
            Event::MappingStart(style, anchor, _) => {
                self.open(Open::Map(Map::default()), style, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor),
            _ => Ok(()),
        }
    }

    /// The document's value.
    pub(super) fn finish(&mut self) -> Value {
        self.anchors.clear();
        std::mem::replace(&mut self.root, Value::Null)
    }

    fn scalar(
        &mut self,
        text: &str,
        (style, source): (ScalarStyle, &str),
        anchor: usize,
        tag: Option<&Cow<'_, Tag>>,
    ) -> Result<(), CallError> {
        if style == ScalarStyle::DoubleQuoted && has_slash_escape(source) {
            return Err(failed("the escape `\\/` is not known"));
        }
        let plain = style == ScalarStyle::Plain;
        let read = scalar(text, plain, tag.map(AsRef::as_ref));
        let cost = Cost {
            values: 1,
            bytes: text.len(),
            height: 0,
        };
        self.spend(cost)?;
        if let Some(Frame {
            open: Open::Map(map),
            ..
        }) = self.stack.last_mut()
            && map.key.is_none()
        {
            if plain && source.is_empty() && tag.is_none() {
                return Err(failed("a key is missing"));
            }
            map.key = Some(match &read {
                Scalar::Merge => Key::Merge,
                Scalar::Value(_, label) | Scalar::Unreadable(label) => {
                    Key::Field(label.clone().ok_or_else(|| bad_key(text))?)
                }
                Scalar::Failed(reason) => return Err(failed(reason.clone())),
            });
            if anchor != 0 {
                let (value, label) = read.into_value()?;
                self.anchors.insert(
                    anchor,
                    Anchored {
                        node: Node { value, label },
                        cost,
                    },
                );
            }
            return Ok(());
        }
        let (value, label) = read.into_value()?;
        self.value(Node { value, label }, anchor, cost)
    }

    fn open(&mut self, open: Open, style: StructureStyle, anchor: usize) -> Result<(), CallError> {
        if let Some(Frame {
            open: Open::Map(map),
            ..
        }) = self.stack.last()
            && map.key.is_none()
        {
            return Err(failed("a list or map cannot be a key"));
        }
        if self.stack.len() >= MAX_NESTING {
            return Err(failed("it nests too deeply"));
        }
        let cost = Cost {
            values: 1,
            ..Cost::default()
        };
        self.spend(cost)?;
        self.stack.push(Frame {
            open,
            style,
            anchor,
            cost,
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), CallError> {
        let Some(Frame {
            open,
            anchor,
            mut cost,
            ..
        }) = self.stack.pop()
        else {
            return Ok(());
        };
        cost.height += 1;
        let value = match open {
            Open::List(items) => Value::List(items.into()),
            Open::Map(map) => map.fields.finish()?,
        };
        self.value(Node { value, label: None }, anchor, cost)
    }

    fn alias(&mut self, anchor: usize) -> Result<(), CallError> {
        let anchored = self.anchors.get(&anchor);
        let anchored = anchored.ok_or_else(|| failed("an alias stands inside of its own value"))?;
        let (node, cost) = (anchored.node.clone(), anchored.cost);
        if self.stack.len() + cost.height > MAX_NESTING {
            return Err(failed("it nests too deeply"));
        }
        self.spend(cost)?;
        match self.stack.last_mut() {
            Some(Frame {
                open: Open::Map(map),
                ..
            }) if map.key.is_none() => {
                let label = node
                    .label
                    .ok_or_else(|| failed("a list or map cannot be a key"))?;
                map.key = Some(Key::Field(label));
                Ok(())
            }
            Some(Frame {
                open: Open::Map(map),
                ..
            }) if matches!(map.key, Some(Key::Merge))
                && !matches!(node.value, Value::Struct(_)) =>
            {
                Err(failed("`<<` takes a map or a list of maps"))
            }
            Some(_) | None => self.value(node, 0, cost),
        }
    }

    /// Puts a finished value where it belongs.
    fn value(&mut self, node: Node, anchor: usize, cost: Cost) -> Result<(), CallError> {
        if anchor != 0 {
            self.anchors.insert(
                anchor,
                Anchored {
                    node: node.clone(),
                    cost,
                },
            );
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = node.value;
            return Ok(());
        };
        frame.cost = frame.cost.with(cost);
        match &mut frame.open {
            Open::List(items) => items.push(node.value),
            Open::Map(map) => match map.key.take() {
                Some(Key::Field(key)) => map.insert(key, node.value),
                Some(Key::Merge) => map.merge(&node.value)?,
                None => return Err(failed("a list or map cannot be a key")),
            },
        }
        Ok(())
    }

    fn spend(&mut self, cost: Cost) -> Result<(), CallError> {
        self.spent = self.spent.with(cost);
        match self.spent.values > MAX_ITEMS || self.spent.bytes > MAX_ANSWER {
            true => Err(CallError::TooLarge),
            false => Ok(()),
        }
    }
}

// === impl Cost ===

impl Cost {
    fn with(self, other: Self) -> Self {
        Self {
            values: self.values.saturating_add(other.values),
            bytes: self.bytes.saturating_add(other.bytes),
            height: self.height.max(other.height),
        }
    }
}

fn bad_key(text: &str) -> CallError {
    failed(format!("{text:?} cannot be a key"))
}

/// True for what begins behind a tab at the beginning of a line, or behind the sign of a list item or a long key.
fn follows_tab(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("");
    let written = before.trim_end_matches([' ', '\t']);
    if !before[written.len()..].contains('\t') {
        return false;
    }
    let begins = |text: &str| text.is_empty() || text.ends_with([' ', '\t', '\n', '\r']);
    let sign = written.strip_suffix(['-', '?']);
    written.is_empty() || written.ends_with(['\n', '\r']) || sign.is_some_and(begins)
}

/// The one escape of YAML 1.2 that CUE's reader, being of 1.1, does not have.
fn has_slash_escape(source: &str) -> bool {
    let mut bytes = source.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && bytes.next() == Some(b'/') {
            return true;
        }
    }
    false
}
