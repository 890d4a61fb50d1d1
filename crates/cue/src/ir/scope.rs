//! Which name means what, while compiling.

use rustc_hash::FxHashMap;

use super::Label;
use crate::syntax::ast::{self, Range32};

/// The names of one struct literal or clause.
#[derive(Debug, Default)]
pub(crate) struct Scope<'s> {
    names: Vec<(&'s str, Entry)>,
    /// Finds names once there are many.
    index: FxHashMap<&'s str, usize>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    binding: Binding,
    span: Range32,
    used: bool,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binding {
    Field(Label),
    Local(u16),
    /// A field by its alias.
    Alias(Label),
    /// A field with a computed label, by its alias.
    Dynamic(ast::ExprId),
    /// What the scope was opened for: a value by its alias, or the label that a pattern matched.
    Itself,
}

/// More names than this are not looked through one by one.
const FEW: usize = 12;

// === impl Scope ===

impl<'s> Scope<'s> {
    /// Adds a name. Names that clash are no matter of the compiler's: the parser does not let them pass.
    pub(crate) fn declare(&mut self, name: &'s str, binding: Binding, span: Range32) {
        let used = matches!(binding, Binding::Field(_));
        let entry = Entry {
            binding,
            span,
            used,
        };
        match self.position(name) {
            Some(position) => self.names[position].1 = entry,
            None => {
                self.names.push((name, entry));
                self.note(name);
            }
        }
    }

    fn note(&mut self, name: &'s str) {
        let count = self.names.len();
        if count == FEW {
            let names = self.names.iter().enumerate();
            self.index = names.map(|(index, (name, _))| (*name, index)).collect();
        } else if count > FEW {
            self.index.insert(name, count - 1);
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        match self.index.is_empty() {
            true => self.names.iter().position(|(there, _)| *there == name),
            false => self.index.get(name).copied(),
        }
    }

    pub(crate) fn find(&mut self, name: &str) -> Option<Binding> {
        let position = self.position(name)?;
        let (_, entry) = &mut self.names[position];
        entry.used = true;
        Some(entry.binding)
    }

    /// The variables of a `for` may stay unused.
    pub(crate) fn use_all(&mut self) {
        for (_, entry) in &mut self.names {
            entry.used = true;
        }
    }

    /// What nobody refers to, in the order of the text.
    pub(crate) fn unused(&self) -> impl Iterator<Item = (&'s str, Range32)> {
        let entries = self.names.iter();
        entries
            .filter(|(_, entry)| !entry.used)
            .map(|(name, entry)| (*name, entry.span))
    }
}
