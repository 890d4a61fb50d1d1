//! Builds structs: fields, embeddings, what several declarations say together.

use std::rc::Rc;

use super::{
    Arc, Conjunct, EnvId, Frame, State, Task, Vm,
    fault::{FaultKind, Outcome, PendingOn},
    val::{Val, VertexId},
};
use crate::{
    ir::{Expr, ExprId, Label, LabelKind, Shape},
    rules,
    syntax::ast::{Constraint, Range32},
};

/// Above this many fields a struct is indexed.
const FEW: usize = 16;

/// What the conjuncts of a vertex have come to so far.
#[derive(Default)]
struct Merge<'d> {
    scalar: Option<(Val<'d>, Range32)>,
    lists: Vec<(Val<'d>, Range32)>,
    /// Something can only be a struct.
    is_struct: bool,
    /// `_` was among them.
    top: bool,
}

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

    fn merge(&mut self, id: VertexId) -> Outcome<Val<'d>> {
        let mut merge = Merge::default();
        let conjuncts = self.at(id).conjuncts.clone();
        for conjunct in conjuncts {
            self.add_conjunct(id, conjunct, &mut merge)?;
        }
        self.run_tasks(id, &mut merge)?;
        self.bind_result(id)?;
        let span = self.at(id).span;
        let regular = self.at(id).arcs.iter().any(|arc| arc.label.is_regular());
        let is_struct = merge.is_struct || regular;
        let others = merge.scalar.take().into_iter().chain(merge.lists);
        let mut others: Vec<_> = others.collect();
        let Some((first, first_span)) = others.pop() else {
            return match merge.top && !is_struct && self.at(id).arcs.is_empty() {
                true => Err(self.unsupported("`_`", span)),
                false => Ok(Val::Node(id)),
            };
        };
        if is_struct {
            return Err(self.conflict(&Val::Node(id), span, &first, first_span));
        }
        let mut value = first;
        for (other, other_span) in others {
            value = self.meet_lists(&value, first_span, &other, other_span)?;
        }
        Ok(value)
    }

    fn conflict(
        &self,
        left: &Val<'d>,
        left_span: Range32,
        right: &Val<'d>,
        right_span: Range32,
    ) -> Rc<super::Fault> {
        self.eval_fault(&rules::CONFLICT, right_span, |problem| {
            problem
                .arg("left", left.describe())
                .arg("right", right.describe())
                .arg("left_type", left.type_name())
                .also(self.place(left_span), rules::IS_TYPE_LEFT)
        })
    }

    fn meet_lists(
        &mut self,
        left: &Val<'d>,
        left_span: Range32,
        right: &Val<'d>,
        right_span: Range32,
    ) -> Outcome<Val<'d>> {
        let length = match (left.list_len(), right.list_len()) {
            (Some(a), Some(b)) if a == b => a,
            _ => return Err(self.conflict(left, left_span, right, right_span)),
        };
        self.made(length, right_span)?;
        let mut items = Vec::with_capacity(length);
        for index in 0..length {
            let (Some(a), Some(b)) = (left.item(index), right.item(index)) else {
                continue;
            };
            let vertex = self.vertex(None, Conjunct::Value(a), right_span);
            self.at_mut(vertex).conjuncts.push(Conjunct::Value(b));
            self.evaluate(vertex)?;
            items.push(Val::Node(vertex));
        }
        Ok(Val::List(items.into()))
    }

    /// Takes in one conjunct; what cannot be looked at yet becomes a task.
    fn add_conjunct(
        &mut self,
        id: VertexId,
        conjunct: Conjunct<'d>,
        merge: &mut Merge<'d>,
    ) -> Outcome<()> {
        let ir = self.ir;
        if let Conjunct::Expr(env, expr) = &conjunct {
            let (env, expr) = (*env, *expr);
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

    pub(super) fn find(&self, id: VertexId, label: Label) -> Option<&Arc> {
        let vertex = self.at(id);
        if vertex.arcs.len() <= FEW {
            return vertex.arcs.iter().find(|arc| arc.label == label);
        }
        let index = vertex.index.get(&label)?;
        vertex.arcs.get(*index as usize)
    }

    pub(super) fn add_field(
        &mut self,
        id: VertexId,
        label: Label,
        conjunct: Conjunct<'d>,
        constraint: Constraint,
        span: Range32,
    ) -> Outcome<()> {
        let present = constraint.is_regular();
        let required = constraint == Constraint::Required;
        let Some(&Arc { vertex: child, .. }) = self.find(id, label) else {
            let child = self.vertex(Some((id, label)), conjunct, span);
            let vertex = self.at_mut(id);
            vertex.arcs.push(Arc {
                label,
                vertex: child,
                present,
                required,
            });
            if vertex.arcs.len() > FEW {
                let from = if vertex.index.is_empty() {
                    0
                } else {
                    vertex.arcs.len() - 1
                };
                for (index, arc) in (0..).zip(&vertex.arcs).skip(from) {
                    vertex.index.insert(arc.label, index);
                }
            }
            return Ok(());
        };
        let arcs = self.at_mut(id).arcs.iter_mut();
        for arc in arcs.filter(|arc| arc.label == label) {
            arc.present |= present;
            arc.required |= required;
        }
        match self.at(child).state {
            State::Unseen => {}
            State::Running | State::Expanding => {
                return Err(self.unsupported("a field that depends on itself", span));
            }
            State::Done => self.check_late(child, &conjunct, span)?,
        }
        self.at_mut(child).conjuncts.push(conjunct);
        Ok(())
    }

    /// A field whose value was used already may be declared again with the same value only.
    fn check_late(
        &mut self,
        child: VertexId,
        conjunct: &Conjunct<'d>,
        span: Range32,
    ) -> Outcome<()> {
        let before = self.evaluate(child)?;
        let now = match conjunct.clone() {
            Conjunct::Expr(env, expr) => self.eval(env, expr)?,
            Conjunct::Value(value) => self.resolve(value)?,
        };
        if !before.is_scalar() || !now.is_scalar() {
            return Err(self.unsupported("a struct that is extended after its use", span));
        }
        match same(&before, &now) {
            true => Ok(()),
            false => Err(self.conflict(&before, self.at(child).span, &now, span)),
        }
    }

    /// Runs what remains until nothing does, in any order that works.
    fn run_tasks(&mut self, id: VertexId, merge: &mut Merge<'d>) -> Outcome<()> {
        let mut missing = None;
        loop {
            let mut progress = false;
            let mut blocked = None;
            let mut index = 0;
            while let Some(task) = self.at(id).pending.get(index).cloned() {
                let comprehension = matches!(task, Task::Comprehension(..));
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

    fn add_value(
        &mut self,
        id: VertexId,
        value: Val<'d>,
        span: Range32,
        merge: &mut Merge<'d>,
    ) -> Outcome<()> {
        match &value {
            Val::Node(target) if *target == id => {
                return Err(self.unsupported("a struct that refers to itself", span));
            }
            Val::Node(target) => {
                let target = *target;
                if self.at(target).closed {
                    return Err(self.unsupported("a closed struct in a unification", span));
                }
                merge.is_struct = true;
                self.at_mut(id).state = State::Expanding;
                for conjunct in self.at(target).conjuncts.clone() {
                    self.enter(span)?;
                    let added = self.add_conjunct(id, conjunct, merge);
                    self.leave();
                    added?;
                }
                return Ok(());
            }
            Val::Function(_) | Val::Special(_) => {
                return Err(self.unsupported("a function as a constraint", span));
            }
            _ => {}
        }
        if value.is_final_struct() {
            merge.is_struct = true;
            self.at_mut(id).state = State::Expanding;
            let entries = value.entries();
            self.made(entries.len(), span)?;
            for (name, value) in entries {
                let label = self.intern(&name);
                self.add_field(id, label, Conjunct::Value(value), Constraint::Regular, span)?;
            }
            return Ok(());
        }
        if value.is_list() {
            if let Some((scalar, scalar_span)) = &merge.scalar {
                return Err(self.conflict(scalar, *scalar_span, &value, span));
            }
            merge.lists.push((value, span));
            return Ok(());
        }
        if let Some((list, list_span)) = merge.lists.first() {
            return Err(self.conflict(list, *list_span, &value, span));
        }
        match &merge.scalar {
            None => merge.scalar = Some((value, span)),
            Some((there, _)) if same(there, &value) => {}
            Some((there, there_span)) => {
                return Err(self.conflict(there, *there_span, &value, span));
            }
        }
        Ok(())
    }

    /// True when something that is still to run may add the field.
    pub(super) fn may_come(&self, id: VertexId, label: Label) -> bool {
        self.at(id).pending.iter().any(|task| match task {
            Task::Conjunct(_) => true,
            Task::Dynamic(..) => label.is_regular(),
            Task::Comprehension(_, comprehension) => self.body_may_add(comprehension.body, label),
        })
    }

    fn body_may_add(&self, body: ExprId, label: Label) -> bool {
        match self.ir.expr(body) {
            Expr::Struct(shape) => {
                let dynamic = !shape.dynamic.is_empty() && label.is_regular();
                let nested = shape.comprehensions.iter();
                !shape.embeds.is_empty()
                    || dynamic
                    || shape.fields.iter().any(|field| field.label == label)
                    || nested
                        .into_iter()
                        .any(|inner| self.body_may_add(inner.body, label))
            }
            _ => true,
        }
    }

    /// Gives a call its result, when there is one.
    fn bind_result(&mut self, id: VertexId) -> Outcome<()> {
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

/// Equal in kind and value, for scalars.
fn same(left: &Val<'_>, right: &Val<'_>) -> bool {
    match (left, right) {
        (Val::Null, Val::Null) => true,
        (Val::Bool(left), Val::Bool(right)) => left == right,
        (Val::Number(left), Val::Number(right)) => left == right,
        (Val::Bytes(left), Val::Bytes(right)) => left == right,
        (left, right) => match (left.as_str(), right.as_str()) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        },
    }
}
