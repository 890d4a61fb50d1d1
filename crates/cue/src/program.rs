//! A compiled text.

use std::{fmt, sync::Arc};

use burgee_source::{Diagnostic, SourceId, Span};

use crate::{
    Data, Error, Limits, Loader, Results, Term, TermOptions, Value, build,
    eval::{FaultKind, Outcome, Setting, Vm},
    ir::{self, Ir},
    pattern::Patterns,
};

/// The names that a program may read besides its own: `output`, `context`, `parameter`.
pub type Scope<'a> = [(&'a str, &'a dyn Data)];

/// A compiled file, package or expression: immutable, `Send + Sync`, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Program {
    inner: Arc<Inner>,
    /// Where each text begins in the common numbering, and which it is.
    files: Arc<[(u32, SourceId)]>,
}

#[derive(Debug)]
struct Inner {
    ir: Ir,
    patterns: Patterns,
    texts: Box<[(u32, Arc<str>)]>,
}

/// A name from outside that a program reads, and how far its path is known without evaluating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name: `output`.
    pub root: String,
    /// What is selected from it, as far as that is written down: `status`, `conditions`, `0`.
    pub path: Vec<Step>,
    /// The whole of it in the text.
    pub span: Span,
    /// True when its absence is asked for (`output.x != _|_`), so that it may be missing.
    pub tested: bool,
}

/// One step of a [`Reference`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A field.
    Field(String),
    /// An item of a list.
    Index(usize),
}

// === impl Reference ===

impl fmt::Display for Reference {
    /// Writes it as an expression would: `status["my-step"].phase`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        for step in &self.path {
            match step {
                Step::Field(name) if is_plain(name) => write!(f, ".{name}")?,
                Step::Field(name) => {
                    let quoted = serde_json::to_string(name).map_err(|_| fmt::Error)?;
                    write!(f, "[{quoted}]")?;
                }
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// True for a name that needs no brackets.
fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_')
}

// === impl Program ===

impl Program {
    pub(crate) fn new(
        ir: Ir,
        texts: Box<[(u32, Arc<str>)]>,
        files: Arc<[(u32, SourceId)]>,
    ) -> Self {
        let inner = Inner {
            ir,
            patterns: Patterns::default(),
            texts,
        };
        Self {
            inner: Arc::new(inner),
            files,
        }
    }

    /// Compiles a file: package clause, imports, fields.
    ///
    /// # Errors
    ///
    /// All problems of the text, in its order. Those whose code begins with `cue-syntax/` make it no CUE at all.
    pub fn file(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        build::build(&[(text, source)], None, None, true)
    }

    /// Compiles one expression, which import lines may precede: what `valueFrom` and `if` hold.
    ///
    /// # Errors
    ///
    /// All problems of the text, in its order.
    pub fn expression(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        build::build(&[(text, source)], None, None, false)
    }

    /// Compiles several files of one package, which see each other's top-level names. With a `focus` the program
    /// is that expression, evaluated in the scope of the files; it may name standard packages without importing
    /// them. Packages that are not standard come from the loader.
    ///
    /// ```
    /// # use burgee_cue::{Limits, NoLoader, Program};
    /// # use burgee_source::SourceId;
    /// let files = [("#Port: >0 & <65536", SourceId(0)), ("port: #Port & 80", SourceId(1))];
    /// let program = Program::package(&files, Some(("port + 1", SourceId(2))), &NoLoader).expect("CUE");
    /// let value = program.evaluate(&[], &Limits::default()).expect("a value");
    /// assert_eq!(value.to_json_text(), "81");
    /// ```
    ///
    /// # Errors
    ///
    /// All problems of all texts.
    pub fn package(
        files: &[(&str, SourceId)],
        focus: Option<(&str, SourceId)>,
        loader: &dyn Loader,
    ) -> Result<Self, Vec<Diagnostic>> {
        build::build(files, focus, Some(loader), true)
    }

