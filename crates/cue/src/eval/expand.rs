//! Takes in all that is said about a node, in the order in which it can be known.

use std::rc::Rc;

use super::{
    Outcome, Vm, deep,
    fault::{FaultKind, graver},
    node::{Base, Conjunct, Flags, NodeId, Queued, State, What, Work},
    resolve::Target,
    val::Val,
};
use crate::{
    ir::{Expr, ExprId},
    rules,
    syntax::ast::Constraint as Mark,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Makes the fields of a node known, as far as they can be.
    pub(crate) fn expand(&mut self, id: NodeId) {
        if self.at(id).state == State::Unseen && !self.is_constant(id) {
            deep(|| self.expand_now(id));
        }
    }

    /// A node of which nothing is said but a number, a text or the like is that: true when there is no more to do.
    fn is_constant(&mut self, id: NodeId) -> bool {
        let [only] = &*self.at(id).conjuncts else {
            return false;
        };
        let What::Expr(expr) = only.what else {
            return false;
        };
        let Expr::Const(value) = self.ir.expr(expr) else {
            return false;
        };
        let value = Val::of_const(value);
        if !value.is_atom() {
            return false;
        }
        let signed = Flags::signed(self.is_cyclic(only.chain), only.chain);
        let span = self.ir.span(expr);
        let node = self.at_mut(id);
        node.flags.set(signed);
        node.base = Base::Atom(value);
        node.base_span = span;
        node.state = State::Expanded;
        true
    }

    pub(super) fn expand_now(&mut self, id: NodeId) {
        let span = self.at(id).span;
        if let Err(fault) = self.enter(span) {
            self.at_mut(id).state = State::Expanded;
            return self.fail(id, fault);
        }
        self.at_mut(id).state = State::Expanding;
        let before = self.begin(id);
        if !self.share(id) && !self.work_out(id) {
            // What comes to it meanwhile is taken in as it comes.
            for index in 0..self.at(id).conjuncts.len() {
                let conjunct = self.at(id).conjuncts[index].clone();
                self.insert(id, conjunct);
            }
            self.drain(id);
            self.settle_tasks(id);
            if self.is_whole(id) {
                self.close_out(id);
            }
        }
        self.forgive(id);
        self.settle_order(id);
        self.at_mut(id).state = State::Expanded;
        self.end(id, before);
        self.leave();
    }

    /// What is known to be an atom is one, whatever else leads back to a node in the middle of its work: that is
    /// checked once that one is done.
    pub(super) fn forgive(&mut self, id: NodeId) {
        let leans = self.low < self.at(id).running;
        let node = self.at_mut(id);
        if leans
            && matches!(node.base, Base::Atom(_))
            && node
                .fault()
                .is_some_and(|fault| fault.kind == FaultKind::Cycle)
        {
            node.extra().fault = None;
        }
    }

    /// A node that only refers to another is that other one.
    pub(super) fn share(&mut self, id: NodeId) -> bool {
        let node = self.at(id);
        let [only] = &*node.conjuncts else {
            return false;
        };
        if node.choices.is_some() || self.packages.first() == Some(&Some(id)) {
            return false;
        }
        let What::Expr(expr) = only.what else {
            return false;
        };
        let reference = matches!(
            self.ir.expr(expr),
            Expr::Field { .. } | Expr::Local { .. } | Expr::Select(..) | Expr::Index(..)
        );
        if !reference {
            return false;
        }
        let only = only.clone();
        let chain = std::mem::replace(&mut self.chain, only.chain);
        let target = self.resolve(only.env, expr);
        self.chain = chain;
        if self.at(id).conjuncts.len() != 1 {
            return false;
        }
        match target {
            Ok(Target::Node(target)) => {
                let original = self.original(target);
                let flags = self.at(target).flags;
                let apart = original != self.original(id)
                    && !flags.has(Flags::DEFINED)
                    && !self.is_inside(id, original)
                    && !self.at(target).is_open()
                    && !self.is_cyclic(only.chain)
                    && !self.leads_to(target, id);
                if apart {
                    let may_share = self.may_share(id, target, &only);
                    let node = self.at_mut(id);
                    node.shared = Some(target);
                    if only.way.is_embedded() || !may_share {
                        node.flags.set(Flags::EMBEDS);
                    }
                    self.sign(id, &only);
                    return true;
                }
                self.sign_later(id, &only, target);
                true
            }
            Ok(Target::Value(value)) => {
                self.insert_value(id, value, &only);
                true
            }
            Err(fault) => {
                self.fail(id, fault);
                true
            }
        }
    }

    /// A node of which only one expression is said is its value: there is nothing to queue.
    pub(super) fn work_out(&mut self, id: NodeId) -> bool {
        let node = self.at(id);
        let [only] = &*node.conjuncts else {
            return false;
        };
        let What::Expr(expr) = only.what else {
            return false;
        };
        let plain = matches!(
            self.ir.expr(expr),
            Expr::Unary(..) | Expr::Binary(..) | Expr::Present(..) | Expr::Interpolation(..)
        );
        if plain {
            let only = only.clone();
            self.express(id, &only);
            // It may have led to more being said.
            self.drain(id);
        }
        plain
    }

    /// True when a chain of shared nodes ends in this one.
    pub(super) fn leads_to(&self, mut at: NodeId, id: NodeId) -> bool {
        let mut steps = 0;
        while let Some(next) = self.at(at).shared {
            steps += 1;
            if next == id || steps > 1000 {
                return true;
            }
            at = next;
        }
        at == id
    }

    /// The reference was followed already: takes in where it led.
    pub(super) fn sign_later(&mut self, id: NodeId, conjunct: &Conjunct<'d>, target: NodeId) {
        self.include(id, target, conjunct);
        self.drain(id);
        self.settle_tasks(id);
        if self.is_whole(id) {
            self.close_out(id);
        }
    }

    /// Works through the queues of a node: references, then expressions, then what depends on conditions.
    pub(super) fn drain(&mut self, id: NodeId) {
        loop {
            if let Some(work) = self.next_reference(id) {
                self.run_reference(id, work);
            } else if let Some(work) = self.next_expression(id) {
                self.run_expression(id, work);
            } else if !self.bind_result(id) && !self.run_tasks(id, None) {
                return;
            }
        }
    }

    pub(super) fn next_reference(&mut self, id: NodeId) -> Option<Queued<'d>> {
        let extra = self.at_mut(id).extra.as_mut()?;
        match extra.references.is_empty() {
            true => None,
            false => Some(extra.references.remove(0)),
        }
    }

    pub(super) fn next_expression(&mut self, id: NodeId) -> Option<Queued<'d>> {
        let extra = self.at_mut(id).extra.as_mut()?;
        match extra.expressions.is_empty() {
            true => None,
            false => Some(extra.expressions.remove(0)),
        }
    }

    pub(super) fn run_reference(&mut self, id: NodeId, queued: Queued<'d>) {
        let extra = self.at_mut(id).extra();
        extra.running_references += 1;
        let before = extra.turns.start(queued.turn);
        match queued.work {
            Work::Conjunct(conjunct) => self.run_conjunct(id, &conjunct),
            Work::Pattern(index) => self.run_pattern(id, index),
        }
        let extra = self.at_mut(id).extra();
        extra.running_references -= 1;
        extra.turns.back(before);
    }

    pub(super) fn run_conjunct(&mut self, id: NodeId, conjunct: &Conjunct<'d>) {
        let expr = match &conjunct.what {
            What::Expr(expr) => *expr,
            What::Below(below) => return self.insert_below(id, below, conjunct),
            What::Data(_) | What::Value(_) => return,
        };
        let ir = self.ir;
        if let Expr::Call(function, arguments) = ir.expr(expr) {
            return self.at_work(id, conjunct, expr, |vm| {
                vm.insert_call(id, conjunct, expr, *function, arguments)
            });
        }
        let chain = std::mem::replace(&mut self.chain, conjunct.chain);
        let target = self.resolve(conjunct.env, expr);
        self.chain = chain;
        match target {
            Ok(Target::Node(target)) => self.include(id, target, conjunct),
            Ok(Target::Value(value)) => self.insert_value(id, value, conjunct),
            Err(fault) => self.fail(id, fault),
        }
    }

    pub(super) fn run_expression(&mut self, id: NodeId, queued: Queued<'d>) {
        if let Work::Conjunct(conjunct) = queued.work {
            let before = self.at_mut(id).extra().turns.start(queued.turn);
            self.express(id, &conjunct);
            self.at_mut(id).extra().turns.back(before);
        }
    }

    pub(super) fn express(&mut self, id: NodeId, conjunct: &Conjunct<'d>) {
        let What::Expr(expr) = conjunct.what else {
            return;
        };
        let ir = self.ir;
        self.at_work(id, conjunct, expr, |vm| match ir.expr(expr) {
            Expr::List(list) => vm.insert_list(id, list, conjunct, expr),
            _ => vm
                .eval(conjunct.env, expr)
                .map(|value| vm.insert_value(id, value, conjunct)),
        });
    }

    /// Works out an expression that a node is made of. When that is being done already it leads back to itself, and
    /// says nothing new.
    pub(super) fn at_work(
        &mut self,
        id: NodeId,
        conjunct: &Conjunct<'d>,
        expr: ExprId,
        work: impl Fn(&mut Self) -> Outcome<()>,
    ) {
        let mut active = self.active.iter();
        let found = active.find(|(env, at, _)| *env == conjunct.env && *at == expr);
        if let Some((_, _, node)) = found.copied() {
            self.lean_on(node);
            if self.is_met_inline(id) {
                match self.at(node).base.clone() {
                    Base::Atom(value) => self.insert_value(id, value, conjunct),
                    Base::Unknown | Base::Constraint(_) | Base::Data(_) => {
                        self.unchecked = Some(node);
                    }
                }
            }
            return;
        }
        self.active.push((conjunct.env, expr, id));
        let chain = std::mem::replace(&mut self.chain, conjunct.chain);
        let mut done = work(self);
        let leads_back = self.unchecked.take_if(|node| *node == id).is_some();
        if done.is_ok() && leads_back && matches!(self.at(id).base, Base::Atom(_)) {
            // What was worked out from what was not known yet must hold now that it is.
            done = work(self);
        }
        self.chain = chain;
        self.active.pop();
        if let Err(fault) = done {
            self.fail(id, fault);
        }
    }

    /// True for a meet in the middle of an expression.
    fn is_met_inline(&self, id: NodeId) -> bool {
        let node = self.at(id);
        let ir = self.ir;
        node.flags.has(Flags::INLINE)
            && matches!(
                node.conjuncts.first().map(|said| &said.what),
                Some(What::Expr(expr)) if matches!(ir.expr(*expr), Expr::Meet(..))
            )
    }

    pub(super) fn run_pattern(&mut self, id: NodeId, index: usize) {
        let pattern = self.at_mut(id).extra().patterns[index].clone();
        let value = match self.eval(pattern.env, pattern.decl.label) {
            Ok(value) => value,
            Err(fault) => {
                match fault.kind.is_open() {
                    true => graver(&mut self.at_mut(id).extra().waits, fault),
                    false => self.fail(id, fault),
                }
                return;
            }
        };
        self.at_mut(id).extra().patterns[index].label = Some(value.clone());
        for index in 0..self.at(id).arcs.len() {
            let arc = self.at(id).arcs[index];
            if self.label_matches(&value, arc.label) {
                self.apply_pattern(arc.node, arc.label, &pattern);
            }
        }
    }

    pub(crate) fn bad_label(
        &self,
        value: &Val<'d>,
        span: crate::syntax::ast::Range32,
    ) -> Rc<super::Fault> {
        self.eval_fault(&rules::BAD_LABEL, span, |problem| {
            problem
                .arg("value", self.describe(value))
                .arg("type", self.type_name(value))
        })
    }

    /// True when all that a node has is known.
    pub(super) fn is_whole(&self, id: NodeId) -> bool {
        let node = self.at(id);
        !node.has_disjunctions() && !node.flags.has(Flags::PARTIAL)
    }

    /// Refuses the fields that a closed struct does not have.
    pub(super) fn close_out(&mut self, id: NodeId) {
        if self.refuses_items(id) {
            let fault = self.refused(id);
            return self.fail(id, fault);
        }
        if !self.at(id).has_fields() && !self.at(id).asks_for_fields() {
            return;
        }
        let closing = self.closing(id).len();
        if closing == 0 {
            return;
        }
        let node = self.at(id);
        let leaves = node.extra.as_ref().map_or(0, |extra| extra.leaves.len());
        // Each of them is looked for along the ways of all literals.
        let looks = node.arcs.len() * leaves * closing * closing;
        if let Err(fault) = self.spend(looks as u64 / 64, node.span) {
            return self.fail(id, fault);
        }
        for index in 0..self.at(id).arcs.len() {
            let arc = self.at(id).arcs[index];
            let is_subject = arc.label.is_regular() && arc.mark != Mark::Optional;
            if is_subject && self.refuses(id, arc.label) && !self.may_allow(id, arc.label) {
                self.at_mut(arc.node).flags.set(Flags::REFUSED);
            }
        }
    }
}
