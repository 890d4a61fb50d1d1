//! Numbers.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::Node;

// === impl Grammar ===

impl Grammar<'_> {
    pub(super) fn number(&mut self) -> Node {
        if !self.has(Feature::Operators) || !self.spend() {
            return self.number_literal();
        }
        match self.rng.u8(..12) {
            0..7 => self.number_literal(),
            7 | 8 => {
                let operator = self.one_of(&[" + ", " - ", " * ", " + ", " / "]);
                let (one, other) = (self.value(&Type::Number), self.value(&Type::Number));
                Node::expr(&format!("(§{operator}§)"), vec![one, other])
            }
            9 => {
                let name = self.one_of(&["div", "mod", "quo", "rem"]);
                let (one, other) = (self.value(&Type::Number), self.integer());
                Node::expr(&format!("{name}(§, §)"), vec![one, other])
            }
            10 => {
                let kind = match self.rng.u8(..4) {
                    0 => Type::Text,
                    1 if self.has(Feature::Lists) => Type::List(Box::new(Type::Number)),
                    _ => Type::Record(vec![("a".to_owned(), Type::Number)]),
                };
                let value = self.value(&kind);
                Node::expr("len(§)", vec![value])
            }
            _ => {
                let value = self.value(&Type::Number);
                Node::expr("-§", vec![value])
            }
        }
    }

    pub(super) fn number_constraint(&mut self) -> Node {
        match self.rng.u8(..12) {
            0..5 => Node::atom(self.one_of(&["int", "int", "int", "number", "uint8", "_"])),
            5 => Node::atom(self.one_of(&["float", "int8", "uint"])),
            6..10 => Node::atom(self.one_of(&[
                ">0", ">=0", ">=1", "<100", "<=10", "!=0", "!=3", "<3", ">=2.5", ">-1",
            ])),
            10 => self.number_literal(),
            _ => {
                let (one, other) = (self.number_constraint(), self.number_constraint());
                Node::chain(" & ", vec![one, other])
            }
        }
    }

    fn number_literal(&mut self) -> Node {
        match self.rng.u8(..8) {
            0 => Node::atom(self.one_of(&["1.0", "2.5", "1.50", "1e3"])),
            _ => self.integer(),
        }
    }

    fn integer(&mut self) -> Node {
        Node::atom(self.one_of(&["1", "1", "2", "2", "3", "4", "5", "7", "10", "0"]))
    }
}
