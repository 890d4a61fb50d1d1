//! Calls of functions.

use std::rc::Rc;

use super::{
    Conjunct, EnvId, Vm,
    fault::{Fault, Outcome, graver},
    val::{Val, VertexId},
};
use crate::{
    Value,
    ir::{Binary, ExprId},
    library::{Builtin, CallError, MAX_ANSWER, Special},
    operators::{Operand, apply},
    rules,
    syntax::ast::{Constraint, Range32},
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn call(
        &mut self,
        env: EnvId,
        function: ExprId,
        arguments: &'d [ExprId],
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        match self.eval(env, function)? {
            Val::Function(builtin) => self.call_builtin(env, builtin, arguments, id),
            Val::Special(special) => self.call_special(env, special, arguments, id),
            other => {
                Err(
                    self.eval_fault(&rules::NOT_A_FUNCTION, self.ir.span(function), |problem| {
                        problem
                            .arg("value", other.describe())
                            .arg("type", other.type_name())
                    }),
                )
            }
        }
    }

    fn count(&self, name: &str, expected: usize, arguments: &[ExprId], id: ExprId) -> Outcome<()> {
        match arguments.len() == expected {
            true => Ok(()),
            false => Err(
                self.eval_fault(&rules::ARGUMENT_COUNT, self.ir.span(id), |problem| {
                    problem
                        .arg("function", name)
                        .arg("expected", expected)
                        .arg("actual", arguments.len())
                }),
            ),
        }
    }

    fn call_builtin(
        &mut self,
        env: EnvId,
        builtin: &'static Builtin,
        arguments: &'d [ExprId],
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        if builtin.validator && arguments.len() + 1 == builtin.params.len() {
            return Err(self.unsupported("a function as a constraint", span));
        }
        self.count(&builtin.full_name(), builtin.params.len(), arguments, id)?;
        let values = self.arguments(env, builtin, arguments)?;
        let size = values.iter().map(size).sum::<usize>();
        self.spend(1 + size as u64 / 64, span)?;
        match (builtin.run)(&values) {
            Ok(value) => {
                self.made(size_made(&value), span)?;
                Ok(Val::of_value(value))
            }
            Err(error) => Err(self.call_fault(&builtin.full_name(), error, span)),
        }
    }

    /// The finished arguments. A wrong one counts for more than a missing one before it.
    fn arguments(
        &mut self,
        env: EnvId,
        builtin: &'static Builtin,
        arguments: &'d [ExprId],
    ) -> Outcome<Vec<Value>> {
        let mut values = Vec::with_capacity(arguments.len());
        let mut worst: Option<Rc<Fault>> = None;
        let mut worst_is_type = false;
        for (index, (argument, param)) in arguments.iter().zip(builtin.params).enumerate() {
            let value = self.eval(env, *argument);
            match value.and_then(|value| self.export(&value, *argument)) {
                Ok(value) if param.takes(&value) => values.push(value),
                Ok(value) => {
                    let name = builtin.full_name();
                    let value = Val::of_value(value);
                    let fault = self.bad_argument(&name, index, param.as_str(), &value, *argument);
                    worst_is_type = worst.as_ref().is_none_or(|worst| worst.kind < fault.kind);
                    graver(&mut worst, fault);
                }
                Err(fault) => {
                    if std::mem::take(&mut worst_is_type) {
                        worst = None;
                    }
                    graver(&mut worst, fault);
                }
            }
        }
        match worst {
            None => Ok(values),
            Some(fault) => Err(fault),
        }
    }

    fn call_fault(&self, function: &str, error: CallError, span: Range32) -> Rc<Fault> {
        match error {
            CallError::Failed(reason) => self.eval_fault(&rules::CALL_FAILED, span, |problem| {
                problem.arg("function", function).arg("reason", reason)
            }),
            CallError::TooLarge => self.limit("output", MAX_ANSWER, span),
            CallError::Unsupported(construct) => self.unsupported(construct, span),
        }
    }

    fn bad_argument(
        &self,
        function: &str,
        index: usize,
        expected: &str,
        value: &Val<'d>,
        at: ExprId,
    ) -> Rc<Fault> {
        self.eval_fault(&rules::BAD_ARGUMENT, self.ir.span(at), |problem| {
            problem
                .arg("function", function)
                .arg("index", index + 1)
                .arg("expected", expected)
                .arg("value", value.describe())
                .arg("type", value.type_name())
        })
    }

    fn call_special(
        &mut self,
        env: EnvId,
        special: Special,
        arguments: &'d [ExprId],
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        let (name, expected) = match special {
            Special::Len => ("len", 1),
            Special::Close => ("close", 1),
            Special::And => ("and", 1),
            Special::Or => ("or", 1),
            Special::Sort => ("list.Sort", 2),
            Special::IsSorted => ("list.IsSorted", 2),
            Special::Ascending | Special::Descending => {
                return Err(self.eval_fault(&rules::NOT_A_FUNCTION, span, |problem| {
                    problem.arg("value", "a comparator").arg("type", "struct")
                }));
            }
            Special::Lattice(name) => return Err(self.unsupported(name, span)),
        };
        self.count(name, expected, arguments, id)?;
        let at = arguments[0];
        let value = self.eval(env, at)?;
        match special {
            Special::Len => self.len(&value, at),
            Special::Close => self.close(&value, at),
            Special::And | Special::Or => self.junction(special, &value, at),
            Special::Sort | Special::IsSorted => self.sort(env, special, &value, at, arguments[1]),
            Special::Ascending | Special::Descending | Special::Lattice(_) => {
                Err(self.unsupported("this function", span))
            }
        }
    }

    fn len(&mut self, value: &Val<'d>, at: ExprId) -> Outcome<Val<'d>> {
        let length = match value.operand() {
            Operand::String(text) => text.len(),
            Operand::Bytes(bytes) => bytes.len(),
            Operand::List => value.list_len().unwrap_or(0),
            Operand::Struct => self.fields(value, self.ir.span(at))?.len(),
            Operand::Null | Operand::Bool(_) | Operand::Number(_) | Operand::Function => {
                let expected = "a string, bytes, a list or a struct";
                return Err(self.bad_argument("len", 0, expected, value, at));
            }
        };
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        Ok(Val::Number(length.into()))
    }

    /// A struct of its own, so that the one it was made of stays open.
    fn close(&mut self, value: &Val<'d>, at: ExprId) -> Outcome<Val<'d>> {
        if !matches!(value.operand(), Operand::Struct) {
            return Err(self.bad_argument("close", 0, "a struct", value, at));
        }
        let vertex = self.vertex(None, Conjunct::Value(value.clone()), self.ir.span(at));
        if let Val::Node(target) = value
            && self.at(*target).closed
        {
            return Ok(value.clone());
        }
        self.at_mut(vertex).closed = true;
        self.evaluate(vertex)
    }

    fn junction(&mut self, special: Special, value: &Val<'d>, at: ExprId) -> Outcome<Val<'d>> {
        let span = self.ir.span(at);
        let name = if special == Special::And { "and" } else { "or" };
        let Some(length) = value.list_len() else {
            return Err(self.bad_argument(name, 0, "a list", value, at));
        };
        let items: Vec<_> = (0..length).filter_map(|index| value.item(index)).collect();
        match (special, &*items) {
            (Special::Or, []) => {
                let kind = super::FaultKind::Incomplete;
                Err(self.fault(kind, &rules::CALL_FAILED, span, |problem| {
                    problem
                        .arg("function", "or")
                        .arg("reason", "the list is empty")
                }))
            }
            (_, [only]) => self.resolve(only.clone()),
            (Special::And, [first, rest @ ..]) => {
                let vertex = self.vertex(None, Conjunct::Value(first.clone()), span);
                let rest = rest.iter().cloned().map(Conjunct::Value);
                self.at_mut(vertex).conjuncts.extend(rest);
                self.evaluate(vertex)
            }
            (Special::And, []) => Err(self.unsupported("`_`", span)),
            _ => Err(self.unsupported("a disjunction", span)),
        }
    }

    fn sort(
        &mut self,
        env: EnvId,
        special: Special,
        value: &Val<'d>,
        at: ExprId,
        comparator: ExprId,
    ) -> Outcome<Val<'d>> {
        let Some(length) = value.list_len() else {
            return Err(self.bad_argument("list.Sort", 0, "a list", value, at));
        };
        let comparator_at = comparator;
        let comparator = self.eval(env, comparator)?;
        let items: Vec<_> = (0..length).filter_map(|index| value.item(index)).collect();
        if special == Special::IsSorted {
            for pair in items.windows(2) {
                if self.less(&comparator, comparator_at, &pair[1], &pair[0])? {
                    return Ok(Val::Bool(false));
                }
            }
            return Ok(Val::Bool(true));
        }
        self.made(length, self.ir.span(at))?;
        let sorted = self.merge_sort(items, &comparator, comparator_at)?;
        Ok(Val::List(sorted.into()))
    }

    /// Stable, and free to fail in the middle.
    fn merge_sort(
        &mut self,
        mut items: Vec<Val<'d>>,
        comparator: &Val<'d>,
        at: ExprId,
    ) -> Outcome<Vec<Val<'d>>> {
        if items.len() < 2 {
            return Ok(items);
        }
        let right = items.split_off(items.len() / 2);
        let left = self.merge_sort(items, comparator, at)?;
        let right = self.merge_sort(right, comparator, at)?;
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let from = match self.less(comparator, at, b, a)? {
                true => &mut right,
                false => &mut left,
            };
            merged.extend(from.next());
        }
        merged.extend(left);
        merged.extend(right);
        Ok(merged)
    }

    fn less(
        &mut self,
        comparator: &Val<'d>,
        at: ExprId,
        a: &Val<'d>,
        b: &Val<'d>,
    ) -> Outcome<bool> {
        let span = self.ir.span(at);
        self.spend(1, span)?;
        let operator = match comparator {
            Val::Special(Special::Ascending) => Binary::Less,
            Val::Special(Special::Descending) => Binary::Greater,
            Val::Node(target) => return self.less_by(*target, span, a, b),
            other => return Err(self.bad_argument("list.Sort", 1, "a comparator", other, at)),
        };
        let (a, b) = (self.resolve(a.clone())?, self.resolve(b.clone())?);
        match apply(operator, &a.operand(), &b.operand()) {
            Ok(value) => Ok(value == Value::Bool(true)),
            Err(_) => Err(self.eval_fault(&rules::MISMATCH, span, |problem| {
                problem
                    .arg("operator", operator.as_str())
                    .arg("left", a.describe())
                    .arg("right", b.describe())
            })),
        }
    }

    /// Runs a comparator `{x: _, y: _, less: …}` with its two values in place.
    fn less_by(
        &mut self,
        target: VertexId,
        span: Range32,
        a: &Val<'d>,
        b: &Val<'d>,
    ) -> Outcome<bool> {
        let conjuncts = self.at(target).conjuncts.clone();
        let Some(first) = conjuncts.first().cloned() else {
            return Ok(false);
        };
        let vertex = self.vertex(None, first, span);
        self.at_mut(vertex).conjuncts = conjuncts;
        for (name, value) in [("x", a), ("y", b)] {
            let label = self.intern(name);
            let conjunct = Conjunct::Value(value.clone());
            self.add_field(vertex, label, conjunct, Constraint::Regular, span)?;
        }
        // A vertex with one conjunct would be taken for that conjunct alone.
        self.at_mut(vertex)
            .conjuncts
            .push(Conjunct::Value(Val::Final(Value::Struct([].into()))));
        let less = self.intern("less");
        self.evaluate(vertex)?;
        let found = self.find(vertex, less).map(|arc| arc.vertex);
        match found {
            Some(arc) => Ok(matches!(self.evaluate(arc)?, Val::Bool(true))),
            None => Err(self.unsupported("a comparator without `less`", span)),
        }
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.len() * 16,
        Value::Struct(fields) => fields.len() * 16,
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
    }
}

fn size_made(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.len(),
        Value::Struct(fields) => fields.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
