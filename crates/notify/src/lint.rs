//! The check of a notification step, before anything is sent.

use burgee_model::MessageLint;
use burgee_source::{Diagnostic, Node, Span};

/// Checks notification steps.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Lint {}

impl MessageLint for Lint {
    fn lint(&self, _properties: Option<&Node>, _pending: &[&str], _owner: Span) -> Vec<Diagnostic> {
        Vec::new()
    }
}
