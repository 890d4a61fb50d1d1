//! The names that a reference may use where it stands.

use super::Type;

/// How long a path may be.
const DEPTH: usize = 3;

/// Names, innermost last.
#[derive(Default)]
pub(in super::super) struct Scope {
    names: Vec<Name>,
}

struct Name {
    text: String,
    kind: Type,
    /// True once its declaration has been written.
    ready: bool,
}

// === impl Scope ===

impl Scope {
    /// Adds a name that is about to be declared; gives its place.
    pub(super) fn announce(&mut self, text: &str, kind: &Type) -> usize {
        self.names.push(Name {
            text: text.to_owned(),
            kind: kind.clone(),
            ready: false,
        });
        self.names.len() - 1
    }

    /// Adds a name that has been declared.
    pub(super) fn declare(&mut self, text: &str, kind: &Type) {
        let at = self.announce(text, kind);
        self.ready(at);
    }

    /// A declaration was written.
    pub(super) fn ready(&mut self, at: usize) {
        self.names[at].ready = true;
    }

    /// How many names there are, to come back to.
    pub(super) fn mark(&self) -> usize {
        self.names.len()
    }

    /// Forgets the names since a mark.
    pub(super) fn reset(&mut self, mark: usize) {
        self.names.truncate(mark);
    }

    /// Paths to values of a type; with `forward` also those that are not declared yet.
    pub(super) fn paths(&self, wanted: &Type, forward: bool) -> Vec<String> {
        let mut found = Vec::new();
        for name in &self.names {
            if name.ready || forward {
                collect(&name.text, &name.kind, wanted, DEPTH, &mut found);
            }
        }
        found
    }

    /// Names of anything that fields or items can be taken from, with their types.
    pub(super) fn collections(&self) -> Vec<(String, Type)> {
        let mut found = Vec::new();
        for name in self.names.iter().filter(|name| name.ready) {
            if matches!(name.kind, Type::List(_) | Type::Record(_)) {
                found.push((name.text.clone(), name.kind.clone()));
            }
        }
        found
    }
}

fn collect(path: &str, kind: &Type, wanted: &Type, depth: usize, found: &mut Vec<String>) {
    let fits = match (kind, wanted) {
        (Type::Record(_), Type::Record(_)) => true,
        (kind, wanted) => kind == wanted,
    };
    if fits {
        found.push(path.to_owned());
    }
    if depth == 0 {
        return;
    }
    match kind {
        Type::Record(fields) => {
            for (name, kind) in fields {
                collect(&format!("{path}.{name}"), kind, wanted, depth - 1, found);
            }
        }
        Type::List(item) => collect(&format!("{path}[0]"), item, wanted, depth - 1, found),
        Type::Number | Type::Text | Type::Truth => {}
    }
}
