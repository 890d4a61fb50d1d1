//! A compiled text.

use std::sync::Arc;

use burgee_source::{Diagnostic, SourceId, Span};

use crate::{Data, Error, ErrorKind, Limits, Value};

/// The names that a program may read besides its own: `output`, `context`, `parameter`.
pub type Scope<'a> = [(&'a str, &'a dyn Data)];

/// A compiled file or expression: immutable, `Send + Sync`, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Program(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    references: Vec<Reference>,
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
    /// All problems of the text, in its order.
    pub fn file(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        Self::compile(text, source)
    }

    /// Compiles one expression, which import lines may precede: what `valueFrom` and `if` hold.
    ///
    /// # Errors
    ///
    /// All problems of the text, in its order.
    pub fn expression(text: &str, source: SourceId) -> Result<Self, Vec<Diagnostic>> {
        Self::compile(text, source)
    }

    /// Works out the value. Names that the program does not declare itself come from `scope`.
    ///
    /// # Errors
    ///
    /// When there is no final value: see [`ErrorKind`].
    pub fn evaluate(&self, scope: &Scope<'_>, limits: &Limits) -> Result<Value, Error> {
        let _ = (scope, limits);
        Err(Error {
            kind: ErrorKind::Unsupported,
            diagnostic: Box::new(Diagnostic::new(&crate::rules::UNSUPPORTED).at(Span::NONE)),
        })
    }

    /// The names from outside that the program reads, in the order of the text.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.0.references
    }

    fn compile(_: &str, _: SourceId) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self(Arc::new(Inner {
            references: Vec::new(),
        })))
    }
}
