//! Finds the calls of a program file.

use std::rc::Rc;

use super::{
    Fault, Outcome, Vm,
    insert::onward,
    node::{Arc, Conjunct, Flags, NodeId, What},
    order::{Given, Way},
    val::Val,
};
use crate::{Call, Data, Progress, Value, rules, syntax::ast::Constraint as Mark};

/// What the walk has found so far.
#[derive(Default)]
struct Found {
    calls: Vec<Call>,
    /// The first call whose parameters wait for another call.
    blocked: Option<String>,
}

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn next(&mut self, data: &[(&str, &'d dyn Data)]) -> Outcome<Progress> {
        let value = self.root(data);
        if let Err(fault) = &value
            && !fault.kind.is_open()
        {
            return Err(Rc::clone(fault));
        }
        let mut found = Found::default();
        if let Some(root) = self.packages.first().copied().flatten() {
            self.walk(root, &mut found)?;
        }
        if !found.calls.is_empty() {
            return Ok(Progress::Calls(found.calls));
        }
        if let Some(path) = found.blocked {
            return Ok(Progress::Waiting(path));
        }
        match self.finish_root(value) {
            Ok(value) => Ok(Progress::Done(value)),
            Err(fault) => match &fault.waits {
                Some(path) => Ok(Progress::Waiting(path.clone())),
                None => Err(fault),
            },
        }
    }

    /// Visits the fields first, then the struct itself.
    fn walk(&mut self, id: NodeId, found: &mut Found) -> Outcome<()> {
        let span = self.at(id).span;
        if self.at(id).flags.has(Flags::VISITED) {
            return Ok(());
        }
        self.enter(span)?;
        self.at_mut(id).flags.set(Flags::VISITED);
        let walked = self.walk_fields(id, found);
        self.at_mut(id).flags.clear(Flags::VISITED);
        self.leave();
        walked?;
        match self.is_call(id) {
            true => self.visit(id, found),
            false => Ok(()),
        }
    }

    fn walk_fields(&mut self, id: NodeId, found: &mut Found) -> Outcome<()> {
        for arc in self.at(id).arcs.clone() {
            if !arc.mark.is_regular() || !arc.label.is_regular() {
                continue;
            }
            match self.evaluate(arc.node) {
                // A field that only refers to a call makes none of its own.
                Ok(value) => {
                    if let Ok(Val::Node(target)) = self.concrete(value, self.at(id).span)
                        && self.original(target) == arc.node
                        && self.at(target).list().is_none()
                    {
                        self.walk(target, found)?;
                    }
                }
                // What a plain field waits for is said when there is nothing left to call.
                Err(fault) if fault.kind.is_open() => self.walk(arc.node, found)?,
                Err(fault) => return Err(fault),
            }
        }
        if let Some(fault) = self.at(id).waits()
            && let Some(path) = fault.waits.clone()
        {
            found.blocked.get_or_insert(path);
        }
        Ok(())
    }

    fn visit(&mut self, id: NodeId, found: &mut Found) -> Outcome<()> {
        let path = self.path(id);
        let done = self
            .results
            .is_some_and(|results| results.contains_key(&path));
        // What stands behind a waiting call is made after it.
        if done || (found.blocked.is_some() && !found.calls.is_empty()) {
            return Ok(());
        }
        let span = self.at(id).span;
        match self.params(id) {
            Ok(params) => {
                let action = self.word(id, "#do", &path)?;
                let call = Call {
                    provider: self.word(id, "#provider", &path)?,
                    action,
                    path,
                    params,
                    span: self.place(span),
                };
                found.calls.push(call);
                Ok(())
            }
            Err(fault) if fault.waits.is_some() => {
                found.blocked.get_or_insert(path);
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }

    fn params(&mut self, id: NodeId) -> Outcome<Value> {
        let span = self.at(id).span;
        let modern = self.intern("$params");
        let returns = self.intern("$returns");
        if let Some(arc) = self.find(id, modern).filter(|arc| arc.mark.is_regular()) {
            return self.finish(&Val::Node(arc.node), span);
        }
        let arcs = self.ordered(id);
        let mut fields = Vec::with_capacity(arcs.len());
        for arc in arcs {
            if !arc.mark.is_regular() || !arc.label.is_regular() || arc.label == returns {
                continue;
            }
            let name = self.name(arc.label).clone();
            // What waits for the call's own result is no parameter of it.
            match self.finish(&Val::Node(arc.node), span) {
                Ok(value) => fields.push((name, value)),
                Err(fault) if self.waits_for_itself(id, &fault) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(Value::Struct(fields.into()))
    }

    fn waits_for_itself(&self, id: NodeId, fault: &Rc<Fault>) -> bool {
        fault.waits.as_deref() == Some(&*self.path(id))
    }

    /// The text of `#do` or `#provider`.
    fn word(&mut self, id: NodeId, field: &'static str, path: &str) -> Outcome<String> {
        let arcs = self.at(id).arcs.iter();
        let arc = arcs
            .into_iter()
            .find(|arc| arc.label.is_definition() && self.name(arc.label) == field);
        let Some(node) = arc.map(|arc| arc.node) else {
            return Ok(String::new());
        };
        let span = self.at(node).span;
        let value = self.evaluate(node)?;
        match self.concrete(value, span)?.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.eval_fault(&rules::BAD_CALL, span, |problem| {
                problem.arg("field", field).arg("path", path)
            })),
        }
    }

    // --- Results ---

    /// True for a struct with `#do`.
    pub(crate) fn is_call(&self, id: NodeId) -> bool {
        let mut arcs = self.at(id).arcs.iter();
        arcs.any(|Arc { label, mark, .. }| {
            mark.is_regular() && label.is_definition() && self.name(*label) == "#do"
        })
    }

    /// Gives a call its result, when there is one. True when that added something.
    pub(crate) fn bind_result(&mut self, id: NodeId) -> bool {
        let Some(results) = self.results else {
            return false;
        };
        if self.at(id).flags.has(Flags::BOUND) || !self.is_call(id) {
            return false;
        }
        self.at_mut(id).flags.set(Flags::BOUND);
        let Some(result) = results.get(&self.path(id)) else {
            return false;
        };
        let span = self.at(id).span;
        let modern = self.intern("$params");
        let modern = self.position(id, modern).is_some();
        let Some(result) = Val::of_data(result) else {
            let fault = self.limit("exponent of a number", "±100000", span);
            self.fail(id, fault);
            return false;
        };
        let fields = match modern {
            true => vec![("$returns".into(), result)],
            false => result.final_fields(),
        };
        let mut labels = Vec::new();
        for (step, (name, value)) in (1..).zip(fields) {
            let label = self.intern(&name);
            labels.push(label);
            let conjunct =
                Conjunct::new(What::Value(value), super::OUTSIDE, onward(u64::MAX, step));
            self.at_mut(id)
                .extra()
                .evidence
                .push((label, super::close::OPEN));
            self.add_field(id, label, Mark::Regular, span, conjunct);
        }
        let way = Way::HERE;
        self.at_mut(id)
            .extra()
            .trail()
            .given
            .push(Given { way, labels });
        true
    }
}
