//! Equality: of values for `==`, and of alternatives, which need not be concrete.

use super::{Outcome, Vm, constraint::same_atom, val::Val};
use crate::syntax::ast::Range32;

// === impl Vm ===

impl<'d> Vm<'d> {
    /// True when two values are the same, whatever made them; used to tell alternatives apart.
    pub(crate) fn same(&mut self, a: &Val<'d>, b: &Val<'d>) -> bool {
        if let (Val::Node(a), Val::Node(b)) = (a, b)
            && a == b
        {
            return true;
        }
        if self.enter(Range32::default()).is_err() {
            return false;
        }
        let same = self.same_inner(a, b);
        self.leave();
        same
    }

    fn same_inner(&mut self, a: &Val<'d>, b: &Val<'d>) -> bool {
        match (a, b) {
            (Val::Top, Val::Top) => return true,
            (Val::Constraint(a), Val::Constraint(b)) => return a.same(b),
            (Val::Function(a), Val::Function(b)) => return std::ptr::eq(*a, *b),
            (Val::Special(a), Val::Special(b)) => return a == b,
            (Val::Either(a), Val::Either(b)) => {
                let (a, b) = (a.alternatives.clone(), b.alternatives.clone());
                return a.len() == b.len()
                    && a.iter()
                        .zip(&b)
                        .all(|((a, x), (b, y))| x == y && self.same(a, b));
            }
            _ if a.is_atom() && b.is_atom() => return same_atom(a, b),
            _ => {}
        }
        let closed = |value: &Val<'d>| match value {
            Val::Node(node) => self.at(*node).list().is_none_or(|list| list.closed),
            _ => true,
        };
        if closed(a) != closed(b) {
            return false;
        }
        if self.list_len(a).is_some() && self.list_len(b).is_some() {
            return self.same_items(a, b);
        }
        if !self.is_struct(a) || !self.is_struct(b) {
            return false;
        }
        if let (Val::Node(x), Val::Node(y)) = (a, b) {
            return self.same_arcs(*x, *y);
        }
        let (Ok(x), Ok(y)) = (
            self.fields(a, Range32::default()),
            self.fields(b, Range32::default()),
        ) else {
            return false;
        };
        x.len() == y.len()
            && x.into_iter().all(|(name, value)| {
                let other = y.iter().find(|(key, _)| *key == name);
                other.is_some_and(|(_, other)| self.same_forced(value, other.clone()))
            })
    }

    /// True for two lists with the same items, whatever may follow them.
    pub(crate) fn same_items(&mut self, a: &Val<'d>, b: &Val<'d>) -> bool {
        match (self.items(a), self.items(b)) {
            (Ok(Some(a)), Ok(Some(b))) => {
                a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| self.same_forced(a, b))
            }
            _ => false,
        }
    }

    fn same_arcs(&mut self, a: super::NodeId, b: super::NodeId) -> bool {
        let (x, y) = (self.at(a).arcs.clone(), self.at(b).arcs.clone());
        if x.len() != y.len() || self.closing(a).is_empty() != self.closing(b).is_empty() {
            return false;
        }
        x.into_iter().all(|arc| {
            let other = y.iter().find(|other| other.label == arc.label);
            other.is_some_and(|other| {
                other.mark == arc.mark
                    && self.same_forced(Val::Node(arc.node), Val::Node(other.node))
            })
        })
    }

    fn same_forced(&mut self, a: Val<'d>, b: Val<'d>) -> bool {
        match (self.force(a), self.force(b)) {
            (Ok(a), Ok(b)) => self.same(&a, &b),
            (Err(a), Err(b)) => {
                let rule = |fault: &super::Fault| fault.diagnostic.rule().code;
                a.kind == b.kind && rule(&a) == rule(&b)
            }
            _ => false,
        }
    }

    /// `==` on lists: item by item.
    pub(crate) fn equal_lists(&mut self, a: &Val<'d>, b: &Val<'d>, span: Range32) -> Outcome<bool> {
        let (a, b) = (self.finish(a, span)?, self.finish(b, span)?);
        Ok(a == b)
    }
}
