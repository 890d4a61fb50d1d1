//! Types, bounds and validators: what a value must satisfy.

use std::{cmp::Ordering, rc::Rc};

use burgee_source::Words;

use super::{
    EnvId, Vm,
    fault::{Fault, FaultKind, Outcome},
    node::NodeId,
    val::Val,
};
use crate::{
    Number, Value,
    ir::{Bound, ExprId, Range},
    kinds::Kinds,
    library::{Builtin, Special},
    operators::Operand,
    rules,
    syntax::ast::Range32,
};

/// A type with bounds and validators.
#[derive(Clone)]
pub(crate) struct Constraint<'d> {
    pub(crate) kinds: Kinds,
    /// The bounds in the order of the text, those that say nothing more left out.
    pub(crate) bounds: Vec<(Bound, Val<'d>)>,
    pub(crate) validators: Vec<Validator<'d>>,
    /// The predeclared name for it, as long as nothing else is said.
    pub(crate) name: Option<&'static str>,
    pub(crate) span: Range32,
}

/// A function as a constraint: its first argument is the value.
#[derive(Clone)]
pub(crate) enum Validator<'d> {
    Builtin(&'static Builtin, Rc<[Value]>),
    /// One that looks at more than finished values: its arguments are worked out where it is used.
    Special(Special, EnvId, &'d [ExprId], ExprId),
}

// === impl Constraint ===

impl<'d> Constraint<'d> {
    pub(crate) fn of_kinds(kinds: Kinds, span: Range32) -> Self {
        Self {
            kinds,
            bounds: Vec::new(),
            validators: Vec::new(),
            name: None,
            span,
        }
    }

    pub(crate) fn of_range(range: &'static Range, span: Range32) -> Self {
        let kinds = match range.is_integer {
            true => Kinds::INT,
            false => Kinds::NUMBER,
        };
        let bound = |bound, text: &str| Some((bound, Val::Number(Number::parse(text)?)));
        let bounds = [
            bound(Bound::GreaterEqual, range.low),
            bound(Bound::LessEqual, range.high),
        ];
        Self {
            bounds: bounds.into_iter().flatten().collect(),
            name: Some(range.name),
            ..Self::of_kinds(kinds, span)
        }
    }

    pub(crate) fn of_bound(bound: Bound, value: Val<'d>, span: Range32) -> Self {
        let kinds = match (bound, &value) {
            (Bound::Not, Val::Null) => Kinds::ANY.without(Kinds::NULL),
            (Bound::Match | Bound::NotMatch, Val::Bytes(_)) => Kinds::BYTES,
            (Bound::Match | Bound::NotMatch, _) => Kinds::STRING,
            (_, Val::Number(_)) => Kinds::NUMBER,
            // `!=1` asks for a number as well.
            (_, value) => value.kinds(),
        };
        Self {
            bounds: vec![(bound, value)],
            ..Self::of_kinds(kinds, span)
        }
    }

    /// True when it says only what type a value has.
    pub(crate) fn is_type(&self) -> bool {
        self.bounds.is_empty() && self.validators.is_empty()
    }

    pub(crate) fn same(&self, other: &Self) -> bool {
        self.kinds == other.kinds
            && self.bounds.len() == other.bounds.len()
            && self.validators.len() == other.validators.len()
            && self.bounds.iter().all(|(bound, value)| {
                let same = |(b, v): &(Bound, Val<'d>)| b == bound && same_atom(v, value);
                other.bounds.iter().any(same)
            })
            && self
                .validators
                .iter()
                .all(|validator| other.validators.iter().any(|other| validator.same(other)))
    }
}

// === impl Validator ===

impl Validator<'_> {
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Builtin(a, with), Self::Builtin(b, and)) => {
                std::ptr::eq(*a, *b) && with.as_ref() == and.as_ref()
            }
            (Self::Special(_, env, _, at), Self::Special(_, other, _, there)) => {
                env == other && at == there
            }
            (Self::Builtin(..), Self::Special(..)) | (Self::Special(..), Self::Builtin(..)) => {
                false
            }
        }
    }
}

/// True for two atoms that are one: `1` and `1.0` are not.
pub(crate) fn same_atom(a: &Val<'_>, b: &Val<'_>) -> bool {
    match (a.operand(), b.operand()) {
        (Operand::Null, Operand::Null) => true,
        (Operand::Bool(a), Operand::Bool(b)) => a == b,
        (Operand::Number(a), Operand::Number(b)) => {
            a.is_integer() == b.is_integer() && a.compare(&b).is_eq()
        }
        (Operand::String(a), Operand::String(b)) => a == b,
        (Operand::Bytes(a), Operand::Bytes(b)) => a == b,
        _ => false,
    }
}

