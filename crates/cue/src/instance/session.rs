//! What an instance remembers: the evaluation, and everything that was asked for.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use crate::{
    FieldKind, Limits, Mark, Path, Selector,
    eval::{Found, Part, Vm},
    ir::LabelKind,
    syntax::ast::Constraint,
};

/// The entry of the whole value.
pub(super) const ROOT: u32 = 0;

/// Runs questions, whatever the evaluation borrows.
pub(super) trait Ask {
    fn ask(&self, question: &mut dyn for<'v> FnMut(&mut Session<'v>));
}

pub(super) struct Session<'d> {
    pub(super) vm: Vm<'d>,
    pub(super) limits: Limits,
    entries: Vec<Entry<'d>>,
    /// What was looked up before is the same entry.
    known: FxHashMap<(u32, Selector), u32>,
}

/// Something that was asked for.
#[derive(Clone)]
pub(super) struct Entry<'d> {
    pub(super) found: Found<'d>,
    pub(super) mark: Mark,
    /// Where it was found; nothing for the root.
    pub(super) up: Option<(u32, Selector)>,
    /// Its path names a definition.
    pub(super) defined: bool,
}

// === impl Session ===

impl<'d> Session<'d> {
    pub(super) fn new(vm: Vm<'d>, root: Found<'d>, limits: Limits) -> Self {
        let root = Entry {
            found: root,
            mark: Mark::None,
            up: None,
            defined: false,
        };
        Self {
            vm,
            limits,
            entries: vec![root],
            known: FxHashMap::default(),
        }
    }

    pub(super) fn renew(&mut self) {
        self.vm.renew();
    }

    pub(super) fn entry(&self, entry: u32) -> Entry<'d> {
        self.entries[entry as usize].clone()
    }

    pub(super) fn add(&mut self, entry: Entry<'d>) -> u32 {
        self.entries.push(entry);
        u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
    }

    /// The way to an entry.
    pub(super) fn path(&self, mut entry: u32) -> Path {
        let mut steps = Vec::new();
        while let Some((up, selector)) = &self.entries[entry as usize].up {
            steps.push(selector.clone());
            entry = *up;
        }
        steps.into_iter().rev().collect()
    }

    /// One step down; optional fields are found as well.
    pub(super) fn step(&mut self, up: u32, selector: &Selector) -> Option<u32> {
        let key = (up, selector.clone());
        if let Some(entry) = self.known.get(&key) {
            return Some(*entry);
        }
        let owner = self.entry(up).found;
        let (mark, found) = match selector {
            Selector::Index(index) => (Mark::None, self.vm.element(&owner, *index)?),
            Selector::Field(name) | Selector::Definition(name) | Selector::Hidden(name) => {
                let part = self.vm.part(&owner, name, label_kind(selector))?;
                (mark(part.mark), part.found)
            }
        };
        Some(self.enter(key, mark, found))
    }

    /// All fields of an entry.
    pub(super) fn fields(&mut self, up: u32) -> Vec<(EcoString, FieldKind, Mark, u32)> {
        let owner = self.entry(up).found;
        let parts = self.vm.parts(&owner);
        let field = |part: Part<'d>| {
            let Part { name, kind, .. } = part;
            let (kind, selector) = match kind {
                LabelKind::Regular | LabelKind::Index => {
                    (FieldKind::Regular, Selector::Field(name.clone()))
                }
                LabelKind::Definition => {
                    (FieldKind::Definition, Selector::Definition(name.clone()))
                }
                LabelKind::Hidden => (FieldKind::Hidden, Selector::Hidden(name.clone())),
            };
            let mark = mark(part.mark);
            (
                name,
                kind,
                mark,
                self.enter((up, selector), mark, part.found),
            )
        };
        parts.into_iter().map(field).collect()
    }

    fn enter(&mut self, key: (u32, Selector), mark: Mark, found: Found<'d>) -> u32 {
        if let Some(entry) = self.known.get(&key) {
            return *entry;
        }
        let defined = self.entry(key.0).defined || matches!(key.1, Selector::Definition(_));
        let entry = self.add(Entry {
            found,
            mark,
            up: Some(key.clone()),
            defined,
        });
        self.known.insert(key, entry);
        entry
    }
}

pub(super) const fn label_kind(selector: &Selector) -> LabelKind {
    match selector {
        Selector::Field(_) => LabelKind::Regular,
        Selector::Definition(_) => LabelKind::Definition,
        Selector::Hidden(_) => LabelKind::Hidden,
        Selector::Index(_) => LabelKind::Index,
    }
}

const fn mark(constraint: Constraint) -> Mark {
    match constraint {
        Constraint::Regular => Mark::None,
        Constraint::Optional => Mark::Optional,
        Constraint::Required => Mark::Required,
    }
}
