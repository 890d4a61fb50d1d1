//! Alternatives: which of them fit, and which is the default.
//!
//! Alternatives that are mere values are met with what else is known, all combinations at once. Those with fields
//! are tried in copies of the node that take them among their conjuncts. With several such disjunctions each
//! alternative is first tried alone against the rest, and when the combinations that are left are too many to
//! try, only those of the marked ones are: the default is all that an export asks for.

mod copies;
mod search;
mod values;

use std::rc::Rc;

use burgee_source::Words;
use smallvec::SmallVec;

use super::{
    Outcome, Vm,
    fault::Fault,
    node::{Disjunction, Flags, NodeId},
    val::Val,
};
use crate::{rules, syntax::ast::Range32};

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

/// Few alternatives are left.
type Survivors<'d> = SmallVec<[Survivor<'d>; 2]>;

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
        let extra = self.at(id).extra.iter();
        let disjunctions = extra.flat_map(|extra| &extra.disjunctions);
        let disjunctions: SmallVec<[Disjunction<'d>; 2]> = disjunctions.cloned().collect();
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

    /// The value that the combinations that hold make together.
    fn assemble(
        &mut self,
        id: NodeId,
        survivors: Survivors<'d>,
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
        let marked: SmallVec<[bool; 4]> = (0..width)
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
        // Of what is a list in any case only the items are compared.
        let is_list = self.at(id).list().is_some();
        let mut alternatives: SmallVec<[(Val<'d>, bool); 4]> = SmallVec::new();
        for Survivor { value, modes } in survivors {
            let default = is_default(&modes);
            let mut known = None;
            for (index, (there, _)) in alternatives.iter().enumerate() {
                if self.same(there, &value) || (is_list && self.same_items(there, &value)) {
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
            _ => Ok(Val::Either(Rc::new(Disjoined {
                alternatives: alternatives.into_vec(),
            }))),
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
                    let reason = Words::each(|lang| fault.diagnostic.message(lang));
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
