//! Calls of functions.

use std::rc::Rc;

use super::{
    Conjunct, EnvId, Vm,
    fault::{Fault, Outcome, graver},
    val::Val,
};
use crate::{
    Value,
    ir::ExprId,
    library::{Builtin, CallError, MAX_ANSWER, Special},
    operators::Operand,
    rules,
    syntax::ast::Range32,
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

    pub(super) fn bad_argument(
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
