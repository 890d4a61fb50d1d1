//! `for`, `if` and `let`, and fields with computed labels.

use std::rc::Rc;

use smallvec::SmallVec;

use super::{
    EnvId, Fault, Frame, Outcome, Vm,
    close::GroupKind,
    insert::onward,
    node::{Conjunct, Flags, NodeId, Task, What},
    order::Made,
    val::Val,
};
use crate::{
    Number,
    ir::{Clause, Comprehension, Decl, DynamicField, Expr, Label, Shape},
    kinds::Kinds,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

/// The scopes in which a body runs; mostly one.
pub(crate) type Envs = SmallVec<[EnvId; 4]>;

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn run_comprehension(
        &mut self,
        id: NodeId,
        task: &Task<'d>,
        comprehension: &'d Comprehension,
    ) -> Outcome<()> {
        let envs = self.run_clauses(task.env, &comprehension.clauses)?;
        if envs.is_empty() {
            return Ok(());
        }
        let group = self.group(task.group, GroupKind::Embedded);
        if let Expr::Struct(shape) = self.ir.expr(comprehension.body) {
            self.make_room(id, shape, envs.len());
        }
        for (turn, env) in (1..).zip(envs) {
            let body = Conjunct {
                what: What::Expr(comprehension.body),
                env,
                group,
                chain: task.chain,
                way: task.way.in_run(group.0),
                origin: onward(task.origin, turn),
            };
            self.spend(1, self.at(id).span)?;
            self.at_mut(id).extra().turns.enter_body(task.host);
            match self.ir.expr(comprehension.body) {
                // Each turn has a scope of its own: it cannot have been taken in before.
                Expr::Struct(shape) => self.insert_struct(id, comprehension.body, shape, &body),
                _ => self.insert(id, body),
            }
            self.at_mut(id).extra().turns.leave_body();
        }
        Ok(())
    }

    /// Makes room for what so many runs of a body add: lists that grow to ten thousands are copied over and over.
    fn make_room(&mut self, id: NodeId, body: &Shape, runs: usize) {
        const FEW: usize = 16;
        const MOST: usize = 1 << 17;
        if runs < FEW {
            return;
        }
        let all = |wanted: fn(&Decl) -> bool| {
            let count = body.decls.iter().filter(|decl| wanted(decl)).count();
            count.saturating_mul(runs).min(MOST)
        };
        let computed = all(|decl| matches!(decl, Decl::Dynamic(_)));
        let later = all(|decl| matches!(decl, Decl::Dynamic(_) | Decl::Comprehension(_)));
        self.names.reserve(computed);
        self.by_name.reserve(computed);
        let node = self.at_mut(id);
        node.arcs.reserve(computed);
        let extra = node.extra();
        extra.leaves.reserve(runs.min(MOST));
        extra.tasks.reserve(later);
        extra.evidence.reserve(computed);
        let trail = extra.trail();
        trail.computed.reserve(computed);
        trail.nested.reserve(later);
    }

    pub(crate) fn run_dynamic(
        &mut self,
        id: NodeId,
        task: &Task<'d>,
        field: &'d DynamicField,
    ) -> Outcome<()> {
        let label = self.dynamic_label(task.env, field.label)?;
        let conjunct = Conjunct {
            what: What::Expr(field.value),
            env: task.env,
            group: task.group,
            chain: task.chain,
            way: task.way,
            origin: onward(task.origin, 1),
        };
        let extra = self.at_mut(id).extra();
        extra.evidence.push((label, task.group));
        if !task.way.is_repeated() {
            let (decl, turn) = (field.value, extra.turns.now());
            extra.trail().computed.push(Made { decl, label, turn });
        }
        extra
            .notes
            .extend(field.notes.as_deref().map(|notes| (label, notes)));
        self.add_field(id, label, field.constraint, field.span, conjunct);
        Ok(())
    }

    /// The label that an expression in the place of one stands for.
    pub(crate) fn dynamic_label(&mut self, env: EnvId, label: crate::ir::ExprId) -> Outcome<Label> {
        let span = self.ir.span(label);
        let value = self.operand(env, label)?;
        match value.as_str() {
            Some(name) => Ok(self.intern(name)),
            None => Err(self.bad_label(&value, span)),
        }
    }

    /// The environments in which the body of a comprehension runs, in order.
    pub(crate) fn run_clauses(&mut self, env: EnvId, clauses: &'d [Clause]) -> Outcome<Envs> {
        let mut envs = Envs::from_elem(env, 1);
        for clause in clauses {
            let mut next = Envs::new();
            for env in envs {
                self.clause(env, clause, &mut next)?;
            }
            envs = next;
        }
        Ok(envs)
    }

    fn clause(&mut self, env: EnvId, clause: &'d Clause, next: &mut Envs) -> Outcome<()> {
        match clause {
            Clause::If(condition) => match self.operand_of(env, *condition, Kinds::BOOL)? {
                Val::Bool(true) => next.push(env),
                Val::Bool(false) => {}
                value => {
                    let span = self.ir.span(*condition);
                    return Err(self.eval_fault(&rules::BAD_CONDITION, span, |problem| {
                        problem
                            .arg("value", self.describe(&value))
                            .arg("type", self.type_name(&value))
                    }));
                }
            },
            Clause::Let(value) => {
                let conjunct = Conjunct {
                    chain: self.chain,
                    ..Conjunct::new(What::Expr(*value), env, 1)
                };
                let node = self.inline(conjunct, self.ir.span(*value));
                self.at_mut(node).flags.set(Flags::LET);
                next.push(self.env(env, Frame::Let(node)));
            }
            Clause::For(source) => {
                let span = self.ir.span(*source);
                if let Some(arguments) = self.conjunction(*source) {
                    return Err(self.unmet(env, arguments, *source));
                }
                let value = self.eval(env, *source)?;
                if let Val::Constraint(constraint) = &value
                    && !constraint.kinds.meets(Kinds::LIST | Kinds::STRUCT)
                {
                    return Err(self.not_iterable(&value, span));
                }
                let value = self.concrete(value, span)?;
                if let Some(items) = self.items(&value)? {
                    self.spend(items.len() as u64, span)?;
                    for (position, item) in (0_i64..).zip(items) {
                        let key = Val::Number(Number::from(position));
                        next.push(self.env(env, Frame::For(key, item)));
                    }
                    return Ok(());
                }
                if !self.is_struct(&value) {
                    return Err(self.not_iterable(&value, span));
                }
                if let Val::Node(node) = value {
                    let mut arcs = self.at(node).arcs.iter();
                    let required =
                        arcs.find(|arc| arc.mark == Mark::Required && arc.label.is_regular());
                    if let Some(arc) = required {
                        return Err(self.required(arc.node));
                    }
                }
                let fields = self.fields(&value, span)?;
                self.spend(fields.len() as u64, span)?;
                for (name, value) in fields {
                    next.push(self.env(env, Frame::For(Val::String(name), value)));
                }
            }
        }
        Ok(())
    }

    fn not_iterable(&self, value: &Val<'d>, span: Range32) -> Rc<Fault> {
        self.eval_fault(&rules::NOT_ITERABLE, span, |problem| {
            problem
                .arg("value", self.describe(value))
                .arg("type", self.type_name(value))
        })
    }
}
