//! A compiled text.

use std::sync::Arc;

use burgee_source::{Diagnostic, SourceId, Span};

use crate::{
    Data, Error, Limits, MAX_INPUT, Results, Value,
    eval::{Outcome, Setting, Vm},
    ir::{self, Ir},
    pattern::Patterns,
    rules,
    syntax::{Problem, parse_expression, parse_file},
};

/// The names that a program may read besides its own: `output`, `context`, `parameter`.
pub type Scope<'a> = [(&'a str, &'a dyn Data)];

/// A compiled file or expression: immutable, `Send + Sync`, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Program {
    inner: Arc<Inner>,
    source: SourceId,
}

#[derive(Debug)]
struct Inner {
    ir: Ir,
    patterns: Patterns,
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
        Self::compile(text, source, true)
    }

    /// Compiles one expression, which import lines may precede: what `valueFrom` and `if` hold.
    ///
    /// # Errors
    ///
    /// All problems of the text, in its order.
    pub fn expression(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        Self::compile(text, source, false)
    }

    /// Works out the value. Names that the program does not declare itself come from `scope`; data under a
    /// name that a file declares must agree with the declaration.
    ///
    /// # Errors
    ///
    /// When there is no final value: see [`ErrorKind`](crate::ErrorKind).
    pub fn evaluate(&self, scope: &Scope<'_>, limits: &Limits) -> Result<Value, Error> {
        let evaluated: Outcome<Value> = self.start(scope, limits, None).and_then(|mut vm| {
            let (value, root) = vm.root(scope)?;
            vm.finish_root(&value, root)
        });
        evaluated.map_err(|fault| fault.to_error())
    }

    /// The names from outside that the program reads, in the order of the text.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        ir::references(&self.inner.ir, self.source)
    }

    /// The same program, reporting its problems in another source: one with the same text.
    #[must_use]
    pub fn in_source(&self, source: SourceId) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            source,
        }
    }

    pub(crate) fn start<'d>(
        &'d self,
        scope: &[(&str, &'d dyn Data)],
        limits: &'d Limits,
        results: Option<&'d Results>,
    ) -> Outcome<Vm<'d>> {
        let setting = Setting {
            ir: &self.inner.ir,
            patterns: &self.inner.patterns,
            source: self.source,
            results,
            limits,
        };
        Vm::new(&setting, scope)
    }

    fn compile(text: &str, source: SourceId, is_file: bool) -> Result<Self, Vec<Diagnostic>> {
        if text.len() > MAX_INPUT {
            let long = Diagnostic::new(&rules::TOO_LONG)
                .arg("size", text.len())
                .arg("limit", MAX_INPUT)
                .at(Span::new(source, 0, 0));
            return Err(vec![long]);
        }
        let (ast, problems) = match is_file {
            true => parse_file(text),
            false => parse_expression(text),
        };
        if !problems.is_empty() {
            return Err(diagnostics(problems, source));
        }
        let (ir, problems) = ir::compile(&ast, is_file);
        match problems.is_empty() {
            true => Ok(Self {
                inner: Arc::new(Inner {
                    ir,
                    patterns: Patterns::default(),
                }),
                source,
            }),
            false => Err(diagnostics(problems, source)),
        }
    }
}

fn diagnostics(problems: Vec<Problem>, source: SourceId) -> Vec<Diagnostic> {
    let diagnostic = |problem: Problem| {
        let span = Span::new(source, problem.start, problem.end);
        let mut diagnostic = Diagnostic::new(problem.rule).at(span);
        for (name, value) in problem.args {
            diagnostic = diagnostic.arg(name, value);
        }
        match problem.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    };
    let mut list: Vec<_> = problems.into_iter().map(diagnostic).collect();
    list.sort_by_key(Diagnostic::sort_key);
    list
}
