//! Takes conjuncts in: what is said about a node becomes fields, bounds, values and alternatives.

use std::rc::Rc;

use super::{
    EnvId, Fault, Frame, Vm,
    close::GroupKind,
    constraint::Constraint,
    fault::graver,
    node::{
        Arm, Base, Conjunct, Disjunction, Flags, Leaf, NodeId, Pattern, Queued, Task, TaskKind,
        TaskStatus, What, Work,
    },
    order::Way,
    val::Val,
};
use crate::{
    ir::{Comprehension, Decl, Expr, ExprId, Label, LabelKind, Shape},
    library::Special,
    rules,
    syntax::ast::Range32,
};

/// Names the next stretch of a way; the same stretch of the same way has the same name.
pub(crate) const fn onward(origin: u64, step: u64) -> u64 {
    let mixed =
        (origin ^ step.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x632b_e59b_d9b4_e019);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

// === impl Conjunct ===

impl<'d> Conjunct<'d> {
    pub(crate) const fn new(what: What<'d>, env: EnvId, origin: u64) -> Self {
        Self {
            what,
            env,
            group: super::close::OPEN,
            chain: super::cycle::DIRECT,
            way: Way::HERE,
            origin,
        }
    }

    /// Another expression on the same way.
    pub(crate) fn expr(&self, expr: ExprId) -> Self {
        Self {
            what: What::Expr(expr),
            origin: onward(self.origin, u64::from(expr.0)),
            ..*self
        }
    }

    /// What does not belong to a comprehension's body as such.
    pub(crate) fn apart(&self) -> Self {
        Self {
            way: self.way.apart(),
            ..self.clone()
        }
    }

    pub(crate) fn value(&self, value: Val<'d>, step: u64) -> Self {
        Self {
            what: What::Value(value),
            origin: onward(self.origin, step),
            ..*self
        }
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Notes why a node has no value.
    pub(crate) fn fail(&mut self, id: NodeId, fault: Rc<Fault>) {
        graver(&mut self.at_mut(id).extra().fault, fault);
    }

    /// Takes in one conjunct; what takes more than a look goes to the node's queues.
    pub(crate) fn insert(&mut self, id: NodeId, conjunct: Conjunct<'d>) {
        let expr = match &conjunct.what {
            What::Value(value) => {
                let value = value.clone();
                return self.insert_value(id, value, &conjunct);
            }
            What::Data(data) => {
                return match Val::of_data(*data) {
                    Some(value) => self.insert_value(id, value, &conjunct),
                    None => {
                        let span = self.at(id).span;
                        let fault = self.limit("exponent of a number", "±100000", span);
                        self.fail(id, fault);
                    }
                };
            }
            // Its field comes behind those of what is referred to.
            What::Below(_) => {
                return self
                    .at_mut(id)
                    .extra()
                    .queue_reference(Work::Conjunct(conjunct));
            }
            What::Expr(expr) => *expr,
        };
        let ir = self.ir;
        let span = ir.span(expr);
        match ir.expr(expr) {
            Expr::Const(value) => self.insert_value(id, Val::of_const(value), &conjunct),
            Expr::Top => {
                self.at_mut(id).flags.set(Flags::TOP);
                self.sign(id, &conjunct);
            }
            Expr::Type(kinds) => {
                let constraint = self.type_of(*kinds, span);
                self.sign(id, &conjunct);
                self.meet_constraint(id, &constraint, span);
            }
            Expr::Range(range) => {
                let constraint = Rc::new(Constraint::of_range(range, span));
                self.sign(id, &conjunct);
                self.meet_constraint(id, &constraint, span);
            }
            Expr::Bottom => {
                let fault = self.eval_fault(&rules::EXPLICIT_ERROR, span, |problem| problem);
                self.fail(id, fault);
            }
            Expr::Meet(left, right) => {
                if !self.seen(id, &conjunct, expr) {
                    let conjunct = conjunct.apart();
                    self.insert(id, conjunct.expr(*left));
                    self.insert(id, conjunct.expr(*right));
                }
            }
            Expr::Struct(shape) => {
                if !self.seen(id, &conjunct, expr) {
                    self.insert_struct(id, expr, shape, &conjunct);
                }
            }
            Expr::Either(arms) => {
                if !self.seen(id, &conjunct, expr) {
                    let arm = |(marked, expr): &(bool, ExprId)| Arm {
                        marked: *marked,
                        what: What::Expr(*expr),
                    };
                    self.insert_arms(id, arms.iter().map(arm).collect(), &conjunct, span);
                }
            }
            Expr::Aliased(inner) => {
                let env = self.env(conjunct.env, Frame::Itself(id));
                let conjunct = Conjunct {
                    env,
                    ..conjunct.expr(*inner)
                };
                self.insert(id, conjunct);
            }
            Expr::Field { .. }
            | Expr::Local { .. }
            | Expr::Itself { .. }
            | Expr::Dynamic { .. }
            | Expr::Root(_)
            | Expr::Package(_)
            | Expr::Select(..)
            | Expr::Index(..) => {
                if !self.seen(id, &conjunct, expr) {
                    self.at_mut(id)
                        .extra()
                        .queue_reference(Work::Conjunct(conjunct));
                }
            }
            Expr::Call(..) => {
                self.at_mut(id)
                    .extra()
                    .queue_reference(Work::Conjunct(conjunct));
            }
            Expr::List(_) => {
                self.at_mut(id).flags.set(Flags::LIST);
                self.at_mut(id).extra().queue_expression(conjunct);
            }
            Expr::Standard(_)
            | Expr::Bound(..)
            | Expr::Function(_)
            | Expr::Special(_)
            | Expr::Slice(..)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Present(..)
            | Expr::Interpolation(..) => {
                self.at_mut(id).extra().queue_expression(conjunct);
            }
        }
    }

    /// True when the same was taken in before: it adds nothing then.
    pub(super) fn seen(&mut self, id: NodeId, conjunct: &Conjunct<'d>, expr: ExprId) -> bool {
        let extra = self.at_mut(id).extra();
        let key = (conjunct.env, expr, conjunct.group);
        if extra.seen.contains(&key) {
            return true;
        }
        extra.seen.push(key);
        false
    }

    /// Notes that something is said about the node, and by which way.
    pub(crate) fn sign(&mut self, id: NodeId, conjunct: &Conjunct<'d>) {
        let signed = Flags::signed(self.is_cyclic(conjunct.chain), conjunct.chain);
        self.at_mut(id).flags.set(signed);
    }

    pub(crate) fn insert_struct(
        &mut self,
        id: NodeId,
        expr: ExprId,
        shape: &'d Shape,
        conjunct: &Conjunct<'d>,
    ) {
        if let Err(fault) = self.spend(1 + shape.decls.len() as u64, self.at(id).span) {
            return self.fail(id, fault);
        }
        self.sign(id, conjunct);
        self.materialize(id);
        let group = match shape.embeds {
            true => self.group(conjunct.group, GroupKind::Host),
            false => conjunct.group,
        };
        let env = self.struct_env(id, shape, conjunct);
        let node = self.at_mut(id);
        node.flags.set(match shape.embeds {
            true => Flags::MAYBE_STRUCT,
            false => Flags::STRUCT,
        });
        let turns = &node.extra().turns;
        let turn = turns.of_literal(conjunct.way);
        let leaf = Leaf {
            expr,
            shape,
            group,
            way: conjunct.way,
            made: u32::try_from(node.arcs.len()).unwrap_or(u32::MAX),
            turn,
        };
        let count = |wanted: fn(&&Decl) -> bool| shape.decls.iter().filter(wanted).count();
        if node.arcs.is_empty() {
            let fields = count(|decl| matches!(decl, Decl::Field(_)));
            node.arcs.reserve_exact(fields);
        }
        let extra = node.extra();
        if shape.embeds && extra.tasks.is_empty() {
            let tasks = count(|decl| matches!(decl, Decl::Comprehension(_)));
            extra.tasks.reserve_exact(tasks);
        }
        extra.leaves.push(leaf);
        extra.version += 1;
        let inner = Conjunct {
            env,
            group,
            ..conjunct.clone()
        };
        for (step, decl) in (1..).zip(&shape.decls) {
            match decl {
                Decl::Field(field) => {
                    let conjunct = inner.expr(field.value);
                    self.add_field(id, field.label, field.constraint, field.span, conjunct);
                }
                Decl::Dynamic(field) => self.add_task(id, TaskKind::Dynamic(field), &inner, step),
                Decl::Comprehension(clauses) => {
                    self.announce(id, clauses);
                    self.add_task(id, TaskKind::Comprehension(clauses), &inner, step);
                }
                Decl::Embed(expr) => {
                    let group = self.group(group, GroupKind::Embedded);
                    let embedded = Conjunct {
                        group,
                        way: inner.way.apart(),
                        ..inner.expr(*expr)
                    };
                    self.insert(id, embedded);
                }
                Decl::Pattern(decl) => {
                    let extra = self.at_mut(id).extra();
                    let turn = extra.issue();
                    extra.patterns.push(Pattern {
                        decl,
                        env,
                        group,
                        chain: inner.chain,
                        way: inner.way.apart(),
                        origin: onward(inner.origin, step),
                        turn,
                        label: None,
                    });
                    let work = Work::Pattern(extra.patterns.len() - 1);
                    extra.references.push(Queued { turn, work });
                }
            }
        }
    }

    pub(super) fn struct_env(
        &mut self,
        id: NodeId,
        shape: &'d Shape,
        conjunct: &Conjunct<'d>,
    ) -> EnvId {
        let flags = self.at(id).flags.kept().with(Flags::LET);
        let mut lets = Vec::with_capacity(shape.lets.len());
        for expr in &shape.lets {
            let label = Label::new(0, LabelKind::Hidden);
            lets.push(self.node(Some(id), label, flags, self.ir.span(*expr)));
        }
        let env = self.env(conjunct.env, Frame::Struct(id, lets.clone().into()));
        for (node, expr) in lets.into_iter().zip(&shape.lets) {
            let inner = Conjunct {
                env,
                ..conjunct.expr(*expr)
            };
            self.at_mut(node).conjuncts.push(inner);
        }
        env
    }

    pub(super) fn add_task(
        &mut self,
        id: NodeId,
        what: TaskKind<'d>,
        conjunct: &Conjunct<'d>,
        step: u64,
    ) {
        let extra = self.at_mut(id).extra();
        let turn = extra.issue();
        extra.tasks.push(Task {
            what,
            env: conjunct.env,
            group: conjunct.group,
            chain: conjunct.chain,
            way: conjunct.way.apart(),
            origin: onward(conjunct.origin, step),
            turn,
            host: extra.turns.now(),
            status: TaskStatus::Fresh,
        });
    }

    /// The fields that a comprehension declares by name come up with it, though they are made when it has run.
    pub(super) fn announce(&mut self, id: NodeId, comprehension: &'d Comprehension) {
        let Expr::Struct(body) = self.ir.expr(comprehension.body) else {
            return;
        };
        for decl in &body.decls {
            if let Decl::Field(field) = decl {
                let made = self
                    .position(id, field.label)
                    .map(|at| self.at(id).arcs[at].turn);
                if made.is_some_and(|made| made == self.at(id).now()) {
                    continue;
                }
                let node = self.at_mut(id);
                let made = node.arcs.len();
                node.extra().announce(field.label, made);
            }
        }
    }

    pub(crate) fn insert_arms(
        &mut self,
        id: NodeId,
        arms: Rc<[Arm<'d>]>,
        conjunct: &Conjunct<'d>,
        span: Range32,
    ) {
        self.sign(id, conjunct);
        let chosen = self.at(id).choices.as_ref().and_then(|choices| {
            let mut choices = choices.iter();
            choices
                .find(|(origin, _)| *origin == conjunct.origin)
                .map(|(_, arm)| *arm)
        });
        if let Some(arm) = chosen {
            let step = u64::from(arm) + 1;
            if let Some(arm) = arms.get(arm as usize) {
                let arm = Conjunct {
                    what: arm.what.clone(),
                    way: conjunct.way.apart(),
                    origin: onward(conjunct.origin, step),
                    ..conjunct.clone()
                };
                self.close_over(id, &arm);
                // Alternatives are taken in when all else is, as far as one can see.
                let extra = self.at_mut(id).extra();
                let turn = extra.issue_round();
                let before = extra.turns.start(turn);
                self.insert(id, arm);
                self.at_mut(id).extra().turns.back(before);
            }
            return;
        }
        let disjunction = Disjunction {
            arms,
            env: conjunct.env,
            chain: conjunct.chain,
            origin: conjunct.origin,
            span,
        };
        let disjunctions = &mut self.at_mut(id).extra().disjunctions;
        if disjunctions.is_empty() {
            // There is hardly ever a second.
            disjunctions.reserve_exact(1);
        }
        disjunctions.push(disjunction);
    }

    pub(crate) fn insert_value(&mut self, id: NodeId, value: Val<'d>, conjunct: &Conjunct<'d>) {
        let span = match conjunct.what {
            What::Expr(expr) => self.ir.span(expr),
            What::Data(_) | What::Value(_) | What::Below(_) => self.at(id).span,
        };
        let span = match (&value, &conjunct.what) {
            (_, What::Data(data)) | (Val::Data(data), _) => self.data_place(*data, span),
            _ => span,
        };
        match value {
            Val::Node(target) => return self.include(id, target, conjunct),
            Val::Either(either) => {
                let arms = either.alternatives.iter().map(|(value, marked)| Arm {
                    marked: *marked,
                    what: What::Value(value.clone()),
                });
                return self.insert_arms(id, arms.collect(), conjunct, span);
            }
            _ => self.sign(id, conjunct),
        }
        match value {
            Val::Top => self.at_mut(id).flags.set(Flags::TOP),
            Val::Constraint(constraint) => self.meet_constraint(id, &constraint, span),
            Val::Function(function) if function.validator => {
                if matches!(self.at(id).base, Base::Unknown) && self.is_alone(id) {
                    return self.meet_atom(id, value, span);
                }
                let constraint = self.validator(function, [].into(), span);
                self.meet_constraint(id, &constraint, span);
            }
            Val::List(_) | Val::Data(_) | Val::Final(_) => {
                self.insert_data(id, value, conjunct, span);
            }
            Val::Special(Special::Comparer) => self.insert_comparer(id, conjunct),
            value => self.meet_atom(id, value, span),
        }
    }

    pub(super) fn is_alone(&self, id: NodeId) -> bool {
        self.at(id).conjuncts.len() == 1
    }
}
