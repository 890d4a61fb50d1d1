//! A value inside of an instance.

use std::fmt;

use burgee_source::{Diagnostic, Span};
use ecow::EcoString;

use super::{
    Field, State,
    session::{Ask, Entry, Session, label_kind},
};
use crate::{
    Attribute, Error, ErrorKind, Kind, Mark, Path, Selector, Term, TermOptions, Value,
    eval::FaultKind, rules,
};

/// A value of an [`Instance`](crate::Instance), or the place of one: cheap to copy, and alive as long as the
/// instance.
#[derive(Clone, Copy)]
pub struct Item<'i> {
    pub(super) instance: &'i dyn Ask,
    pub(super) entry: u32,
}

// === impl Item ===

impl<'i> Item<'i> {
    pub(super) const fn new(instance: &'i dyn Ask, entry: u32) -> Self {
        Self { instance, entry }
    }

    /// Asks the evaluation; `busy` is the answer in the middle of another question.
    pub(super) fn ask<T>(
        self,
        busy: T,
        question: impl for<'v> FnOnce(&mut Session<'v>, u32) -> T,
    ) -> T {
        let mut answer = busy;
        let mut question = Some(question);
        self.instance.ask(&mut |session| {
            if let Some(question) = question.take() {
                answer = question(session, self.entry);
            }
        });
        answer
    }

    pub(super) const fn beside(self, entry: u32) -> Self {
        Self { entry, ..self }
    }

    // --- Looking around ---

    /// What is at a path below; `None` when nothing is, or when it is optional and nobody gave it. See
    /// [`Item::state_at`] to tell these from what cannot be there *yet*.
    #[must_use]
    pub fn lookup(self, path: &Path) -> Option<Self> {
        let found = self.ask(None, |session, entry| {
            let mut entry = entry;
            for selector in path.selectors() {
                entry = session.step(entry, selector)?;
                if session.entry(entry).mark == Mark::Optional {
                    return None;
                }
            }
            Some(entry)
        });
        found.map(|entry| self.beside(entry))
    }

    /// The field of this name, which is taken as it is: see [`Selector::Field`].
    #[must_use]
    pub fn get(self, name: &str) -> Option<Self> {
        let path = [Selector::field(name)].into_iter().collect();
        self.lookup(&path)
    }

    /// How far the value at a path below is known. Where nothing is, but something on the way there waits for more, it
    /// is incomplete rather than absent; where something on the way holds a conflict, it is one.
    ///
    /// ```
    /// # use burgee_cue::{Limits, Path, Program, State};
    /// # use burgee_source::SourceId;
    /// let text = "size: string, out: {name: \"web\", if size == \"big\" {memory: 4}}";
    /// let program = Program::file(text, SourceId(0)).expect("CUE");
    /// let limits = Limits::default();
    /// let instance = program.instance(&[], &limits).expect("no names from outside");
    /// let state = |path: &str| instance.root().state_at(&path.parse::<Path>().expect("a path"));
    /// assert!(matches!(state("out.name"), State::Concrete));
    /// assert!(matches!(state("out.memory"), State::Incomplete(_)));
    /// assert!(matches!(state("other"), State::Absent));
    /// ```
    #[must_use]
    pub fn state_at(self, path: &Path) -> State {
        let mut at = self;
        for selector in path.selectors() {
            let step: Path = [selector.clone()].into_iter().collect();
            match at.lookup(&step) {
                Some(next) => at = next,
                None => {
                    return match at.state() {
                        State::Concrete | State::Absent => State::Absent,
                        waits => waits,
                    };
                }
            }
        }
        at.state()
    }

    /// How far its value is known.
    #[must_use]
    pub fn state(self) -> State {
        self.ask(State::Conflict(busy()), |session, entry| {
            let entry = session.entry(entry);
            match entry.mark {
                Mark::Optional => return State::Absent,
                Mark::Required => return State::Incomplete(missing(session, &entry)),
                Mark::None => {}
            }
            match session.vm.known(&entry.found) {
                Ok(_) => State::Concrete,
                Err(fault) => match fault.kind {
                    FaultKind::Incomplete | FaultKind::Cycle => State::Incomplete(fault.to_error()),
                    FaultKind::Eval | FaultKind::Limit => State::Conflict(fault.to_error()),
                },
            }
        })
    }

    /// What sort of value it is; `None` when there is none. Of alternatives it is the default's.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        self.ask(None, |session, entry| {
            let found = session.entry(entry).found;
            session.vm.kind(&found)
        })
    }

    /// All fields of a struct in the order of an export, those too that an export leaves out; none for anything
    /// else. What waits or is in conflict does not hide the fields beside it. Constraints on fields by pattern
    /// (`[string]: int`) are part of [`Item::term`].
    ///
    /// ```
    /// # use burgee_cue::{FieldKind, Limits, Mark, Program};
    /// # use burgee_source::SourceId;
    /// let text = r#"
    ///     // +usage=How many
    ///     replicas: *1 | int @ui(slider)
    ///     image!: string
    ///     #Port: int
    ///     for name in missing {"\(name)": 1}
    ///     missing: [...string] & [string]
    /// "#;
    /// let program = Program::file(text, SourceId(0)).expect("CUE");
    /// let limits = Limits::default();
    /// let instance = program.instance(&[], &limits).expect("no names from outside");
    /// let fields = instance.root().fields();
    ///
    /// let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    /// assert_eq!(names, ["replicas", "image", "#Port", "missing"]);
    /// assert_eq!(fields[0].docs(), ["+usage=How many"]);
    /// assert_eq!(fields[0].attributes()[0].body(), "slider");
    /// assert_eq!(fields[1].mark, Mark::Required);
    /// assert_eq!(fields[2].kind, FieldKind::Definition);
    /// ```
    #[must_use]
    pub fn fields(self) -> Vec<Field<'i>> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method by its name would be of one lifetime"
        )]
        let fields = self.ask(Vec::new(), |session, entry| session.fields(entry));
        let fields = fields.into_iter().map(|(name, kind, mark, entry)| Field {
            name,
            kind,
            mark,
            item: self.beside(entry),
        });
        fields.collect()
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(self) -> Vec<Self> {
        let items = self.ask(Vec::new(), |session, entry| {
            let found = session.entry(entry).found;
            let indexes = 0..session.vm.length(&found);
            let items = indexes.filter_map(|index| session.step(entry, &Selector::Index(index)));
            items.collect()
        });
        items.into_iter().map(|entry| self.beside(entry)).collect()
    }

    /// The default among its alternatives; `None` without alternatives, and when none of them is the default.
    #[must_use]
    pub fn default(self) -> Option<Self> {
        let found = self.ask(None, |session, entry| {
            let entry = session.entry(entry);
            let found = session.vm.default_of(&entry.found)?;
            Some(session.add(Entry { found, ..entry }))
        });
        found.map(|entry| self.beside(entry))
    }

    /// The way to it from the root.
    #[must_use]
    pub fn path(self) -> Path {
        self.ask(Path::default(), |session, entry| session.path(entry))
    }

    /// Where it was written first; [`Span::NONE`] when nobody did.
    #[must_use]
    pub fn span(self) -> Span {
        self.ask(Span::NONE, |session, entry| {
            let found = session.entry(entry).found;
            session.vm.place_of(&found)
        })
    }

    /// The lines of the comments of this field, without `//` and the blank behind it, from all places that declare it.
    /// References and unification keep them.
    #[must_use]
    pub fn docs(self) -> Vec<EcoString> {
        let (docs, _) = self.notes();
        let plain = |line: EcoString| match line.strip_prefix(' ') {
            Some(rest) => rest.into(),
            None => line,
        };
        docs.into_iter().map(plain).collect()
    }

    /// The attributes of this field, and those among its declarations when it is a struct.
    #[must_use]
    pub fn attributes(self) -> Vec<Attribute> {
        let (_, mut attributes) = self.notes();
        let own = self.ask(Vec::new(), |session, entry| {
            let found = session.entry(entry).found;
            session.vm.own_attributes(&found)
        });
        attributes.extend(own);
        attributes.into_iter().map(Attribute::new).collect()
    }

    fn notes(self) -> (Vec<EcoString>, Vec<EcoString>) {
        self.ask(Default::default(), |session, entry| {
            let (up, selector) = session.entry(entry).up?;
            let owner = session.entry(up).found;
            let kind = label_kind(&selector);
            match &selector {
                Selector::Field(name) | Selector::Definition(name) | Selector::Hidden(name) => {
                    Some(session.vm.field_notes(&owner, name, kind))
                }
                Selector::Index(_) => None,
            }
        })
        .unwrap_or_default()
    }

    // --- Taking out ---

    /// The finished value: every regular field in it has one.
    ///
    /// # Errors
    ///
    /// The gravest problem of all those in it; [`Item::validate`] lists them.
    pub fn export(self) -> Result<Value, Error> {
        self.ask(Err(busy()), |session, entry| {
            let entry = session.entry(entry);
            match entry.mark {
                Mark::Optional | Mark::Required => Err(missing(session, &entry)),
                Mark::None => {
                    let value = session.vm.finished(&entry.found);
                    value.map_err(|fault| fault.to_error())
                }
            }
        })
    }

    /// All problems in it, in the order of the texts: conflicts, and with `concrete` also whatever has no value
    /// yet.
    #[must_use]
    pub fn validate(self, concrete: bool) -> Vec<Error> {
        let mut errors = self.ask(vec![busy()], |session, entry| {
            let entry = session.entry(entry);
            match entry.mark {
                Mark::Optional => return Vec::new(),
                Mark::Required if concrete => return vec![missing(session, &entry)],
                Mark::Required | Mark::None => {}
            }
            let faults = session.vm.problems_of(&entry.found, concrete);
            faults.iter().map(|fault| fault.to_error()).collect()
        });
        errors.sort_by_key(|error| error.diagnostic.sort_key());
        errors
    }

    /// What is known of it, whether concrete or not. Conflicts in it are part of the term.
    #[must_use]
    pub fn term(self, options: &TermOptions) -> Term {
        let busy = Term::Bottom(busy().to_string());
        self.ask(busy, |session, entry| {
            let found = session.entry(entry).found;
            session.vm.term_of(&found, options)
        })
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Item({})", self.path())
    }
}

pub(super) fn error(kind: ErrorKind, problem: Diagnostic) -> Error {
    Error {
        kind,
        diagnostic: Box::new(problem),
    }
}

pub(super) fn busy() -> Error {
    error(ErrorKind::Eval, Diagnostic::new(&rules::BUSY))
}

/// Why a field that nobody gave has no value.
fn missing<'v>(session: &Session<'v>, entry: &Entry<'v>) -> Error {
    let rule = match entry.mark {
        Mark::Required => &rules::REQUIRED_FIELD,
        Mark::Optional | Mark::None => &rules::NOT_THERE,
    };
    let name = match &entry.up {
        Some((_, selector)) => selector.to_string(),
        None => String::new(),
    };
    let problem = Diagnostic::new(rule)
        .arg("field", name)
        .at(session.vm.place_of(&entry.found));
    error(ErrorKind::Incomplete, problem)
}
