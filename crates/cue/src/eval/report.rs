//! All problems of a value, not just the first.

use std::rc::Rc;

use super::{
    Fault, FaultKind, Found, Outcome, Vm, deep,
    node::{Flags, NodeId},
    val::Val,
};
use crate::{
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

/// More problems than this are not listed.
const MAX_LISTED: usize = 100;

/// What is looked for.
struct Search {
    /// What is missing counts as well.
    concrete: bool,
    found: Vec<Rc<Fault>>,
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The problems of the program: conflicts, and if asked for whatever is not concrete.
    pub(crate) fn problems(&mut self, root: Outcome<Val<'d>>, concrete: bool) -> Vec<Rc<Fault>> {
        let mut search = Search {
            concrete,
            found: Vec::new(),
        };
        let span = self
            .ir
            .root()
            .map_or(Range32::default(), |root| self.ir.span(root));
        match self.packages.first().copied().flatten() {
            Some(package) if self.ir.focus.is_none() => {
                self.search_node(package, &mut search, true);
                // The file may be no struct, but what stands in it.
                if let Ok(value) = root
                    && !matches!(value, Val::Node(node) if node == package)
                {
                    self.search_value(&value, span, &mut search, true);
                }
            }
            _ => match root {
                Ok(value) => self.search_value(&value, span, &mut search, true),
                Err(fault) => search.note(fault),
            },
        }
        search.found
    }

    /// The problems of something that was found.
    pub(crate) fn problems_of(&mut self, found: &Found<'d>, concrete: bool) -> Vec<Rc<Fault>> {
        let mut search = Search {
            concrete,
            found: Vec::new(),
        };
        match found {
            Found::Node(node) => self.search_node(*node, &mut search, true),
            Found::Value(value) => {
                self.search_value(value, Range32::default(), &mut search, true);
            }
            Found::Fault(fault) => search.note(Rc::clone(fault)),
        }
        search.found
    }

    fn search_value(
        &mut self,
        value: &Val<'d>,
        span: Range32,
        search: &mut Search,
        exported: bool,
    ) {
        match value {
            Val::Node(node) => self.search_node(*node, search, exported),
            Val::List(items) => {
                for item in items.iter() {
                    self.search_value(item, span, search, exported);
                }
            }
            value if search.concrete && exported => {
                if let Err(fault) = self.finish(value, span) {
                    search.note(fault);
                }
            }
            _ => {}
        }
    }

    fn search_node(&mut self, id: NodeId, search: &mut Search, exported: bool) {
        let span = self.at(id).span;
        if search.is_full() {
            return;
        }
        if self.at(id).flags.has(Flags::VISITED) {
            return search.note(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
        }
        if let Err(fault) = self.enter(span) {
            return search.note(fault);
        }
        self.at_mut(id).flags.set(Flags::VISITED);
        deep(|| {
            self.search_parts(id, search, exported);
        });
        self.at_mut(id).flags.clear(Flags::VISITED);
        self.leave();
    }

    fn search_parts(&mut self, id: NodeId, search: &mut Search, exported: bool) {
        let span = self.at(id).span;
        let target = match self.evaluate(id) {
            Ok(Val::Node(target)) if target != id => {
                return self.search_node(target, search, exported);
            }
            Ok(Val::Node(target)) => target,
            // Beside a scalar there are at most definitions and hidden fields.
            Ok(value) => {
                self.search_value(&value, span, search, exported);
                return self.search_fields(id, search, exported);
            }
            Err(fault) => {
                // What contains itself would be walked through without end.
                let endless = fault.is_endless() || self.never_ends(id);
                if search.concrete && exported || !fault.kind.is_open() {
                    search.note(fault);
                }
                if endless {
                    return;
                }
                id
            }
        };
        for item in self
            .at(target)
            .list()
            .map(|list| list.items.clone())
            .unwrap_or_default()
        {
            self.search_node(item, search, exported);
        }
        self.search_fields(target, search, exported);
        // Validators walk through it once more.
        self.at_mut(target).flags.clear(Flags::VISITED);
        let settled = self.settled(target);
        self.at_mut(target).flags.set(Flags::VISITED);
        if let Err(fault) = settled
            && (search.concrete && exported || !fault.kind.is_open())
        {
            search.note(fault);
        }
    }

    fn search_fields(&mut self, target: NodeId, search: &mut Search, exported: bool) {
        for index in 0..self.at(target).arcs.len() {
            let arc = self.at(target).arcs[index];
            match arc.mark {
                Mark::Optional => {}
                Mark::Required if !arc.label.is_regular() => {}
                Mark::Required => {
                    if search.concrete && exported {
                        search.note(self.required(arc.node));
                    }
                }
                Mark::Regular => {
                    self.search_node(arc.node, search, exported && arc.label.is_regular());
                }
            }
        }
    }
}

// === impl Search ===

impl Search {
    /// True when there is enough, or no more to be had: a bound was reached.
    fn is_full(&self) -> bool {
        let last = self.found.last();
        self.found.len() >= MAX_LISTED || last.is_some_and(|last| last.kind == FaultKind::Limit)
    }

    fn note(&mut self, fault: Rc<Fault>) {
        if !self.is_full()
            && !self
                .found
                .iter()
                .any(|there| there.diagnostic == fault.diagnostic)
        {
            self.found.push(fault);
        }
    }
}
