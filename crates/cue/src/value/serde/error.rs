//! What goes wrong between values and Rust types.

use std::fmt;

use crate::{Path, Selector};

/// Why a value does not fit a Rust type, or a Rust type no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerdeError {
    reason: String,
    /// The steps to the place, innermost first.
    steps: Vec<Selector>,
}

// === impl SerdeError ===

impl SerdeError {
    pub(super) fn new(reason: impl fmt::Display) -> Self {
        Self {
            reason: reason.to_string(),
            steps: Vec::new(),
        }
    }

    /// The same, one level further out.
    pub(super) fn below(mut self, step: Selector) -> Self {
        self.steps.push(step);
        self
    }

    /// Where in the value.
    #[must_use]
    pub fn path(&self) -> Path {
        self.steps.iter().rev().cloned().collect()
    }

    /// What does not fit there.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for SerdeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.steps.is_empty() {
            true => f.write_str(&self.reason),
            false => write!(f, "{}: {}", self.path(), self.reason),
        }
    }
}

impl std::error::Error for SerdeError {}

impl serde::de::Error for SerdeError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::new(reason)
    }
}

impl serde::ser::Error for SerdeError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::new(reason)
    }
}
