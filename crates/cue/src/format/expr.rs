//! Expressions.

use super::{
    gap::Gap,
    operator::is_binary,
    writer::{Level, Writer},
};
use crate::syntax::{Node, NodeKind, Part, TokenKind as T};

// === impl Writer ===

impl Writer<'_> {
    /// An expression behind its gap. `depth` says how deep in other expressions it stands, which blanks depend on.
    pub(super) fn expr(&mut self, part: Part<'_>, depth: usize) {
        let Part::Node(node) = part else {
            self.put(part.first());
            return;
        };
        match node.kind {
            NodeKind::Struct => self.braces(node),
            NodeKind::List => self.list(node, 1),
            NodeKind::Parens => self.parens(node, depth),
            NodeKind::Interpolation => self.interpolation(node),
            NodeKind::Unary => self.unary(node, depth),
            NodeKind::Binary | NodeKind::Or => self.binary(node, depth),
            NodeKind::Select => self.select(node, depth),
            NodeKind::Index => self.index(node, depth),
            NodeKind::Call => self.call(node, depth),
            NodeKind::Comprehension => self.comprehension(node),
            NodeKind::Ellipsis | NodeKind::Alias => self.tight(node),
            NodeKind::File
            | NodeKind::Package
            | NodeKind::Import
            | NodeKind::ImportSpec
            | NodeKind::Field
            | NodeKind::Let
            | NodeKind::Clause => {}
        }
    }

    /// `...int` and `X=value`.
    fn tight(&mut self, node: &Node) {
        for part in node.parts() {
            // `X= =~"a"` would be `X==~"a"`.
            let gap = match (node.kind, self.kind(part.first())) {
                (NodeKind::Alias, T::Match) => Gap::Blank,
                _ => Gap::Tight,
            };
            self.next(node, part, gap, 1);
        }
    }

    /// A part of a construct; in front of its first one the gap is written already.
    fn next(&mut self, node: &Node, part: Part<'_>, gap: Gap, depth: usize) {
        if part.first() != node.first {
            self.gap(part.first(), gap);
        }
        self.expr(part, depth);
    }

    /// A string with expressions inside. One of several lines stays as it is.
    fn interpolation(&mut self, node: &Node) {
        let last = node.end.saturating_sub(1);
        if self.spans_lines(node.first, last) {
            return self.verbatim(node.first, last);
        }
        for part in node.parts() {
            self.next(node, part, Gap::Tight, 2);
        }
    }

    fn unary(&mut self, node: &Node, depth: usize) {
        self.put(node.first);
        for part in node.parts().skip(1) {
            let clash = self.would_join(node.first, part.first());
            let gap = if clash { Gap::Blank } else { Gap::Tight };
            self.next(node, part, gap, depth);
        }
    }

    /// True for two operators that are another one without a blank between them: `< -1`, `! =~"a"`, `> =~"a"`.
    fn would_join(&self, operator: usize, operand: usize) -> bool {
        match self.kind(operator) {
            T::Less => matches!(self.kind(operand), T::Minus | T::Match),
            T::Not | T::Greater => self.kind(operand) == T::Match,
            // `--3` is two signs as well, but hard to read.
            sign @ (T::Plus | T::Minus) => self.kind(operand) == sign,
            _ => false,
        }
    }

    fn binary(&mut self, node: &Node, depth: usize) {
        let spaced = self.spaced(node, depth);
        let own = self.binds(node);
        let mut operand = true;
        for (at, part) in node.parts().enumerate() {
            let gap = match (operand, spaced) {
                (true, true) => Gap::BlankOrBreak,
                (true, false) => Gap::TightOrBreak,
                (false, true) => Gap::Blank,
                (false, false) => Gap::Tight,
            };
            let chained = at == 0 && part.node().is_some_and(|left| self.binds(left) == own);
            let deeper = if chained { depth } else { depth + 1 };
            self.next(node, part, gap, deeper);
            operand = !operand;
        }
    }

    fn parens(&mut self, node: &Node, depth: usize) {
        self.put(node.first);
        self.enter(Level::Brackets);
        for part in node.parts().skip(1) {
            match part.first() + 1 == node.end {
                true => self.close(part.first(), Gap::Tight),
                false => self.next(
                    node,
                    part,
                    Gap::TightOrBreak,
                    depth.saturating_sub(1).max(1),
                ),
            }
        }
    }

    fn select(&mut self, node: &Node, depth: usize) {
        for (at, part) in node.parts().enumerate() {
            let gap = match at {
                // `1.a` would be a number.
                1 if self.kind(node.first) == T::Number => Gap::Blank,
                1 => Gap::Tight,
                _ => Gap::TightOrBreak,
            };
            self.next(node, part, gap, depth);
        }
    }

    /// `a[b]` and `a[b:c]`.
    fn index(&mut self, node: &Node, depth: usize) {
        let close = node.end.saturating_sub(1);
        let inside: Vec<Part<'_>> = node.parts().skip(2).collect();
        let inside = inside.split_last().map_or(&[][..], |(_, inside)| inside);
        let colon = |part: &&Part<'_>| matches!(part, Part::Word(at) if self.kind(*at) == T::Colon);
        let bounds = inside.iter().filter(|part| !colon(part)).count();
        let operators = inside.iter().any(|part| part.node().is_some_and(is_binary));
        let spaced = depth <= 1 && bounds > 1 && operators;

        for part in node.parts().take(1) {
            self.next(node, part, Gap::Tight, depth);
        }
        for part in node.parts().skip(1).take(1) {
            self.word(part.first(), Gap::Tight);
            self.enter(Level::Brackets);
        }
        for (at, part) in inside.iter().enumerate() {
            let gap = if at > 0 && spaced {
                Gap::Blank
            } else {
                Gap::Tight
            };
            self.next(node, *part, gap, depth + 1);
        }
        self.close(close, Gap::Tight);
    }

    fn call(&mut self, node: &Node, depth: usize) {
        for part in node.parts().take(1) {
            self.next(node, part, Gap::Tight, depth);
        }
        let open = node.parts().nth(1).map_or(node.end, Part::first);
        let is_argument = |part: &Part<'_>| match part {
            Part::Word(at) => !self.kind(*at).is_comma(),
            Part::Node(_) => true,
        };
        // The callee and the two parentheses are none.
        let arguments = node.parts().filter(is_argument).count().saturating_sub(3);
        self.gap(open, Gap::Tight);
        let depth = if arguments > 1 { depth + 1 } else { depth };
        self.items(node, open, depth);
    }

    fn list(&mut self, node: &Node, depth: usize) {
        self.items(node, node.first, depth);
    }

    /// What stands between brackets, from the opening one on, with commas; one behind the last item where the bracket has a line of its own.
    fn items(&mut self, node: &Node, open: usize, depth: usize) {
        let close = node.end.saturating_sub(1);
        self.put(open);
        self.enter(Level::Brackets);
        let mut items = 0;
        for part in node.parts() {
            let at = part.first();
            let comma = matches!(part, Part::Word(at) if self.kind(at).is_comma());
            if at <= open || at == close || comma {
                continue;
            }
            if items == 0 {
                self.gap(at, Gap::TightOrBreak);
            } else {
                self.punctuation(",");
                self.gap(at, Gap::BlankOrBreak);
            }
            self.expr(part, depth);
            items += 1;
        }
        if items > 0 && self.breaks_before(close) {
            self.punctuation(",");
        }
        self.close(close, Gap::LastTightOrBreak);
    }
}