    /// Works out the value. Names that the program does not declare itself come from `scope`; data under a
    /// name that a file declares must agree with the declaration.
    ///
    /// # Errors
    ///
    /// When there is no final value: see [`ErrorKind`](crate::ErrorKind).
    pub fn evaluate(&self, scope: &Scope<'_>, limits: &Limits) -> Result<Value, Error> {
        self.run(scope, limits, None, |vm| {
            let value = vm.root(scope);
            vm.finish_root(value)
        })
    }

    /// All problems of the program: conflicts, and with `concrete` also whatever has no value yet.
    ///
    /// ```
    /// # use burgee_cue::{Limits, Program};
    /// # use burgee_source::SourceId;
    /// let program = Program::file("a: 1 & 2, b: int, c: >5 & 3", SourceId(0)).expect("CUE");
    /// assert_eq!(program.validate(&[], &Limits::default(), false).len(), 2);
    /// assert_eq!(program.validate(&[], &Limits::default(), true).len(), 3);
    /// ```
    #[must_use]
    pub fn validate(&self, scope: &Scope<'_>, limits: &Limits, concrete: bool) -> Vec<Error> {
        let found = self.start(scope, limits, None, true).map(|mut vm| {
            let root = vm.root(scope);
            vm.problems(root, concrete)
        });
        let faults = found.unwrap_or_else(|fault| vec![fault]);
        let mut errors: Vec<Error> = faults.iter().map(|fault| fault.to_error()).collect();
        errors.sort_by_key(|error| error.diagnostic.sort_key());
        errors
    }

    /// What is known of the program's value, whether concrete or not: what `cue eval` prints.
    ///
    /// ```
    /// # use burgee_cue::{Limits, Program, TermOptions};
    /// # use burgee_source::SourceId;
    /// let program = Program::file("port: >1024 & int, name: *\"web\" | string", SourceId(0)).expect("CUE");
    /// let term = program.term(&[], &Limits::default(), &TermOptions::default()).expect("no conflict");
    /// assert_eq!(term.to_cue(), "port: int & >1024\nname: *\"web\" | string\n");
    /// ```
    ///
    /// # Errors
    ///
    /// All conflicts, when there are any.
    pub fn term(
        &self,
        scope: &Scope<'_>,
        limits: &Limits,
        options: &TermOptions,
    ) -> Result<Term, Vec<Error>> {
        let conflicts = self.validate(scope, limits, false);
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        let term = self.start(scope, limits, None, true).map(|mut vm| {
            let root = vm.root(scope);
            let origin = vm.origin();
            vm.term(root, origin, options)
        });
        term.map_err(|fault| vec![fault.to_error()])
    }

    /// Runs an evaluation. Most succeed, and on the way most failures are of no consequence: only when it fails as a
    /// whole is it run again with failures that say why.
    pub(crate) fn run<'d, T>(
        &'d self,
        scope: &[(&str, &'d dyn Data)],
        limits: &Limits,
        results: Option<&'d Results>,
        work: impl Fn(&mut Vm<'d>) -> Outcome<T>,
    ) -> Result<T, Error> {
        let attempt = |words| {
            let mut vm = self.start(scope, limits, results, words)?;
            work(&mut vm)
        };
        match attempt(false) {
            Err(fault) if fault.kind != FaultKind::Limit => attempt(true),
            done => done,
        }
        .map_err(|fault| fault.to_error())
    }

    /// The names from outside that the program reads, in the order of the text.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        ir::references(&self.inner.ir, &self.files)
    }

    /// The same program, reporting its problems in another source: one with the same text.
    #[must_use]
    pub fn in_source(&self, source: SourceId) -> Self {
        let files = self.files.iter().map(|(base, _)| (*base, source));
        Self {
            inner: Arc::clone(&self.inner),
            files: files.collect(),
        }
    }

    pub(crate) fn start<'d>(
        &'d self,
        scope: &[(&str, &'d dyn Data)],
        limits: &Limits,
        results: Option<&'d Results>,
        words: bool,
    ) -> Outcome<Vm<'d>> {
        let setting = Setting {
            ir: &self.inner.ir,
            patterns: &self.inner.patterns,
            files: &self.files,
            texts: &self.inner.texts,
            results,
            limits: limits.clone(),
            words,
        };
        Vm::new(&setting, scope)
    }
}
