//! Expressions.

use std::rc::Rc;

use burgee_source::Diagnostic;
use ecow::EcoString;

use super::{
    Conjunct, EnvId, Frame, Vm,
    fault::{Fault, FaultKind, Outcome, graver},
    val::{Val, VertexId},
};
use crate::{
    Value,
    ir::{Binary, Element, Expr, ExprId, Label, Piece, Unary},
    operators::{Operand, OperatorError, apply},
    rules,
    value::ArithmeticError,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The value of an expression. A struct is a vertex whose fields may not have been worked out.
    pub(super) fn eval(&mut self, env: EnvId, id: ExprId) -> Outcome<Val<'d>> {
        let ir = self.ir;
        match ir.expr(id) {
            Expr::Const(value) => Ok(Val::of_const(value)),
            Expr::Root(root) => {
                let data = self.roots[usize::from(*root)];
                self.data(Val::of_data(data), id)
            }
            Expr::Field { up, label } => {
                let vertex = self.scope(env, *up);
                self.lookup(vertex, *label, id)
            }
            Expr::Local { up, slot } => self.local(env, *up, *slot),
            Expr::Function(function) => Ok(Val::Function(function)),
            Expr::Special(special) => Ok(Val::Special(*special)),
            Expr::Bottom => {
                Err(self.eval_fault(&rules::EXPLICIT_ERROR, ir.span(id), |problem| problem))
            }
            Expr::Top => Err(self.unsupported("`_`", ir.span(id))),
            Expr::Unsupported(construct) => Err(self.unsupported(construct, ir.span(id))),
            Expr::Select(..)
            | Expr::Index(..)
            | Expr::Slice(..)
            | Expr::Call(..)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Meet(..)
            | Expr::Present(..)
            | Expr::Interpolation(..)
            | Expr::List(_)
            | Expr::Struct(_) => {
                self.enter(ir.span(id))?;
                let value = self.compound(env, id);
                self.leave();
                value
            }
        }
    }

    fn compound(&mut self, env: EnvId, id: ExprId) -> Outcome<Val<'d>> {
        let ir = self.ir;
        match ir.expr(id) {
            Expr::Select(base, label) => self.select(env, *base, *label, id),
            Expr::Index(base, index) => self.index(env, *base, *index, id),
            Expr::Slice(base, low, high) => self.slice(env, *base, *low, *high, id),
            Expr::Call(function, arguments) => self.call(env, *function, arguments, id),
            Expr::Unary(operator, operand) => self.unary(env, *operator, *operand, id),
            Expr::Binary(operator, left, right) => self.binary(env, *operator, *left, *right, id),
            Expr::Present(operand, present) => self.presence(env, *operand, *present),
            Expr::Interpolation(bytes, pieces) => self.interpolate(env, *bytes, pieces, id),
            Expr::List(elements) => self.list(env, elements, id),
            _ => {
                let vertex = self.vertex(None, Conjunct::Expr(env, id), ir.span(id));
                self.evaluate(vertex)
            }
        }
    }

    fn scope(&self, mut env: EnvId, up: u16) -> VertexId {
        for _ in 0..up {
            env = self.envs[env.0 as usize].up;
        }
        match &self.envs[env.0 as usize].frame {
            Frame::Struct(vertex, _) => *vertex,
            // The compiler counts scopes as the evaluator opens them.
            Frame::Outside | Frame::Locals(_) => unreachable_scope(),
        }
    }

    fn local(&mut self, mut env: EnvId, up: u16, slot: u16) -> Outcome<Val<'d>> {
        for _ in 0..up {
            env = self.envs[env.0 as usize].up;
        }
        match &self.envs[env.0 as usize].frame {
            Frame::Struct(_, lets) => {
                let vertex = lets[usize::from(slot)];
                self.evaluate(vertex)
            }
            Frame::Locals(values) => {
                let value = values[usize::from(slot)].clone();
                self.resolve(value)
            }
            Frame::Outside => Ok(Val::Null),
        }
    }

    /// A number that is out of range has no value.
    pub(super) fn data(&self, value: Option<Val<'d>>, id: ExprId) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        value.ok_or_else(|| self.limit("exponent of a number", "±100000", span))
    }

    fn unary(
        &mut self,
        env: EnvId,
        operator: Unary,
        operand: ExprId,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let value = self.eval(env, operand)?;
        match (operator, &value) {
            (Unary::Not, Val::Bool(value)) => Ok(Val::Bool(!value)),
            (Unary::Minus, Val::Number(number)) => Ok(Val::Number(number.negate())),
            (Unary::Plus, Val::Number(_)) => Ok(value),
            (Unary::Not | Unary::Minus | Unary::Plus, _) => {
                let operator = match operator {
                    Unary::Not => "!",
                    Unary::Minus => "-",
                    Unary::Plus => "+",
                };
                Err(
                    self.eval_fault(&rules::BAD_OPERAND, self.ir.span(id), |problem| {
                        problem
                            .arg("operator", operator)
                            .arg("value", value.describe())
                            .arg("type", value.type_name())
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
        let (a, b) = self.both(env, left, right)?;
        for (operand, at) in [(&a, left), (&b, right)] {
            if matches!(operand, Val::Node(_) | Val::List(_)) {
                self.export(operand, at)?;
            }
        }
        if let (Val::Number(a), Val::Number(b)) = (&a, &b) {
            self.spend((a.words() + b.words()) / 8, span)?;
        }
        let error = match apply(operator, &a.operand(), &b.operand()) {
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
                let matches = self.matches(&a, &b, right)?;
                Ok(Val::Bool(matches == (operator == Binary::Match)))
            }
            (OperatorError::Elsewhere, _) => {
                let equal = self.export(&a, left)? == self.export(&b, right)?;
                Ok(Val::Bool(equal == (operator == Binary::Equal)))
            }
            (error, _) => Err(self.operator_fault(error, operator, [(&a, left), (&b, right)], id)),
        }
    }

    /// Both operands: what is wrong in one counts for more than what is missing in the other.
    pub(super) fn both(
        &mut self,
        env: EnvId,
        left: ExprId,
        right: ExprId,
    ) -> Outcome<(Val<'d>, Val<'d>)> {
        match (self.eval(env, left), self.eval(env, right)) {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => Err(fault),
            (Err(a), Err(b)) => Err(if b.kind > a.kind { b } else { a }),
        }
    }

    fn matches(&mut self, text: &Val<'d>, pattern: &Val<'d>, at: ExprId) -> Outcome<bool> {
        let pattern = match pattern.operand() {
            Operand::String(text) => text.to_owned(),
            Operand::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let span = self.ir.span(at);
        let text = text.as_str().unwrap_or("");
        self.spend(1 + text.len() as u64 / 64, span)?;
        let regex = self.patterns.get(&pattern);
        let regex = regex.map_err(|reason| {
            self.eval_fault(&rules::BAD_PATTERN, span, |problem| {
                problem
                    .arg("pattern", format!("{pattern:?}"))
                    .arg("reason", reason)
            })
        })?;
        Ok(regex.is_match(text))
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
                .arg("left", a.describe())
                .arg("right", b.describe())
        };
        match error {
            OperatorError::Mismatch | OperatorError::Elsewhere => {
                self.eval_fault(&rules::MISMATCH, span, |problem| {
                    let problem = both(problem)
                        .arg("left_type", a.type_name())
                        .arg("right_type", b.type_name())
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
                both(problem).arg("reason", "a negative count")
            }),
            OperatorError::TooLong(limit) => self.limit("output", limit, span),
        }
    }

    /// `e != _|_` and `e == _|_`: whether there is a value at all.
    fn presence(&mut self, env: EnvId, operand: ExprId, present: bool) -> Outcome<Val<'d>> {
        self.quiet += 1;
        let value = self.eval(env, operand);
        let value = value.and_then(|value| self.sound(&value));
        self.quiet -= 1;
        match value {
            Ok(()) => Ok(Val::Bool(present)),
            Err(fault) => match fault.kind {
                FaultKind::Incomplete | FaultKind::Eval => Ok(Val::Bool(!present)),
                FaultKind::Pending(_) | FaultKind::Limit => Err(fault),
                FaultKind::Unsupported => {
                    let span = self.ir.span(operand);
                    Err(self.unsupported("the value whose presence is asked for", span))
                }
            },
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
                Piece::Expr(expr) => match self.eval(env, *expr) {
                    Ok(value) if write_piece(&value, bytes, &mut out) => {}
                    Ok(_) if worst.is_some() => {}
                    Ok(value) => {
                        let span = self.ir.span(*expr);
                        worst = Some(self.eval_fault(&rules::BAD_INTERPOLATION, span, |problem| {
                            problem
                                .arg("value", value.describe())
                                .arg("type", value.type_name())
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

    fn list(&mut self, env: EnvId, elements: &'d [Element], id: ExprId) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Element::Expr(expr) => items.push(self.item(env, *expr)),
                Element::Comprehension(comprehension) => {
                    for env in self.run_clauses(env, &comprehension.clauses)? {
                        items.push(self.body_item(env, comprehension.body)?);
                    }
                }
            }
        }
        self.made(items.len(), span)?;
        Ok(Val::List(items.into()))
    }

    /// An item, worked out when asked for.
    fn item(&mut self, env: EnvId, expr: ExprId) -> Val<'d> {
        match self.ir.expr(expr) {
            Expr::Const(value) => Val::of_const(value),
            _ => Val::Node(self.vertex(None, Conjunct::Expr(env, expr), self.ir.span(expr))),
        }
    }

    /// The item that the body of a comprehension stands for.
    fn body_item(&mut self, env: EnvId, body: ExprId) -> Outcome<Val<'d>> {
        let vertex = self.vertex(None, Conjunct::Expr(env, body), self.ir.span(body));
        self.evaluate(vertex)?;
        Ok(Val::Node(vertex))
    }

    /// The value of a field of a struct that a name refers to.
    pub(super) fn lookup(
        &mut self,
        vertex: VertexId,
        label: Label,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        match self.find(vertex, label) {
            Some(arc) if arc.present || arc.required => {
                let child = arc.vertex;
                self.evaluate(child)
            }
            Some(_) | None => Err(self.missing_arc(vertex, label, id)),
        }
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

/// Scopes are counted alike by the compiler and the evaluator; a difference is a mistake of ours.
fn unreachable_scope() -> VertexId {
    debug_assert!(false, "the scope of a field is a struct");
    VertexId(0)
}
