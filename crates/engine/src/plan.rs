//! A plan: an application whose every path and expression is compiled, ready to run.

use burgee_cue::Program;
use burgee_definitions::StepType;
use burgee_inject::Path;
use burgee_model::{Application, Step, VariableName};
use burgee_source::{SourceId, Spanned};

/// What [`check`](crate::check) makes of an application without errors.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The application.
    pub application: Application,
    /// Its steps, in the order they run.
    pub steps: Vec<PlannedStep>,
}

/// A step that can run.
#[derive(Debug, Clone)]
pub struct PlannedStep {
    /// The step as written.
    pub step: Step,
    /// What it does.
    pub kind: StepType,
    /// Its inputs, in order; the last one of a path wins.
    pub inputs: Vec<PlannedInput>,
    /// Its outputs, in order.
    pub outputs: Vec<PlannedOutput>,
}

/// An input with its path.
#[derive(Debug, Clone)]
pub struct PlannedInput {
    /// A variable, a path into one, or a path in `context`.
    pub from: Spanned<String>,
    /// Where the value goes; `None` when the input is only a dependency.
    pub path: Option<Spanned<Path>>,
}

/// An output with its expression.
#[derive(Debug, Clone)]
pub struct PlannedOutput {
    /// The variable.
    pub name: Spanned<VariableName>,
    /// `valueFrom` as written.
    pub value_from: Spanned<String>,
    /// The same, compiled.
    pub program: Program,
    /// The text that the program's spans lie in.
    pub source: SourceId,
}
