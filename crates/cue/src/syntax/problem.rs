//! What can be wrong with a text, before there are sources and words for it.

use burgee_source::{Rule, Text, Words};

use super::ast::Range32;

/// A problem at some bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) rule: &'static Rule,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) args: Vec<(&'static str, Words)>,
    pub(crate) hint: Option<Text>,
    /// The other place that has to do with it.
    pub(crate) also: Option<(Range32, Text)>,
}

// === impl Problem ===

impl Problem {
    pub(crate) fn new(rule: &'static Rule, start: u32, end: u32) -> Self {
        Self {
            rule,
            start,
            end,
            args: Vec::new(),
            hint: None,
            also: None,
        }
    }

    pub(crate) fn arg(mut self, name: &'static str, value: impl Into<Words>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    pub(crate) fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(crate) fn also(mut self, place: Range32, note: Text) -> Self {
        self.also = Some((place, note));
        self
    }
}
