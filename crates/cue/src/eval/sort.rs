//! `list.Sort` and its comparators.

use super::{
    EnvId, NodeId, Outcome, Vm,
    node::{Conjunct, What},
    val::Val,
};
use crate::{
    Value,
    ir::{Binary, ExprId},
    library::Special,
    operators::apply,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn sort(
        &mut self,
        env: EnvId,
        special: Special,
        value: &Val<'d>,
        at: ExprId,
        comparator_at: ExprId,
    ) -> Outcome<Val<'d>> {
        let Some(items) = self.items(value)? else {
            return Err(self.bad_argument(special.name(), 0, "a list", value, at));
        };
        let comparator = self.operand(env, comparator_at)?;
        if special == Special::IsSorted {
            for pair in items.windows(2) {
                if self.less(&comparator, comparator_at, &pair[1], &pair[0])? {
                    return Ok(Val::Bool(false));
                }
            }
            return Ok(Val::Bool(true));
        }
        self.made(items.len(), self.ir.span(at))?;
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
        let (a, b) = (self.force(a.clone())?, self.force(b.clone())?);
        let (a, b) = (self.concrete(a, span)?, self.concrete(b, span)?);
        match apply(operator, &self.shape_of(&a), &self.shape_of(&b)) {
            Ok(value) => Ok(value == Value::Bool(true)),
            Err(_) => Err(self.eval_fault(&rules::MISMATCH, span, |problem| {
                problem
                    .arg("operator", operator.as_str())
                    .arg("left", self.describe(&a))
                    .arg("right", self.describe(&b))
            })),
        }
    }

    /// Runs a comparator `{x: _, y: _, less: …}` with its two values in place.
    fn less_by(
        &mut self,
        target: NodeId,
        span: Range32,
        a: &Val<'d>,
        b: &Val<'d>,
    ) -> Outcome<bool> {
        let comparator = Conjunct::new(What::Value(Val::Node(target)), super::OUTSIDE, 1);
        let node = self.inline(comparator, span);
        self.expand(node);
        for (origin, (name, value)) in (2..).zip([("x", a), ("y", b)]) {
            let label = self.intern(name);
            let conjunct = Conjunct::new(What::Value(value.clone()), super::OUTSIDE, origin);
            self.add_field(node, label, Mark::Regular, span, conjunct);
        }
        let less = self.intern("less");
        match self.find(node, less) {
            Some(arc) => {
                let less = self.evaluate(arc.node)?;
                let less = self.concrete(less, span)?;
                Ok(matches!(less, Val::Bool(true)))
            }
            None => {
                let other = Val::Node(target);
                Err(self.eval_fault(&rules::BAD_ARGUMENT, span, |problem| {
                    problem
                        .arg("function", "list.Sort")
                        .arg("index", 2)
                        .arg("expected", rules::words(rules::A_COMPARATOR))
                        .arg("value", self.describe(&other))
                        .arg("type", self.type_name(&other))
                }))
            }
        }
    }
}
