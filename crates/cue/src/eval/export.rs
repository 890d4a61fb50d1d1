//! From the evaluation to finished values.

use std::rc::Rc;

use super::{
    Fault, FaultKind, Outcome, Vm,
    constraint::{Constraint, Validator},
    deep,
    fault::graver,
    node::{Base, Flags, NodeId, What},
    resolve::Target,
    val::Val,
};
use crate::library::Param;
use crate::{
    Data, MAX_VALUE_NESTING, Value, View, rules,
    syntax::ast::{Constraint as Mark, Range32},
    value::Number,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The finished value; every regular field must have one.
    pub(crate) fn finish(&mut self, value: &Val<'d>, span: Range32) -> Outcome<Value> {
        self.deeper(span)?;
        let finished = deep(|| self.finish_inner(value, span));
        self.shallower();
        finished
    }

    /// Counts one level of a finished value, until [`Vm::shallower`].
    pub(super) fn deeper(&mut self, span: Range32) -> Outcome<()> {
        self.enter(span)?;
        self.nesting += 1;
        match self.nesting > MAX_VALUE_NESTING {
            true => {
                self.shallower();
                Err(self.limit("nesting", MAX_VALUE_NESTING, span))
            }
            false => Ok(()),
        }
    }

    pub(super) fn shallower(&mut self) {
        self.nesting -= 1;
        self.leave();
    }

    fn finish_inner(&mut self, value: &Val<'d>, span: Range32) -> Outcome<Value> {
        match value {
            Val::Null => Ok(Value::Null),
            Val::Bool(value) => Ok(Value::Bool(*value)),
            Val::Number(number) => Ok(Value::Number(number.clone())),
            Val::Str(text) => {
                self.made(text.len(), span)?;
                Ok(Value::String((*text).into()))
            }
            Val::String(text) => Ok(Value::String(text.clone())),
            Val::Bytes(bytes) => Ok(Value::Bytes(bytes.clone())),
            Val::Final(value) => Ok(value.clone()),
            Val::Data(data) => self.copy_data(*data, span),
            Val::List(items) => self.finish_list(items, span),
            Val::Either(_) => {
                let value = self.concrete(value.clone(), span)?;
                self.finish_inner(&value, span)
            }
            Val::Node(node) => {
                let is_open = self.at(*node).flags.has(Flags::VISITED);
                if is_open {
                    return Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
                }
                match self.evaluate(*node) {
                    Ok(Val::Node(target)) => self.finish_shared(*node, target),
                    Ok(Val::Top) if self.leads_out(*node) => {
                        Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem))
                    }
                    Ok(value) => {
                        self.sound_beside(*node, span)?;
                        self.finish_inner(&value, span)
                    }
                    // A conflict further down counts for more.
                    Err(fault) if fault.kind.is_open() => {
                        self.exportable(*node, span)?;
                        Err(fault)
                    }
                    Err(fault) => Err(fault),
                }
            }
            Val::Top | Val::Constraint(_) => Err(self.not_concrete(value, span)),
            Val::Package(_) | Val::Function(_) | Val::Special(_) => Err(self.fault(
                FaultKind::Incomplete,
                &rules::NO_VALUE,
                span,
                |problem| problem.arg("value", self.describe(value)),
            )),
        }
    }

    /// Fails when a definition or hidden field beside a value without fields is wrong.
    fn sound_beside(&mut self, id: NodeId, span: Range32) -> Outcome<()> {
        let mut at = id;
        for _ in 0..super::order::SAME {
            match self.at(at).shared {
                Some(shared) => at = shared,
                None => break,
            }
        }
        match self.at(at).arcs.is_empty() {
            true => Ok(()),
            false => self.exportable(at, span),
        }
    }

    /// True for a part of an operand or argument that refers to what is worked out with the help of that.
    pub(crate) fn leads_out(&mut self, id: NodeId) -> bool {
        let node = self.at(id);
        let [only] = &*node.conjuncts else {
            return false;
        };
        let (What::Expr(expr), env, Some(around)) = (&only.what, only.env, node.parent) else {
            return false;
        };
        let expr = *expr;
        if !self.at(around).flags.has(Flags::INLINE) || !self.is_reference(expr) {
            return false;
        }
        match self.resolve(env, expr) {
            Ok(Target::Node(target)) => {
                let target = self.original(target);
                self.active.iter().any(|(_, _, node)| *node == target)
            }
            Ok(Target::Value(_)) | Err(_) => false,
        }
    }

    fn finish_list(&mut self, items: &[Val<'d>], span: Range32) -> Outcome<Value> {
        self.made(items.len(), span)?;
        let mut worst = None;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            let span = self.span_of(item, span);
            match self.finish(item, span) {
                Ok(value) => list.push(value),
                Err(fault) => graver(&mut worst, fault),
            }
        }
        match worst {
            None => Ok(Value::List(list.into())),
            Some(fault) => Err(fault),
        }
    }

    fn span_of(&self, value: &Val<'d>, span: Range32) -> Range32 {
        match value {
            Val::Node(node) => self.at(*node).span,
            _ => span,
        }
    }

    /// Finishes what a node turned out to be.
    fn finish_shared(&mut self, id: NodeId, target: NodeId) -> Outcome<Value> {
        let inherited = self.embedded;
        if id != target {
            self.embedded = self.at(id).flags.has(Flags::EMBEDS);
        }
        let finished = self.finish_node(target);
        self.embedded = inherited;
        finished
    }

    fn finish_node(&mut self, id: NodeId) -> Outcome<Value> {
        let span = self.at(id).span;
        if self.at(id).flags.has(Flags::VISITED) {
            return Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
        }
        self.at_mut(id).flags.set(Flags::VISITED);
        let result = match self.at(id).list() {
            Some(list) => {
                let items: Vec<_> = list.items.iter().copied().map(Val::Node).collect();
                let finished = self.finish_list(&items, span);
                // What stands beside the items may not be wrong either.
                let sound = match self.at(id).arcs.is_empty() {
                    true => Ok(()),
                    false => self.sound_parts(id, span),
                };
                match (finished, sound) {
                    (Err(fault), Err(graver)) if graver.kind > fault.kind => Err(graver),
                    (Ok(_), Err(fault)) => Err(fault),
                    (finished, _) => finished,
                }
            }
            None => self.finish_fields(id),
        };
        let result = match result {
            Ok(value) => self.settle(id, value),
            Err(fault) => Err(self.settle_names(id, fault)),
        };
        self.at_mut(id).flags.clear(Flags::VISITED);
        result
    }

    /// Fails when a validator of a struct or list does not accept it as it is.
    pub(crate) fn settled(&mut self, id: NodeId) -> Outcome<()> {
        match self.at(id).base {
            Base::Constraint(_) if self.at(id).list().is_some() || !self.at(id).arcs.is_empty() => {
                self.finish_node(id).map(drop)
            }
            _ => Ok(()),
        }
    }

    /// Lets the validators of a struct or list look at it.
    fn settle(&mut self, id: NodeId, value: Value) -> Outcome<Value> {
        let Base::Constraint(constraint) = self.at(id).base.clone() else {
            return Ok(value);
        };
        let span = self.at(id).span;
        let finished = Val::of_value(value.clone());
        match self.satisfies(&finished, span, &constraint) {
            Ok(()) => Ok(value),
            // More items may come.
            Err(fault) if asks_for_more(&constraint) && self.may_satisfy(id, &constraint) => {
                Err(Rc::new(Fault {
                    kind: FaultKind::Incomplete,
                    ..Fault::clone(&fault)
                }))
            }
            Err(fault) => Err(fault),
        }
    }

    /// What counts names or items refuses a struct or list before all of it is known.
    fn settle_names(&mut self, id: NodeId, fault: Rc<Fault>) -> Rc<Fault> {
        let Base::Constraint(constraint) = self.at(id).base.clone() else {
            return fault;
        };
        let counts = |validator: &Validator<'d>| match validator {
            Validator::Builtin(builtin, _) => {
                matches!(builtin.params.first(), Some(Param::Fields | Param::Items))
            }
            Validator::Special(..) => false,
        };
        let only_counts = constraint.bounds.is_empty() && constraint.validators.iter().all(counts);
        if !only_counts || !fault.kind.is_open() || self.at(id).waits().is_some() {
            return fault;
        }
        let at = self.at(id);
        let names = match at.list() {
            Some(list) => Value::List(list.items.iter().map(|_| Value::Null).collect()),
            None => {
                let arcs = at.arcs.iter();
                let regular =
                    arcs.filter(|arc| arc.mark == Mark::Regular && arc.label.is_regular());
                let names = regular.map(|arc| (self.name(arc.label).clone(), Value::Null));
                Value::Struct(names.collect())
            }
        };
        match self.settle(id, names) {
            Err(refusal) if !refusal.kind.is_open() => refusal,
            Ok(_) | Err(_) => fault,
        }
    }

    fn may_grow(&self, id: NodeId) -> bool {
        let at = self.at(id);
        if let Some(list) = at.list() {
            return !list.closed;
        }
        let patterns = at.extra.as_ref().map_or(0, |extra| extra.patterns.len());
        patterns > 0 || self.closing(id).is_empty()
    }

    /// Whether more fields or items could be enough, those that are optional or awaited first.
    fn may_satisfy(&mut self, id: NodeId, constraint: &Constraint<'d>) -> bool {
        if self.may_grow(id) || self.at(id).list().is_some() {
            return self.may_grow(id);
        }
        let span = self.at(id).span;
        let arcs = self.at(id).arcs.iter().filter(|arc| arc.label.is_regular());
        let names = arcs.map(|arc| (self.name(arc.label).clone(), Value::Null));
        let all = Val::of_value(Value::Struct(names.collect()));
        self.satisfies(&all, span, constraint).is_ok()
    }

    fn finish_fields(&mut self, id: NodeId) -> Outcome<Value> {
        let mut worst = self.at(id).waits().cloned();
        let arcs = self.ordered(id);
        self.made(arcs.len(), self.at(id).span)?;
        let mut fields = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let span = self.at(arc.node).span;
            match arc.mark {
                Mark::Optional => continue,
                Mark::Required => {
                    if arc.label.is_regular() {
                        graver(&mut worst, self.required(arc.node));
                    }
                    continue;
                }
                Mark::Regular => {}
            }
            if !arc.label.is_regular() {
                // What is not exported may be left open, but it may not be wrong.
                if let Err(fault) = self.exportable(arc.node, span) {
                    graver(&mut worst, fault);
                }
                continue;
            }
            match self.finish(&Val::Node(arc.node), span) {
                Ok(value) => fields.push((self.name(arc.label).clone(), value)),
                Err(fault) => graver(&mut worst, fault),
            }
        }
        match worst {
            None => Ok(Value::Struct(fields.into())),
            Some(fault) => Err(fault),
        }
    }

    pub(crate) fn required(&self, node: NodeId) -> Rc<Fault> {
        let span = self.at(node).span;
        self.fault(
            FaultKind::Incomplete,
            &rules::REQUIRED_FIELD,
            span,
            |problem| problem.arg("field", self.name(self.at(node).label)),
        )
    }

    /// The finished value of the whole program. What stands beside a scalar is part of a file too.
    pub(crate) fn finish_root(&mut self, value: Outcome<Val<'d>>) -> Outcome<Value> {
        let span = self
            .ir
            .root()
            .map_or(Range32::default(), |root| self.ir.span(root));
        let package = self.origin();
        let walked = matches!(value, Ok(Val::Node(node)) if Some(node) == package);
        let finished = value.and_then(|value| self.finish(&value, span));
        let Some(package) = package.filter(|_| !walked) else {
            return finished;
        };
        match (finished, self.exportable(package, span)) {
            (Ok(value), Ok(())) => Ok(value),
            (Ok(_), Err(fault)) | (Err(fault), Ok(())) => Err(fault),
            (Err(a), Err(b)) => Err(if b.kind > a.kind { b } else { a }),
        }
    }

    fn copy_data(&mut self, data: &dyn Data, span: Range32) -> Outcome<Value> {
        self.deeper(span)?;
        let copied = deep(|| self.copy_inner(data, span));
        self.shallower();
        copied
    }

    fn copy_inner(&mut self, data: &dyn Data, span: Range32) -> Outcome<Value> {
        Ok(match data.view() {
            View::Null => Value::Null,
            View::Bool(value) => Value::Bool(value),
            View::Number(text) => match Number::parse(&text) {
                Some(number) => Value::Number(number),
                None => return Err(self.limit("exponent of a number", "±100000", span)),
            },
            View::String(text) => {
                self.made(text.len(), span)?;
                Value::String(text.into())
            }
            View::Bytes(bytes) => Value::Bytes(bytes.into()),
            View::List(items) => {
                self.made(items.len(), span)?;
                let items = (0..items.len()).filter_map(|index| items.at(index));
                let items = items.map(|item| self.copy_data(item, span));
                Value::List(items.collect::<Outcome<Vec<_>>>()?.into())
            }
            View::Map(map) => {
                self.made(map.len(), span)?;
                let fields = map.entries();
                let fields =
                    fields.map(|(key, value)| Ok((key.into(), self.copy_data(value, span)?)));
                Value::Struct(fields.collect::<Outcome<Vec<_>>>()?.into())
            }
        })
    }

    // --- Conflicts ---

    /// Fails when something in the value can never be right; what is only missing does not count.
    pub(crate) fn sound(&mut self, value: &Val<'d>, span: Range32) -> Outcome<()> {
        match value {
            Val::Node(node) => self.sound_node(*node, span),
            Val::List(items) => {
                let items = Rc::clone(items);
                items.iter().try_for_each(|item| self.sound(item, span))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn sound_node(&mut self, id: NodeId, span: Range32) -> Outcome<()> {
        if self.at(id).flags.has(Flags::SOUND) || self.at(id).flags.has(Flags::VISITED) {
            return Ok(());
        }
        self.enter(span)?;
        self.at_mut(id).flags.set(Flags::VISITED);
        let low = std::mem::replace(&mut self.low, super::SETTLED);
        let sound = deep(|| self.sound_inner(id, span));
        let settled = self.low == super::SETTLED;
        self.low = self.low.min(low);
        let node = self.at_mut(id);
        node.flags.clear(Flags::VISITED);
        if sound.is_ok() && settled && node.state == super::node::State::Done {
            node.flags.set(Flags::SOUND);
        }
        self.leave();
        sound
    }

    fn sound_inner(&mut self, id: NodeId, span: Range32) -> Outcome<()> {
        // A copy that leaves out alternatives is looked at as it is.
        let value = match self.at(id).flags.has(Flags::PARTIAL) {
            true => {
                self.expand(id);
                match self.at(id).shared {
                    Some(shared) => return self.sound_node(shared, span),
                    None => self.partial_value(id),
                }
            }
            false => self.evaluate(id),
        };
        let target = match value {
            Ok(Val::Node(target)) if target != id => return self.sound_node(target, span),
            Ok(Val::Node(target)) => {
                self.sound_parts(target, span)?;
                // Its validators walk through it once more.
                self.at_mut(target).flags.clear(Flags::VISITED);
                let settled = self.settled(target);
                self.at_mut(target).flags.set(Flags::VISITED);
                return match settled {
                    Err(fault) if !fault.kind.is_open() => Err(fault),
                    Ok(()) | Err(_) => Ok(()),
                };
            }
            Ok(value) => {
                self.sound(&value, span)?;
                id
            }
            Err(fault) if fault.kind.is_open() => id,
            Err(fault) => return Err(fault),
        };
        self.sound_parts(target, span)
    }

    fn sound_parts(&mut self, target: NodeId, span: Range32) -> Outcome<()> {
        let mut required = None;
        let items = self.at(target).list().map(|list| list.items.clone());
        for item in items.unwrap_or_default() {
            put_off(&mut required, self.sound_node(item, span))?;
        }
        for index in 0..self.at(target).arcs.len() {
            let arc = self.at(target).arcs[index];
            match arc.mark {
                Mark::Regular => match self.sound_node(arc.node, span) {
                    // What a condition may still add to is looked at later.
                    Err(fault) if is_premature(&fault) && self.awaits(target, arc.label) => {}
                    sound => put_off(&mut required, sound)?,
                },
                Mark::Required => put_off(&mut required, self.sound_required(arc.node, span))?,
                Mark::Optional => {}
            }
        }
        match required {
            None => Ok(()),
            Some(fault) => Err(fault),
        }
    }

    /// Fails when whatever is given for a required field will be wrong. What is required in it in its turn is not
    /// looked at: that may go on without end.
    fn sound_required(&mut self, id: NodeId, span: Range32) -> Outcome<()> {
        if self.requiring {
            return Ok(());
        }
        self.requiring = true;
        let sound = self.sound_node(id, span);
        self.requiring = false;
        sound.map_err(|fault| {
            Rc::new(Fault {
                is_required: fault.kind == FaultKind::Eval,
                ..Fault::clone(&fault)
            })
        })
    }

    /// The same for an export: a required field that nobody has given is only missing.
    fn exportable(&mut self, id: NodeId, span: Range32) -> Outcome<()> {
        self.sound_node(id, span)
            .map_err(|fault| match fault.is_required {
                true => fault.of(FaultKind::Incomplete),
                false => fault,
            })
    }
}

/// Keeps a conflict in a required field until it is known that there is no graver one.
fn put_off(required: &mut Option<Rc<Fault>>, sound: Outcome<()>) -> Outcome<()> {
    match sound {
        Err(fault) if fault.is_required => {
            required.get_or_insert(fault);
            Ok(())
        }
        sound => sound,
    }
}

/// True for what is not to be said as long as more may be added.
fn is_premature(fault: &Fault) -> bool {
    let code = fault.diagnostic.rule().code;
    code == rules::NOT_VALID.code || code == rules::NOT_ALLOWED.code
}

/// True for constraints that a longer list or a larger struct would satisfy.
fn asks_for_more(constraint: &Constraint<'_>) -> bool {
    constraint
        .validators
        .iter()
        .any(|validator| match validator {
            Validator::Builtin(builtin, _) => matches!(builtin.name, "MinItems" | "MinFields"),
            Validator::Special(..) => false,
        })
}
