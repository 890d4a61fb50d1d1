//! One pass over a program file: which calls it makes next.

use burgee_source::{Node, Span};
use indexmap::IndexMap;

use crate::{Error, Limits, Program, Scope, Value};

/// The results known so far, by the CUE path of the call.
pub type Results = IndexMap<String, Node>;

/// A call that a program asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Where in the program it stands: `job`, `steps.read`.
    pub path: String,
    /// The provider family, `#provider`.
    pub provider: String,
    /// What to do, `#do`.
    pub action: String,
    /// With what: `$params`, or all other fields of the legacy flat form.
    pub params: Value,
    /// Where the program asks for it.
    pub span: Span,
}

/// How a pass ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Make these calls in this order, then pass again with their results.
    Calls(Vec<Call>),
    /// The parameters of the call at this path are not known yet, and nothing is left to call.
    Waiting(String),
    /// Every call has its result; this is the whole file.
    Done(Value),
}

/// Evaluates a program over `data` with the results known so far and says what comes next.
///
/// # Errors
///
/// When the file cannot be evaluated, whatever the results of its calls.
pub fn next(
    program: &Program,
    data: &Scope<'_>,
    results: &Results,
    limits: &Limits,
) -> Result<Progress, Error> {
    let _ = results;
    program.evaluate(data, limits).map(Progress::Done)
}
