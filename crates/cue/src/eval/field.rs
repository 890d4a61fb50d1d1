//! The fields of a struct: finding one, adding one, knowing which may still come.

use super::{Arc, Conjunct, State, Task, Vm, fault::Outcome, merge::same, val::VertexId};
use crate::{
    ir::{Expr, ExprId, Label},
    syntax::ast::{Constraint, Range32},
};

/// Above this many fields a struct is indexed.
const FEW: usize = 16;

// === impl Vm ===

impl<'d> Vm<'d> {
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
    pub(super) fn check_late(
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

    /// True when something that is still to run may add the field.
    pub(super) fn may_come(&self, id: VertexId, label: Label) -> bool {
        self.at(id).pending.iter().any(|task| match task {
            Task::Conjunct(_) => true,
            Task::Dynamic(..) => label.is_regular(),
            Task::Comprehension(_, comprehension) => self.body_may_add(comprehension.body, label),
        })
    }

    pub(super) fn body_may_add(&self, body: ExprId, label: Label) -> bool {
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
}
