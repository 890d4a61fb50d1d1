//! The bounds of one evaluation.

/// How much one evaluation may use. Reaching a bound is an ordinary error that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many operations may be done.
    pub steps: u64,
    /// How deep evaluation may nest: each reference, call and nested expression counts.
    pub depth: u32,
    /// How many bytes of strings, and entries of lists and structs, may be made in all.
    pub output: usize,
}

/// The longest text that is read, in bytes.
pub const MAX_INPUT: usize = 4 << 20;

/// How deep the expressions and structs of a text may nest.
pub const MAX_NESTING: u32 = 200;

/// The longest number literal, in characters.
pub const MAX_NUMBER: usize = 10_000;

// === impl Limits ===

impl Default for Limits {
    /// Ample for a workflow step, and over within a fraction of a second.
    fn default() -> Self {
        Self {
            steps: 2_000_000,
            depth: 400,
            output: 16 << 20,
        }
    }
}
