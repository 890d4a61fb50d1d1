//! Builds structs: fields, embeddings, what several declarations say together.

use super::{
    Conjunct, EnvId, Frame, State, Task, Vm,
    fault::{FaultKind, Outcome, PendingOn},
    merge::Merge,
    val::{Val, VertexId},
};
use crate::{
    ir::{Expr, ExprId, LabelKind, Shape},
    rules,
    syntax::ast::Constraint,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The value of a vertex: a scalar, a list, data, or the vertex that is the struct.
    pub(super) fn evaluate(&mut self, id: VertexId) -> Outcome<Val<'d>> {
        let vertex = self.at(id);
        let span = vertex.span;
        match (vertex.state, &vertex.value) {
            (State::Done, Some(value)) => return value.clone(),
            (State::Expanding, _) => return Ok(Val::Node(id)),
            (State::Running, _) => return Err(self.unsupported("a cycle of references", span)),
            (State::Unseen | State::Done, _) => {}
        }
        self.enter(span)?;
        self.at_mut(id).state = State::Running;
        let result = self.build(id);
        self.leave();
        let passing = match &result {
            Ok(_) => false,
            // What was left out of a quiet failure may be wanted later.
            Err(fault) => self.quiet > 0 || matches!(fault.kind, FaultKind::Pending(_)),
        };
        let vertex = self.at_mut(id);
        if passing {
            vertex.state = State::Unseen;
            vertex.arcs.clear();
            vertex.index.clear();
            vertex.pending.clear();
            vertex.incomplete = None;
        } else {
            vertex.state = State::Done;
            vertex.value = Some(result.clone());
        }
        result
    }

    /// What an item of a list comes to.
    pub(super) fn resolve(&mut self, value: Val<'d>) -> Outcome<Val<'d>> {
        match value {
            Val::Node(vertex) => self.evaluate(vertex),
            value => Ok(value),
        }
    }

    fn build(&mut self, id: VertexId) -> Outcome<Val<'d>> {
        let vertex = self.at(id);
        // A file's declared data has arcs before its own conjuncts are looked at.
        if let [conjunct] = &*vertex.conjuncts {
            let closed = vertex.closed;
            match conjunct.clone() {
                Conjunct::Expr(env, expr) => {
                    if !matches!(
                        self.ir.expr(expr),
                        Expr::Struct(_) | Expr::Meet(..) | Expr::Top
                    ) {
                        let value = self.eval(env, expr)?;
                        if self.may_share(closed, &value) {
                            return Ok(value);
                        }
                    }
                }
                Conjunct::Value(value) => {
                    if self.may_share(closed, &value) {
                        return self.resolve(value);
                    }
                }
            }
        }
        self.merge(id)
    }

    /// A definition closes what it refers to, so it needs a struct of its own.
    fn may_share(&self, closed: bool, value: &Val<'d>) -> bool {
        match value {
            Val::Node(target) => !closed || self.at(*target).closed,
            value => !closed || !value.is_final_struct(),
        }
    }

    /// Takes in one conjunct; what cannot be looked at yet becomes a task.
    pub(super) fn add_conjunct(
        &mut self,
        id: VertexId,
        conjunct: Conjunct<'d>,
        merge: &mut Merge<'d>,
    ) -> Outcome<()> {
        let ir = self.ir;
        // Adding to a long list costs more than adding to a short one.
        let length = self.at(id).pending.len() as u64;
        self.spend(1 + length / 16, self.at(id).span)?;
        if let Conjunct::Expr(env, expr) = &conjunct {
            let (env, expr) = (*env, *expr);
            if matches!(ir.expr(expr), Expr::Struct(_)) && !merge.seen.insert((env, expr)) {
                return Ok(());
            }
            match ir.expr(expr) {
                Expr::Struct(shape) => return self.add_shape(id, env, shape, expr, merge),
                Expr::Meet(left, right) => {
                    // One after the other: the fields come in the order of the text.
                    for side in [*left, *right] {
                        let task = Task::Conjunct(Conjunct::Expr(env, side));
                        self.at_mut(id).pending.push(task);
                    }
                    return Ok(());
                }
                Expr::Top => {
                    merge.top = true;
                    return Ok(());
                }
                _ => {}
            }
        }
        self.at_mut(id).pending.push(Task::Conjunct(conjunct));
        Ok(())
    }

    fn add_shape(
        &mut self,
        id: VertexId,
        env: EnvId,
        shape: &'d Shape,
        expr: ExprId,
        merge: &mut Merge<'d>,
    ) -> Outcome<()> {
        if let Some(pattern) = shape.pattern {
            return Err(self.unsupported("a pattern constraint", pattern));
        }
        self.made(shape.fields.len(), self.ir.span(expr))?;
        self.at_mut(id).state = State::Expanding;
        let env = self.env(env, Frame::Struct(id, Box::new([])));
        if !shape.lets.is_empty() {
            let lets = shape.lets.iter().map(|value| {
                let span = self.ir.span(*value);
                self.vertex(None, Conjunct::Expr(env, *value), span)
            });
            let lets: Box<[VertexId]> = lets.collect();
            self.envs[env.0 as usize].frame = Frame::Struct(id, lets);
        }
        for field in &shape.fields {
            let conjunct = Conjunct::Expr(env, field.value);
            self.add_field(id, field.label, conjunct, field.constraint, field.span)?;
        }
        let tasks = &mut self.at_mut(id).pending;
        let embeds = shape.embeds.iter();
        tasks.extend(embeds.map(|embed| Task::Conjunct(Conjunct::Expr(env, *embed))));
        tasks.extend(shape.dynamic.iter().map(|field| Task::Dynamic(env, field)));
        let comprehensions = shape.comprehensions.iter();
        tasks.extend(comprehensions.map(|comprehension| Task::Comprehension(env, comprehension)));
        if shape.embeds.is_empty() && shape.comprehensions.is_empty() {
            merge.is_struct = true;
        }
        Ok(())
    }

    /// Runs what remains until nothing does, in any order that works.
    pub(super) fn run_tasks(&mut self, id: VertexId, merge: &mut Merge<'d>) -> Outcome<()> {
        let mut missing = None;
        loop {
            let mut progress = false;
            let mut blocked = None;
            let mut index = 0;
            while let Some(task) = self.at(id).pending.get(index).cloned() {
                let comprehension = matches!(task, Task::Comprehension(..));
                let (length, span) = (self.at(id).pending.len() as u64, self.at(id).span);
                self.spend(1 + length / 16, span)?;
                match self.run_task(id, task, merge) {
                    Ok(()) => {}
                    Err(fault) if matches!(fault.kind, FaultKind::Pending(_)) => {
                        blocked = Some(fault);
                        index += 1;
                        continue;
                    }
                    // It stays open, and only who asks for the whole of the struct will mind.
                    Err(fault) if comprehension && fault.kind == FaultKind::Incomplete => {
                        self.at_mut(id).incomplete.get_or_insert(fault);
                    }
                    // The others may be wrong, which counts for more.
                    Err(fault) if fault.kind == FaultKind::Incomplete => {
                        missing.get_or_insert(fault);
                    }
                    Err(fault) => return Err(fault),
                }
                self.at_mut(id).pending.remove(index);
                progress = true;
            }
            let Some(fault) = blocked else {
                return missing.map_or(Ok(()), Err);
            };
            if !progress {
                let span = self.at(id).span;
                return Err(match fault.kind {
                    FaultKind::Pending(PendingOn(other)) if other != id => fault,
                    _ => self.unsupported("a struct whose fields depend on each other", span),
                });
            }
        }
    }

    fn run_task(&mut self, id: VertexId, task: Task<'d>, merge: &mut Merge<'d>) -> Outcome<()> {
        match task {
            Task::Conjunct(Conjunct::Expr(env, expr)) => {
                let span = self.ir.span(expr);
                if matches!(
                    self.ir.expr(expr),
                    Expr::Struct(_) | Expr::Meet(..) | Expr::Top
                ) {
                    return self.add_conjunct(id, Conjunct::Expr(env, expr), merge);
                }
                let value = self.eval(env, expr)?;
                self.add_value(id, value, span, merge)
            }
            Task::Conjunct(Conjunct::Value(value)) => {
                let span = self.at(id).span;
                let value = self.resolve(value)?;
                self.add_value(id, value, span, merge)
            }
            Task::Comprehension(env, comprehension) => {
                let envs = self.run_clauses(env, &comprehension.clauses)?;
                for env in envs {
                    self.add_conjunct(id, Conjunct::Expr(env, comprehension.body), merge)?;
                }
                Ok(())
            }
            Task::Dynamic(env, field) => {
                let name = self.eval(env, field.label)?;
                let span = self.ir.span(field.label);
                let Some(name) = name.as_str() else {
                    return Err(self.eval_fault(&rules::BAD_INDEX, span, |problem| {
                        problem
                            .arg("value", name.describe())
                            .arg("type", name.type_name())
                            .arg("owner", "struct")
                    }));
                };
                let label = self.intern(name);
                let conjunct = Conjunct::Expr(env, field.value);
                merge.is_struct = true;
                self.made(1, span)?;
                self.add_field(id, label, conjunct, field.constraint, field.span)
            }
        }
    }

    /// Gives a call its result, when there is one.
    pub(super) fn bind_result(&mut self, id: VertexId) -> Outcome<()> {
        let Some(results) = self.results else {
            return Ok(());
        };
        if !self.is_call(id) {
            return Ok(());
        }
        let Some(result) = results.get(&self.path(id)) else {
            return Ok(());
        };
        let span = self.at(id).span;
        let modern = self.intern("$params");
        let fields = match self.find(id, modern) {
            Some(_) => vec![("$returns".into(), Val::of_data(result))],
            None => match Val::of_data(result) {
                Some(value) => {
                    let entries = value.entries();
                    entries
                        .into_iter()
                        .map(|(key, value)| (key, Some(value)))
                        .collect()
                }
                None => Vec::new(),
            },
        };
        for (name, value) in fields {
            let Some(value) = value else {
                return Err(self.limit("exponent of a number", "±100000", span));
            };
            let label = self.intern(&name);
            self.add_field(id, label, Conjunct::Value(value), Constraint::Regular, span)?;
        }
        Ok(())
    }

    /// True for a struct with `#do`.
    pub(crate) fn is_call(&self, id: VertexId) -> bool {
        let arcs = self.at(id).arcs.iter();
        arcs.into_iter().any(|arc| {
            arc.present
                && arc.label.kind() == LabelKind::Definition
                && self.name(arc.label) == "#do"
        })
    }
}