/// The order of two atoms of one kind; numbers whatever their kind.
pub(crate) fn compare(a: &Val<'_>, b: &Val<'_>) -> Option<Ordering> {
    match (a.operand(), b.operand()) {
        (Operand::Number(a), Operand::Number(b)) => Some(a.compare(&b)),
        (Operand::String(a), Operand::String(b)) => Some(a.cmp(b)),
        (Operand::Bytes(a), Operand::Bytes(b)) => Some(a.cmp(b)),
        (Operand::Null, Operand::Null) => Some(Ordering::Equal),
        (Operand::Bool(a), Operand::Bool(b)) => (a == b).then_some(Ordering::Equal),
        _ => None,
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// What both constraints allow. Bounds that nothing can satisfy are a conflict.
    pub(crate) fn both(
        &mut self,
        a: &Rc<Constraint<'d>>,
        b: &Rc<Constraint<'d>>,
    ) -> Outcome<Val<'d>> {
        let kinds = a.kinds.and(b.kinds);
        if kinds.is_none() {
            let (left, right) = (Val::Constraint(Rc::clone(a)), Val::Constraint(Rc::clone(b)));
            return Err(self.conflict(&left, a.span, &right, b.span));
        }
        if Rc::ptr_eq(a, b) || (b.is_type() && kinds == a.kinds) {
            return Ok(Val::Constraint(Rc::clone(a)));
        }
        if a.is_type() && kinds == b.kinds {
            return Ok(Val::Constraint(Rc::clone(b)));
        }
        let mut met = Constraint {
            kinds,
            name: None,
            ..(**a).clone()
        };
        for (bound, value) in &b.bounds {
            if !add_bound(&mut met, *bound, value) {
                let (left, right) = (Val::Constraint(Rc::clone(a)), Val::Constraint(Rc::clone(b)));
                return Err(self.conflict(&left, a.span, &right, b.span));
            }
        }
        for validator in &b.validators {
            if !met.validators.iter().any(|there| there.same(validator)) {
                met.validators.push(validator.clone());
            }
        }
        let fits = |kind: Kinds| !kinds.meets(kind);
        met.bounds.retain(|(bound, value)| {
            *bound != Bound::Not
                || !fits(value.kinds())
                || matches!(value, Val::Number(_) if kinds.meets(Kinds::NUMBER))
        });
        if !satisfiable(&met) {
            let (left, right) = (Val::Constraint(Rc::clone(a)), Val::Constraint(Rc::clone(b)));
            return Err(self.conflict(&left, a.span, &right, b.span));
        }
        Ok(Val::Constraint(Rc::new(met)))
    }

    /// Fails when an atom does not satisfy a constraint.
    pub(crate) fn satisfies(
        &mut self,
        value: &Val<'d>,
        span: Range32,
        constraint: &Constraint<'d>,
    ) -> Outcome<()> {
        if !value.kinds().within(constraint.kinds) {
            if !self.words {
                return Err(self.eval_fault(&rules::CONFLICT, span, |problem| problem));
            }
            let other = Val::Constraint(Rc::new(constraint.clone()));
            return Err(self.conflict(value, span, &other, constraint.span));
        }
        for (bound, limit) in &constraint.bounds {
            let holds = match bound {
                Bound::Match | Bound::NotMatch => {
                    let matched = self.matches(value, limit, constraint.span)?;
                    matched == (*bound == Bound::Match)
                }
                Bound::Not if value.is_atom() => compare(value, limit).is_none_or(Ordering::is_ne),
                Bound::Not => self.finish(value, span)? != self.finish(limit, constraint.span)?,
                _ => compare(value, limit).is_some_and(|order| bound.holds(order)),
            };
            if !holds {
                return Err(self.out_of_bound(value, span, *bound, limit, constraint.span));
            }
        }
        for validator in &constraint.validators {
            self.validate(validator, value, span)?;
        }
        Ok(())
    }

    /// `!=` does not compare structs: beside a struct it is an error, whatever is in the two.
    pub(crate) fn differs(&self, id: NodeId, constraint: &Constraint<'d>) -> Outcome<()> {
        let mut bounds = constraint.bounds.iter();
        let other =
            bounds.find(|(bound, limit)| *bound == Bound::Not && limit.kinds() == Kinds::STRUCT);
        match other {
            Some((bound, limit)) => {
                let (value, span) = (Val::Node(id), self.at(id).span);
                Err(self.out_of_bound(&value, span, *bound, limit, constraint.span))
            }
            None => Ok(()),
        }
    }

    fn matches(&mut self, value: &Val<'d>, pattern: &Val<'d>, span: Range32) -> Outcome<bool> {
        let pattern = match pattern.operand() {
            Operand::String(text) => text.to_owned(),
            Operand::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let regex = self.regex(&pattern, span)?;
        Ok(match value.operand() {
            Operand::String(text) => regex.is_match(text),
            Operand::Bytes(bytes) => regex.is_match(&String::from_utf8_lossy(bytes)),
            _ => false,
        })
    }

    pub(crate) fn regex(&mut self, pattern: &str, span: Range32) -> Outcome<regex::Regex> {
        let compiled = self.patterns.get(pattern).map(|compiled| compiled.regex);
        compiled.map_err(|reason| {
            self.eval_fault(&rules::BAD_PATTERN, span, |problem| {
                problem
                    .arg("pattern", format!("{pattern:?}"))
                    .arg("reason", reason)
            })
        })
    }

    fn out_of_bound(
        &self,
        value: &Val<'d>,
        span: Range32,
        bound: Bound,
        limit: &Val<'d>,
        at: Range32,
    ) -> Rc<Fault> {
        let limit =
            Words::each(|lang| format!("{}{}", bound.as_str(), self.describe_in(lang, limit)));
        self.fault(FaultKind::Eval, &rules::OUT_OF_BOUND, span, |problem| {
            problem
                .arg("value", self.describe(value))
                .arg("bound", limit)
                .also(self.place(at), rules::THE_BOUND)
        })
    }
}

// === impl Bound ===

impl Bound {
    pub(crate) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
            Self::Not => order.is_ne(),
            Self::Match | Self::NotMatch => true,
        }
    }

    fn is_lower(self) -> bool {
        matches!(self, Self::Greater | Self::GreaterEqual)
    }

    fn is_upper(self) -> bool {
        matches!(self, Self::Less | Self::LessEqual)
    }
}

