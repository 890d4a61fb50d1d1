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
                let (one, other) = (self.value(&Type::Number), self.value(&Type::Number));
                Node::expr(&format!("{name}(§, §)"), vec![one, other])
            }
            10 => {
                let kind = self.simple_type();
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
        match self.rng.u8(..10) {
            0..4 => Node::atom(self.one_of(&["int", "int", "number", "float", "uint8", "_"])),
            4..8 => {
                let operator = self.one_of(&[">", ">=", "<", "<=", "!="]);
                let number = self.number_literal();
                Node::expr(&format!("{operator}§"), vec![number])
            }
            8 => self.number_literal(),
            _ => {
                let (one, other) = (self.number_constraint(), self.number_constraint());
                Node::chain(" & ", vec![one, other])
            }
        }
    }

    fn number_literal(&mut self) -> Node {
        let literals = [
            "0", "1", "1", "2", "2", "3", "4", "5", "7", "10", "1.0", "2.5", "1.50", "1e3",
        ];
        Node::atom(self.one_of(&literals))
    }
}
