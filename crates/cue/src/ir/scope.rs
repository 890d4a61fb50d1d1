//! Which name means what, while compiling.

use rustc_hash::FxHashMap;

use super::Label;
use crate::syntax::ast::{self, Range32};

/// The names of one struct literal or clause.
#[derive(Debug, Default)]
pub(crate) struct Scope<'s> {
    names: FxHashMap<&'s str, Entry>,
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
    /// What a `for` goes over.
    Variable(u16),
    /// A field by its alias.
    Alias(Label),
    /// A field with a computed label, by its alias.
    Dynamic(ast::ExprId),
    /// What the scope was opened for: a value by its alias, or the label that a pattern matched.
    Itself,
}

/// Why a name cannot be declared.
pub(crate) struct Clash;

// === impl Scope ===

impl<'s> Scope<'s> {
    pub(crate) fn declare(
        &mut self,
        name: &'s str,
        binding: Binding,
        span: Range32,
    ) -> Result<(), Clash> {
        if let Some(there) = self.names.get(name) {
            let fields = |binding| matches!(binding, Binding::Field(_));
            return match fields(binding) && fields(there.binding) {
                true => Ok(()),
                false => Err(Clash),
            };
        }
        let used = matches!(binding, Binding::Field(_));
        self.names.insert(
            name,
            Entry {
                binding,
                span,
                used,
            },
        );
        Ok(())
    }

    pub(crate) fn find(&mut self, name: &str) -> Option<Binding> {
        let entry = self.names.get_mut(name)?;
        entry.used = true;
        Some(entry.binding)
    }

    /// The variables of a `for` may stay unused.
    pub(crate) fn use_all(&mut self) {
        for entry in self.names.values_mut() {
            entry.used = true;
        }
    }

    pub(crate) fn unused(&self) -> impl Iterator<Item = (&'s str, Range32)> {
        let entries = self.names.iter();
        entries
            .filter(|(_, entry)| !entry.used)
            .map(|(name, entry)| (*name, entry.span))
    }
}
