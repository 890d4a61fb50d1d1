//! Alternatives: which of them fit, and which is the default.
//!
//! Alternatives that are mere values are met with what else is known, all combinations at once. Those with fields
//! are tried in copies of the node that take them among their conjuncts. With several such disjunctions each
//! alternative is first tried alone against the rest, and when the combinations that are left are too many to
//! try, only those of the marked ones are: the default is all that an export asks for.

use std::rc::Rc;

use smallvec::SmallVec;

use super::{
    Outcome, Vm,
    constraint::same_atom,
    fault::{Fault, FaultKind},
    node::{Arm, Base, Disjunction, Flags, NodeId, What},
    val::Val,
};
use crate::{
    View,
    ir::{Expr, ExprId},
    rules,
    syntax::ast::Range32,
};

/// Alternatives that are left, two at least.
pub(crate) struct Disjoined<'d> {
    /// Each with whether it is a default.
    pub(crate) alternatives: Vec<(Val<'d>, bool)>,
}

/// What the marks of a disjunction say about one of its arms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nothing is marked.
    Maybe,
    Default,
    Not,
}

/// Few disjunctions meet in one place.
type Modes = SmallVec<[Mode; 4]>;

/// A combination of alternatives that holds: its value, and the mode of each.
struct Survivor<'d> {
    value: Val<'d>,
    modes: Modes,
}

/// More combinations than this are not all tried.
const EXHAUSTIVE: usize = 64;

/// More combinations of mere values than this are too many.
const MAX_VALUES: usize = 10_000;

// === impl Disjoined ===

impl<'d> Disjoined<'d> {
    /// The only default.
    pub(crate) fn default(&self) -> Option<&Val<'d>> {
        let mut defaults = self.alternatives.iter().filter(|(_, default)| *default);
        match (defaults.next(), defaults.next()) {
            (Some((value, _)), None) => Some(value),
            _ => None,
        }
    }
}

// === impl Mode ===

impl Mode {
    fn of(arm: bool, any: bool) -> Self {
        match (arm, any) {
            (true, _) => Self::Default,
            (false, true) => Self::Not,
            (false, false) => Self::Maybe,
        }
    }

