//! Puts the parser's events together.
//!
//! Open lists and maps stand on a stack of our own, so that no input can exhaust the machine's. Depth, values
//! and copies made by aliases are counted on the way.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use burgee_source::{Diagnostic, Kind, Node, SourceId, Sources, Span};
use granit_parser::{Event, ScalarStyle, Span as Marked, StructureStyle, Tag};

use crate::{
    cost::Cost,
    limits::{self, MAX_COPIED_BYTES, MAX_DEPTH, MAX_NODES},
    mapping::Mapping,
    read, syntax,
};

/// The collections that are open, and what has been counted.
pub(crate) struct Builder<'a, 'd> {
    sources: &'a Sources,
    id: SourceId,
    text: &'a str,
    out: &'d mut Vec<Diagnostic>,
    stack: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, Anchored>,
    documents: usize,
    nodes: usize,
    copied: usize,
    /// Where the last value or sign ended: the place of a value that is not written.
    end: usize,
}

/// An open list or map.
struct Frame {
    open: Open,
    start: usize,
    flow: bool,
    anchor: usize,
    cost: Cost,
}

enum Open {
    List(Vec<Node>),
    Map(Mapping),
}

/// A finished value that aliases may copy.
struct Anchored {
    node: Node,
    cost: Cost,
}

// === impl Builder ===

