//! Alternatives with fields or items: each is tried in a copy of the node.

use std::rc::Rc;

use super::{Mode, Modes, Survivor, Survivors};
use crate::eval::{
    Outcome, Vm,
    fault::{Fault, FaultKind},
    node::{Conjunct, Disjunction, Flags, NodeId, What},
    val::Val,
};
use crate::{ir::LabelKind, syntax::ast::Range32};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// A copy of a node in which some alternatives are taken.
    pub(super) fn copy(&mut self, id: NodeId, choices: &[(u64, u32)], partial: bool) -> NodeId {
        let node = self.at(id);
        let mut flags = node.flags.kept();
        if partial {
            flags.set(Flags::PARTIAL);
        }
        let (parent, label, span) = (node.parent, node.label, node.span);
        let conjuncts = node.conjuncts.clone();
        let mut all = node.choices.as_deref().cloned().unwrap_or_default();
        all.extend(choices);
        let original = self.original(id);
        let copy = self.node(parent, label, flags, span);
        let node = self.at_mut(copy);
        node.conjuncts = conjuncts;
        node.copy_of = Some(original);
        node.choices = Some(Rc::new(all));
        copy
    }

    pub(super) fn disjoin_one(
        &mut self,
        id: NodeId,
        disjunction: &Disjunction<'d>,
    ) -> Outcome<Val<'d>> {
        let any = disjunction.arms.iter().any(|arm| arm.marked);
        let mut survivors = Survivors::new();
        let mut faults = Vec::new();
        for (index, arm) in (0..).zip(disjunction.arms.iter()) {
            self.spend(1, disjunction.span)?;
            let mode = Mode::of(arm.marked, any);
            let copy = self.copy(id, &[(disjunction.origin, index)], false);
            self.outcome(copy, &[mode], disjunction.span, &mut survivors, &mut faults)?;
        }
        self.assemble(id, survivors, faults, disjunction.span)
    }

    /// Whether a copy holds; if it has alternatives of its own, which of them.
    pub(super) fn outcome(
        &mut self,
        copy: NodeId,
        modes: &[Mode],
        span: Range32,
        survivors: &mut Survivors<'d>,
        faults: &mut Vec<Rc<Fault>>,
    ) -> Outcome<()> {
        match self.evaluate(copy) {
            Ok(Val::Either(either)) => {
                let inner = either.alternatives.iter().any(|(_, default)| *default);
                for (value, default) in &either.alternatives {
                    let inner = Mode::of(*default, inner);
                    let mut modes = Modes::from_slice(modes);
                    if let Some(last) = modes.last_mut() {
                        *last = last.and(inner);
                    }
                    survivors.push(Survivor {
                        value: value.clone(),
                        modes,
                    });
                }
            }
            Ok(value) => match self
                .sound_node(copy, span)
                .and_then(|()| self.gapless(&value, true))
            {
                Ok(()) => survivors.push(Survivor {
                    value,
                    modes: Modes::from_slice(modes),
                }),
                Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
                Err(fault) => faults.push(fault),
            },
            Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
            Err(fault) => match self.sound_node(copy, span) {
                // A conflict in it counts for more than what is missing.
                Err(graver) if fault.kind.is_open() => faults.push(graver),
                Ok(()) | Err(_) => faults.push(fault),
            },
        }
        Ok(())
    }

    /// Fails when something in the value has an error that more information might mend.
    pub(super) fn gapless(&mut self, value: &Val<'d>, is_outermost: bool) -> Outcome<()> {
        let Val::Node(node) = value else {
            return Ok(());
        };
        if self.at(*node).flags.has(Flags::VISITED) {
            return Ok(());
        }
        self.enter(self.at(*node).span)?;
        self.at_mut(*node).flags.set(Flags::VISITED);
        let gapless = self.gapless_parts(*node, is_outermost);
        self.at_mut(*node).flags.clear(Flags::VISITED);
        self.leave();
        gapless
    }

    fn gapless_parts(&mut self, id: NodeId, is_outermost: bool) -> Outcome<()> {
        let arcs = self.at(id).arcs.iter();
        let mut parts: Vec<_> = arcs
            .filter(|arc| arc.mark.is_regular())
            .map(|arc| arc.node)
            .collect();
        parts.extend(
            self.at(id)
                .list()
                .map(|list| list.items.clone())
                .unwrap_or_default(),
        );
        for part in parts {
            let is_field = self.at(part).label.kind() != LabelKind::Index;
            let is_itself = !self.says_something(id, part);
            match self.evaluate(part) {
                Err(fault) if fault.kind.is_open() && is_itself => {}
                Ok(value) => self.gapless(&value, false)?,
                // Further down nobody looks whether a field is computed from itself.
                Err(fault) if fault.kind == FaultKind::Cycle && !(is_outermost && is_field) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// True for a field that is more than what is said about it anyway.
    fn says_something(&self, around: NodeId, id: NodeId) -> bool {
        let node = self.at(id);
        let says = |said: &Conjunct<'d>| match said.what {
            What::Expr(expr) => !self.says_nothing(around, node.label, expr),
            What::Value(_) | What::Data(_) | What::Below(_) => true,
        };
        node.conjuncts.iter().any(says)
    }
}
