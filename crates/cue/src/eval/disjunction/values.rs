//! Alternatives that are mere values: met with what else is known, all combinations at once.

use std::rc::Rc;

use smallvec::{SmallVec, smallvec};

use super::{MAX_VALUES, Mode, Modes, Survivor, Survivors};
use crate::eval::{
    Outcome, Vm,
    constraint::same_atom,
    fault::{Fault, FaultKind},
    node::{Arm, Base, Disjunction, Flags, NodeId, What},
    val::Val,
};
use crate::{
    View,
    ir::{Expr, ExprId},
    syntax::ast::Range32,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn disjoin_values(
        &mut self,
        id: NodeId,
        disjunctions: &[Disjunction<'d>],
    ) -> Option<Outcome<Val<'d>>> {
        let node = self.at(id);
        let plain = node.arcs.is_empty()
            && !node.flags.has(Flags::STRUCT)
            && !node.flags.has(Flags::MAYBE_STRUCT)
            && node.list().is_none();
        if !plain {
            return None;
        }
        let base = match &node.base {
            Base::Unknown => Val::Top,
            Base::Atom(value) => value.clone(),
            Base::Constraint(constraint) => Val::Constraint(Rc::clone(constraint)),
            Base::Data(_) => return None,
        };
        let base_span = node.base_span;
        let mut arms = disjunctions.iter().flat_map(|all| all.arms.iter());
        let marks = arms.clone().any(|arm| arm.marked);
        let is_given = matches!(node.base, Base::Atom(_)) || node.flags.has(Flags::INLINE);
        let is_computed = !is_given && arms.any(|arm| self.is_operation(arm));
        if disjunctions
            .iter()
            .any(|all| all.arms.iter().any(|arm| self.is_compound(arm)))
        {
            return None;
        }
        let mut survivors: Survivors<'d> = smallvec![Survivor {
            value: base,
            modes: Modes::new(),
        }];
        let mut faults = Vec::new();
        for disjunction in disjunctions {
            let alternatives = self.arm_values(id, disjunction, &mut faults)?;
            let mut next = Survivors::new();
            for Survivor { value, modes } in &survivors {
                for (alternative, mode) in &alternatives {
                    match self.meet(value, base_span, alternative, disjunction.span) {
                        Ok(met) => {
                            let mut modes = modes.clone();
                            modes.push(*mode);
                            let same = |there: &Survivor<'d>| {
                                there.modes == modes && alike(&there.value, &met)
                            };
                            if !next.iter().any(same) {
                                next.push(Survivor { value: met, modes });
                            }
                        }
                        Err(fault) => faults.push(fault),
                    }
                }
                if next.len() > MAX_VALUES {
                    return Some(Err(self.limit(
                        "alternatives",
                        MAX_VALUES,
                        disjunction.span,
                    )));
                }
            }
            survivors = next;
        }
        let span = disjunctions.first().map_or(base_span, |first| first.span);
        let circular = faults.iter().find(|fault| fault.kind == FaultKind::Cycle);
        // Which of them is left depends on which of them is left.
        let circular = circular.filter(|_| is_computed).cloned();
        let value = self.assemble(id, survivors, faults, span);
        Some(match (value, circular) {
            (Ok(Val::Either(either)), Some(fault)) if either.default().is_none() => Err(fault),
            (Ok(value), Some(fault)) if !matches!(value, Val::Either(_)) && !marks => Err(fault),
            (value, _) => value,
        })
    }

    /// True for an arm that an operator works out.
    fn is_operation(&self, arm: &Arm<'d>) -> bool {
        let What::Expr(expr) = arm.what else {
            return false;
        };
        matches!(
            self.ir.expr(expr),
            Expr::Unary(..) | Expr::Binary(..) | Expr::Interpolation(..)
        )
    }

    /// True when an arm makes fields or items.
    pub(super) fn is_compound(&self, arm: &Arm<'d>) -> bool {
        match &arm.what {
            What::Value(value) => {
                !(value.is_atom() || matches!(value, Val::Top | Val::Constraint(_)))
            }
            What::Data(data) => matches!(data.view(), View::List(_) | View::Map(_)),
            What::Below(_) => true,
            What::Expr(expr) => self.is_compound_expr(*expr),
        }
    }

    pub(super) fn is_compound_expr(&self, expr: ExprId) -> bool {
        match self.ir.expr(expr) {
            Expr::Const(value) => matches!(value, crate::Value::List(_) | crate::Value::Struct(_)),
            Expr::Struct(_) | Expr::List(_) | Expr::Aliased(_) => true,
            Expr::Meet(left, right) => {
                self.is_compound_expr(*left) || self.is_compound_expr(*right)
            }
            Expr::Either(arms) => arms.iter().any(|(_, arm)| self.is_compound_expr(*arm)),
            _ => false,
        }
    }

    /// The values of the arms, nested ones laid flat; `None` when one of them turns out to have fields.
    pub(super) fn arm_values(
        &mut self,
        id: NodeId,
        disjunction: &Disjunction<'d>,
        faults: &mut Vec<Rc<Fault>>,
    ) -> Option<SmallVec<[(Val<'d>, Mode); 4]>> {
        let any = disjunction.arms.iter().any(|arm| arm.marked);
        let chain = std::mem::replace(&mut self.chain, disjunction.chain);
        let mut values = SmallVec::new();
        let mut plain = true;
        for arm in disjunction.arms.iter() {
            let mode = Mode::of(arm.marked, any);
            match self.arm_value(id, disjunction, arm) {
                Ok(Val::Either(either)) => {
                    let inner = either.alternatives.iter().any(|(_, default)| *default);
                    for (value, default) in &either.alternatives {
                        plain &= !has_parts(value);
                        values.push((value.clone(), mode.and(Mode::of(*default, inner))));
                    }
                }
                Ok(value) => {
                    plain &= !has_parts(&value);
                    values.push((value, mode));
                }
                Err(fault) => faults.push(fault),
            }
            if !plain {
                break;
            }
        }
        self.chain = chain;
        plain.then_some(values)
    }

    pub(super) fn arm_value(
        &mut self,
        id: NodeId,
        disjunction: &Disjunction<'d>,
        arm: &Arm<'d>,
    ) -> Outcome<Val<'d>> {
        let expr = match &arm.what {
            What::Value(value) => return Ok(value.clone()),
            What::Data(data) => return Ok(Val::of_data(*data).unwrap_or(Val::Top)),
            What::Below(_) => return Ok(Val::Top),
            What::Expr(expr) => *expr,
        };
        let reference = matches!(
            self.ir.expr(expr),
            Expr::Field { .. } | Expr::Local { .. } | Expr::Select(..) | Expr::Index(..)
        );
        if reference {
            let target = self.resolve(disjunction.env, expr)?;
            if let crate::eval::resolve::Target::Node(target) = target {
                let mut end = target;
                while let Some(shared) = self.at(end).shared {
                    end = shared;
                }
                if self.original(end) == self.original(id) {
                    // It says what the node says itself.
                    return Ok(Val::Top);
                }
            }
            return self.value_at(target);
        }
        self.eval(disjunction.env, expr)
    }

    /// What two values that are no structs or lists have in common.
    pub(super) fn meet(
        &mut self,
        a: &Val<'d>,
        a_span: Range32,
        b: &Val<'d>,
        b_span: Range32,
    ) -> Outcome<Val<'d>> {
        match (a, b) {
            (Val::Top, other) | (other, Val::Top) => Ok(other.clone()),
            (Val::Constraint(a), Val::Constraint(b)) => self.both(a, b),
            (Val::Constraint(constraint), atom) => {
                self.satisfies(atom, b_span, constraint)?;
                Ok(atom.clone())
            }
            (atom, Val::Constraint(constraint)) => {
                self.satisfies(atom, a_span, constraint)?;
                Ok(atom.clone())
            }
            (a, b) if same_atom(a, b) => Ok(a.clone()),
            (a, b) => Err(self.conflict(a, a_span, b, b_span)),
        }
    }
}

/// True for values that have fields or items.
fn has_parts(value: &Val<'_>) -> bool {
    matches!(
        value,
        Val::Node(_) | Val::Data(_) | Val::Final(_) | Val::List(_)
    )
}

/// True when two values without parts are the same.
fn alike(a: &Val<'_>, b: &Val<'_>) -> bool {
    match (a, b) {
        (Val::Top, Val::Top) => true,
        (Val::Constraint(a), Val::Constraint(b)) => a.same(b),
        (a, b) => same_atom(a, b),
    }
}
