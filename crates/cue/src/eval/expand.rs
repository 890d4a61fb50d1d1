//! Takes in all that is said about a node, in the order in which it can be known.

use std::rc::Rc;

use super::{
    Outcome, Vm,
    fault::{FaultKind, graver},
    node::{Base, Conjunct, Flags, NodeId, Queued, State, Task, TaskKind, TaskStatus, What, Work},
    resolve::Target,
    val::Val,
};
use crate::{
    ir::{Expr, ExprId, Label},
    kinds::Kinds,
    rules,
};

/// What deep recursion needs at least, and gets at a time.
const RED_ZONE: usize = 128 << 10;
const SEGMENT: usize = 2 << 20;

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Makes the fields of a node known, as far as they can be.
    pub(crate) fn expand(&mut self, id: NodeId) {
        if self.at(id).state == State::Unseen {
            stacker::maybe_grow(RED_ZONE, SEGMENT, || self.expand_now(id));
        }
    }

    fn expand_now(&mut self, id: NodeId) {
        let span = self.at(id).span;
        if let Err(fault) = self.enter(span) {
            self.at_mut(id).state = State::Expanded;
            return self.fail(id, fault);
        }
        self.at_mut(id).state = State::Expanding;
        let before = self.begin(id);
        if !self.share(id) && !self.work_out(id) {
            // What comes to it meanwhile is taken in as it comes.
            for index in 0..self.at(id).conjuncts.len() {
                let conjunct = self.at(id).conjuncts[index].clone();
                self.insert(id, conjunct);
            }
            self.drain(id);
            self.settle_tasks(id);
            if self.is_whole(id) {
                self.close_out(id);
            }
        }
        self.forgive(id);
        self.settle_order(id);
        self.at_mut(id).state = State::Expanded;
        self.end(id, before);
        self.leave();
    }

    /// What is known to be an atom is one, whatever else leads back to a node in the middle of its work: that is
    /// checked once that one is done.
    fn forgive(&mut self, id: NodeId) {
        let leans = self.low < self.at(id).running;
        let node = self.at_mut(id);
        if leans
            && matches!(node.base, Base::Atom(_))
            && node
                .fault()
                .is_some_and(|fault| fault.kind == FaultKind::Cycle)
        {
            node.extra().fault = None;
        }
    }

    /// A node that only refers to another is that other one.
    fn share(&mut self, id: NodeId) -> bool {
        let node = self.at(id);
        let [only] = &*node.conjuncts else {
            return false;
        };
        if node.choices.is_some() || self.packages.first() == Some(&Some(id)) {
            return false;
        }
        let What::Expr(expr) = only.what else {
            return false;
        };
        let reference = matches!(
            self.ir.expr(expr),
            Expr::Field { .. } | Expr::Local { .. } | Expr::Select(..) | Expr::Index(..)
        );
        if !reference {
            return false;
        }
        let only = only.clone();
        let chain = std::mem::replace(&mut self.chain, only.chain);
        let target = self.resolve(only.env, expr);
        self.chain = chain;
        if self.at(id).conjuncts.len() != 1 {
            return false;
        }
        match target {
            Ok(Target::Node(target)) => {
                let original = self.original(target);
                let flags = self.at(target).flags;
                let apart = original != self.original(id)
                    && !flags.has(Flags::DEFINED)
                    && !self.is_inside(id, original)
                    && !self.at(target).is_open()
                    && !self.is_cyclic(only.chain)
                    && !self.leads_to(target, id);
                if apart {
                    let may_share = self.may_share(id, target, &only);
                    let node = self.at_mut(id);
                    node.shared = Some(target);
                    if only.way.is_embedded() || !may_share {
                        node.flags.set(Flags::EMBEDS);
                    }
                    self.sign(id, &only);
                    return true;
                }
                self.sign_later(id, &only, target);
                true
            }
            Ok(Target::Value(value)) => {
                self.insert_value(id, value, &only);
                true
            }
            Err(fault) => {
                self.fail(id, fault);
                true
            }
        }
    }

    /// A node of which only one expression is said is its value: there is nothing to queue.
    fn work_out(&mut self, id: NodeId) -> bool {
        let node = self.at(id);
        let [only] = &*node.conjuncts else {
            return false;
        };
        let What::Expr(expr) = only.what else {
            return false;
        };
        let plain = matches!(
            self.ir.expr(expr),
            Expr::Unary(..) | Expr::Binary(..) | Expr::Present(..) | Expr::Interpolation(..)
        );
        if plain {
            let only = only.clone();
            self.express(id, &only);
            // It may have led to more being said.
            self.drain(id);
        }
        plain
    }

    /// True when a chain of shared nodes ends in this one.
    fn leads_to(&self, mut at: NodeId, id: NodeId) -> bool {
        let mut steps = 0;
        while let Some(next) = self.at(at).shared {
            steps += 1;
            if next == id || steps > 1000 {
                return true;
            }
            at = next;
        }
        at == id
    }

    /// The reference was followed already: takes in where it led.
    fn sign_later(&mut self, id: NodeId, conjunct: &Conjunct<'d>, target: NodeId) {
        self.include(id, target, conjunct);
        self.drain(id);
        self.settle_tasks(id);
        if self.is_whole(id) {
            self.close_out(id);
        }
    }

    /// Works through the queues of a node: references, then expressions, then what depends on conditions.
    fn drain(&mut self, id: NodeId) {
        loop {
            if let Some(work) = self.next_reference(id) {
                self.run_reference(id, work);
            } else if let Some(work) = self.next_expression(id) {
                self.run_expression(id, work);
            } else if !self.bind_result(id) && !self.run_tasks(id, None) {
                return;
            }
        }
    }

    fn next_reference(&mut self, id: NodeId) -> Option<Queued<'d>> {
        let extra = self.at_mut(id).extra.as_mut()?;
        match extra.references.is_empty() {
            true => None,
            false => Some(extra.references.remove(0)),
        }
    }

    fn next_expression(&mut self, id: NodeId) -> Option<Queued<'d>> {
        let extra = self.at_mut(id).extra.as_mut()?;
        match extra.expressions.is_empty() {
            true => None,
            false => Some(extra.expressions.remove(0)),
        }
    }

    fn run_reference(&mut self, id: NodeId, queued: Queued<'d>) {
        let extra = self.at_mut(id).extra();
        extra.running_references += 1;
        let before = extra.turns.start(queued.turn);
        match queued.work {
            Work::Conjunct(conjunct) => self.run_conjunct(id, &conjunct),
            Work::Pattern(index) => self.run_pattern(id, index),
        }
        let extra = self.at_mut(id).extra();
        extra.running_references -= 1;
        extra.turns.back(before);
    }

    fn run_conjunct(&mut self, id: NodeId, conjunct: &Conjunct<'d>) {
        let expr = match &conjunct.what {
            What::Expr(expr) => *expr,
            What::Below(below) => return self.insert_below(id, below, conjunct),
            What::Data(_) | What::Value(_) => return,
        };
        let ir = self.ir;
        if let Expr::Call(function, arguments) = ir.expr(expr) {
            return self.at_work(id, conjunct, expr, |vm| {
                vm.insert_call(id, conjunct, expr, *function, arguments)
            });
        }
        let chain = std::mem::replace(&mut self.chain, conjunct.chain);
        let target = self.resolve(conjunct.env, expr);
        self.chain = chain;
        match target {
            Ok(Target::Node(target)) => self.include(id, target, conjunct),
            Ok(Target::Value(value)) => self.insert_value(id, value, conjunct),
            Err(fault) => self.fail(id, fault),
        }
    }

    fn run_expression(&mut self, id: NodeId, queued: Queued<'d>) {
        if let Work::Conjunct(conjunct) = queued.work {
            let before = self.at_mut(id).extra().turns.start(queued.turn);
            self.express(id, &conjunct);
            self.at_mut(id).extra().turns.back(before);
        }
    }

    fn express(&mut self, id: NodeId, conjunct: &Conjunct<'d>) {
        let What::Expr(expr) = conjunct.what else {
            return;
        };
        let ir = self.ir;
        self.at_work(id, conjunct, expr, |vm| match ir.expr(expr) {
            Expr::List(list) => vm.insert_list(id, list, conjunct, expr),
            _ => vm
                .eval(conjunct.env, expr)
                .map(|value| vm.insert_value(id, value, conjunct)),
        });
    }

    /// Works out an expression that a node is made of. When that is being done already it leads back to itself, and
    /// says nothing new.
    fn at_work(
        &mut self,
        id: NodeId,
        conjunct: &Conjunct<'d>,
        expr: ExprId,
        work: impl FnOnce(&mut Self) -> Outcome<()>,
    ) {
        let mut active = self.active.iter();
        let found = active.find(|(env, at, _)| *env == conjunct.env && *at == expr);
        if let Some((_, _, node)) = found.copied() {
            return self.lean_on(node);
        }
        self.active.push((conjunct.env, expr, id));
        let chain = std::mem::replace(&mut self.chain, conjunct.chain);
        let done = work(self);
        self.chain = chain;
        self.active.pop();
        if let Err(fault) = done {
            self.fail(id, fault);
        }
    }

    fn run_pattern(&mut self, id: NodeId, index: usize) {
        let pattern = self.at_mut(id).extra().patterns[index].clone();
        let value = match self.eval(pattern.env, pattern.decl.label) {
            Ok(value) => value,
            Err(fault) => {
                match fault.kind.is_open() {
                    true => graver(&mut self.at_mut(id).extra().waits, fault),
                    false => self.fail(id, fault),
                }
                return;
            }
        };
        self.at_mut(id).extra().patterns[index].label = Some(value.clone());
        for index in 0..self.at(id).arcs.len() {
            let arc = self.at(id).arcs[index];
            if self.label_matches(&value, arc.label) {
                self.apply_pattern(arc.node, arc.label, &pattern);
            }
        }
    }

    pub(crate) fn bad_label(
        &self,
        value: &Val<'d>,
        span: crate::syntax::ast::Range32,
    ) -> Rc<super::Fault> {
        self.eval_fault(&rules::BAD_LABEL, span, |problem| {
            problem
                .arg("value", self.describe(value))
                .arg("type", self.type_name(value))
        })
    }

    /// Runs what depends on conditions; all of it, or only what may add a field. True when something was added.
    fn run_tasks(&mut self, id: NodeId, label: Option<Label>) -> bool {
        let mut progress = false;
        let mut index = self.at(id).extra.as_ref().map_or(0, |extra| extra.done);
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
                let before = self.at_mut(id).extra().running_task.replace(index);
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
                extra.done += extra.tasks[extra.done..].iter().take_while(done).count();
                if !extra.references.is_empty() || !extra.expressions.is_empty() {
                    return true;
                }
            }
            index += 1;
        }
        progress
    }

    fn run_task(&mut self, id: NodeId, task: &Task<'d>) -> Outcome<()> {
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
    fn settle_tasks(&mut self, id: NodeId) {
        let Some(extra) = &mut self.at_mut(id).extra else {
            return;
        };
        for task in &mut extra.tasks {
            if let TaskStatus::Waiting(fault, _) = &task.status {
                graver(&mut extra.waits, Rc::clone(fault));
            }
        }
    }

    /// True when all that a node has is known.
    fn is_whole(&self, id: NodeId) -> bool {
        let node = self.at(id);
        !node.has_disjunctions() && !node.flags.has(Flags::PARTIAL) && node.waits().is_none()
    }

    /// Refuses the fields that a closed struct does not have.
    fn close_out(&mut self, id: NodeId) {
        let fields = |vm: &Self| vm.at(id).has_fields();
        if !fields(self) || self.closing(id).is_empty() {
            return;
        }
        for index in 0..self.at(id).arcs.len() {
            let arc = self.at(id).arcs[index];
            if arc.label.is_regular() && arc.mark.is_regular() && self.refuses(id, arc.label) {
                self.at_mut(arc.node).flags.set(Flags::REFUSED);
            }
        }
    }

    /// True when something that is still to run may add a field.
    pub(crate) fn may_add(&self, task: &Task<'d>, label: Label) -> bool {
        match task.what {
            TaskKind::Dynamic(_) => label.is_regular(),
            TaskKind::Comprehension(comprehension) => self.body_may_add(comprehension.body, label),
        }
    }

    fn body_may_add(&self, body: ExprId, label: Label) -> bool {
        use crate::ir::Decl;
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

    /// The value of a node.
    pub(crate) fn evaluate(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        self.expand(id);
        if self.at(id).flags.has(Flags::REFUSED) {
            // What has no value yet is not there to be refused.
            return match self.evaluate_allowed(id) {
                Err(fault) if fault.kind.is_open() => Err(fault),
                Ok(_) | Err(_) => Err(self.refused(id)),
            };
        }
        self.evaluate_allowed(id)
    }

    fn evaluate_allowed(&mut self, id: NodeId) -> Outcome<Val<'d>> {
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

    fn evaluate_now(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        if !self.at(id).has_disjunctions() {
            let value = self.plain_value(id);
            let node = self.at_mut(id);
            node.state = State::Done;
            node.value = Some(value.clone());
            return value;
        }
        self.at_mut(id).state = State::Evaluating;
        let before = self.begin(id);
        let value = stacker::maybe_grow(RED_ZONE, SEGMENT, || match self.at(id).fault().cloned() {
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
    fn so_far(&mut self, id: NodeId) -> Outcome<Val<'d>> {
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
    fn plain_value(&mut self, id: NodeId) -> Outcome<Val<'d>> {
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
    fn is_idle(&self, id: NodeId) -> bool {
        let flags = self.at(id).flags;
        let said = Flags::PLAIN.with(Flags::CYCLIC).with(Flags::TOP);
        flags.has(Flags::LET) && !flags.has(said)
    }

    /// The value that the parts of a node make together.
    fn base_value(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        let node = self.at(id);
        let flags = node.flags;
        if flags.has(Flags::CYCLIC) && !flags.has(Flags::PLAIN) && !flags.has(Flags::LET) {
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
                true => Err(self.clash(id, "a list")),
                false => Ok(Val::Node(id)),
            },
            Base::Unknown if is_struct => Ok(Val::Node(id)),
            Base::Unknown if flags.has(Flags::MAYBE_STRUCT) && !flags.has(Flags::TOP) => {
                Ok(Val::Node(id))
            }
            Base::Unknown => Ok(Val::Top),
            Base::Atom(value) => match is_struct || is_list {
                true => {
                    let value = self.describe(&value);
                    Err(self.clash(id, &value))
                }
                false => Ok(value),
            },
            Base::Constraint(constraint) => {
                let kind = match (is_list, is_struct) {
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
                Ok(Val::Node(id))
            }
            Base::Data(value) => Ok(value),
        }
    }

    fn clash(&self, id: NodeId, value: &str) -> Rc<super::Fault> {
        let node = self.at(id);
        let field = node.arcs.iter().find(|arc| arc.mark.is_regular());
        let at = field.map_or(node.span, |arc| self.at(arc.node).span);
        self.eval_fault(&rules::CONFLICT, at, |problem| {
            problem
                .arg("left", value)
                .arg("right", "a struct")
                .arg("left_type", value)
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
