//! Finds the calls of a program file.

use std::rc::Rc;

use super::{
    Fault, FaultKind, Vm,
    fault::Outcome,
    val::{Val, VertexId},
};
use crate::{Call, Data, Progress, Value, rules};

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
        let (value, root) = self.root(data)?;
        let mut found = Found::default();
        if let Some(root) = root {
            self.walk(root, &mut found)?;
        }
        if !found.calls.is_empty() {
            return Ok(Progress::Calls(found.calls));
        }
        if let Some(path) = found.blocked {
            return Ok(Progress::Waiting(path));
        }
        match self.finish_root(&value, root) {
            Ok(value) => Ok(Progress::Done(value)),
            Err(fault) => match &fault.waits {
                Some(path) => Ok(Progress::Waiting(path.clone())),
                None => Err(fault),
            },
        }
    }

    /// Visits the fields first, then the struct itself.
    fn walk(&mut self, id: VertexId, found: &mut Found) -> Outcome<()> {
        let span = self.at(id).span;
        if self.at(id).exporting {
            return Ok(());
        }
        self.enter(span)?;
        self.at_mut(id).exporting = true;
        let walked = self.walk_fields(id, found);
        self.at_mut(id).exporting = false;
        self.leave();
        walked?;
        match self.is_call(id) {
            true => self.visit(id, found),
            false => Ok(()),
        }
    }

    fn walk_fields(&mut self, id: VertexId, found: &mut Found) -> Outcome<()> {
        for arc in self.at(id).arcs.clone() {
            if !arc.present || !arc.label.is_regular() {
                continue;
            }
            match self.evaluate(arc.vertex) {
                // A field that only refers to a call makes none of its own.
                Ok(Val::Node(target)) if target == arc.vertex => self.walk(target, found)?,
                Ok(_) => {}
                // What a plain field waits for is said when there is nothing left to call.
                Err(fault) if fault.kind == FaultKind::Incomplete => {}
                Err(fault) => return Err(fault),
            }
        }
        if let Some(fault) = self.at(id).incomplete.clone()
            && fault.waits.is_some()
        {
            let path = fault.waits.clone().unwrap_or_default();
            found.blocked.get_or_insert(path);
        }
        Ok(())
    }

    fn visit(&mut self, id: VertexId, found: &mut Found) -> Outcome<()> {
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

    fn params(&mut self, id: VertexId) -> Outcome<Value> {
        let span = self.at(id).span;
        let modern = self.intern("$params");
        let returns = self.intern("$returns");
        if let Some(arc) = self.find(id, modern).copied() {
            return self.finish(&Val::Node(arc.vertex), span);
        }
        let arcs = self.at(id).arcs.clone();
        let mut fields = Vec::with_capacity(arcs.len());
        for arc in arcs {
            if !arc.present || !arc.label.is_regular() || arc.label == returns {
                continue;
            }
            let name = self.name(arc.label).clone();
            // What waits for the call's own result is no parameter of it.
            match self.finish(&Val::Node(arc.vertex), span) {
                Ok(value) => fields.push((name, value)),
                Err(fault) if self.waits_for_itself(id, &fault) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(Value::Struct(fields.into()))
    }

    fn waits_for_itself(&self, id: VertexId, fault: &Rc<Fault>) -> bool {
        fault.waits.as_deref() == Some(&*self.path(id))
    }

    /// The text of `#do` or `#provider`.
    fn word(&mut self, id: VertexId, field: &'static str, path: &str) -> Outcome<String> {
        let arcs = self.at(id).arcs.iter();
        let arc = arcs
            .into_iter()
            .find(|arc| !arc.label.is_regular() && self.name(arc.label) == field);
        let Some(vertex) = arc.map(|arc| arc.vertex) else {
            return Ok(String::new());
        };
        let span = self.at(vertex).span;
        match self.evaluate(vertex)?.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.eval_fault(&rules::BAD_CALL, span, |problem| {
                problem.arg("field", field).arg("path", path)
            })),
        }
    }
}
