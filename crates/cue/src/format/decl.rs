//! What stands in a file or in braces.

use super::{
    gap::Gap,
    line::Form,
    writer::{Level, Writer},
};
use crate::syntax::{Node, NodeKind, Part, TokenKind as T};

// === impl Writer ===

impl Writer<'_> {
    pub(super) fn file(&mut self, root: &Node) {
        self.declarations(root.parts(), true);
        // The comments at the end.
        self.gap(root.end.saturating_sub(1), Gap::LastBreak);
    }

    /// `{…}`, on one line if the author broke none between its braces and declarations.
    pub(super) fn braces(&mut self, node: &Node) {
        let close = node.end.saturating_sub(1);
        let broken = self.is_broken(node);
        self.put(node.first);
        self.enter(Level::Braces);
        let inside = |part: &Part<'_>| part.first() != node.first && part.first() != close;
        self.declarations(node.parts().filter(inside), broken);
        match broken {
            true => self.close(close, Gap::LastBreak),
            false => self.close(close, Gap::Tight),
        }
    }

    /// Declarations and the commas between them.
    fn declarations<'n>(&mut self, parts: impl Iterator<Item = Part<'n>>, broken: bool) {
        let mut last: Option<Part<'n>> = None;
        let mut separated = true;
        for part in parts {
            if let Part::Word(at) = part
                && matches!(self.kind(at), T::Comma | T::Newline | T::End)
            {
                separated = true;
                continue;
            }
            match (last, separated) {
                // `a?` on its own means `a`.
                (_, false) => {
                    self.declaration(part, broken);
                    continue;
                }
                (None, true) if broken => self.gap(part.first(), Gap::Break),
                (None, true) => self.gap(part.first(), Gap::Tight),
                (Some(last), true) => self.between_declarations(last, part, broken),
            }
            self.declaration(part, broken);
            last = Some(part);
            separated = false;
        }
    }

    fn between_declarations(&mut self, last: Part<'_>, next: Part<'_>, broken: bool) {
        let at = next.first();
        if matches!(last.kind(), Some(NodeKind::Package | NodeKind::Import)) {
            self.gap(at, Gap::BlankLine);
        } else if broken && self.breaks_before(at) {
            self.gap(at, Gap::Break);
        } else {
            self.line.form = Form::Plain;
            self.punctuation(",");
            self.gap(at, Gap::Blank);
        }
    }

    /// A declaration behind its gap. Where lines are broken, a field is a row with its neighbours.
    fn declaration(&mut self, part: Part<'_>, broken: bool) {
        let Part::Node(node) = part else {
            self.put(part.first());
            return;
        };
        match node.kind {
            NodeKind::Import => self.import(node),
            NodeKind::Comprehension => self.comprehension(node),
            NodeKind::Field => {
                let line = self.line_number();
                self.continued(|writer| writer.field(node, broken));
                let row = broken && line == self.line_number() && self.is_simple(node);
                if row && self.line.form == Form::Open {
                    self.line.form = Form::Row;
                    self.line.labels = labels(node);
                }
            }
            NodeKind::Let | NodeKind::Package | NodeKind::Clause => {
                self.continued(|writer| writer.clause(node));
            }
            _ => self.continued(|writer| writer.expr(part, 1)),
        }
    }

    fn import(&mut self, node: &Node) {
        self.put(node.first);
        let close = node.end.saturating_sub(1);
        let grouped = self.kind(node.first + 1) == T::OpenParen;
        if grouped {
            self.word(node.first + 1, Gap::Blank);
            self.enter(Level::Brackets);
        }
        for spec in &node.nodes {
            let gap = if grouped { Gap::Break } else { Gap::Blank };
            self.gap(spec.first, gap);
            self.clause(spec);
        }
        match (grouped, node.nodes.is_empty()) {
            (false, _) => {}
            (true, true) => self.close(close, Gap::LastTightOrBreak),
            (true, false) => self.close(close, Gap::LastBreak),
        }
    }

    /// A field: label, value, attributes. Only one that has a line of its own has columns.
    fn field(&mut self, node: &Node, columns: bool) {
        let cell = if columns { Gap::Cell } else { Gap::Blank };
        let parts = node.parts();
        let mut labelled = false;
        let mut valued = false;
        for part in parts {
            let at = part.first();
            let gap = match (labelled, valued) {
                _ if at == node.first => Gap::Tight,
                (false, _) => Gap::Tight,
                (true, false) if part.kind() == Some(NodeKind::Field) => Gap::Blank,
                (true, false) if self.is_simple(node) => cell,
                (true, false) => Gap::Blank,
                (true, true) => cell,
            };
            self.gap(at, gap);
            match part {
                Part::Node(value) if value.kind == NodeKind::Field => self.field(value, columns),
                Part::Node(label) if !labelled && label.kind == NodeKind::List => {
                    self.pattern(label);
                }
                _ => self.expr(part, 1),
            }
            valued |= labelled;
            labelled |= matches!(part, Part::Word(at) if self.kind(at) == T::Colon);
        }
    }

    /// `[pattern]` in front of a colon.
    fn pattern(&mut self, node: &Node) {
        self.put(node.first);
        self.enter(Level::Brackets);
        for part in node.parts().skip(1) {
            match part {
                Part::Word(at) if self.kind(at).is_comma() => {}
                Part::Word(at) if at + 1 == node.end => self.close(at, Gap::Tight),
                _ => {
                    self.gap(part.first(), Gap::Tight);
                    self.expr(part, 1);
                }
            }
        }
    }

    /// Clauses and a struct.
    pub(super) fn comprehension(&mut self, node: &Node) {
        for (at, part) in node.nodes.iter().enumerate() {
            match part.kind {
                NodeKind::Clause => {
                    if at > 0 {
                        self.gap(part.first, Gap::BlankOrBreak);
                    }
                    self.continued(|writer| writer.clause(part));
                }
                _ => {
                    self.gap(part.first, Gap::Blank);
                    self.braces(part);
                }
            }
        }
    }

    /// Words and expressions with a blank between them: clauses, `let`, `package`, what an import says.
    fn clause(&mut self, node: &Node) {
        for part in node.parts() {
            match part {
                Part::Word(at) if self.kind(at).is_comma() => self.punctuation(","),
                _ if part.first() == node.first => self.expr(part, 1),
                _ => {
                    self.gap(part.first(), Gap::Blank);
                    self.expr(part, 1);
                }
            }
        }
    }

    /// True when the author broke a line between the parts of this construct, or a comment did.
    fn is_broken(&self, node: &Node) -> bool {
        let words = |part: &Part<'_>| match part {
            Part::Word(at) => !self.kind(*at).is_comma(),
            Part::Node(_) => true,
        };
        let parts: Vec<Part<'_>> = node.parts().filter(words).collect();
        parts.windows(2).any(|pair| match pair {
            [one, next] => self.has_break(one.end(), next.first()),
            _ => false,
        })
    }

    /// True for a field whose value may stand in a column: no struct and no list in it.
    fn is_simple(&self, field: &Node) -> bool {
        let marks_label =
            |node: &Node| matches!(self.kind(node.end), T::Colon | T::Question | T::Not);
        let value = field.nodes.iter().rfind(|node| !marks_label(node));
        value.is_none_or(|value| match value.kind {
            NodeKind::Field => self.is_simple(value),
            _ => !has_literal(value),
        })
    }
}

/// How many labels stand in front of the value of a field.
fn labels(field: &Node) -> usize {
    let inner = field.nodes.iter().find(|node| node.kind == NodeKind::Field);
    1 + inner.map_or(0, labels)
}

/// True for structs and lists, and for expressions with one inside.
fn has_literal(node: &Node) -> bool {
    match node.kind {
        NodeKind::Struct | NodeKind::List => true,
        NodeKind::Interpolation => false,
        _ => node.nodes.iter().any(has_literal),
    }
}
