//! Blanks around binary operators: where tighter and looser ones stand together, the tighter ones go without.

use super::writer::Writer;
use crate::syntax::{Node, NodeKind, Part, TokenKind};

const SUM: u8 = 6;
const PRODUCT: u8 = 7;

// === impl Writer ===

impl Writer<'_> {
    /// True when the operator of this expression has blanks around it. `depth` tells how deep in others it stands, from 1.
    pub(super) fn spaced(&self, node: &Node, depth: usize) -> bool {
        let (sum, product) = self.arithmetic(node);
        let without = match (depth, sum && product) {
            (1, false) => return true,
            (1, true) => PRODUCT,
            _ => SUM,
        };
        // `div` and its like are words, and `a--b` is hard to read.
        self.is_word_operator(node) || self.is_doubled(node) || self.binds(node) < without
    }

    /// Whether sums and products are among its operators, parentheses left out.
    fn arithmetic(&self, node: &Node) -> (bool, bool) {
        let own = self.binds(node);
        let inside = node.nodes.iter().filter(|node| is_binary(node));
        inside.fold((own == SUM, own == PRODUCT), |found, node| {
            let more = self.arithmetic(node);
            (found.0 || more.0, found.1 || more.1)
        })
    }

    /// How tight the operator of this expression binds; 0 when it is no binary one.
    pub(super) fn binds(&self, node: &Node) -> u8 {
        match (node.kind, self.operator(node)) {
            (NodeKind::Binary | NodeKind::Or, Some(TokenKind::Ident)) => PRODUCT,
            (NodeKind::Binary | NodeKind::Or, Some(kind)) => kind.precedence(),
            _ => 0,
        }
    }

    /// True for `a - -b` and `a + +b`.
    fn is_doubled(&self, node: &Node) -> bool {
        let right = node.parts().nth(2).map(|right| self.kind(right.first()));
        let operator = self.operator(node);
        matches!(operator, Some(TokenKind::Plus | TokenKind::Minus)) && right == operator
    }

    fn is_word_operator(&self, node: &Node) -> bool {
        self.operator(node) == Some(TokenKind::Ident)
    }

    /// The first word that is no operand: of the two parts in front of it one is the left operand.
    fn operator(&self, node: &Node) -> Option<TokenKind> {
        match node.parts().nth(1)? {
            Part::Word(at) => Some(self.kind(at)),
            Part::Node(_) => None,
        }
    }
}

pub(super) fn is_binary(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Binary | NodeKind::Or)
}
