//! References: what is said about one node is said about another.

use std::rc::Rc;

use super::{
    EnvId, Outcome, Vm,
    close::{GroupId, GroupKind},
    cycle::Follow,
    insert::onward,
    node::{Conjunct, Flags, NodeId, What},
    order::{SAME, Twin, Way, twin},
};
use crate::ir::{Expr, ExprId};

/// No expression: marks a node that was taken in as a whole.
const INCLUDED: ExprId = ExprId(u32::MAX);

/// No expression: marks a definition and the group that it closes.
const DEFINITION: ExprId = ExprId(u32::MAX - 1);

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Takes in all that is said about another node.
    pub(crate) fn include(&mut self, id: NodeId, target: NodeId, conjunct: &Conjunct<'d>) {
        let mut end = target;
        for _ in 0..SAME {
            match self.same_as(end) {
                Some(next) => end = next,
                None => break,
            }
        }
        if self.is_same(id, end, conjunct) {
            self.at_mut(id).extra().twin = Twin::Same(end);
            return self.include_by(id, end, conjunct, &|said| said);
        }
        let reference = match conjunct.what {
            What::Expr(expr) if self.is_reference(expr) => Some(expr),
            What::Expr(_) | What::Value(_) | What::Data(_) | What::Below(_) => None,
        };
        let way = conjunct.way;
        if reference.is_some() && way.reference().is_none() {
            let may_share = self.may_share(id, end, conjunct);
            self.at_mut(id).extra().twin.meet(end, may_share);
        }
        self.include_by(id, end, conjunct, &|said| match reference {
            Some(reference) => way.through(reference, said),
            None => way.onto(said),
        });
    }

    /// True when a node is what a reference leads to, and nothing else: its fields have the same order then.
    pub(super) fn is_same(&self, id: NodeId, target: NodeId, conjunct: &Conjunct<'d>) -> bool {
        let said = match (&*self.at(id).conjuncts, &conjunct.what) {
            ([only], What::Expr(expr)) => {
                matches!(only.what, What::Expr(there) if there == *expr) && self.is_reference(*expr)
            }
            _ => false,
        };
        said && !conjunct.way.is_embedded()
            && self.may_share(id, target, conjunct)
            && !self.is_cyclic(conjunct.chain)
    }

    /// False where a node has to be apart from what it refers to: the names of that are not its own, or closed
    /// in one place and not in the other.
    pub(crate) fn may_share(&self, id: NodeId, target: NodeId, conjunct: &Conjunct<'d>) -> bool {
        let (from, to) = (self.at(id).flags, self.at(target).flags);
        let has_place = !to.has(Flags::LET) && !to.has(Flags::INLINE);
        let is_closed = || from.has(Flags::DEFINED) || self.is_closing(conjunct.group);
        has_place && (to.has(Flags::DEFINED) || !is_closed())
    }

    /// The node that a node shares, as it is.
    pub(super) fn same_as(&self, id: NodeId) -> Option<NodeId> {
        let node = self.at(id);
        match node.shared {
            Some(shared) => (!node.flags.has(Flags::EMBEDS)).then_some(shared),
            None => node.extra.as_ref().and_then(|extra| twin(extra)),
        }
    }

    pub(super) fn is_reference(&self, expr: ExprId) -> bool {
        matches!(
            self.ir.expr(expr),
            Expr::Field { .. }
                | Expr::Local { .. }
                | Expr::Itself { .. }
                | Expr::Dynamic { .. }
                | Expr::Root(_)
                | Expr::Package(_)
                | Expr::Select(..)
                | Expr::Index(..)
        )
    }

    pub(super) fn include_by(
        &mut self,
        id: NodeId,
        target: NodeId,
        conjunct: &Conjunct<'d>,
        way: &dyn Fn(Way) -> Way,
    ) {
        let Follow::Along(chain) = self.follow(id, target, conjunct.chain) else {
            return;
        };
        let group = match self.closes(conjunct) {
            true => match self.definition(id, target, conjunct.group) {
                Ok(group) => group,
                Err(fault) => return self.fail(id, fault),
            },
            false => conjunct.group,
        };
        let copied = match self.at(target).choices.clone() {
            Some(choices) => {
                self.adopt(id, &choices);
                true
            }
            None => false,
        };
        let is_repeated = self.is_included(id, target);
        for (step, said) in (1..).zip(self.at(target).conjuncts.clone()) {
            let way = match is_repeated {
                true => way(said.way).repeated(),
                false => way(said.way),
            };
            let chain = match self.is_cyclic(said.chain) && !self.is_cyclic(chain) {
                true => said.chain,
                false => chain,
            };
            let origin = match copied {
                true => said.origin,
                false => onward(conjunct.origin, step),
            };
            let said = Conjunct {
                group,
                chain,
                way,
                origin,
                ..said
            };
            self.insert(id, said);
        }
    }

    /// The group of a definition that is taken in. Beside the same it is taken in once: a definition that leads back to
    /// itself and is declared several times would bring as many of itself at every level.
    fn definition(&mut self, id: NodeId, target: NodeId, up: GroupId) -> Outcome<GroupId> {
        let looks = self
            .at(id)
            .extra
            .as_ref()
            .map_or(0, |extra| extra.seen.len());
        // One that embeds what leads back to it does bring as many.
        self.spend(looks as u64 / 16, self.at(id).span)?;
        let scope = EnvId(self.original(target).number());
        let seen = self.at(id).extra.as_ref().map(|extra| &extra.seen);
        let same = |(there, what, group): &&(EnvId, ExprId, GroupId)| {
            *there == scope && *what == DEFINITION && self.above(*group) == up
        };
        if let Some((.., group)) = seen.and_then(|seen| seen.iter().find(same)) {
            return Ok(*group);
        }
        let group = self.group(up, GroupKind::Definition);
        let seen = &mut self.at_mut(id).extra().seen;
        seen.push((scope, DEFINITION, group));
        Ok(group)
    }

    /// True when all that is said about another node was taken in before. Notes that it is.
    pub(super) fn is_included(&mut self, id: NodeId, target: NodeId) -> bool {
        let target = self.original(target);
        // It stands among what was taken in as if its number were that of a scope.
        let key = (EnvId(target.number()), INCLUDED, super::close::OPEN);
        let seen = &mut self.at_mut(id).extra().seen;
        match seen.contains(&key) {
            true => true,
            false => {
                seen.push(key);
                false
            }
        }
    }

    /// A copy of a node took some alternatives; so does what includes it.
    pub(crate) fn adopt(&mut self, id: NodeId, choices: &[(u64, u32)]) {
        let node = self.at_mut(id);
        let mut all = node.choices.as_deref().cloned().unwrap_or_default();
        // What includes itself would take the same ones again and again.
        for choice in choices {
            if !all.contains(choice) {
                all.push(*choice);
            }
        }
        node.choices = Some(Rc::new(all));
    }
}