impl<'a, 'd> Builder<'a, 'd> {
    pub(crate) fn new(sources: &'a Sources, id: SourceId, out: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            sources,
            id,
            text: sources.text(id),
            out,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            documents: 0,
            nodes: 0,
            copied: 0,
            end: 0,
        }
    }

    /// Takes the next event; an error gives the document up.
    pub(crate) fn event(&mut self, event: Event<'_>, marked: Marked) -> Result<(), Diagnostic> {
        let range = marked.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), range)
            }
            Event::SequenceStart(style, anchor, _) => {
                self.open(Open::List(Vec::new()), style, anchor, range)
            }
            Event::MappingStart(style, anchor, _) => {
                self.open(Open::Map(Mapping::default()), style, anchor, range)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::UnresolvedAlias(name) => {
                let at = self.span(range.clone());
                self.out.push(read::unknown_anchor(&name, at));
                self.end = range.end;
                self.value(Node::new(Kind::Null, at), Cost::one(0))
            }
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Result<(), Diagnostic> {
        let range = self.trimmed(range, style);
        let span = self.span(range.clone());
        self.end = range.end;
        self.count(1, span)?;
        let plain = style == ScalarStyle::Plain;
        let bytes = text.len();
        if let Some(frame) = self.stack.last_mut()
            && let Open::Map(mapping) = &mut frame.open
            && mapping.expects_key()
        {
            frame.cost.bytes += bytes;
            // A key may have aliases as well.
            if anchor != 0 {
                let node = Node::new(Kind::String(text.clone().into_owned()), span);
                let cost = Cost::one(bytes);
                self.anchors.insert(anchor, Anchored { node, cost });
            }
            let key = read::key(text, plain, tag, span, self.out);
            mapping.key(key, span, self.out);
            return Ok(());
        }
        let kind = read::value(text, plain, tag, span, self.out);
        let node = Node::new(kind, span);
        let cost = Cost::one(bytes);
        self.anchor(anchor, &node, cost)?;
        self.value(node, cost)
    }

    fn open(
        &mut self,
        open: Open,
        style: StructureStyle,
        anchor: usize,
        range: Range<usize>,
    ) -> Result<(), Diagnostic> {
        let span = self.span(range.clone());
        self.count(1, span)?;
        if self.stack.len() >= MAX_DEPTH {
            return Err(limits::too_deep(span));
        }
        // An anchor stands for its value only once that is complete.
        self.anchors.remove(&anchor);
        self.stack.push(Frame {
            open,
            start: range.start,
            flow: style == StructureStyle::Flow,
            anchor,
            cost: Cost::default(),
        });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Result<(), Diagnostic> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        if frame.flow {
            self.end = range.end;
        }
        let span = self.span(frame.start..self.end.max(frame.start));
        let kind = match frame.open {
            // Trees are large and live long: room for more than is there would be half of them.
            Open::List(mut items) => {
                items.shrink_to_fit();
                Kind::List(items)
            }
            Open::Map(mapping) => {
                let mut map = mapping.finish();
                map.shrink();
                Kind::Map(map)
            }
        };
        let node = Node::new(kind, span);
        let cost = frame.cost.closed();
        self.anchor(frame.anchor, &node, cost)?;
        self.value(node, cost)
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Diagnostic> {
        let span = self.span(range.clone());
        self.end = range.end;
        let Some(Anchored { cost, .. }) = self.anchors.get(&anchor) else {
            self.out
                .push(read::recursive_alias(self.sources.slice(span), span));
            return self.value(Node::new(Kind::Null, span), Cost::one(0));
        };
        let cost = *cost;
        if self.stack.len() + cost.height > MAX_DEPTH {
            return Err(limits::too_deep(span));
        }
        self.copy(cost, span)?;
        let found = self
            .anchors
            .get(&anchor)
            .map(|found| found.node.kind.clone());
        let node = Node::new(found.unwrap_or(Kind::Null), span);
        self.value(node, cost)
    }

    /// Keeps a finished value for its aliases. That is a copy too.
    fn anchor(&mut self, anchor: usize, node: &Node, cost: Cost) -> Result<(), Diagnostic> {
        if anchor == 0 {
            return Ok(());
        }
        self.copy(cost, node.span)?;
        let node = node.clone();
        self.anchors.insert(anchor, Anchored { node, cost });
        Ok(())
    }

    /// Puts a finished value where it belongs.
    fn value(&mut self, node: Node, cost: Cost) -> Result<(), Diagnostic> {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.cost = frame.cost.with(cost);
        match &mut frame.open {
            Open::List(items) => items.push(node),
            Open::Map(mapping) if mapping.expects_key() => {
                let span = node.span;
                let key = read::node_as_key(&node, self.sources, self.out);
                mapping.key(key, span, self.out);
            }
            Open::Map(mapping) => mapping.value(node, self.out),
        }
        Ok(())
    }

    pub(crate) fn finish_document(&mut self) -> Option<Node> {
        let root = self.root.take();
        self.documents += 1;
        self.reset();
        root.filter(|node| !(node.is_null() && node.span.range().is_empty()))
    }

    /// True behind the first document.
    pub(crate) const fn has_documents(&self) -> bool {
        self.documents > 0
    }

    pub(crate) fn abandon(&mut self, problem: Diagnostic) {
        self.out.push(problem);
        self.documents += 1;
        self.reset();
    }

    /// `...` and then more, without `---`: YAML reads another document there, KubeVela silently drops it.
    pub(crate) fn after_document(&self, marked: Marked) -> Diagnostic {
        let range = marked.byte_range().unwrap_or_default();
        let rest = self.text.get(range.start..).unwrap_or("");
        let at = range.start + (rest.len() - rest.trim_start().len());
        let line = self.sources.line_at(self.span(at..at).start());
        syntax::after_document(self.span(at..line.bytes.end))
    }

    fn reset(&mut self) {
        self.root = None;
        self.stack.clear();
        self.anchors.clear();
    }

    pub(crate) fn syntax_error(&self, error: &granit_parser::ScanError) -> Diagnostic {
        let at = error.marker().byte_offset().unwrap_or(self.end);
        let at = at.min(self.text.len());
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        let span = self.span(at..at + next.map_or(0, char::len_utf8));
        let line = self.sources.line_at(span.start());
        let bracket = self.stack.iter().rfind(|frame| frame.flow);
        syntax::diagnostic(
            error.kind(),
            &syntax::Scene {
                at: span,
                line: line.text,
                before: self.text.get(line.bytes.start..at).unwrap_or(""),
                // On the line itself it is in plain sight.
                bracket: bracket
                    .filter(|frame| frame.start < line.bytes.start)
                    .map(|frame| self.span(frame.start..frame.start + 1)),
            },
        )
    }

    /// A scalar's own bytes: the parser lets block text end on the next line, and places what is not
    /// written behind the line break.
    fn trimmed(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        if range.is_empty() && style == ScalarStyle::Plain {
            let colon = self.text.get(self.end..).and_then(|rest| rest.find(':'));
            let at = match colon {
                Some(at) if self.text[self.end..self.end + at].trim().is_empty() => {
                    self.end + at + 1
                }
                Some(_) | None => self.end,
            };
            return at..at;
        }
        let written = self.text.get(range.clone()).unwrap_or("");
        range.start..range.start + written.trim_end().len()
    }

    fn count(&mut self, nodes: usize, at: Span) -> Result<(), Diagnostic> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            return Err(limits::too_many_nodes(at));
        }
        if limits::is_full(self.out) {
            return Err(limits::too_many_problems(at));
        }
        Ok(())
    }

    fn copy(&mut self, cost: Cost, at: Span) -> Result<(), Diagnostic> {
        self.nodes += cost.nodes;
        self.copied += cost.bytes;
        if self.nodes > MAX_NODES || self.copied > MAX_COPIED_BYTES {
            return Err(limits::alias_expansion(at));
        }
        Ok(())
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.sources.span(self.id, range)
    }
}
