//! The bounds of one evaluation.

use std::time::Duration;

/// How much one evaluation may use. Reaching a bound is an ordinary error that names it, and the field that was being
/// worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many operations may be done.
    pub steps: u64,
    /// How deep evaluation may nest: each reference, call and nested expression counts.
    pub depth: u32,
    /// How many bytes of strings, and entries of lists and structs, may be made in all.
    pub output: usize,
    /// How many bytes the evaluation may take in memory, as far as it keeps count: its nodes, its scopes, its output.
    pub memory: usize,
    /// How long it may take. The other bounds are the same on every machine; this one is for machines that
    /// are much slower than expected.
    pub time: Duration,
}

/// The longest text that is read, in bytes.
pub const MAX_INPUT: usize = 4 << 20;

/// How deep the expressions and structs of a text may nest.
pub const MAX_NESTING: u32 = 200;

/// How deep a finished value may nest: it is walked and dropped by recursion.
pub const MAX_VALUE_NESTING: u32 = 1000;

/// The longest number literal, in characters.
pub const MAX_NUMBER: usize = 10_000;

// === impl Limits ===

impl Default for Limits {
    /// Ample for a workflow step, and over within a fraction of a second.
    fn default() -> Self {
        Self {
            steps: 2_000_000,
            depth: 10_000,
            output: 16 << 20,
            memory: 256 << 20,
            time: Duration::from_secs(10),
        }
    }
}
