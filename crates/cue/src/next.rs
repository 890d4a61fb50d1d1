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
    /// The provider family, `#provider`; empty when the program does not name one.
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
    /// The parameters of the call at this path wait for a result that nothing here asks for.
    Waiting(String),
    /// Every call has its result; this is the whole file.
    Done(Value),
}

/// Evaluates a program over `data` with the results known so far and says what comes next.
///
/// A call is a struct with `#do` (and `#provider`). Its result stands under `$returns` when it has `$params`, and
/// beside its parameters when it has none (the legacy form). Calls come in the order of the text, inner ones
/// before the struct around them; those behind a call whose parameters wait for a result stay back until it is there.
///
/// ```
/// use burgee_cue::{Limits, Program, Progress, Results, next};
/// use burgee_source::{Node, SourceId};
///
/// let text = r#"
///     read: {#do: "read", #provider: "kube", $params: name: "web"}
///     say: {#do: "send", #provider: "notify", $params: text: read.$returns.message}
/// "#;
/// let program = Program::file(text, SourceId(0)).expect("CUE");
/// let mut results = Results::new();
/// let first = next(&program, &[], &results, &Limits::default()).expect("a call");
/// let Progress::Calls(calls) = first else { panic!("calls first") };
/// assert_eq!((calls.len(), &*calls[0].path), (1, "read"));
///
/// results.insert("read".into(), Node::map([("message", Node::string("hi"))]));
/// let second = next(&program, &[], &results, &Limits::default()).expect("a call");
/// let Progress::Calls(calls) = second else { panic!("calls again") };
/// assert_eq!(calls[0].params.to_json_text(), r#"{"text":"hi"}"#);
/// ```
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
    program.run(data, limits, Some(results), |vm| vm.next(data))
}
