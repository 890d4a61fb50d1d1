//! Functions that look at more than finished values.

use std::rc::Rc;

use super::{
    EnvId, FaultKind, Outcome, Vm,
    constraint::{Constraint, Validator},
    insert::onward,
    node::{Arm, Conjunct, NodeId, What},
    val::Val,
};
use crate::{
    Value,
    ir::{Decl, Expr, ExprId},
    kinds::Kinds,
    library::{self, Special},
    operators::Operand,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

/// Whether a value goes with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    /// Not yet: something is missing.
    Open,
}

// === impl Special ===

impl Special {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Len => "len",
            Self::Close => "close",
            Self::And => "and",
            Self::Or => "or",
            Self::Sort => "list.Sort",
            Self::IsSorted => "list.IsSorted",
            Self::Ascending => "list.Ascending",
            Self::Descending => "list.Descending",
            Self::Comparer => "list.Comparer",
            Self::MatchN => "matchN",
            Self::MatchIf => "matchIf",
            Self::ListMatchN => "list.MatchN",
            Self::Error => "error",
            Self::JsonValidate => "json.Validate",
            Self::YamlValidate => "yaml.Validate",
            Self::YamlValidatePartial => "yaml.ValidatePartial",
        }
    }

    /// How many arguments it takes, the value that a validator looks at not counted.
    const fn arity(self) -> usize {
        match self {
            Self::Len | Self::Close | Self::And | Self::Or | Self::Error => 1,
            Self::Sort | Self::IsSorted | Self::MatchN => 2,
            Self::MatchIf => 3,
            Self::ListMatchN => 3,
            Self::JsonValidate | Self::YamlValidate | Self::YamlValidatePartial => 2,
            Self::Ascending | Self::Descending | Self::Comparer => 0,
        }
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn call_special(
        &mut self,
        env: EnvId,
        special: Special,
        arguments: &'d [ExprId],
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        let as_validator = match special {
            Special::MatchN | Special::MatchIf => arguments.len() == special.arity(),
            Special::ListMatchN
            | Special::JsonValidate
            | Special::YamlValidate
            | Special::YamlValidatePartial => arguments.len() + 1 == special.arity(),
            _ => false,
        };
        if as_validator {
            let kinds = match special {
                Special::ListMatchN => Kinds::LIST,
                Special::JsonValidate | Special::YamlValidate | Special::YamlValidatePartial => {
                    Kinds::STRING | Kinds::BYTES
                }
                _ => Kinds::ANY,
            };
            let constraint = Constraint {
                validators: vec![Validator::Special(special, env, arguments, id)],
                ..Constraint::of_kinds(kinds, span)
            };
            return Ok(Val::Constraint(Rc::new(constraint)));
        }
        if matches!(
            special,
            Special::Ascending | Special::Descending | Special::Comparer
        ) {
            return Err(self.eval_fault(&rules::NOT_A_FUNCTION, span, |problem| {
                problem
                    .arg("value", rules::words(rules::A_COMPARATOR))
                    .arg("type", "struct")
            }));
        }
        self.count(special.name(), special.arity(), arguments, id)?;
        let at = arguments[0];
        match special {
            Special::Close | Special::And | Special::Or => {
                let node = self.nameless(env, id);
                self.evaluate(node)
            }
            Special::Len => {
                if let Some(inner) = self.conjunction(at) {
                    return Err(self.unmet(env, inner, at));
                }
                let value = self.eval(env, at)?;
                let counted = Kinds::STRING | Kinds::BYTES | Kinds::LIST | Kinds::STRUCT;
                let value = match value.kinds().meets(counted) || matches!(value, Val::Either(_)) {
                    true => self.concrete(value, self.ir.span(at))?,
                    false => value,
                };
                self.len(&value, at)
            }
            Special::Sort | Special::IsSorted => {
                let value = self.operand_of(env, at, Kinds::LIST)?;
                self.sort(env, special, &value, at, arguments[1])
            }
            Special::Error => {
                let value = match self.operand(env, at) {
                    Err(fault) if fault.kind.is_open() => Val::Str("this is refused"),
                    value => value?,
                };
                match value.as_str() {
                    Some(text) => {
                        let text = match text {
                            "" => "an error without words".to_owned(),
                            said => said.to_owned(),
                        };
                        Err(self.eval_fault(&rules::USER_ERROR, span, |problem| {
                            problem.arg("text", text)
                        }))
                    }
                    None => Err(self.bad_argument("error", 0, "a string", &value, at)),
                }
            }
            Special::ListMatchN
            | Special::JsonValidate
            | Special::YamlValidate
            | Special::YamlValidatePartial => {
                let value = self.operand(env, at)?;
                let rest = &arguments[1..];
                match special {
                    Special::ListMatchN => {
                        self.list_matches(env, rest, &value, span).map(Val::Bool)
                    }
                    _ => {
                        self.validate_special(special, env, rest, id, &value, span)?;
                        Ok(Val::Bool(true))
                    }
                }
            }
            Special::MatchN
            | Special::MatchIf
            | Special::Ascending
            | Special::Descending
            | Special::Comparer => Err(self.eval_fault(&rules::ARGUMENT_COUNT, span, |problem| {
                problem
                    .arg("function", special.name())
                    .arg("expected", special.arity())
                    .arg("actual", arguments.len())
            })),
        }
    }

    /// Takes a call in as a conjunct: what `close`, `and` and `or` stand for is said about the node itself.
    pub(crate) fn insert_call(
        &mut self,
        id: NodeId,
        conjunct: &Conjunct<'d>,
        expr: ExprId,
        function: ExprId,
        arguments: &'d [ExprId],
    ) -> Outcome<()> {
        let env = conjunct.env;
        let special = match self.operand(env, function)? {
            Val::Special(special @ (Special::Close | Special::And | Special::Or)) => special,
            _ => {
                let value = self.eval(env, expr)?;
                self.insert_value(id, value, conjunct);
                return Ok(());
            }
        };
        let span = self.ir.span(expr);
        if special == Special::Close {
            self.count(special.name(), 1, arguments, expr)?;
            let at = arguments[0];
            if !self.is_certain(at) {
                let value = self.eval(env, at)?;
                let value = match value {
                    Val::Top | Val::Constraint(_) => value,
                    value => self.concrete(value, span)?,
                };
                if !self.is_struct(&value) {
                    return Err(self.bad_argument("close", 0, "a struct", &value, at));
                }
            }
            let closed = self.closed_conjunct(id, conjunct, What::Expr(at));
            let closed = Conjunct {
                origin: onward(conjunct.origin, u64::from(at.0)),
                ..closed
            };
            self.insert(id, closed);
            return Ok(());
        }
        let items = self.listed(env, special, arguments, expr)?;
        if special == Special::And {
            self.sign(id, conjunct);
            if items.is_empty() {
                self.insert_value(id, Val::Top, conjunct);
            }
            for (step, item) in (1..).zip(items) {
                self.insert(id, conjunct.value(item, step));
            }
            return Ok(());
        }
        if items.is_empty() {
            return Err(self.fault(
                FaultKind::Incomplete,
                &rules::CALL_FAILED,
                span,
                |problem| {
                    problem
                        .arg("function", "or")
                        .arg("reason", rules::words(rules::EMPTY_LIST))
                },
            ));
        }
        let arm = |item| Arm {
            marked: false,
            what: What::Value(item),
        };
        self.insert_arms(id, items.into_iter().map(arm).collect(), conjunct, span);
        Ok(())
    }

    /// True for a struct literal all of whose fields are there whatever else is known.
    fn is_certain(&self, expr: ExprId) -> bool {
        let Expr::Struct(shape) = self.ir.expr(expr) else {
            return false;
        };
        let depends = |decl: &Decl| matches!(decl, Decl::Comprehension(_) | Decl::Dynamic(_));
        !shape.decls.iter().any(depends)
    }

    /// What `and` or `or` is given, not worked out.
    pub(crate) fn listed(
        &mut self,
        env: EnvId,
        special: Special,
        arguments: &'d [ExprId],
        id: ExprId,
    ) -> Outcome<Vec<Val<'d>>> {
        self.count(special.name(), 1, arguments, id)?;
        let at = arguments[0];
        let value = self.operand_of(env, at, Kinds::LIST)?;
        match self.items(&value)? {
            Some(items) => Ok(items),
            None => Err(self.bad_argument(special.name(), 0, "a list", &value, at)),
        }
    }

    fn len(&mut self, value: &Val<'d>, at: ExprId) -> Outcome<Val<'d>> {
        let length = match self.shape_of(value) {
            Operand::String(text) => text.len(),
            Operand::Bytes(bytes) => bytes.len(),
            Operand::List => self.list_len(value).unwrap_or(0),
            Operand::Struct => self.fields(value, self.ir.span(at))?.len(),
            Operand::Null | Operand::Bool(_) | Operand::Number(_) | Operand::Function => {
                let expected = "a string, bytes, a list or a struct";
                return Err(self.bad_argument("len", 0, expected, value, at));
            }
        };
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        Ok(Val::Number(length.into()))
    }

    /// `list.Comparer`: two values and whether the first comes before the second.
    pub(crate) fn insert_comparer(&mut self, id: NodeId, conjunct: &Conjunct<'d>) {
        let span = self.at(id).span;
        self.at_mut(id).flags.set(super::node::Flags::STRUCT);
        for (step, name) in (1..).zip(["T", "x", "y"]) {
            let label = self.intern(name);
            self.add_field(
                id,
                label,
                Mark::Regular,
                span,
                conjunct.value(Val::Top, step),
            );
        }
        let label = self.intern("less");
        let bool = Val::Constraint(Rc::new(Constraint::of_kinds(Kinds::BOOL, span)));
        self.add_field(id, label, Mark::Regular, span, conjunct.value(bool, 4));
    }

    // --- Validators ---

    pub(crate) fn validate_special(
        &mut self,
        special: Special,
        env: EnvId,
        arguments: &'d [ExprId],
        at: ExprId,
        value: &Val<'d>,
        span: Range32,
    ) -> Outcome<()> {
        let fit = match special {
            Special::MatchN => self.match_count(env, arguments, value, span)?,
            Special::MatchIf => {
                let branch = match self.fits(env, arguments[0], value)? {
                    Fit::Yes => arguments[1],
                    Fit::No | Fit::Open => arguments[2],
                };
                self.fits(env, branch, value)?
            }
            Special::ListMatchN => match self.list_matches(env, arguments, value, span)? {
                true => Fit::Yes,
                false => Fit::No,
            },
            Special::JsonValidate | Special::YamlValidate | Special::YamlValidatePartial => {
                return self.validate_text(special, env, arguments, value, span);
            }
            _ => Fit::Yes,
        };
        let kind = match fit {
            Fit::Yes => return Ok(()),
            Fit::No => FaultKind::Eval,
            Fit::Open => FaultKind::Incomplete,
        };
        let validator = Validator::Special(special, env, arguments, at);
        let fault = self.not_valid(value, &validator, span);
        Err(Rc::new(super::Fault {
            kind,
            ..super::Fault::clone(&fault)
        }))
    }

    /// Whether the number of the listed schemas that a value fits is the one asked for, or may become it.
    fn match_count(
        &mut self,
        env: EnvId,
        arguments: &'d [ExprId],
        value: &Val<'d>,
        span: Range32,
    ) -> Outcome<Fit> {
        let list = arguments[1];
        let schemas = self.eval(env, list)?;
        let schemas = match schemas {
            Val::Constraint(_) => schemas,
            schemas => self.concrete(schemas, self.ir.span(list))?,
        };
        let Some(schemas) = self.items(&schemas)? else {
            return Err(self.bad_argument("matchN", 1, "a list", &schemas, list));
        };
        let (mut count, mut open) = (0, 0);
        for schema in schemas {
            match self.fits_value(schema, value, span)? {
                Fit::Yes => count += 1,
                Fit::Open => open += 1,
                Fit::No => {}
            }
        }
        if self.count_fits(env, arguments[0], count, span)? {
            return Ok(Fit::Yes);
        }
        for more in 1..=open {
            if self.count_fits(env, arguments[0], count + more, span)? {
                return Ok(Fit::Open);
            }
        }
        Ok(Fit::No)
    }

    /// True when a count is the one that is asked for, or satisfies the constraint.
    fn count_fits(
        &mut self,
        env: EnvId,
        wanted: ExprId,
        count: usize,
        span: Range32,
    ) -> Outcome<bool> {
        let wanted = self.eval(env, wanted)?;
        let count = Val::Number(i64::try_from(count).unwrap_or(i64::MAX).into());
        Ok(self.fits_value(wanted, &count, span)? == Fit::Yes)
    }

    fn list_matches(
        &mut self,
        env: EnvId,
        arguments: &'d [ExprId],
        list: &Val<'d>,
        span: Range32,
    ) -> Outcome<bool> {
        let at = arguments[0];
        let Some(items) = self.items(list)? else {
            return Err(self.bad_argument("list.MatchN", 0, "a list", list, at));
        };
        let mut count = 0;
        for item in items {
            if self.fits(env, arguments[1], &item)? == Fit::Yes {
                count += 1;
            }
        }
        self.count_fits(env, arguments[0], count, span)
    }

    fn fits(&mut self, env: EnvId, schema: ExprId, value: &Val<'d>) -> Outcome<Fit> {
        let span = self.ir.span(schema);
        let schema = self.nameless(env, schema);
        self.fits_value(Val::Node(schema), value, span)
    }

    /// Whether a value and a schema go together and the result is complete.
    fn fits_value(&mut self, schema: Val<'d>, value: &Val<'d>, span: Range32) -> Outcome<Fit> {
        let node = self.inline(
            Conjunct::new(What::Value(value.clone()), super::OUTSIDE, 1),
            span,
        );
        let schema = Conjunct::new(What::Value(schema), super::OUTSIDE, 2);
        self.at_mut(node).conjuncts.push(schema);
        let met = self.evaluate(node);
        let met = met.and_then(|met| self.finish(&met, span));
        match met {
            Ok(_) => Ok(Fit::Yes),
            Err(fault) if fault.kind == FaultKind::Limit => Err(fault),
            Err(fault) if fault.kind.is_open() => Ok(Fit::Open),
            Err(_) => Ok(Fit::No),
        }
    }

    /// `json.Validate` and its like: the text must hold a value that goes with a schema.
    fn validate_text(
        &mut self,
        special: Special,
        env: EnvId,
        arguments: &'d [ExprId],
        text: &Val<'d>,
        span: Range32,
    ) -> Outcome<()> {
        let bytes = match text.operand() {
            Operand::String(text) => text.as_bytes().to_vec(),
            Operand::Bytes(bytes) => bytes.to_vec(),
            _ => {
                return Err(self.bad_argument(
                    special.name(),
                    0,
                    "a string or bytes",
                    text,
                    arguments[0],
                ));
            }
        };
        let documents: Result<Vec<Value>, String> = match special {
            Special::JsonValidate => library::decode_json(&bytes).map(|value| vec![value]),
            _ => library::decode_yaml_stream(&bytes),
        };
        let documents = documents.map_err(|reason| {
            self.eval_fault(&rules::CALL_FAILED, span, |problem| {
                problem
                    .arg("function", special.name())
                    .arg("reason", reason)
            })
        })?;
        for document in documents {
            let value = Val::of_value(document);
            let node = self.inline(Conjunct::new(What::Value(value), super::OUTSIDE, 1), span);
            let schema = Conjunct::new(What::Expr(arguments[0]), env, 2);
            self.at_mut(node).conjuncts.push(schema);
            let met = self.evaluate(node)?;
            match special {
                Special::YamlValidatePartial => self.sound(&met, span)?,
                _ => {
                    // Here what is missing is wrong as well.
                    if let Err(fault) = self.finish(&met, span) {
                        return Err(match fault.kind {
                            FaultKind::Incomplete => Rc::new(super::Fault {
                                kind: FaultKind::Eval,
                                ..super::Fault::clone(&fault)
                            }),
                            _ => fault,
                        });
                    }
                }
            }
        }
        Ok(())
    }
}
