//! The value of a node, once all that is said about it is known, or as far as it is.

use std::rc::Rc;

use burgee_source::Words;

use super::{
    Outcome, Vm, deep,
    fault::FaultKind,
    node::{Base, Flags, NodeId, State},
    val::Val,
};
use crate::{kinds::Kinds, rules};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The value of a node.
    pub(crate) fn evaluate(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        self.expand(id);
        if self.at(id).flags.has(Flags::REFUSED) {
            // What has no value yet is not there to be refused.
            return match self.evaluate_allowed(id) {
                Err(fault) if fault.kind.is_open() => Err(fault),
                Ok(value) if self.is_in_doubt(id) => Ok(value),
                Ok(_) | Err(_) => Err(self.refused(id)),
            };
        }
        self.evaluate_allowed(id)
    }

    /// True for a field without parts of its own in a struct about which something is missing: as long as that is so,
    /// nobody says that it is not allowed.
    fn is_in_doubt(&self, id: NodeId) -> bool {
        let node = self.at(id);
        let has_items = match &node.base {
            Base::Data(value) => value.final_len() != Some(0),
            Base::Unknown | Base::Atom(_) | Base::Constraint(_) => {
                node.list().is_some_and(|list| !list.items.is_empty())
            }
        };
        let has_parts = node.shared.is_none() && (node.has_fields() || has_items);
        let misses = |around: NodeId| {
            let around = self.at(around);
            around.waits().is_some() || around.fault().is_some_and(|fault| fault.kind.is_open())
        };
        !has_parts && node.parent.is_some_and(misses)
    }

    pub(super) fn evaluate_allowed(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        if let Some(shared) = self.at(id).shared {
            return self.evaluate(shared);
        }
        match self.at(id).state {
            State::Done => match &self.at(id).value {
                Some(value) => value.clone(),
                None => Ok(Val::Top),
            },
            State::Expanding | State::Evaluating => self.so_far(id),
            State::Unseen | State::Expanded => self.evaluate_now(id),
        }
    }

    pub(super) fn evaluate_now(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        if !self.at(id).has_disjunctions() {
            let value = self.plain_value(id);
            let node = self.at_mut(id);
            node.state = State::Done;
            node.value = Some(value.clone());
            return value;
        }
        self.at_mut(id).state = State::Evaluating;
        let before = self.begin(id);
        let value = deep(|| match self.at(id).fault().cloned() {
            Some(fault) => Err(fault),
            None => self.disjoin(id),
        });
        let value = match self.at(id).fault().cloned() {
            Some(fault) if fault.kind == FaultKind::Cycle && value.is_ok() => Err(fault),
            _ => value,
        };
        let node = self.at_mut(id);
        node.state = State::Done;
        node.value = Some(value.clone());
        self.end(id, before);
        value
    }

    /// True for a node in the middle of its work of which nothing is known.
    pub(crate) fn is_blank(&self, id: NodeId) -> bool {
        let node = self.at(id);
        let known = Flags::STRUCT.with(Flags::MAYBE_STRUCT);
        node.is_open()
            && matches!(node.base, Base::Unknown)
            && !node.flags.has(known)
            && node.arcs.is_empty()
            && node.list().is_none()
    }

    /// The value of a node in the middle of its work, if that can be said.
    pub(super) fn so_far(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        if let Base::Atom(value) = &self.at(id).base {
            return Ok(value.clone());
        }
        let node = self.at(id);
        let span = node.span;
        let is_struct = Flags::STRUCT.with(Flags::MAYBE_STRUCT);
        if node.flags.has(is_struct) || node.has_fields() || node.list().is_some() {
            return Ok(Val::Node(id));
        }
        if node.flags.has(Flags::LET) {
            return Err(self.eval_fault(&rules::CYCLE, span, |problem| problem));
        }
        self.lean_on(id);
        Err(self.cycle_fault(span))
    }

    /// The value of a node whose alternatives are left out.
    pub(crate) fn partial_value(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        self.plain_value(id)
    }

    /// The value of a node without alternatives. What can never be right counts for more than what is missing.
    pub(super) fn plain_value(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        let fault = self.at(id).fault().or_else(|| self.at(id).waits()).cloned();
        match fault {
            None if self.is_idle(id) => {
                let span = self.at(id).span;
                Err(self.eval_fault(&rules::CYCLE, span, |problem| problem))
            }
            None => self.base_value(id),
            Some(fault) if fault.kind.is_open() => self.base_value(id).and(Err(fault)),
            Some(fault) => Err(fault),
        }
    }

    /// True for a variable that leads to nothing but itself.
    pub(super) fn is_idle(&self, id: NodeId) -> bool {
        let flags = self.at(id).flags;
        let said = Flags::PLAIN.with(Flags::CYCLIC).with(Flags::TOP);
        flags.has(Flags::LET) && !flags.has(said)
    }

    /// True for a node about which nothing is said but by what leads back to where it came from: its fields go on without
    /// end.
    pub(super) fn never_ends(&self, id: NodeId) -> bool {
        let flags = self.at(id).flags;
        flags.has(Flags::CYCLIC) && !flags.has(Flags::PLAIN) && !flags.has(Flags::LET)
    }

    /// The value that the parts of a node make together.
    pub(super) fn base_value(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        let node = self.at(id);
        let flags = node.flags;
        if self.never_ends(id) {
            let span = node.span;
            return Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
        }
        let is_list = node.list().is_some() || flags.has(Flags::LIST);
        let is_struct = flags.has(Flags::STRUCT) || node.has_fields();
        if let Base::Atom(Val::Function(function)) = node.base
            && function.validator
            && (is_list || is_struct)
        {
            let span = node.base_span;
            let validator = self.validator(function, [].into(), span);
            self.at_mut(id).base = Base::Constraint(validator);
        }
        match self.at(id).base.clone() {
            Base::Unknown if is_list => match is_struct {
                true => Err(self.clash(id, &rules::words(rules::A_LIST))),
                false => Ok(Val::Node(id)),
            },
            Base::Unknown if is_struct => Ok(Val::Node(id)),
            Base::Unknown if flags.has(Flags::MAYBE_STRUCT) && !flags.has(Flags::TOP) => {
                Ok(Val::Node(id))
            }
            Base::Unknown => Ok(Val::Top),
            Base::Atom(value) => match is_struct || is_list || self.at(id).asks_for_fields() {
                true => {
                    let value = self.describe(&value);
                    Err(self.clash(id, &value))
                }
                false => Ok(value),
            },
            Base::Constraint(constraint) => {
                let kind = match (is_list, is_struct || self.at(id).asks_for_fields()) {
                    (true, _) => Kinds::LIST,
                    (false, true) => Kinds::STRUCT,
                    // A literal that holds only what asks for a struct is one.
                    (false, false)
                        if constraint.kinds == Kinds::STRUCT && flags.has(Flags::MAYBE_STRUCT) =>
                    {
                        Kinds::STRUCT
                    }
                    (false, false) => return Ok(Val::Constraint(constraint)),
                };
                if !constraint.kinds.meets(kind) {
                    let value = self.describe(&Val::Constraint(constraint));
                    return Err(self.clash(id, &value));
                }
                if kind == Kinds::STRUCT {
                    self.differs(id, &constraint)?;
                }
                Ok(Val::Node(id))
            }
            Base::Data(value) => Ok(*value),
        }
    }

    pub(super) fn clash(&self, id: NodeId, value: &Words) -> Rc<super::Fault> {
        let node = self.at(id);
        let field = node.arcs.iter().find(|arc| arc.mark.is_regular());
        let at = field.map_or(node.span, |arc| self.at(arc.node).span);
        self.eval_fault(&rules::CONFLICT, at, |problem| {
            problem
                .arg("left", value.clone())
                .arg("right", rules::words(rules::A_STRUCT))
                .arg("left_type", value.clone())
                .also(self.place(node.base_span), rules::IS_TYPE_LEFT)
        })
    }

    pub(crate) fn refused(&self, id: NodeId) -> Rc<super::Fault> {
        let node = self.at(id);
        self.eval_fault(&rules::NOT_ALLOWED, node.span, |problem| {
            let name = self.name(node.label);
            let problem = problem.arg("field", name);
            let Some(parent) = node.parent else {
                return problem;
            };
            let known = self.at(parent).arcs.iter().filter(|arc| {
                arc.label.is_regular() && !self.at(arc.node).flags.has(Flags::REFUSED)
            });
            let known: Vec<&str> = known.map(|arc| self.name(arc.label).as_str()).collect();
            match burgee_source::nearest(name, known.iter().copied()) {
                Some(near) => problem.arg("suggestion", near).hint(rules::DID_YOU_MEAN),
                None => self.list_fields(problem, &known),
            }
        })
    }
}
