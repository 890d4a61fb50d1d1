//! Several disjunctions with fields: each alternative alone first, then as many combinations as matter.

use std::rc::Rc;

use super::{Disjoined, EXHAUSTIVE, Mode, Modes, Survivors};
use crate::eval::{
    Outcome, Vm,
    fault::{Fault, FaultKind},
    node::{Disjunction, NodeId},
    val::Val,
};
use crate::syntax::ast::Range32;

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn disjoin_many(
        &mut self,
        id: NodeId,
        disjunctions: &[Disjunction<'d>],
    ) -> Outcome<Val<'d>> {
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
                self.sound_node(copy, self.at(id).span)?;
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
                survivors: Survivors::new(),
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
            survivors: Survivors::new(),
            faults: Vec::new(),
        };
        self.search(id, &mut search, &mut Vec::new())?;
        let Search {
            survivors, faults, ..
        } = search;
        self.assemble(id, survivors, faults, span)
    }

    /// Fails when a node with these alternatives cannot hold, whatever the others are.
    pub(super) fn possible(
        &mut self,
        id: NodeId,
        choices: &[(u64, u32)],
        span: Range32,
    ) -> Outcome<()> {
        self.spend(1, span)?;
        let copy = self.copy(id, choices, true);
        self.expand(copy);
        if let Some(fault) = self.at(copy).fault()
            && !fault.kind.is_open()
        {
            return Err(Rc::clone(fault));
        }
        match self.partial_value(copy) {
            Ok(_) => self.sound_node(copy, span),
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
                let (mut survivors, mut faults) = (Survivors::new(), Vec::new());
                self.outcome(copy, &modes, disjunction.span, &mut survivors, &mut faults)?;
                for survivor in survivors {
                    let mut known = search.survivors.iter();
                    let repeated = search.enough != usize::MAX
                        && known.any(|there| self.same(&there.value, &survivor.value));
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
}

/// A search through combinations of alternatives.
struct Search<'s, 'd> {
    open: &'s [&'s Disjunction<'d>],
    live: &'s [Vec<u32>],
    /// So many different ones end it.
    enough: usize,
    survivors: Survivors<'d>,
    faults: Vec<Rc<Fault>>,
}
