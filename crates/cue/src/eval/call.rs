//! Calls of functions over finished values, and functions as constraints.

use std::rc::Rc;

use super::{
    EnvId, Fault, FaultKind, Outcome, Vm,
    constraint::{Constraint, Validator},
    fault::graver,
    val::Val,
};
use crate::{
    Value,
    ir::ExprId,
    kinds::Kinds,
    library::{Builtin, CallError, MAX_ANSWER, Param},
    rules,
    syntax::ast::Range32,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn call(
        &mut self,
        env: EnvId,
        function: ExprId,
        arguments: &'d [ExprId],
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        match self.operand(env, function)? {
            Val::Function(builtin) => self.call_builtin(env, builtin, arguments, id),
            Val::Special(special) => self.call_special(env, special, arguments, id),
            other => {
                let span = self.ir.span(function);
                Err(self.eval_fault(&rules::NOT_A_FUNCTION, span, |problem| {
                    problem
                        .arg("value", self.describe(&other))
                        .arg("type", self.type_name(&other))
                }))
            }
        }
    }

    pub(crate) fn count(
        &self,
        name: &str,
        expected: usize,
        arguments: &[ExprId],
        id: ExprId,
    ) -> Outcome<()> {
        if arguments.len() == expected {
            return Ok(());
        }
        let span = self.ir.span(id);
        Err(self.eval_fault(&rules::ARGUMENT_COUNT, span, |problem| {
            problem
                .arg("function", name)
                .arg("expected", expected)
                .arg("actual", arguments.len())
        }))
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
            let params = builtin.params.get(1..).unwrap_or_default();
            let values = self.arguments(env, builtin, params, arguments)?;
            return Ok(Val::Constraint(self.validator(
                builtin,
                values.into(),
                span,
            )));
        }
        let left_out = builtin.params.get(arguments.len()..).unwrap_or_default();
        let defaults: Option<Vec<Value>> = left_out.iter().map(|param| param.default()).collect();
        let defaults = defaults.unwrap_or_default();
        let expected = builtin.params.len() - defaults.len();
        self.count(&builtin.full_name(), expected, arguments, id)?;
        let mut values = self.arguments(env, builtin, builtin.params, arguments)?;
        values.extend(defaults);
        self.run(builtin, &values, span).map(Val::of_value)
    }

    fn run(
        &mut self,
        builtin: &'static Builtin,
        values: &[Value],
        span: Range32,
    ) -> Outcome<Value> {
        let size = values.iter().map(size).sum::<usize>();
        self.spend(1 + size as u64 / 64, span)?;
        match (builtin.run)(values) {
            Ok(value) => {
                self.made(size_made(&value), span)?;
                Ok(value)
            }
            Err(error) => Err(self.call_fault(&builtin.full_name(), error, span)),
        }
    }

    /// The finished arguments. A wrong one counts for more than a missing one before it.
    fn arguments(
        &mut self,
        env: EnvId,
        builtin: &'static Builtin,
        params: &[Param],
        arguments: &'d [ExprId],
    ) -> Outcome<Vec<Value>> {
        let mut values = Vec::with_capacity(arguments.len());
        let mut worst: Option<Rc<Fault>> = None;
        let mut worst_is_type = false;
        for (index, (argument, param)) in arguments.iter().zip(params).enumerate() {
            let span = self.ir.span(*argument);
            let looks_inside = matches!(param, Param::Strings | Param::Numbers);
            let value = match self.conjunction(*argument) {
                Some(inner) if builtin.package.is_empty() || looks_inside => {
                    Err(self.unmet(env, inner, *argument))
                }
                Some(_) | None => self.eval(env, *argument),
            };
            let value = value.and_then(|value| match self.may_be(&value, *param, span)? {
                true => self.argument(&value, *param, span),
                // More information will not make it right.
                false => {
                    let name = builtin.full_name();
                    Err(self.bad_argument(&name, index, param.as_str(), &value, *argument))
                }
            });
            match value {
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

    /// False for what no more information makes a right argument.
    fn may_be(&mut self, value: &Val<'d>, param: Param, span: Range32) -> Outcome<bool> {
        let kinds = match value {
            Val::Node(_) if self.is_struct(value) => Kinds::STRUCT,
            Val::Node(_) => Kinds::LIST,
            Val::Top => return Ok(true),
            Val::Either(either) => match either.default() {
                Some(value @ Val::Constraint(_)) => return Ok(value.kinds().meets(param.kinds())),
                Some(_) | None => return Ok(true),
            },
            value => value.kinds(),
        };
        if !kinds.meets(param.kinds()) {
            return Ok(false);
        }
        let (Some(wanted), Some(items)) = (param.items(), self.items(value)?) else {
            return Ok(true);
        };
        self.sound(value, span)?;
        // The first item that is not right decides.
        for item in items {
            let node = match item {
                Val::Node(node) => Some(node),
                _ => None,
            };
            let item = self.force(item)?;
            if matches!(item, Val::Top) && node.is_some_and(|node| self.leads_out(node)) {
                return Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
            }
            let taken = match &item {
                Val::Either(either) => either.default().cloned(),
                item => Some(item.clone()),
            };
            let fits = taken.is_some_and(|taken| self.kinds_of(&taken).within(wanted));
            match item {
                Val::Top | Val::Constraint(_) if self.kinds_of(&item).meets(wanted) => {
                    return Err(self.not_concrete(&item, span));
                }
                Val::Either(_) if !fits => return Err(self.ambiguous(&item, span)),
                _ if !fits => return Ok(false),
                _ => {}
            }
        }
        Ok(true)
    }

    fn kinds_of(&self, value: &Val<'d>) -> Kinds {
        match value {
            Val::Node(_) if self.list_len(value).is_some() => Kinds::LIST,
            value => value.kinds(),
        }
    }

    /// What a function is given of a value.
    fn argument(&mut self, value: &Val<'d>, param: Param, span: Range32) -> Outcome<Value> {
        if !matches!(param, Param::Fields | Param::Items | Param::Loose) {
            return self.finish(value, span);
        }
        let value = self.concrete(value.clone(), span)?;
        if param == Param::Fields && self.is_struct(&value) {
            let fields = self.fields(&value, span)?.into_iter();
            let names = fields.map(|(name, _)| (name, Value::Null));
            return Ok(Value::Struct(names.collect()));
        }
        let (true, Some(items)) = (param != Param::Fields, self.items(&value)?) else {
            return self.finish(&value, span);
        };
        let items = items.iter().map(|item| match self.finish(item, span) {
            Err(fault) if fault.kind.is_open() => Ok(Value::Null),
            finished => finished,
        });
        Ok(Value::List(items.collect::<Outcome<_>>()?))
    }

    fn call_fault(&self, function: &str, error: CallError, span: Range32) -> Rc<Fault> {
        match error {
            CallError::Failed(reason) => self.eval_fault(&rules::CALL_FAILED, span, |problem| {
                problem.arg("function", function).arg("reason", reason)
            }),
            CallError::TooLarge => self.limit("output", MAX_ANSWER, span),
        }
    }

    pub(crate) fn bad_argument(
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
                .arg("value", self.describe(value))
                .arg("type", self.type_name(value))
        })
    }

    // --- Functions as constraints ---

    /// A function whose first argument is the value that it is met with.
    pub(crate) fn validator(
        &mut self,
        builtin: &'static Builtin,
        arguments: Rc<[Value]>,
        span: Range32,
    ) -> Rc<Constraint<'d>> {
        let kinds = builtin
            .params
            .first()
            .map_or(Kinds::ANY, |param| param.kinds());
        Rc::new(Constraint {
            validators: vec![Validator::Builtin(builtin, arguments)],
            ..Constraint::of_kinds(kinds, span)
        })
    }

    /// Fails when a finished value does not satisfy a validator.
    pub(crate) fn validate(
        &mut self,
        validator: &Validator<'d>,
        value: &Val<'d>,
        span: Range32,
    ) -> Outcome<()> {
        let (builtin, arguments) = match validator {
            Validator::Builtin(builtin, arguments) => (*builtin, Rc::clone(arguments)),
            Validator::Special(special, env, arguments, at) => {
                return self.validate_special(*special, *env, arguments, *at, value, span);
            }
        };
        let param = builtin.params.first().copied().unwrap_or(Param::Any);
        let mut values = vec![self.argument(value, param, span)?];
        values.extend(arguments.iter().cloned());
        match self.run(builtin, &values, span) {
            Ok(Value::Bool(true)) => return Ok(()),
            Err(fault) if fault.kind.is_open() || fault.kind == FaultKind::Limit => {
                return Err(fault);
            }
            Ok(_) | Err(_) => {}
        }
        Err(self.not_valid(value, validator, span))
    }

    pub(crate) fn not_valid(
        &self,
        value: &Val<'d>,
        validator: &Validator<'d>,
        span: Range32,
    ) -> Rc<Fault> {
        self.eval_fault(&rules::NOT_VALID, span, |problem| {
            problem.arg("value", self.describe(value)).arg(
                "validator",
                format!("`{}`", self.describe_validator(validator)),
            )
        })
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
