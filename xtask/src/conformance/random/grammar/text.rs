//! Strings.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::Node;

// === impl Grammar ===

impl Grammar<'_> {
    pub(super) fn text(&mut self) -> Node {
        let longer = self.spend();
        match self.rng.u8(..8) {
            5 if longer && self.has(Feature::Operators) => {
                let (one, other) = (self.value(&Type::Text), self.value(&Type::Text));
                Node::expr("(§ + §)", vec![one, other])
            }
            6 | 7 if longer && self.has(Feature::Interpolation) => {
                let kind = match self.rng.u8(..6) {
                    0..3 => Type::Text,
                    3..5 => Type::Number,
                    _ => Type::Truth,
                };
                let value = self.value(&kind);
                Node::expr(r#""\(§)x""#, vec![value])
            }
            _ => self.text_literal(),
        }
    }

    pub(super) fn text_constraint(&mut self) -> Node {
        match self.rng.u8(..8) {
            0..4 => Node::atom(self.one_of(&["string", "string", "string", "_"])),
            4 | 5 => Node::atom(self.one_of(&["=~\"^a\"", "!~\"b$\"", "=~\"x?$\"", "!=\"c\""])),
            6 => Node::atom(self.one_of(&[">=\"a\"", "<\"c\"", ">\"\""])),
            _ => self.text_literal(),
        }
    }

    fn text_literal(&mut self) -> Node {
        Node::atom(self.one_of(&["\"a\"", "\"a\"", "\"ab\"", "\"b\"", "\"c\"", "\"\""]))
    }
}