/// Adds a bound, or keeps the narrower of two. False when nothing can satisfy both.
fn add_bound<'d>(met: &mut Constraint<'d>, bound: Bound, value: &Val<'d>) -> bool {
    let mut narrower = true;
    let mut remove = None;
    for (index, (there, limit)) in met.bounds.iter().enumerate() {
        let Some(order) = compare(value, limit) else {
            continue;
        };
        if *there == bound && order.is_eq() {
            return true;
        }
        let same_side =
            (bound.is_lower() && there.is_lower()) || (bound.is_upper() && there.is_upper());
        if same_side {
            let wins = match bound.is_lower() {
                true => order.is_gt() || (order.is_eq() && bound == Bound::Greater),
                false => order.is_lt() || (order.is_eq() && bound == Bound::Less),
            };
            match wins {
                true => remove = Some(index),
                false => narrower = false,
            }
        }
        // A value that is out of bounds anyway need not be ruled out again.
        if bound == Bound::Not && (there.is_lower() || there.is_upper()) && !there.holds(order) {
            narrower = false;
        }
    }
    if let Some(index) = remove {
        met.bounds[index] = (bound, value.clone());
    } else if narrower {
        met.bounds.push((bound, value.clone()));
    }
    if bound.is_lower() || bound.is_upper() {
        met.bounds.retain(|(there, limit)| {
            *there != Bound::Not || compare(limit, value).is_none_or(|order| bound.holds(order))
        });
    }
    true
}

/// False when no value lies between the bounds.
fn satisfiable(constraint: &Constraint<'_>) -> bool {
    let low = constraint.bounds.iter().find(|(bound, _)| bound.is_lower());
    let high = constraint.bounds.iter().find(|(bound, _)| bound.is_upper());
    let (Some((lower, low)), Some((upper, high))) = (low, high) else {
        return true;
    };
    let Some(order) = compare(low, high) else {
        return false;
    };
    let closed = (*lower, *upper) == (Bound::GreaterEqual, Bound::LessEqual);
    if order.is_gt() || (order.is_eq() && !closed) {
        return false;
    }
    let (Val::Number(low), Val::Number(high)) = (low, high) else {
        return true;
    };
    constraint.kinds != Kinds::INT || integer_between(*lower, low, *upper, high)
}

fn integer_between(lower: Bound, low: &Number, upper: Bound, high: &Number) -> bool {
    let one = Number::from(1);
    let Some(floor) = low.floor() else {
        return true;
    };
    let whole = floor.compare(low).is_eq();
    let first = match whole && lower == Bound::GreaterEqual {
        true => Ok(floor),
        false => floor.add(&one),
    };
    let Ok(first) = first else {
        return true;
    };
    upper.holds(first.compare(high))
}
