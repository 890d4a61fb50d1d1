//! Which name means what, while compiling.
//!
//! The names of all open scopes stand in one list, those of the innermost last: a scope costs nothing but its names.

use rustc_hash::FxHashMap;

use super::Label;
use crate::syntax::ast::{self, Range32};

/// The scopes around what is being compiled.
#[derive(Debug, Default)]
pub(crate) struct Scopes<'s> {
    names: Vec<Name<'s>>,
    open: Vec<Scope<'s>>,
}

/// One struct literal or clause.
#[derive(Debug)]
struct Scope<'s> {
    /// Where its names begin.
    start: usize,
    /// Finds names, by their place behind the start, once there are many.
    index: FxHashMap<&'s str, usize>,
}

#[derive(Debug, Clone, Copy)]
struct Name<'s> {
    text: &'s str,
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

/// The inner scopes, while something is compiled as if it stood outside of them.
pub(crate) struct Inner<'s>(Scopes<'s>);

/// More names than this are not looked through one by one.
const FEW: usize = 12;

// === impl Scopes ===

impl<'s> Scopes<'s> {
    /// True outside of everything.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// How many lie around the innermost one.
    pub(crate) fn outer(&self) -> u16 {
        u16::try_from(self.open.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Opens one inside the others.
    pub(crate) fn open(&mut self) {
        self.open_for(0);
    }

    /// Opens one that may have so many names.
    pub(crate) fn open_for(&mut self, count: usize) {
        let mut index = FxHashMap::default();
        if count > FEW {
            self.names.reserve(count);
            index.reserve(count);
        }
        self.open.push(Scope {
            start: self.names.len(),
            index,
        });
    }

    /// Closes the innermost one. Gives what nobody refers to, in the order of the text.
    pub(crate) fn close(&mut self) -> Vec<(&'s str, Range32)> {
        let Some(scope) = self.open.pop() else {
            return Vec::new();
        };
        let names = self.names.drain(scope.start..);
        let unused = names.filter(|name| !name.used);
        unused.map(|name| (name.text, name.span)).collect()
    }

    /// Adds a name to the innermost one. Names that clash are no matter of the compiler's: the parser does not let
    /// them pass.
    pub(crate) fn declare(&mut self, text: &'s str, binding: Binding, span: Range32) {
        let Some(scope) = self.open.last_mut() else {
            return;
        };
        let name = Name {
            text,
            binding,
            span,
            used: matches!(binding, Binding::Field(_)),
        };
        let names = &mut self.names[scope.start..];
        match scope.position(names, text) {
            Some(position) => names[position] = name,
            None => {
                scope.note(names, text);
                self.names.push(name);
            }
        }
    }

    /// The variables of a `for` may stay unused.
    pub(crate) fn use_all(&mut self) {
        if let Some(scope) = self.open.last() {
            for name in &mut self.names[scope.start..] {
                name.used = true;
            }
        }
    }

    /// What a name stands for, and how many scopes out.
    pub(crate) fn find(&mut self, text: &str) -> Option<(u16, Binding)> {
        let mut end = self.names.len();
        for (up, scope) in (0..).zip(self.open.iter().rev()) {
            let names = &mut self.names[scope.start..end];
            if let Some(position) = scope.position(names, text) {
                let name = &mut names[position];
                name.used = true;
                return Some((up, name.binding));
            }
            end = scope.start;
        }
        None
    }

    /// Takes so many of the innermost ones away, until [`Scopes::restore`].
    pub(crate) fn hide(&mut self, count: u16) -> Inner<'s> {
        let open = self.open.split_off(self.open.len() - usize::from(count));
        let start = open.first().map_or(self.names.len(), |scope| scope.start);
        let names = self.names.split_off(start);
        Inner(Self { names, open })
    }

    /// Puts them back.
    pub(crate) fn restore(&mut self, Inner(inner): Inner<'s>) {
        self.names.extend(inner.names);
        self.open.extend(inner.open);
    }
}

// === impl Scope ===

impl<'s> Scope<'s> {
    fn position(&self, names: &[Name<'s>], text: &str) -> Option<usize> {
        match self.index.is_empty() {
            true => names.iter().position(|there| there.text == text),
            false => self.index.get(text).copied(),
        }
    }

    /// One name more comes behind the others.
    fn note(&mut self, names: &[Name<'s>], text: &'s str) {
        if names.len() == FEW {
            let names = names.iter().zip(0..);
            self.index
                .extend(names.map(|(name, place)| (name.text, place)));
        }
        if names.len() >= FEW {
            self.index.insert(text, names.len());
        }
    }
}
