//! What an evaluation can end in besides a value.

use std::fmt;

use burgee_source::{Diagnostic, Lang};

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The text is no CUE.
    Syntax,
    /// Something is not there yet, or not known well enough: a missing field, for example.
    Incomplete,
    /// It can never work: operands of the wrong type, conflicting values, a failed call.
    Eval,
    /// A bound of [`Limits`](crate::Limits) was reached.
    Limit,
}

/// An evaluation that ended without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What sort of failure it is.
    pub kind: ErrorKind,
    /// The place and the reason, for the user.
    pub diagnostic: Box<Diagnostic>,
}

// === impl Error ===

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message(Lang::En))
    }
}

impl std::error::Error for Error {}
