//! Booleans, and the guards made of them.

use super::{Feature, Grammar, Type};
use crate::conformance::random::node::{Node, Sort};

// === impl Grammar ===

impl Grammar<'_> {
    pub(super) fn truth(&mut self) -> Node {
        if !self.spend() {
            return Node::atom(self.one_of(&["true", "false"]));
        }
        match self.rng.u8(..10) {
            0..3 => Node::atom(self.one_of(&["true", "false", "true"])),
            3 | 4 if self.has(Feature::Operators) => self.comparison(),
            5..8 if self.has(Feature::Guards) => self.presence(),
            8 if self.has(Feature::Operators) => {
                let operator = self.one_of(&["&&", "||"]);
                let (one, other) = (self.value(&Type::Truth), self.value(&Type::Truth));
                Node::expr(&format!("(§ {operator} §)"), vec![one, other])
            }
            9 if self.has(Feature::Operators) => {
                let value = self.value(&Type::Truth);
                Node::expr("!§", vec![value])
            }
            _ => Node::atom(self.one_of(&["true", "false"])),
        }
    }

    /// `if …`.
    pub(super) fn guard(&mut self) -> Node {
        let value = self.value(&Type::Truth);
        Node::template(Sort::Clause, "if §", vec![value])
    }

    fn comparison(&mut self) -> Node {
        let (kind, operators): (Type, &[&str]) = match self.rng.u8(..6) {
            0..3 => (Type::Number, &["==", "!=", "<", ">="]),
            3..5 => (Type::Text, &["==", "!=", "<", "=~"]),
            _ => (Type::List(Box::new(Type::Number)), &["==", "!="]),
        };
        let operator = self.one_of(operators);
        let (one, other) = (self.value(&kind), self.value(&kind));
        Node::expr(&format!("(§ {operator} §)"), vec![one, other])
    }

    /// Whether something is there: `a.b != _|_`.
    fn presence(&mut self) -> Node {
        let operator = self.one_of(&["!=", "!=", "=="]);
        let kind = self.simple_type();
        if self.has(Feature::Null) && self.rng.u8(..6) == 0 {
            let value = self.value(&kind);
            return Node::expr(&format!("(§ {operator} null)"), vec![value]);
        }
        let operand = match self.rng.u8(..4) {
            // A field that may not be there.
            0..2 => {
                let name = self.one_of(&["a", "b", "c", "d", "e"]);
                let record = Type::Record(Vec::new());
                let record = self.reference(&record);
                let template = match self.rng.u8(..4) {
                    0 => format!("§[\"{name}\"]"),
                    _ => format!("§.{name}"),
                };
                record.map(|record| Node::expr(&template, vec![record]))
            }
            2 => self.reference(&kind),
            _ => None,
        };
        let operand = operand.unwrap_or_else(|| self.value(&kind));
        Node::expr(&format!("(§ {operator} _|_)"), vec![operand])
    }
}
