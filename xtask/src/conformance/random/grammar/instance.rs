//! A struct with gaps, and others made from it: definitions, and structs that are refined by reference.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::Node;

// === impl Grammar ===

impl Grammar<'_> {
    /// A template, a few instances of it, and a field that looks into one.
    pub(super) fn instances(&mut self) -> Vec<Node> {
        let mut names = vec!["t"];
        if self.has(Feature::Definitions) {
            names.extend(["#T"; 5]);
        }
        if self.has(Feature::Hidden) {
            names.extend(["_t"; 3]);
        }
        let name = self.one_of(&names);
        let labels = self.names(&["a", "b", "c", "d"], 1..4);
        let mut fields = Vec::new();
        for label in labels {
            let kind = match self.rng.u8(..5) {
                0 => self.new_type(1),
                _ => self.simple_type(),
            };
            fields.push((label.to_owned(), kind));
        }
        let (template, gaps) = self.template(&fields);
        let mut decls = vec![Node::field(name, template)];
        let kind = Type::Record(fields.clone());
        self.scope.declare(name, &kind);
        for _ in 0..self.rng.usize(1..3) {
            let label = self.fresh('i');
            decls.extend(self.instance(&label, name, &gaps));
            self.scope.declare(&label, &kind);
        }
        if self.rng.bool() {
            let label = self.fresh('r');
            let kind = self.simple_type();
            let value = self.value(&kind);
            decls.push(Node::field(&label, value));
        }
        decls
    }

    /// `{a: int, b: a + 1, c?: string}`, and the fields that may be given a value.
    fn template(&mut self, fields: &[(String, Type)]) -> (Node, Vec<(String, Type)>) {
        let mark = self.scope.mark();
        for (name, kind) in fields {
            self.scope.declare(name, kind);
        }
        let (mut decls, mut gaps) = (Vec::new(), Vec::new());
        for (name, kind) in fields {
            let optional = self.has(Feature::Optional);
            let choice = self.rng.u8(..8);
            if choice != 3 || self.rng.u8(..8) == 0 {
                gaps.push((name.clone(), kind.clone()));
            }
            let decl = match choice {
                0 | 1 if optional => Node::field(&format!("{name}?"), self.constraint(kind)),
                2 if optional => Node::field(&format!("{name}!"), self.constraint(kind)),
                3 => Node::field(name, self.value(kind)),
                4 if self.has(Feature::Disjunctions) => Node::field(name, self.disjunction(kind)),
                _ => Node::field(name, self.constraint(kind)),
            };
            decls.push(decl);
        }
        if self.rng.u8(..2) == 0 {
            decls.extend(self.more(fields));
        }
        self.scope.reset(mark);
        (Node::record(decls), gaps)
    }

    /// One of the ways to make a struct from another.
    fn instance(&mut self, label: &str, template: &str, fields: &[(String, Type)]) -> Vec<Node> {
        let name = Node::atom(template);
        let refined = self.refinement(fields);
        let value = match self.rng.u8(..10) {
            0 => name,
            1 if self.has(Feature::Embedding) => {
                let mut decls = vec![name];
                decls.extend(refined.kids);
                Node::record(decls)
            }
            2 => return vec![Node::field(label, name), Node::field(label, refined)],
            3 if self.has(Feature::Lists) => {
                let every = Node::list(vec![Node::part("...§", vec![name])]);
                Node::chain(" & ", vec![every, Node::list(vec![refined])])
            }
            4 if self.has(Feature::Patterns) => {
                let every = Node::record(vec![Node::part("[string]: §", vec![name])]);
                let one = Node::record(vec![Node::field("k", refined)]);
                Node::chain(" & ", vec![every, one])
            }
            5 if self.has(Feature::Disjunctions) => {
                let mark = self.one_of(&["*§", "§"]);
                let one = Node::part(mark, vec![name]);
                let other = self.record_constraint(fields);
                let either = Node::chain(" | ", vec![one, other]);
                Node::chain(" & ", vec![either, refined])
            }
            _ => Node::chain(" & ", vec![name, refined]),
        };
        vec![Node::field(label, value)]
    }

    /// Values for some of the fields, rarely for one that is not there.
    fn refinement(&mut self, fields: &[(String, Type)]) -> Node {
        let mut decls = Vec::new();
        for (name, kind) in fields {
            if self.rng.u8(..8) != 0 {
                decls.push(Node::field(name, self.value(kind)));
            }
        }
        if self.rng.u8(..10) == 0 {
            let name = self.one_of(&["a", "b", "e"]);
            let kind = self.simple_type();
            decls.push(Node::field(name, self.value(&kind)));
        }
        Node::record(decls)
    }
}
