//! The order of a struct's fields where it is written out, as CUE v0.14.1 has it.
//!
//! Fields made in one literal keep their order. Where several literals make a struct, each has a place: that of
//! the reference it came by or, without one, that of its last field. Literals in one place, and those that met in
//! an `&`, have no order among them; the others follow each other. Where that leaves a choice, names decide.
//!
//! A `for` goes by another order: the one in which fields came up.

mod chain;
mod collect;
mod graph;
#[cfg(test)]
mod tests;
mod way;

use way::Few;
pub(crate) use way::{Given, Made, Trail, Turns, Twin, Way};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    Vm,
    node::{Arc, Extra, Node, NodeId},
};
use crate::ir::{Decl, Label, Shape};
use chain::{Chains, Place};
use collect::{Collected, View};

/// Fields in order. Most structs have few.
pub(crate) type Arcs = SmallVec<[Arc; 8]>;

/// So many nodes in a row are followed that only refer to the next; a circle ends there.
pub(crate) const SAME: usize = 100;

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The fields of a node in the order in which they are written out.
    pub(crate) fn ordered(&self, id: NodeId) -> Arcs {
        let node = self.at(id);
        let extra = match &node.extra {
            Some(extra) if node.arcs.len() > 1 => extra,
            _ => return Arcs::from_slice(&node.arcs),
        };
        let trail = extra.followed();
        if let ([only], [], []) = (&*extra.leaves, &*trail.given, &*trail.computed)
            && is_written_so(&node.arcs, only.shape)
        {
            return Arcs::from_slice(&node.arcs);
        }
        if let Some(twin) = twin(extra) {
            return self.as_ordered(node, twin);
        }
        let mut collected = Collected::of(&View { vm: self, id, node }, extra);
        if self.embedded {
            // All came by one reference.
            for entry in &mut collected.entries {
                entry.place = Place::text(0);
            }
        } else if collected.entries.len() > 1 {
            collected.place(self.ir);
            collected.mark_met(self.ir, self.sayer(node));
        }
        let files: SmallVec<[u32; 4]> = self.files.iter().map(|(start, _)| *start).collect();
        let mut chains = Chains {
            entries: &collected.entries,
            names: &collected.names,
            computed: &mut collected.computed,
            files: &files,
        };
        let absent = &collected.absent;
        let order = chains.sort(node.arcs.len() + absent.len(), || {
            let fields = node.arcs.iter().map(|arc| &arc.label);
            self.ranks(&fields.chain(absent).copied().collect::<Vec<Label>>())
        });
        let mut arcs = Arcs::with_capacity(node.arcs.len());
        let ordered = order.iter();
        let ordered = ordered.filter_map(|label| node.arcs.get(*label as usize));
        arcs.extend(ordered.copied());
        arcs
    }

    /// The node whose conjuncts are those of a node, written out.
    fn sayer<'n>(&'n self, mut node: &'n Node<'d>) -> &'n Node<'d> {
        for _ in 0..SAME {
            match node.extra.as_ref().map(|extra| extra.twin) {
                Some(Twin::Same(target)) => node = self.at(target),
                _ => break,
            }
        }
        node
    }

    /// The fields in the order of another node.
    fn as_ordered(&self, node: &Node<'d>, other: NodeId) -> Arcs {
        let order: FxHashMap<Label, usize> = self
            .ordered(other)
            .iter()
            .map(|arc| arc.label)
            .zip(0..)
            .collect();
        let mut arcs = Arcs::from_slice(&node.arcs);
        arcs.sort_by_key(|arc| order.get(&arc.label).copied().unwrap_or(usize::MAX));
        arcs
    }

    /// The place of each label's name among all names.
    fn ranks(&self, labels: &[Label]) -> Vec<u32> {
        let mut sorted: Vec<u32> = (0..).take(labels.len()).collect();
        sorted.sort_by_key(|index| self.name(labels[*index as usize]));
        let mut ranks = vec![0; labels.len()];
        for (rank, index) in (0..).zip(sorted) {
            ranks[index as usize] = rank;
        }
        ranks
    }

    /// Puts the fields of a node in the order in which they came up.
    pub(crate) fn settle_order(&mut self, id: NodeId) {
        let node = self.at_mut(id);
        let Some(extra) = &mut node.extra else {
            return;
        };
        let trail = extra.followed();
        let made = node.arcs.iter().map(|arc| (arc.label, arc.turn));
        let is_disordered = extra.turns.is_disordered();
        if !is_disordered {
            let mut made = made.clone();
            if trail.announced.is_empty() || !made.any(|(label, _)| trail.is_announced(label)) {
                return;
            }
        }
        // Turns are numbered in their order as long as everything keeps to it.
        let ranks = match is_disordered {
            true => extra.turns.ranks(trail),
            false => Few::new(),
        };
        let order = trail.order(&ranks, made);
        if !order.is_sorted() {
            let order = order.into_iter();
            node.arcs = order.map(|index| node.arcs[index as usize]).collect();
            if let Some(index) = &mut extra.index {
                **index = node.arcs.iter().map(|arc| arc.label).zip(0..).collect();
            }
        }
        if is_disordered {
            let settle = |turn: &mut u32| *turn = ranks.get(*turn as usize).copied().unwrap_or(0);
            node.arcs.iter_mut().for_each(|arc| settle(&mut arc.turn));
            extra
                .leaves
                .iter_mut()
                .for_each(|leaf| settle(&mut leaf.turn));
            extra
                .patterns
                .iter_mut()
                .for_each(|pattern| settle(&mut pattern.turn));
            if let Some(trail) = &mut extra.trail {
                trail
                    .computed
                    .iter_mut()
                    .for_each(|made| settle(&mut made.turn));
            }
        }
        // What a comprehension's body names belongs to the literal around it.
        extra.leaves.sort_by_key(|leaf| leaf.turn);
    }
}

/// True when fields stand in the order in which a literal says them.
fn is_written_so(arcs: &[Arc], shape: &Shape) -> bool {
    let mut arcs = arcs.iter().peekable();
    for decl in &shape.decls {
        if let Decl::Field(field) = decl {
            arcs.next_if(|arc| arc.label == field.label);
        }
    }
    arcs.next().is_none()
}

/// The node that a node is the same as.
pub(crate) fn twin(extra: &Extra<'_>) -> Option<NodeId> {
    let Twin::Always(twin) = extra.twin else {
        return None;
    };
    let leaves = extra.leaves.iter().map(|leaf| leaf.way);
    let given = extra.followed().given.iter().map(|given| given.way);
    let mut ways = leaves.chain(given);
    ways.all(|way| way.reference().is_some() || way.is_repeated())
        .then_some(twin)
}