    /// The mode of an alternative inside of an alternative.
    fn and(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Not, _) | (_, Self::Not) => Self::Not,
            (Self::Default, _) | (_, Self::Default) => Self::Default,
            (Self::Maybe, Self::Maybe) => Self::Maybe,
        }
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The value of a node with alternatives.
    pub(crate) fn disjoin(&mut self, id: NodeId) -> Outcome<Val<'d>> {
        let disjunctions = match &self.at(id).extra {
            Some(extra) => extra.disjunctions.clone(),
            None => Vec::new(),
        };
        if let Some(at) = self.leads_back(id, &disjunctions) {
            self.lean_on(at);
            return self.partial_value(id);
        }
        let before = self.weighed.len();
        let keys = disjunctions.iter().map(|all| (all.env, all.span, id));
        self.weighed.extend(keys);
        let value = match (self.disjoin_values(id, &disjunctions), &*disjunctions) {
            (Some(value), _) => value,
            (None, [only]) => self.disjoin_one(id, only),
            (None, all) => self.disjoin_many(id, all),
        };
        self.weighed.truncate(before);
        value
    }

    /// The node for which one of these disjunctions is being weighed already, if what asks for it again is an
    /// expression in the middle of that: it says nothing new then.
    fn leads_back(&self, id: NodeId, disjunctions: &[Disjunction<'d>]) -> Option<NodeId> {
        if !self.at(self.original(id)).flags.has(Flags::INLINE) {
            return None;
        }
        let same = |(env, span, _): &&(super::EnvId, Range32, NodeId)| {
            disjunctions
                .iter()
                .any(|all| all.env == *env && all.span == *span)
        };
        let (_, _, node) = self.weighed.iter().find(same)?;
        (self.original(*node) != self.original(id)).then_some(*node)
    }

    // --- Mere values ---

    fn disjoin_values(
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
        if disjunctions
            .iter()
            .any(|all| all.arms.iter().any(|arm| self.is_compound(arm)))
        {
            return None;
        }
        let mut survivors = vec![Survivor {
            value: base,
            modes: Modes::new(),
        }];
        let mut faults = Vec::new();
        for disjunction in disjunctions {
            let alternatives = self.arm_values(id, disjunction, &mut faults)?;
            let mut next: Vec<Survivor<'d>> = Vec::new();
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
        Some(self.assemble(survivors, faults, span))
    }

    /// True when an arm makes fields or items.
    fn is_compound(&self, arm: &Arm<'d>) -> bool {
        match &arm.what {
            What::Value(value) => {
                !(value.is_atom() || matches!(value, Val::Top | Val::Constraint(_)))
            }
            What::Data(data) => matches!(data.view(), View::List(_) | View::Map(_)),
            What::Below(_) => true,
            What::Expr(expr) => self.is_compound_expr(*expr),
        }
    }

    fn is_compound_expr(&self, expr: ExprId) -> bool {
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
    fn arm_values(
        &mut self,
        id: NodeId,
        disjunction: &Disjunction<'d>,
        faults: &mut Vec<Rc<Fault>>,
    ) -> Option<Vec<(Val<'d>, Mode)>> {
        let any = disjunction.arms.iter().any(|arm| arm.marked);
        let chain = std::mem::replace(&mut self.chain, disjunction.chain);
        let mut values = Vec::with_capacity(disjunction.arms.len());
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

    fn arm_value(
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
            if let super::resolve::Target::Node(target) = target {
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
    fn meet(
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

    // --- Alternatives with parts ---

    /// A copy of a node in which some alternatives are taken.
    fn copy(&mut self, id: NodeId, choices: &[(u64, u32)], partial: bool) -> NodeId {
        let node = self.at(id);
        let mut flags = node.flags.kept();
        if partial {
            flags.set(Flags::PARTIAL);
        }
        let (parent, label, span) = (node.parent, node.label, node.span);
        let conjuncts = node.conjuncts.clone();
        let mut all = node.choices.as_deref().cloned().unwrap_or_default();
        all.extend(choices);
        let original = self.original(id);
        let copy = self.node(parent, label, flags, span);
        let node = self.at_mut(copy);
        node.conjuncts = conjuncts;
        node.copy_of = Some(original);
        node.choices = Some(Rc::new(all));
        copy
    }

    fn disjoin_one(&mut self, id: NodeId, disjunction: &Disjunction<'d>) -> Outcome<Val<'d>> {
        let any = disjunction.arms.iter().any(|arm| arm.marked);
        let mut survivors = Vec::new();
        let mut faults = Vec::new();
        for (index, arm) in (0..).zip(disjunction.arms.iter()) {
            self.spend(1, disjunction.span)?;
            let mode = Mode::of(arm.marked, any);
            let copy = self.copy(id, &[(disjunction.origin, index)], false);
            self.outcome(copy, &[mode], disjunction.span, &mut survivors, &mut faults)?;
        }
        self.assemble(survivors, faults, disjunction.span)
    }

    /// Whether a copy holds; if it has alternatives of its own, which of them.
    fn outcome(
        &mut self,
        copy: NodeId,
        modes: &[Mode],
        span: Range32,
        survivors: &mut Vec<Survivor<'d>>,
        faults: &mut Vec<Rc<Fault>>,
    ) -> Outcome<()> {
        match self.evaluate(copy) {
            Ok(Val::Either(either)) => {
                let inner = either.alternatives.iter().any(|(_, default)| *default);
                for (value, default) in &either.alternatives {
                    let inner = Mode::of(*default, inner);
                    let mut modes = Modes::from_slice(modes);
                    if let Some(last) = modes.last_mut() {
                        *last = last.and(inner);
                    }
                    survivors.push(Survivor {
                        value: value.clone(),
                        modes,
                    });
                }
            }
            Ok(value) => match self.sound(&value, span).and_then(|()| self.gapless(&value)) {
                Ok(()) => survivors.push(Survivor {
                    value,
                    modes: Modes::from_slice(modes),
                }),
                Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
                Err(fault) => faults.push(fault),
            },
            Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
            Err(fault) => faults.push(fault),
        }
        Ok(())
    }

    /// Fails when something in the value has an error that more information might mend.
    fn gapless(&mut self, value: &Val<'d>) -> Outcome<()> {
        let Val::Node(node) = value else {
            return Ok(());
        };
        if self.at(*node).flags.has(Flags::VISITED) {
            return Ok(());
        }
        self.enter(self.at(*node).span)?;
        self.at_mut(*node).flags.set(Flags::VISITED);
        let gapless = self.gapless_parts(*node);
        self.at_mut(*node).flags.clear(Flags::VISITED);
        self.leave();
        gapless
    }

    fn gapless_parts(&mut self, id: NodeId) -> Outcome<()> {
        let arcs = self.at(id).arcs.iter();
        let mut parts: Vec<_> = arcs
            .filter(|arc| arc.mark.is_regular())
            .map(|arc| arc.node)
            .collect();
        parts.extend(
            self.at(id)
                .list()
                .map(|list| list.items.clone())
                .unwrap_or_default(),
        );
        for part in parts {
            match self.evaluate(part) {
                Ok(value) => self.gapless(&value)?,
                Err(fault) if fault.kind == FaultKind::Cycle => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    fn disjoin_many(&mut self, id: NodeId, disjunctions: &[Disjunction<'d>]) -> Outcome<Val<'d>> {
        let mut live = Vec::with_capacity(disjunctions.len());
        let mut fixed = Vec::new();
        let mut open = Vec::new();
        for disjunction in disjunctions {
            let mut faults = Vec::new();
            let mut arms = Vec::new();
            for (index, _) in (0..).zip(disjunction.arms.iter()) {
                match self.possible(id, &[(disjunction.origin, index)], disjunction.span) {
                    Ok(()) => arms.push(index),
                    Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
                    Err(fault) => faults.push(fault),
                }
            }
            match &*arms {
                [] => return Err(self.no_alternative(faults, disjunction.span)),
                [only] => fixed.push((disjunction.origin, *only)),
                _ => {
                    open.push(disjunction);
                    live.push(arms);
                }
            }
        }
        if !fixed.is_empty() {
            // One alternative is no choice: the rest is weighed again with it.
            let copy = self.copy(id, &fixed, false);
            let value = self.evaluate(copy)?;
            if !matches!(value, Val::Either(_)) {
                self.sound(&value, self.at(id).span)?;
            }
            return Ok(value);
        }
        let span = open.first().map_or(self.at(id).span, |first| first.span);
        let combinations = live
            .iter()
            .try_fold(1_usize, |count, arms| count.checked_mul(arms.len()));
        if combinations.is_none_or(|count| count > EXHAUSTIVE) {
            let marked: Vec<Vec<u32>> = open
                .iter()
                .zip(&live)
                .map(|(disjunction, live)| {
                    let marked = |arm: &&u32| disjunction.arms[**arm as usize].marked;
                    let defaults: Vec<u32> = live.iter().filter(marked).copied().collect();
                    if defaults.is_empty() {
                        live.clone()
                    } else {
                        defaults
                    }
                })
                .collect();
            let mut search = Search {
                open: &open,
                live: &marked,
                enough: 2,
                survivors: Vec::new(),
                faults: Vec::new(),
            };
            self.search(id, &mut search, &mut Vec::new())?;
            let Search { mut survivors, .. } = search;
            if !survivors.is_empty() {
                let any = open.iter().any(|all| all.arms.iter().any(|arm| arm.marked));
                let alternatives: Vec<_> = survivors
                    .drain(..)
                    .map(|survivor| (survivor.value, any))
                    .collect();
                return Ok(Val::Either(Rc::new(Disjoined { alternatives })));
            }
        }
        let mut search = Search {
            open: &open,
            live: &live,
            enough: usize::MAX,
            survivors: Vec::new(),
            faults: Vec::new(),
        };
        self.search(id, &mut search, &mut Vec::new())?;
        let Search {
            survivors, faults, ..
        } = search;
        self.assemble(survivors, faults, span)
    }

    /// Fails when a node with these alternatives cannot hold, whatever the others are.
    fn possible(&mut self, id: NodeId, choices: &[(u64, u32)], span: Range32) -> Outcome<()> {
        self.spend(1, span)?;
        let copy = self.copy(id, choices, true);
        self.expand(copy);
        if let Some(fault) = self.at(copy).fault()
            && !fault.kind.is_open()
        {
            return Err(Rc::clone(fault));
        }
        match self.partial_value(copy) {
            Ok(value) => self.sound(&value, span),
            Err(fault) if fault.kind.is_open() => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    fn search(
        &mut self,
        id: NodeId,
        search: &mut Search<'_, 'd>,
        chosen: &mut Vec<(u64, u32)>,
    ) -> Outcome<()> {
        let depth = chosen.len();
        let Some(disjunction) = search.open.get(depth).copied() else {
            return Ok(());
        };
        let last = depth + 1 == search.open.len();
        for arm in search.live[depth].clone() {
            if search.survivors.len() >= search.enough {
                return Ok(());
            }
            chosen.push((disjunction.origin, arm));
            if last {
                let modes: Modes = search
                    .open
                    .iter()
                    .zip(chosen.iter())
                    .map(|(disjunction, (_, arm))| {
                        let any = disjunction.arms.iter().any(|arm| arm.marked);
                        Mode::of(disjunction.arms[*arm as usize].marked, any)
                    })
                    .collect();
                self.spend(1, disjunction.span)?;
                let copy = self.copy(id, chosen, false);
                let (mut survivors, mut faults) = (Vec::new(), Vec::new());
                self.outcome(copy, &modes, disjunction.span, &mut survivors, &mut faults)?;
                for survivor in survivors {
                    let mut known = Vec::with_capacity(search.survivors.len());
                    for there in &search.survivors {
                        known.push(there.value.clone());
                    }
                    let repeated = search.enough != usize::MAX
                        && known.iter().any(|there| self.same(there, &survivor.value));
                    if !repeated {
                        search.survivors.push(survivor);
                    }
                }
                search.faults.extend(faults);
            } else {
                // What fails already need not be completed.
                let possible = match depth {
                    0 => Ok(()),
                    _ => self.possible(id, chosen, disjunction.span),
                };
                match possible {
                    Ok(()) => self.search(id, search, chosen)?,
                    Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
                    Err(fault) => search.faults.push(fault),
                }
            }
            chosen.pop();
        }
        Ok(())
    }

    // --- What is left ---

    /// The value that the combinations that hold make together.
    fn assemble(
        &mut self,
        survivors: Vec<Survivor<'d>>,
        faults: Vec<Rc<Fault>>,
        span: Range32,
    ) -> Outcome<Val<'d>> {
        if survivors.is_empty() {
            return Err(self.no_alternative(faults, span));
        }
        // Marks count only as long as one of the marked is left.
        let width = survivors
            .iter()
            .map(|survivor| survivor.modes.len())
            .max()
            .unwrap_or(0);
        let marked: Vec<bool> = (0..width)
            .map(|place| {
                let mut modes = survivors
                    .iter()
                    .filter_map(|survivor| survivor.modes.get(place));
                modes.any(|mode| *mode == Mode::Default)
            })
            .collect();
        let is_default = |modes: &[Mode]| {
            let counted = modes.iter().zip(&marked).filter(|(_, marked)| **marked);
            let mut any = false;
            for (mode, _) in counted {
                match mode {
                    Mode::Default => any = true,
                    Mode::Not => return false,
                    Mode::Maybe => {}
                }
            }
            any
        };
        let mut alternatives: Vec<(Val<'d>, bool)> = Vec::new();
        for Survivor { value, modes } in survivors {
            let default = is_default(&modes);
            let mut known = None;
            for (index, (there, _)) in alternatives.clone().iter().enumerate() {
                if self.same(there, &value) {
                    known = Some(index);
                    break;
                }
            }
            match known {
                Some(index) => alternatives[index].1 |= default,
                None => alternatives.push((value, default)),
            }
        }
        match alternatives.len() {
            1 => Ok(alternatives.swap_remove(0).0),
            _ => Ok(Val::Either(Rc::new(Disjoined { alternatives }))),
        }
    }

    /// Says why no alternative fits: what the closest one lacks.
    fn no_alternative(&self, faults: Vec<Rc<Fault>>, span: Range32) -> Rc<Fault> {
        if let Some(open) = faults.iter().find(|fault| fault.kind.is_open()) {
            return Rc::clone(open);
        }
        if let [only] = &*faults {
            return Rc::clone(only);
        }
        if let Some(said) = faults
            .iter()
            .find(|fault| fault.diagnostic.rule().code == rules::USER_ERROR.code)
        {
            return Rc::clone(said);
        }
        let count = faults.len();
        // One that already differs in a value, as alternatives do by which they are told apart, is farther off.
        let closest = faults.iter().find(|fault| !fault.is_difference);
        let closest = closest.or(faults.first());
        self.eval_fault(&rules::NO_ALTERNATIVE, span, |problem| {
            let problem = problem.arg("count", count);
            match closest {
                Some(fault) => {
                    let reason = fault.diagnostic.message(burgee_source::Lang::En);
                    let problem = problem
                        .arg("reason", reason)
                        .also(fault.diagnostic.span(), rules::CLOSEST_FAILS);
                    // What it disagrees with may stand in another file, or in the data.
                    let others = fault.diagnostic.labels().iter().skip(1);
                    others.fold(problem, |problem, other| {
                        problem.also(other.span, rules::THE_OTHER)
                    })
                }
                None => problem,
            }
        })
    }
}

/// A search through combinations of alternatives.
struct Search<'s, 'd> {
    open: &'s [&'s Disjunction<'d>],
    live: &'s [Vec<u32>],
    /// So many different ones end it.
    enough: usize,
    survivors: Vec<Survivor<'d>>,
    faults: Vec<Rc<Fault>>,
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
