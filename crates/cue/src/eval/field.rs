//! The fields of a node: made when first declared, with what patterns say about them.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{
    Frame, Vm,
    insert::onward,
    node::{Arc, Conjunct, Flags, NodeId, Pattern, State, What},
    val::Val,
};
use crate::{
    ir::Label,
    kinds::Kinds,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Adds to a field of a node, making it if need be.
    pub(crate) fn add_field(
        &mut self,
        id: NodeId,
        label: Label,
        mark: Mark,
        span: Range32,
        conjunct: Conjunct<'d>,
    ) {
        let (child, is_new) = self.arc(id, label, mark, span);
        self.add_conjunct(child, conjunct);
        if is_new {
            self.apply_patterns(id, child, label);
        }
    }

    /// The field of a node, made if need be, and whether it was.
    pub(super) fn arc(
        &mut self,
        id: NodeId,
        label: Label,
        mark: Mark,
        span: Range32,
    ) -> (NodeId, bool) {
        if let Some(position) = self.position(id, label) {
            let arc = &mut self.at_mut(id).arcs[position];
            let (node, before) = (arc.node, arc.mark);
            let made = arc.turn;
            arc.mark = before.and(mark);
            if mark.is_regular() && !before.is_regular() {
                self.at_mut(node).span = span;
                self.at_mut(id).extra().version += 1;
            }
            let there = self.at_mut(id);
            if there.now() != made {
                let count = there.arcs.len();
                there.extra().announce(label, count);
            }
            return (node, false);
        }
        let mut flags = self.at(id).flags.kept();
        flags.clear(Flags::LET);
        if label.is_definition() {
            flags.set(Flags::DEFINED);
        }
        let child = self.node(Some(id), label, flags, span);
        self.push_arc(
            id,
            Arc {
                label,
                node: child,
                mark,
                turn: self.at(id).now(),
            },
        );
        (child, true)
    }

    /// Adds what the patterns of a node say about a new field of it.
    pub(super) fn apply_patterns(&mut self, id: NodeId, child: NodeId, label: Label) {
        if label.is_regular()
            && let Some(extra) = &self.at(id).extra
            && !extra.patterns.is_empty()
        {
            for pattern in extra.patterns.clone() {
                if let Some(value) = &pattern.label
                    && self.label_matches(value, label)
                {
                    self.apply_pattern(child, label, &pattern);
                }
            }
        }
    }

    pub(super) fn push_arc(&mut self, id: NodeId, arc: Arc) {
        const INDEXED: usize = 16;
        if let Some(extra) = &self.at(id).extra
            && extra.missed.contains(&arc.label)
            && arc.mark.is_regular()
        {
            let fault = self.cycle_fault(self.at(arc.node).span);
            self.fail(id, fault);
        }
        if arc.label.is_regular() && self.at(id).extra.as_ref().is_some_and(|extra| extra.listed) {
            let span = self.at(arc.node).span;
            let fault = match self.is_named_by_task(id, arc.label) {
                true => self.cycle_fault(span),
                false => self.eval_fault(&rules::CYCLE, span, |problem| problem),
            };
            self.fail(id, fault);
        }
        let node = self.at_mut(id);
        node.arcs.push(arc);
        let count = node.arcs.len();
        let extra = node.extra.get_or_insert_default();
        extra.version += 1;
        if count == INDEXED {
            // There is room for as many as are expected.
            let room = node.arcs.capacity();
            let mut index = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
            let arcs = (0..).zip(&node.arcs);
            index.extend(arcs.map(|(index, arc)| (arc.label, index)));
            extra.index = Some(Box::new(index));
        } else if let Some(index) = &mut extra.index {
            index.insert(arc.label, u32::try_from(count - 1).unwrap_or(u32::MAX));
        }
    }

    pub(crate) fn position(&self, id: NodeId, label: Label) -> Option<usize> {
        let node = self.at(id);
        let index = node.extra.as_ref().and_then(|extra| extra.index.as_ref());
        match index {
            Some(index) => index.get(&label).map(|index| *index as usize),
            None => node.arcs.iter().position(|arc| arc.label == label),
        }
    }

    pub(crate) fn apply_pattern(&mut self, child: NodeId, label: Label, pattern: &Pattern<'d>) {
        let env = match pattern.decl.names_label {
            true => self.env(pattern.env, Frame::Label(label)),
            false => pattern.env,
        };
        self.add_conjunct(
            child,
            Conjunct {
                what: What::Expr(pattern.decl.value),
                env,
                group: pattern.group,
                chain: pattern.chain,
                way: pattern.way,
                origin: onward(pattern.origin, 1),
            },
        );
    }

    /// Adds to what is said about a node, whatever state it is in.
    pub(crate) fn add_conjunct(&mut self, id: NodeId, conjunct: Conjunct<'d>) {
        let node = self.at_mut(id);
        node.conjuncts.push(conjunct.clone());
        match node.state {
            State::Unseen => {}
            State::Expanding => self.insert(id, conjunct),
            State::Expanded | State::Done => node.reset(),
            // Its alternatives were weighed without this.
            State::Evaluating => {
                let span = node.span;
                let fault = self.cycle_fault(span);
                self.fail(id, fault);
            }
        }
    }

    /// What a label must be, in a pattern.
    pub(crate) fn label_matches(&mut self, pattern: &Val<'d>, label: Label) -> bool {
        if !label.is_regular() {
            return false;
        }
        match pattern {
            Val::Top => true,
            Val::Constraint(constraint) if constraint.is_type() => {
                constraint.kinds.meets(Kinds::STRING)
            }
            Val::Constraint(constraint) => {
                let name = Val::String(self.name(label).clone());
                let satisfied = self.satisfies(&name, Range32::default(), constraint);
                satisfied.is_ok()
            }
            Val::Either(either) => {
                let alternatives = either.alternatives.clone();
                alternatives
                    .iter()
                    .any(|(value, _)| self.label_matches(value, label))
            }
            value => value.as_str() == Some(self.name(label).as_str()),
        }
    }
}
