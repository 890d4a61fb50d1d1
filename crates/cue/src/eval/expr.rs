//! Expressions.

use std::rc::Rc;

use burgee_source::Diagnostic;
use ecow::EcoString;

use super::{
    EnvId, Fault, FaultKind, NodeId, Outcome, Vm,
    constraint::Constraint,
    deep,
    fault::graver,
    node::{Conjunct, What},
    resolve::Target,
    val::Val,
};
use crate::{
    Value,
    ir::{Binary, Bound, Expr, ExprId, Piece, Unary},
    kinds::Kinds,
    library::Special,
    operators::{Operand, OperatorError, apply},
    rules,
    syntax::ast::Range32,
    value::ArithmeticError,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The value of an expression. A struct is a node whose fields may not have been worked out.
    pub(crate) fn eval(&mut self, env: EnvId, id: ExprId) -> Outcome<Val<'d>> {
        let ir = self.ir;
        match ir.expr(id) {
            Expr::Const(value) => Ok(Val::of_const(value)),
            Expr::Top => Ok(Val::Top),
            Expr::Type(kinds) => {
                let constraint = self.type_of(*kinds, ir.span(id));
                Ok(Val::Constraint(constraint))
            }
            Expr::Range(range) => {
                let constraint = Constraint::of_range(range, ir.span(id));
                Ok(Val::Constraint(Rc::new(constraint)))
            }
            Expr::Standard(package) => Ok(Val::Package(package)),
            Expr::Function(function) => Ok(Val::Function(function)),
            Expr::Special(special) => Ok(Val::Special(*special)),
            Expr::Bottom => {
                Err(self.eval_fault(&rules::EXPLICIT_ERROR, ir.span(id), |problem| problem))
            }
            Expr::Field { .. }
            | Expr::Local { .. }
            | Expr::Itself { .. }
            | Expr::Dynamic { .. }
            | Expr::Root(_)
            | Expr::Package(_)
            | Expr::Select(..)
            | Expr::Index(..) => {
                let target = self.resolve(env, id)?;
                self.value_at(target)
            }
            Expr::Bound(..)
            | Expr::Slice(..)
            | Expr::Call(..)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Meet(..)
            | Expr::Either(_)
            | Expr::Present(..)
            | Expr::Interpolation(..)
            | Expr::List(_)
            | Expr::Struct(_)
            | Expr::Aliased(_) => {
                self.enter(ir.span(id))?;
                let value = deep(|| self.compound(env, id));
                self.leave();
                value
            }
        }
    }

    fn compound(&mut self, env: EnvId, id: ExprId) -> Outcome<Val<'d>> {
        let ir = self.ir;
        match ir.expr(id) {
            Expr::Bound(bound, operand) => self.bound(env, *bound, *operand, id),
            Expr::Slice(base, low, high) => self.slice(env, *base, *low, *high, id),
            Expr::Call(function, arguments) => self.call(env, *function, arguments, id),
            Expr::Unary(operator, operand) => self.unary(env, *operator, *operand, id),
            Expr::Binary(operator, left, right) => self.binary(env, *operator, *left, *right, id),
            Expr::Present(operand, present) => self.presence(env, *operand, *present),
            Expr::Interpolation(bytes, pieces) => self.interpolate(env, *bytes, pieces, id),
            _ => {
                let node = self.nameless(env, id);
                self.evaluate(node)
            }
        }
    }

    /// A node for an expression that is no field.
    pub(crate) fn nameless(&mut self, env: EnvId, id: ExprId) -> super::NodeId {
        let conjunct = Conjunct {
            chain: self.chain,
            ..Conjunct::new(What::Expr(id), env, 1)
        };
        self.inline(conjunct, self.ir.span(id))
    }

    /// The value of an operand: concrete, defaults taken.
    pub(crate) fn operand(&mut self, env: EnvId, id: ExprId) -> Outcome<Val<'d>> {
        if let Some(arguments) = self.conjunction(id) {
            return Err(self.unmet(env, arguments, id));
        }
        if !self.weighed.is_empty() && self.is_weighed(env, id) {
            return Err(self.cycle_fault(self.ir.span(id)));
        }
        let value = self.eval(env, id)?;
        self.concrete(value, self.ir.span(id))
    }

    /// True for a name that leads to the node whose alternatives are being weighed.
    fn is_weighed(&mut self, env: EnvId, id: ExprId) -> bool {
        let Some((_, _, weighed)) = self.weighed.last().copied() else {
            return false;
        };
        if !matches!(self.ir.expr(id), Expr::Field { .. }) {
            return false;
        }
        match self.resolve(env, id) {
            Ok(Target::Node(node)) => self.original(node) == self.original(weighed),
            Ok(Target::Value(_)) | Err(_) => false,
        }
    }

    /// Why a call of `and` is no operand: what it says is said about a field, and not looked at anywhere else.
    pub(crate) fn unmet(&mut self, env: EnvId, arguments: &'d [ExprId], id: ExprId) -> Rc<Fault> {
        match self.listed(env, Special::And, arguments, id) {
            Ok(_) => self.not_concrete(&Val::Top, self.ir.span(id)),
            Err(fault) => fault,
        }
    }

    /// The arguments of a call of `and`.
    pub(crate) fn conjunction(&self, id: ExprId) -> Option<&'d [ExprId]> {
        let ir = self.ir;
        match ir.expr(id) {
            Expr::Call(function, arguments)
                if matches!(ir.expr(*function), Expr::Special(Special::And)) =>
            {
                Some(arguments)
            }
            _ => None,
        }
    }

    /// The value where a concrete one is needed: the default of alternatives, no mere type.
    pub(crate) fn concrete(&mut self, value: Val<'d>, span: Range32) -> Outcome<Val<'d>> {
        match value {
            Val::Either(either) => match either.default() {
                Some(value) => {
                    let value = value.clone();
                    self.concrete(value, span)
                }
                None => Err(self.ambiguous(&Val::Either(either), span)),
            },
            Val::Top | Val::Constraint(_) => Err(self.not_concrete(&value, span)),
            value => Ok(value),
        }
    }

    pub(crate) fn ambiguous(&self, value: &Val<'d>, span: Range32) -> Rc<Fault> {
        self.fault(FaultKind::Incomplete, &rules::AMBIGUOUS, span, |problem| {
            problem.arg("alternatives", self.describe(value))
        })
    }

    pub(crate) fn not_concrete(&self, value: &Val<'d>, span: Range32) -> Rc<Fault> {
        self.fault(
            FaultKind::Incomplete,
            &rules::NOT_CONCRETE,
            span,
            |problem| {
                problem
                    .arg("value", self.describe(value))
                    .hint(rules::SET_IT)
            },
        )
    }

    fn bound(&mut self, env: EnvId, bound: Bound, operand: ExprId, id: ExprId) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        if let Expr::Type(_) | Expr::Range(_) | Expr::Top = self.ir.expr(operand) {
            let value = self.eval(env, operand)?;
            return Err(self.bad_bound(bound, &value, span));
        }
        let value = self.operand(env, operand)?;
        let kinds = match bound {
            Bound::Match | Bound::NotMatch => Kinds::STRING | Kinds::BYTES,
            Bound::Not => Kinds::ANY.without(Kinds::BOOL | Kinds::FUNC),
            Bound::Less | Bound::LessEqual | Bound::Greater | Bound::GreaterEqual => {
                Kinds::NUMBER | Kinds::STRING | Kinds::BYTES
            }
        };
        if !value.kinds().within(kinds) {
            return Err(self.bad_bound(bound, &value, span));
        }
        if let (Bound::Match | Bound::NotMatch, Some(pattern)) = (bound, value.as_str()) {
            self.regex(pattern, span)?;
        }
        Ok(Val::Constraint(Rc::new(Constraint::of_bound(
            bound, value, span,
        ))))
    }

    fn bad_bound(&self, bound: Bound, value: &Val<'d>, span: Range32) -> Rc<Fault> {
        self.eval_fault(&rules::BAD_BOUND, span, |problem| {
            problem
                .arg("bound", bound.as_str())
                .arg("value", self.describe(value))
                .arg("type", self.type_name(value))
        })
    }

    fn unary(
        &mut self,
        env: EnvId,
        operator: Unary,
        operand: ExprId,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let sign = match operator {
            Unary::Not => "!",
            Unary::Minus => "-",
            Unary::Plus => "+",
        };
        if let Some(word) = self.ir.expr(operand).as_type() {
            let span = self.ir.span(operand);
            return Err(self.eval_fault(&rules::BAD_OPERAND, span, |problem| {
                let problem = problem.arg("operator", sign);
                problem.arg("value", format!("`{word}`")).arg("type", word)
            }));
        }
        let value = self.operand(env, operand)?;
        match (operator, &value) {
            (Unary::Not, Val::Bool(value)) => Ok(Val::Bool(!value)),
            (Unary::Minus, Val::Number(number)) => Ok(Val::Number(number.negate())),
            (Unary::Plus, Val::Number(_)) => Ok(value),
            (Unary::Not | Unary::Minus | Unary::Plus, _) => {
                Err(
                    self.eval_fault(&rules::BAD_OPERAND, self.ir.span(id), |problem| {
                        problem
                            .arg("operator", sign)
                            .arg("value", self.describe(&value))
                            .arg("type", self.type_name(&value))
                    }),
                )
            }
        }
    }

    fn binary(
        &mut self,
        env: EnvId,
        operator: Binary,
        left: ExprId,
        right: ExprId,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        let (a, b) = self.operands(env, left, right)?;
        let has_parts = |value: &Val<'d>| matches!(value, Val::Node(_));
        if has_parts(&a) || has_parts(&b) {
            for (operand, at) in [(&a, left), (&b, right)] {
                self.sound(operand, self.ir.span(at))?;
            }
            // What is missing in an operand is said before whether there is such an operation at all.
            for (operand, at) in [(&a, left), (&b, right)] {
                if has_parts(operand) {
                    self.finish(operand, self.ir.span(at))?;
                }
            }
        }
        if let (Val::Number(a), Val::Number(b)) = (&a, &b) {
            self.spend((a.words() + b.words()) / 8, span)?;
        }
        let error = match apply(operator, &self.shape_of(&a), &self.shape_of(&b)) {
            Ok(value) => {
                if let Value::String(text) = &value {
                    self.made(text.len(), span)?;
                }
                return Ok(Val::of_value(value));
            }
            Err(error) => error,
        };
        match (error, operator) {
            (OperatorError::Elsewhere, Binary::Match | Binary::NotMatch) => {
                let matches = self.is_match(&a, &b, right)?;
                Ok(Val::Bool(matches == (operator == Binary::Match)))
            }
            (OperatorError::Elsewhere, _) => {
                let equal = self.equal_lists(&a, &b, span)?;
                Ok(Val::Bool(equal == (operator == Binary::Equal)))
            }
            (error, _) => Err(self.operator_fault(error, operator, [(&a, left), (&b, right)], id)),
        }
    }

    /// Both operands: what is wrong in one counts for more than what is missing in the other.
    fn operands(&mut self, env: EnvId, left: ExprId, right: ExprId) -> Outcome<(Val<'d>, Val<'d>)> {
        match (self.operand(env, left), self.operand(env, right)) {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => Err(fault),
            (Err(a), Err(b)) => Err(if b.kind > a.kind { b } else { a }),
        }
    }

    fn is_match(&mut self, text: &Val<'d>, pattern: &Val<'d>, at: ExprId) -> Outcome<bool> {
        let pattern = match pattern.operand() {
            Operand::String(text) => text.to_owned(),
            Operand::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let span = self.ir.span(at);
        let text = text.as_str().unwrap_or("");
        self.spend(1 + text.len() as u64 / 64, span)?;
        Ok(self.regex(&pattern, span)?.is_match(text))
    }

    fn operator_fault(
        &self,
        error: OperatorError,
        operator: Binary,
        [(a, left), (b, right)]: [(&Val<'d>, ExprId); 2],
        id: ExprId,
    ) -> Rc<Fault> {
        let span = self.ir.span(id);
        let both = |problem: Diagnostic| {
            problem
                .arg("operator", operator.as_str())
                .arg("left", self.describe(a))
                .arg("right", self.describe(b))
        };
        match error {
            OperatorError::Mismatch | OperatorError::Elsewhere => {
                self.eval_fault(&rules::MISMATCH, span, |problem| {
                    let problem = both(problem)
                        .arg("left_type", self.type_name(a))
                        .arg("right_type", self.type_name(b))
                        .also(self.place(self.ir.span(left)), rules::IS_TYPE_LEFT)
                        .also(self.place(self.ir.span(right)), rules::IS_TYPE_RIGHT);
                    let string = |value: &Val<'_>| value.as_str().is_some();
                    match operator == Binary::Add && (string(a) || string(b)) {
                        true => problem.hint(rules::CONVERT),
                        false => problem,
                    }
                })
            }
            OperatorError::ListArithmetic(function) => {
                self.eval_fault(&rules::LIST_ARITHMETIC, span, |problem| {
                    both(problem)
                        .arg("function", function)
                        .hint(rules::USE_FUNCTION)
                })
            }
            OperatorError::Arithmetic(error) => {
                let reason = match error {
                    ArithmeticError::DivisionByZero => "division by zero",
                    ArithmeticError::Undefined => "division undefined",
                    ArithmeticError::Exponent => "the exponent is out of range",
                };
                self.eval_fault(&rules::ARITHMETIC, span, |problem| {
                    both(problem).arg("reason", reason)
                })
            }
            OperatorError::NegativeCount => self.eval_fault(&rules::ARITHMETIC, span, |problem| {
                both(problem).arg("reason", rules::words(rules::NEGATIVE_COUNT))
            }),
            OperatorError::TooLong(limit) => self.limit("output", limit, span),
        }
    }

    /// `e != _|_` and `e == _|_`: whether there is a value at all.
    fn presence(&mut self, env: EnvId, operand: ExprId, present: bool) -> Outcome<Val<'d>> {
        let span = self.ir.span(operand);
        if let Some(arguments) = self.conjunction(operand) {
            return match self.listed(env, Special::And, arguments, operand) {
                Err(fault) if fault.kind == FaultKind::Limit => Err(fault),
                Err(_) => Ok(Val::Bool(!present)),
                Ok(_) => Err(self.cycle_fault(span)),
            };
        }
        let target = match self.resolve(env, operand) {
            Ok(target) => target,
            // There is nothing to lead to, as far as can be seen from here.
            Err(fault) => {
                let is_item = matches!(self.ir.expr(operand), Expr::Index(..));
                return match fault.kind {
                    FaultKind::Incomplete | FaultKind::Eval => Ok(Val::Bool(!present)),
                    FaultKind::Cycle if is_item => Ok(Val::Bool(!present)),
                    FaultKind::Cycle | FaultKind::Limit => Err(fault),
                };
            }
        };
        if let Target::Node(node) = target
            && self.is_around(node)
        {
            // Whether a struct is there depends on all that is in it.
            return Err(self.cycle_fault(span));
        }
        if let Target::Node(node) = target
            && self.is_blank(node)
        {
            // It leads back to here: anything, so far.
            self.lean_on(node);
            return Ok(Val::Bool(present));
        }
        let value = self.value_at(target);
        let value = value.and_then(|value| match value {
            // Of open alternatives the default counts, if there is one.
            Val::Either(either) => match either.default() {
                Some(value) => {
                    let value = value.clone();
                    self.present(&value, span)
                }
                None => Ok(()),
            },
            value => self.present(&value, span),
        });
        match value {
            Ok(()) => Ok(Val::Bool(present)),
            Err(fault) => match fault.kind {
                FaultKind::Incomplete | FaultKind::Eval => Ok(Val::Bool(!present)),
                FaultKind::Cycle => Err(self.cycle_fault(span)),
                FaultKind::Limit => Err(fault),
            },
        }
    }

    /// True for a node somewhere around one that is being worked on.
    fn is_around(&self, node: NodeId) -> bool {
        let node = self.original(node);
        self.stack.iter().any(|inner| self.is_inside(*inner, node))
    }

    /// Fails for a mere type of scalars, and for what holds a conflict.
    fn present(&mut self, value: &Val<'d>, span: Range32) -> Outcome<()> {
        match value {
            Val::Constraint(constraint) if !constraint.kinds.meets(Kinds::LIST | Kinds::STRUCT) => {
                Err(self.not_concrete(value, span))
            }
            value => self.sound(value, span),
        }
    }

    /// An operand that has to be of some types: a value, or a type that has none of them and never will.
    pub(crate) fn operand_of(&mut self, env: EnvId, id: ExprId, kinds: Kinds) -> Outcome<Val<'d>> {
        match (self.operand(env, id), self.conjunction(id)) {
            (Err(fault), None) if fault.kind == FaultKind::Incomplete => match self.eval(env, id) {
                Ok(value @ Val::Constraint(_)) if !value.kinds().meets(kinds) => Ok(value),
                Ok(_) | Err(_) => Err(fault),
            },
            (operand, _) => operand,
        }
    }

    fn interpolate(
        &mut self,
        env: EnvId,
        bytes: bool,
        pieces: &'d [Piece],
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let mut out: Vec<u8> = Vec::new();
        let mut worst: Option<Rc<Fault>> = None;
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text),
                Piece::Expr(expr) => match self.operand_of(env, *expr, Kinds::TEXT) {
                    Ok(value) if write_piece(&value, bytes, &mut out) => {}
                    Ok(_) if worst.is_some() => {}
                    Ok(value) => {
                        let span = self.ir.span(*expr);
                        worst = Some(self.eval_fault(&rules::BAD_INTERPOLATION, span, |problem| {
                            problem
                                .arg("value", self.describe(&value))
                                .arg("type", self.type_name(&value))
                        }));
                    }
                    Err(fault) => graver(&mut worst, fault),
                },
            }
        }
        if let Some(fault) = worst {
            return Err(fault);
        }
        self.made(out.len(), self.ir.span(id))?;
        Ok(match bytes {
            true => Val::Bytes(out.into()),
            false => Val::String(EcoString::from(&*String::from_utf8_lossy(&out))),
        })
    }
}

/// Writes a value into a string; false when it has no place there.
fn write_piece(value: &Val<'_>, bytes: bool, out: &mut Vec<u8>) -> bool {
    match value.operand() {
        Operand::Bool(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Operand::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Operand::String(text) => out.extend_from_slice(text.as_bytes()),
        Operand::Bytes(inner) if bytes => out.extend_from_slice(inner),
        Operand::Bytes(inner) => {
            out.extend_from_slice(String::from_utf8_lossy(inner).as_bytes());
        }
        Operand::Null | Operand::List | Operand::Struct | Operand::Function => return false,
    }
    true
}
