//! Takes conjuncts in: what is said about a node becomes fields, bounds, values and alternatives.

use std::rc::Rc;

use super::{
    EnvId, Fault, Frame, Vm,
    close::GroupKind,
    constraint::Constraint,
    cycle::Follow,
    fault::graver,
    node::{
        Arc, Arm, Base, Below, Conjunct, Disjunction, Flags, Leaf, NodeId, Pattern, Queued, State,
        Task, TaskKind, TaskStatus, What, Work,
    },
    order::{Given, SAME, Twin, Way, twin},
    val::Val,
};
use crate::{
    ir::{Comprehension, Decl, Expr, ExprId, Label, LabelKind, Shape},
    kinds::Kinds,
    library::Special,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

/// Names the next stretch of a way; the same stretch of the same way has the same name.
pub(crate) const fn onward(origin: u64, step: u64) -> u64 {
    let mixed =
        (origin ^ step.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x632b_e59b_d9b4_e019);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// No expression: marks a node that was taken in as a whole.
const INCLUDED: ExprId = ExprId(u32::MAX);

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
    fn seen(&mut self, id: NodeId, conjunct: &Conjunct<'d>, expr: ExprId) -> bool {
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
        let flag = match self.is_cyclic(conjunct.chain) {
            true => Flags::CYCLIC,
            false => Flags::PLAIN,
        };
        let node = self.at_mut(id);
        node.flags.set(flag);
        if conjunct.chain == super::cycle::DIRECT {
            node.flags.set(Flags::GROUNDED);
        }
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
        let extra = node.extra();
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

    fn struct_env(&mut self, id: NodeId, shape: &'d Shape, conjunct: &Conjunct<'d>) -> EnvId {
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

    fn add_task(&mut self, id: NodeId, what: TaskKind<'d>, conjunct: &Conjunct<'d>, step: u64) {
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
    fn announce(&mut self, id: NodeId, comprehension: &'d Comprehension) {
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
    fn arc(&mut self, id: NodeId, label: Label, mark: Mark, span: Range32) -> (NodeId, bool) {
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
    fn apply_patterns(&mut self, id: NodeId, child: NodeId, label: Label) {
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

    fn push_arc(&mut self, id: NodeId, arc: Arc) {
        const INDEXED: usize = 16;
        if let Some(extra) = &self.at(id).extra
            && extra.missed.contains(&arc.label)
            && arc.mark.is_regular()
        {
            let fault = self.cycle_fault(self.at(arc.node).span);
            self.fail(id, fault);
        }
        let node = self.at_mut(id);
        node.arcs.push(arc);
        let count = node.arcs.len();
        let extra = node.extra.get_or_insert_default();
        extra.version += 1;
        if count == INDEXED {
            let arcs = (0..).zip(&node.arcs);
            extra.index = arcs.map(|(index, arc)| (arc.label, index)).collect();
        } else if count > INDEXED {
            extra
                .index
                .insert(arc.label, u32::try_from(count - 1).unwrap_or(u32::MAX));
        }
    }

    pub(crate) fn position(&self, id: NodeId, label: Label) -> Option<usize> {
        let node = self.at(id);
        match &node.extra {
            Some(extra) if !extra.index.is_empty() => {
                extra.index.get(&label).map(|index| *index as usize)
            }
            _ => node.arcs.iter().position(|arc| arc.label == label),
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

    pub(crate) fn insert_arms(
        &mut self,
        id: NodeId,
        arms: Vec<Arm<'d>>,
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
            if let Some(arm) = arms.into_iter().nth(arm as usize) {
                let arm = Conjunct {
                    what: arm.what,
                    way: conjunct.way.apart(),
                    origin: onward(conjunct.origin, step),
                    ..conjunct.clone()
                };
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
            arms: arms.into(),
            env: conjunct.env,
            chain: conjunct.chain,
            origin: conjunct.origin,
            span,
        };
        self.at_mut(id).extra().disjunctions.push(disjunction);
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

    fn is_alone(&self, id: NodeId) -> bool {
        self.at(id).conjuncts.len() == 1
    }

    fn insert_data(&mut self, id: NodeId, value: Val<'d>, conjunct: &Conjunct<'d>, span: Range32) {
        // What else is said may need its fields.
        let ir = self.ir;
        let says = |what: &What<'d>| !matches!(what, What::Expr(expr) if matches!(ir.expr(*expr), Expr::Top));
        let said = self.at(id).conjuncts.iter();
        let alone = said.filter(|said| says(&said.what)).count() <= 1;
        let node = self.at_mut(id);
        let untouched = alone
            && matches!(node.base, Base::Unknown)
            && node.arcs.is_empty()
            && !node.flags.has(Flags::STRUCT)
            && node
                .extra
                .as_ref()
                .is_none_or(|extra| extra.list.is_none() && extra.leaves.is_empty());
        if untouched {
            if conjunct.way != Way::HERE {
                node.extra().trail().data_way = conjunct.way;
            }
            node.base = Base::Data(value);
            node.base_span = span;
            return;
        }
        self.materialize(id);
        self.spread(id, &value, conjunct, span);
    }

    /// Takes in what is said about a field or an item.
    pub(crate) fn insert_below(&mut self, id: NodeId, below: &Below<'d>, conjunct: &Conjunct<'d>) {
        let span = self.at(id).span;
        self.sign(id, conjunct);
        self.materialize(id);
        let inner = Conjunct {
            what: below.what.clone(),
            origin: onward(conjunct.origin, 1),
            ..*conjunct
        };
        match below.label.kind() {
            LabelKind::Index => {
                let index = below.label.name();
                if let Err(fault) = self.made(index, span) {
                    return self.fail(id, fault);
                }
                let anything = Conjunct::new(What::Value(Val::Top), super::OUTSIDE, 0);
                let mut items = vec![anything; index];
                items.push(inner);
                self.unify_list(id, items, false, None, span);
            }
            LabelKind::Regular => {
                let node = self.at_mut(id);
                node.flags.set(Flags::STRUCT);
                node.extra().evidence.push((below.label, conjunct.group));
                self.add_field(id, below.label, Mark::Regular, span, inner);
            }
            LabelKind::Definition | LabelKind::Hidden => {
                self.at_mut(id).flags.set(Flags::MAYBE_STRUCT);
                self.add_field(id, below.label, Mark::Regular, span, inner);
            }
        }
    }

    /// Makes nodes of the fields or items of data that more is said about.
    pub(crate) fn materialize(&mut self, id: NodeId) {
        let node = self.at_mut(id);
        if !matches!(node.base, Base::Data(_)) {
            return;
        }
        if let Base::Data(value) = std::mem::take(&mut node.base) {
            let span = node.base_span;
            let trail = self
                .at(id)
                .extra
                .as_ref()
                .and_then(|extra| extra.trail.as_ref());
            let way = trail.map_or(Way::HERE, |trail| trail.data_way);
            let conjunct = Conjunct {
                way,
                ..Conjunct::new(What::Value(Val::Top), super::OUTSIDE, 0)
            };
            self.spread(id, &value, &conjunct, span);
        }
    }

    fn spread(&mut self, id: NodeId, value: &Val<'d>, whole: &Conjunct<'d>, span: Range32) {
        let conjunct = |what, step| Conjunct {
            group: whole.group,
            way: whole.way,
            ..Conjunct::new(what, super::OUTSIDE, onward(whole.origin, step))
        };
        if value.is_final_list() {
            let items = value.parts_in_list();
            let items = (1..).zip(items);
            let items = items.map(|(step, item)| conjunct(item, step)).collect();
            return self.unify_list(id, items, true, None, span);
        }
        self.at_mut(id).flags.set(Flags::STRUCT);
        let mut labels = Vec::new();
        for (step, (name, what)) in (1..).zip(value.parts_in_struct()) {
            let label = self.intern(&name);
            labels.push(label);
            let span = match &what {
                What::Data(data) => self.data_place(*data, span),
                What::Expr(_) | What::Value(_) | What::Below(_) => span,
            };
            self.at_mut(id).extra().evidence.push((label, whole.group));
            self.add_field(id, label, Mark::Regular, span, conjunct(what, step));
        }
        if !labels.is_empty() && !whole.way.is_repeated() {
            let way = whole.way;
            self.at_mut(id)
                .extra()
                .trail()
                .given
                .push(Given { way, labels });
        }
    }

    pub(crate) fn meet_atom(&mut self, id: NodeId, value: Val<'d>, span: Range32) {
        let (base, there) = (self.at(id).base.clone(), self.at(id).base_span);
        match base {
            Base::Unknown => {
                let node = self.at_mut(id);
                node.base = Base::Atom(value);
                node.base_span = span;
            }
            Base::Atom(before) => {
                if matches!(before, Val::Function(function) if function.validator)
                    && value.is_atom()
                {
                    let Val::Function(function) = before else {
                        return;
                    };
                    let constraint = self.validator(function, [].into(), there);
                    return self.check_atom(id, value, span, &constraint);
                }
                if !super::constraint::same_atom(&before, &value) {
                    let fault = self.conflict(&before, there, &value, span);
                    self.fail(id, fault);
                }
            }
            Base::Constraint(constraint) => self.check_atom(id, value, span, &constraint),
            Base::Data(before) => {
                let fault = self.conflict(&before, there, &value, span);
                self.fail(id, fault);
            }
        }
    }

    fn check_atom(
        &mut self,
        id: NodeId,
        value: Val<'d>,
        span: Range32,
        constraint: &Rc<Constraint<'d>>,
    ) {
        if let Err(fault) = self.satisfies(&value, span, constraint) {
            self.fail(id, fault);
        }
        let node = self.at_mut(id);
        node.base = Base::Atom(value);
        node.base_span = span;
    }

    pub(crate) fn meet_constraint(
        &mut self,
        id: NodeId,
        constraint: &Rc<Constraint<'d>>,
        span: Range32,
    ) {
        let (base, there) = (self.at(id).base.clone(), self.at(id).base_span);
        match base {
            Base::Unknown => {
                let node = self.at_mut(id);
                node.base = Base::Constraint(Rc::clone(constraint));
                node.base_span = span;
            }
            Base::Atom(Val::Function(function)) if function.validator => {
                let validator = self.validator(function, [].into(), there);
                self.at_mut(id).base = Base::Constraint(validator);
                self.meet_constraint(id, constraint, span);
            }
            Base::Atom(value) => {
                if let Err(fault) = self.satisfies(&value, there, constraint) {
                    self.fail(id, fault);
                }
            }
            Base::Constraint(before) => match self.both(&before, constraint) {
                Ok(Val::Constraint(both)) => self.at_mut(id).base = Base::Constraint(both),
                Ok(value) => self.at_mut(id).base = Base::Atom(value),
                Err(fault) => self.fail(id, fault),
            },
            Base::Data(value) => {
                if !value.kinds().within(constraint.kinds) {
                    let other = Val::Constraint(Rc::clone(constraint));
                    let fault = self.conflict(&value, there, &other, span);
                    return self.fail(id, fault);
                }
                // Its validators look at the value when it is complete.
                self.materialize(id);
                let node = self.at_mut(id);
                node.base = Base::Constraint(Rc::clone(constraint));
                node.base_span = span;
            }
        }
    }

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
    fn is_same(&self, id: NodeId, target: NodeId, conjunct: &Conjunct<'d>) -> bool {
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
    fn same_as(&self, id: NodeId) -> Option<NodeId> {
        let node = self.at(id);
        match node.shared {
            Some(shared) => (!node.flags.has(Flags::EMBEDS)).then_some(shared),
            None => node.extra.as_ref().and_then(|extra| twin(extra)),
        }
    }

    fn is_reference(&self, expr: ExprId) -> bool {
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

    fn include_by(
        &mut self,
        id: NodeId,
        target: NodeId,
        conjunct: &Conjunct<'d>,
        way: &dyn Fn(Way) -> Way,
    ) {
        let Follow::Along(chain) = self.follow(id, target, conjunct.chain) else {
            return;
        };
        let group = self.group_of(conjunct);
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

    /// True when all that is said about another node was taken in before. Notes that it is.
    fn is_included(&mut self, id: NodeId, target: NodeId) -> bool {
        let target = self.original(target);
        // It stands among what was taken in as if its number were that of a scope.
        let key = (EnvId(target.0), INCLUDED, super::close::OPEN);
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
        all.extend(choices);
        node.choices = Some(Rc::new(all));
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
