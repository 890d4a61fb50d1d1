//! Lists.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::{Node, Sort};

// === impl Grammar ===

impl Grammar<'_> {
    pub(super) fn list(&mut self, item: &Type) -> Node {
        let longer = self.spend();
        match self.rng.u8(..8) {
            5 if longer && self.has(Feature::Comprehensions) => self.list_comprehension(item),
            6 if longer && self.has(Feature::Comprehensions) => {
                let (guard, value) = (self.guard(), self.value(item));
                let body = Node::record(vec![value]);
                let mut items = vec![Node::comprehension(vec![guard], body)];
                items.push(self.value(item));
                Node::list(items)
            }
            7 if longer => {
                let list = self.value(&Type::List(Box::new(item.clone())));
                let slice = self.one_of(&["§[1:]", "§[:1]", "§[0:1]"]);
                Node::expr(slice, vec![list])
            }
            _ => {
                let count = self.rng.usize(0..4);
                Node::list((0..count).map(|_| self.value(item)).collect())
            }
        }
    }

    pub(super) fn list_constraint(&mut self, item: &Type) -> Node {
        let rest = match self.rng.u8(..4) {
            0 => Node::part("...", Vec::new()),
            _ => Node::part("...§", vec![self.constraint(item)]),
        };
        let mut items = Vec::new();
        if self.rng.u8(..4) == 0 {
            items.push(self.constraint(item));
        }
        if items.is_empty() || self.rng.u8(..6) != 0 {
            items.push(rest);
        }
        Node::list(items)
    }

    /// `[for x in l {x}]`.
    fn list_comprehension(&mut self, item: &Type) -> Node {
        let source = match self.rng.choice(self.scope.collections()) {
            Some((path, kind)) if self.rng.bool() => (Node::atom(path), kind),
            Some(_) | None => {
                let kind = Type::List(Box::new(item.clone()));
                (self.value(&kind), kind)
            }
        };
        let mark = self.scope.mark();
        let mut clauses = vec![self.loop_clause(source)];
        match self.rng.u8(..9) {
            0..3 => clauses.push(self.guard()),
            3 => {
                let kind = Type::List(Box::new(item.clone()));
                let list = self.value(&kind);
                clauses.push(self.loop_clause((list, kind)));
            }
            _ => {}
        }
        let value = self.value(item);
        self.scope.reset(mark);
        Node::list(vec![Node::comprehension(
            clauses,
            Node::record(vec![value]),
        )])
    }

    /// `for k, v in …`; the names stay in scope until the caller resets it.
    pub(super) fn loop_clause(&mut self, (source, kind): (Node, Type)) -> Node {
        let (key, value) = match kind {
            Type::List(item) => (Type::Number, *item),
            Type::Record(fields) => {
                let value = fields.into_iter().next();
                (Type::Text, value.map_or(Type::Number, |(_, kind)| kind))
            }
            other => (Type::Number, other),
        };
        let template = if self.rng.bool() {
            self.scope.declare("k", &key);
            "for k, v in §"
        } else {
            "for v in §"
        };
        self.scope.declare("v", &value);
        Node::template(Sort::Clause, template, vec![source])
    }
}
