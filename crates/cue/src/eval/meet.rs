//! Atoms and constraints that meet in one node.

use std::rc::Rc;

use super::{
    Vm,
    constraint::Constraint,
    node::{Base, NodeId},
    val::Val,
};
use crate::syntax::ast::Range32;

// === impl Vm ===

impl<'d> Vm<'d> {
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

    pub(super) fn check_atom(
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
}
