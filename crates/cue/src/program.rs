//! A compiled text.

use std::{collections::VecDeque, sync::Arc};

use burgee_source::{Diagnostic, SourceId, Span};
use ecow::EcoString;

use crate::{
    Data, Error, Limits, Loader, MAX_INPUT, NoLoader, Results, Term, TermOptions, Value,
    eval::{FaultKind, Outcome, Setting, Vm},
    ir::{self, Ir, Unit},
    library,
    pattern::Patterns,
    rules,
    syntax::{Problem, parse_expression, parse_file},
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
    texts: Box<[(u32, Box<str>)]>,
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

// === impl Program ===

impl Program {
    /// Compiles a file: package clause, imports, fields.
    ///
    /// # Errors
    ///
    /// All problems of the text, in its order. Those whose code begins with `cue-syntax/` make it no CUE at all.
    pub fn file(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        Texts::new(true).and_file(text, source).compile(&NoLoader)
    }

    /// Compiles one expression, which import lines may precede: what `valueFrom` and `if` hold.
    ///
    /// # Errors
    ///
    /// All problems of the text, in its order.
    pub fn expression(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        Texts::new(false).and_file(text, source).compile(&NoLoader)
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
        let mut texts = Texts::new(true);
        for (text, source) in files {
            texts = texts.and_file(text, *source);
        }
        texts.focus = focus.map(|(text, source)| (text.into(), source));
        texts.compile(loader)
    }

    /// Works out the value. Names that the program does not declare itself come from `scope`; data under a
    /// name that a file declares must agree with the declaration.
    ///
    /// # Errors
    ///
    /// When there is no final value: see [`ErrorKind`](crate::ErrorKind).
    pub fn evaluate(&self, scope: &Scope<'_>, limits: &Limits) -> Result<Value, Error> {
        self.run(scope, limits, None, |vm| {
            let value = vm.root(scope)?;
            vm.finish_root(&value)
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
        limits: &'d Limits,
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
        limits: &'d Limits,
        results: Option<&'d Results>,
        words: bool,
    ) -> Outcome<Vm<'d>> {
        let setting = Setting {
            ir: &self.inner.ir,
            patterns: &self.inner.patterns,
            files: &self.files,
            texts: &self.inner.texts,
            results,
            limits,
            words,
        };
        Vm::new(&setting, scope)
    }
}

/// What a program is compiled from.
struct Texts {
    is_file: bool,
    files: Vec<Text>,
    focus: Option<(String, SourceId)>,
    problems: Vec<Diagnostic>,
}

struct Text {
    text: String,
    source: SourceId,
    package: usize,
}

// === impl Texts ===

impl Texts {
    fn new(is_file: bool) -> Self {
        Self {
            is_file,
            files: Vec::new(),
            focus: None,
            problems: Vec::new(),
        }
    }

    fn and_file(mut self, text: &str, source: SourceId) -> Self {
        self.add(text.to_owned(), source, 0);
        self
    }

    fn add(&mut self, text: String, source: SourceId, package: usize) {
        let long = too_long(&text, source);
        match long {
            Some(long) => self.problems.push(long),
            None => self.files.push(Text {
                text,
                source,
                package,
            }),
        }
    }

    fn compile(mut self, loader: &dyn Loader) -> Result<Program, Vec<Diagnostic>> {
        let mut paths = vec![EcoString::new()];
        self.load(loader, &mut paths);
        if let Some((text, source)) = &self.focus
            && let Some(long) = too_long(text, *source)
        {
            self.problems.push(long);
        }
        let mut bases = Vec::with_capacity(self.files.len() + 1);
        let mut asts = Vec::with_capacity(self.files.len());
        let mut base = 0;
        for file in &self.files {
            let parse = if self.is_file {
                parse_file
            } else {
                parse_expression
            };
            let (ast, problems) = parse(&file.text);
            self.problems.extend(diagnostics(problems, 0, file.source));
            bases.push((base, file.source));
            asts.push((ast, base, file.package));
            base = after(base, &file.text);
        }
        let mut focus = None;
        if let Some((text, source)) = &self.focus {
            let (ast, problems) = parse_expression(text);
            self.problems.extend(diagnostics(problems, 0, *source));
            bases.push((base, *source));
            focus = Some((ast, base));
        }
        if !self.problems.is_empty() {
            return Err(sorted(self.problems));
        }
        let units: Vec<Unit<'_>> = asts
            .iter()
            .map(|(ast, base, package)| Unit {
                ast,
                base: *base,
                package: *package,
            })
            .collect();
        let focus = focus.as_ref().map(|(ast, base)| Unit {
            ast,
            base: *base,
            package: 0,
        });
        let (ir, problems) = ir::compile(&units, &paths, focus.as_ref(), self.is_file);
        let problems = located(problems, &bases);
        let texts = self.files.iter().map(|file| &*file.text);
        let texts = texts.chain(self.focus.iter().map(|(text, _)| &**text));
        let texts = bases
            .iter()
            .zip(texts)
            .map(|((base, _), text)| (*base, text.into()));
        match problems.is_empty() {
            true => Ok(Program {
                inner: Arc::new(Inner {
                    ir,
                    patterns: Patterns::default(),
                    texts: texts.collect(),
                }),
                files: bases.into(),
            }),
            false => Err(sorted(problems)),
        }
    }

    /// Fetches the packages that the files import, and those that these import.
    fn load(&mut self, loader: &dyn Loader, paths: &mut Vec<EcoString>) {
        let mut queue: VecDeque<usize> = (0..self.files.len()).collect();
        while let Some(index) = queue.pop_front() {
            let (ast, _) = parse_file(&self.files[index].text);
            let imports: Vec<String> = ast
                .imports
                .iter()
                .map(|import| import.path.clone())
                .collect();
            for import in imports {
                let path = import.split(':').next().unwrap_or_default();
                if library::package(path).is_some() || paths.iter().any(|known| known == path) {
                    continue;
                }
                let Some(files) = loader.load(&import) else {
                    continue;
                };
                paths.push(path.into());
                for (text, source) in files {
                    self.add(text, source, paths.len() - 1);
                    queue.push_back(self.files.len() - 1);
                }
            }
        }
    }
}

/// Where the text behind another begins: one place is between them.
fn after(base: u32, text: &str) -> u32 {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    base.saturating_add(length).saturating_add(1)
}

fn too_long(text: &str, source: SourceId) -> Option<Diagnostic> {
    (text.len() > MAX_INPUT).then(|| {
        Diagnostic::new(&rules::TOO_LONG)
            .arg("size", text.len())
            .arg("limit", MAX_INPUT)
            .at(Span::new(source, 0, 0))
    })
}

/// Problems whose places are of the common numbering.
fn located(problems: Vec<Problem>, bases: &[(u32, SourceId)]) -> Vec<Diagnostic> {
    let mut list = Vec::with_capacity(problems.len());
    for problem in problems {
        let file = bases.iter().rev().find(|(base, _)| *base <= problem.start);
        let (base, source) = file.copied().unwrap_or((0, SourceId(0)));
        list.extend(diagnostics(vec![problem], base, source));
    }
    list
}

fn diagnostics(problems: Vec<Problem>, base: u32, source: SourceId) -> Vec<Diagnostic> {
    let diagnostic = |problem: Problem| {
        let span = Span::new(source, problem.start - base, problem.end - base);
        let mut diagnostic = Diagnostic::new(problem.rule).at(span);
        if let Some((place, note)) = problem.also {
            let place = Span::new(source, place.start - base, place.end - base);
            diagnostic = diagnostic.also(place, note);
        }
        for (name, value) in problem.args {
            diagnostic = diagnostic.arg(name, value);
        }
        match problem.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    };
    problems.into_iter().map(diagnostic).collect()
}

fn sorted(mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    list.sort_by_key(Diagnostic::sort_key);
    list
}
