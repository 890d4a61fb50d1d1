//! What several declarations of one field say together.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::{
    Conjunct, EnvId, Fault, State, Vm,
    fault::Outcome,
    val::{Val, VertexId},
};
use crate::{
    ir::ExprId,
    rules,
    syntax::ast::{Constraint, Range32},
};

/// What the conjuncts of a vertex have come to so far.
#[derive(Default)]
pub(super) struct Merge<'d> {
    pub(super) scalar: Option<(Val<'d>, Range32)>,
    pub(super) lists: Vec<(Val<'d>, Range32)>,
    /// Something can only be a struct.
    pub(super) is_struct: bool,
    /// The struct literals taken in so far: one that comes twice says nothing new.
    pub(super) seen: FxHashSet<(EnvId, ExprId)>,
    /// `_` was among them.
    pub(super) top: bool,
}

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn merge(&mut self, id: VertexId) -> Outcome<Val<'d>> {
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

    pub(super) fn conflict(
        &self,
        left: &Val<'d>,
        left_span: Range32,
        right: &Val<'d>,
        right_span: Range32,
    ) -> Rc<Fault> {
        self.eval_fault(&rules::CONFLICT, right_span, |problem| {
            problem
                .arg("left", left.describe())
                .arg("right", right.describe())
                .arg("left_type", left.type_name())
                .also(self.place(left_span), rules::IS_TYPE_LEFT)
        })
    }

    pub(super) fn meet_lists(
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

    pub(super) fn add_value(
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
}

/// Equal in kind and value, for scalars.
pub(super) fn same(left: &Val<'_>, right: &Val<'_>) -> bool {
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
