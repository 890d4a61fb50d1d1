//! Cycles: what leads back to where it came from.
//!
//! A conjunct remembers the references by which it came. A reference to the node itself adds nothing. One to a
//! node around it, or to a target that it came by before, makes what it adds cyclic; a node about which
//! nothing else is said would go on without end.

use super::{
    Vm,
    node::{Flags, NodeId},
};

/// The references by which a conjunct came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ChainId(pub(crate) u32);

/// No reference at all.
pub(crate) const DIRECT: ChainId = ChainId(0);

#[derive(Debug, Clone, Copy)]
pub(crate) struct Chain {
    up: ChainId,
    target: NodeId,
    /// The node that the reference was followed for.
    at: NodeId,
    cyclic: bool,
}

/// What following a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follow {
    /// It says what is said already.
    Nothing,
    Along(ChainId),
}

// === impl Chain ===

impl Chain {
    pub(crate) const START: Self = Self {
        up: DIRECT,
        target: NodeId::LAST,
        at: NodeId::LAST,
        cyclic: false,
    };
}

// === impl Vm ===

impl Vm<'_> {
    /// The last reference of a way.
    fn link(&self, chain: ChainId) -> Chain {
        let place = (chain.0 as usize).checked_sub(1);
        place.map_or(Chain::START, |place| self.chains[place])
    }

    pub(crate) fn is_cyclic(&self, chain: ChainId) -> bool {
        self.link(chain).cyclic
    }

    pub(crate) fn follow(&mut self, node: NodeId, target: NodeId, chain: ChainId) -> Follow {
        let target = self.original(target);
        if target == self.original(node) {
            return Follow::Nothing;
        }
        let mut cyclic = self.is_cyclic(chain) || self.is_inside(node, target);
        let mut link = chain;
        while link != DIRECT {
            let Chain {
                up,
                target: before,
                at,
                ..
            } = self.link(link);
            if before == target {
                if at == node {
                    return Follow::Nothing;
                }
                cyclic |= !self.at(at).flags.has(Flags::GROUNDED);
            }
            link = up;
        }
        self.chains.push(Chain {
            up: chain,
            target,
            at: node,
            cyclic,
        });
        Follow::Along(ChainId(
            u32::try_from(self.chains.len()).unwrap_or(u32::MAX),
        ))
    }

    /// The node that a copy was made of.
    pub(crate) fn original(&self, node: NodeId) -> NodeId {
        self.at(node).copy_of.unwrap_or(node)
    }

    /// True when a node stands somewhere below another.
    pub(crate) fn is_inside(&self, node: NodeId, outer: NodeId) -> bool {
        let mut at = self.at(node).parent;
        while let Some(parent) = at {
            if self.original(parent) == outer {
                return true;
            }
            at = self.at(parent).parent;
        }
        false
    }
}
