//! `list.Sort` and its comparators.

use super::{
    Conjunct, EnvId, Vm,
    fault::Outcome,
    val::{Val, VertexId},
};
use crate::{
    Value,
    ir::{Binary, ExprId},
    library::Special,
    operators::apply,
    rules,
    syntax::ast::{Constraint, Range32},
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn sort(
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
    pub(super) fn merge_sort(
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

    pub(super) fn less(
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
    pub(super) fn less_by(
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
