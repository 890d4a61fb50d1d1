//! What depends on conditions and computed labels: run in turn, or ahead of it when a field is asked for.

use std::rc::Rc;

use super::{
    Outcome, Vm,
    fault::graver,
    node::{NodeId, State, Task, TaskKind, TaskStatus},
};
use crate::ir::{Decl, Expr, ExprId, Field, Label};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Runs what depends on conditions; all of it, or only what may add a field. True when something was added.
    pub(super) fn run_tasks(&mut self, id: NodeId, label: Option<Label>) -> bool {
        let mut progress = false;
        let mut index = self
            .at(id)
            .extra
            .as_ref()
            .map_or(0, |extra| extra.done as usize);
        while let Some(extra) = &self.at(id).extra
            && let Some(task) = extra.tasks.get(index)
        {
            let version = extra.version;
            let due = match &task.status {
                TaskStatus::Fresh => true,
                TaskStatus::Waiting(_, at) => *at != version,
                TaskStatus::Running | TaskStatus::Done => false,
            };
            let task = task.clone();
            let wanted = label.is_none_or(|label| self.may_add(&task, label));
            if due && wanted {
                self.at_mut(id).extra().tasks[index].status = TaskStatus::Running;
                let number = u32::try_from(index).unwrap_or(u32::MAX);
                let before = self.at_mut(id).extra().running_task.replace(number);
                let status = match self.run_task(id, &task) {
                    Ok(()) => TaskStatus::Done,
                    Err(fault) if fault.kind.is_open() => {
                        TaskStatus::Waiting(fault, self.at_mut(id).extra().version)
                    }
                    Err(fault) => {
                        self.fail(id, fault);
                        TaskStatus::Done
                    }
                };
                progress |= matches!(status, TaskStatus::Done);
                self.at_mut(id).extra().running_task = before;
                self.at_mut(id).extra().tasks[index].status = status;
                let extra = self.at_mut(id).extra();
                let done = |task: &&Task<'d>| matches!(task.status, TaskStatus::Done);
                let waiting = extra.tasks[extra.done as usize..].iter();
                extra.done += u32::try_from(waiting.take_while(done).count()).unwrap_or(0);
                if !extra.references.is_empty() || !extra.expressions.is_empty() {
                    return true;
                }
            }
            index += 1;
        }
        progress
    }

    pub(super) fn run_task(&mut self, id: NodeId, task: &Task<'d>) -> Outcome<()> {
        let before = self.at_mut(id).extra().turns.start(task.turn);
        let chain = std::mem::replace(&mut self.chain, task.chain);
        let done = match task.what {
            TaskKind::Comprehension(comprehension) => {
                self.run_comprehension(id, task, comprehension)
            }
            TaskKind::Dynamic(field) => self.run_dynamic(id, task, field),
        };
        self.chain = chain;
        self.at_mut(id).extra().turns.back(before);
        done
    }

    /// Whatever still waits is what the struct waits for.
    pub(super) fn settle_tasks(&mut self, id: NodeId) {
        let Some(extra) = &mut self.at_mut(id).extra else {
            return;
        };
        for task in &mut extra.tasks {
            if let TaskStatus::Waiting(fault, _) = &task.status {
                graver(&mut extra.waits, Rc::clone(fault));
            }
        }
    }

    /// True when a condition that is not known may add a value to a field that it names. Where that is a struct it
    /// only adds to fields of it.
    pub(crate) fn awaits(&self, id: NodeId, label: Label) -> bool {
        let adds = |field: &Field| !matches!(self.ir.expr(field.value), Expr::Struct(_));
        self.waits_for(id, label, &adds)
    }

    /// True when a condition that is not known names a field.
    pub(crate) fn may_allow(&self, id: NodeId, label: Label) -> bool {
        self.waits_for(id, label, &|_| true)
    }

    fn waits_for(&self, id: NodeId, label: Label, how: &dyn Fn(&Field) -> bool) -> bool {
        let extra = self.at(id).extra.as_ref();
        let mut tasks = extra.iter().flat_map(|extra| &extra.tasks);
        tasks.any(|task| match (task.what, &task.status) {
            (TaskKind::Comprehension(comprehension), TaskStatus::Waiting(..)) => {
                self.body_names(comprehension.body, label, how)
            }
            (TaskKind::Comprehension(_) | TaskKind::Dynamic(_), _) => false,
        })
    }

    pub(crate) fn body_names(
        &self,
        body: ExprId,
        label: Label,
        how: &dyn Fn(&Field) -> bool,
    ) -> bool {
        let Expr::Struct(shape) = self.ir.expr(body) else {
            return false;
        };
        shape.decls.iter().any(|decl| match decl {
            Decl::Field(field) => field.label == label && how(field),
            Decl::Comprehension(inner) => self.body_names(inner.body, label, how),
            Decl::Dynamic(_) | Decl::Pattern(_) | Decl::Embed(_) => false,
        })
    }

    /// The body of the comprehension that runs.
    fn running_body(&self, id: NodeId) -> Option<ExprId> {
        let extra = self.at(id).extra.as_ref()?;
        match extra.tasks.get(extra.running_task? as usize)?.what {
            TaskKind::Comprehension(comprehension) => Some(comprehension.body),
            TaskKind::Dynamic(_) => None,
        }
    }

    /// True while a comprehension runs that declares fields by name.
    pub(crate) fn is_adding_fields(&self, id: NodeId) -> bool {
        match self.running_body(id).map(|body| self.ir.expr(body)) {
            Some(Expr::Struct(body)) => {
                body.decls.iter().any(|decl| matches!(decl, Decl::Field(_)))
            }
            Some(_) | None => false,
        }
    }

    /// True while a comprehension runs that declares this field by name.
    pub(crate) fn is_named_by_task(&self, id: NodeId, label: Label) -> bool {
        let body = self.running_body(id);
        body.is_some_and(|body| self.body_names(body, label, &|_| true))
    }

    /// True when something that is still to run may add a field.
    pub(crate) fn may_add(&self, task: &Task<'d>, label: Label) -> bool {
        match task.what {
            TaskKind::Dynamic(_) => label.is_regular(),
            TaskKind::Comprehension(comprehension) => self.body_may_add(comprehension.body, label),
        }
    }

    pub(super) fn body_may_add(&self, body: ExprId, label: Label) -> bool {
        let Expr::Struct(shape) = self.ir.expr(body) else {
            return true;
        };
        shape.decls.iter().any(|decl| match decl {
            Decl::Field(field) => field.label == label,
            Decl::Dynamic(_) => label.is_regular(),
            Decl::Pattern(_) => false,
            Decl::Embed(_) => true,
            Decl::Comprehension(inner) => self.body_may_add(inner.body, label),
        })
    }

    /// Looks for a field of a node, making it known first. Notes when it may still come.
    pub(crate) fn find(&mut self, id: NodeId, label: Label) -> Option<super::node::Arc> {
        self.expand(id);
        if self.at(id).state == State::Expanding {
            self.hurry(id, Some(label));
        }
        let found = self
            .position(id, label)
            .map(|position| self.at(id).arcs[position]);
        if found.is_none_or(|arc| !arc.mark.is_regular()) && self.may_come(id, Some(label)) {
            self.lean_on(id);
        }
        if found.is_none() && self.at(id).state == State::Expanding {
            // Should it come, it has come up here.
            let node = self.at_mut(id);
            let made = node.arcs.len();
            node.extra().announce(label, made);
        }
        found
    }

    /// True when something in the middle of its work may add a field, or any.
    pub(crate) fn may_come(&self, id: NodeId, label: Option<Label>) -> bool {
        let node = self.at(id);
        match (node.state, &node.extra) {
            (State::Evaluating, _) => true,
            (State::Expanding, Some(extra)) => {
                extra.running_references > 0
                    || extra.tasks.iter().any(|task| {
                        !matches!(task.status, TaskStatus::Done)
                            && label.is_none_or(|label| self.may_add(task, label))
                    })
            }
            (State::Unseen | State::Expanding | State::Expanded | State::Done, _) => false,
        }
    }

    /// Takes in what may add a field, or any, ahead of its turn.
    pub(crate) fn hurry(&mut self, id: NodeId, label: Option<Label>) {
        while let Some(work) = self.next_reference(id) {
            self.run_reference(id, work);
        }
        while self.run_tasks(id, label) {
            while let Some(work) = self.next_reference(id) {
                self.run_reference(id, work);
            }
        }
        if self.may_come(id, label) {
            self.lean_on(id);
        }
    }
}
