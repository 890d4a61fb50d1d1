//! A workflow: steps, their data passing, and the order they run in.

use burgee_source::{Node, Span, Spanned};

use crate::{StepName, TypeName, VariableName};

/// `spec.workflow` of an application, or a `Workflow` document.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// The whole block.
    pub span: Span,
    /// `ref`: the name of a `Workflow` document.
    pub reference: Option<Spanned<String>>,
    /// `mode`, if given.
    pub mode: Option<WorkflowMode>,
    /// `steps`, in the order written.
    pub steps: Vec<Step>,
}

/// `mode`: how steps and sub-steps are ordered.
#[derive(Debug, Clone, Copy)]
pub struct WorkflowMode {
    /// The block.
    pub span: Span,
    /// For top-level steps.
    pub steps: Option<Spanned<Mode>>,
    /// For sub-steps.
    pub sub_steps: Option<Spanned<Mode>>,
}

/// An order of execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One after another.
    StepByStep,
    /// By dependency.
    Dag,
}

/// One step or sub-step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The whole entry.
    pub span: Span,
    /// Unique over steps and sub-steps; `step-<i>` (`step-<i>-<j>`) where the manifest gives none.
    pub name: Spanned<StepName>,
    /// A step definition.
    pub type_name: Spanned<TypeName>,
    /// `meta.alias`: for display.
    pub alias: Option<Spanned<String>>,
    /// `if`: `always`, or a CUE expression.
    pub condition: Option<Spanned<String>>,
    /// `timeout`, as a Go duration.
    pub timeout: Option<Spanned<String>>,
    /// Names of steps that go first.
    pub depends_on: Vec<Spanned<String>>,
    /// Values taken from earlier outputs.
    pub inputs: Vec<Input>,
    /// Values given to later steps.
    pub outputs: Vec<Output>,
    /// Its parameters: free-form here, described by the definition.
    pub properties: Option<Node>,
    /// `mode` of a step group.
    pub mode: Option<Spanned<Mode>>,
    /// `subSteps` of a step group.
    pub sub_steps: Vec<Step>,
}

/// One of `inputs`.
#[derive(Debug, Clone)]
pub struct Input {
    /// The whole entry.
    pub span: Span,
    /// A variable, a dotted path into one, or a path in `context`.
    pub from: Spanned<String>,
    /// Where it goes, relative to `properties`; absent = only a dependency.
    pub parameter_key: Option<Spanned<String>>,
}

/// One of `outputs`.
#[derive(Debug, Clone)]
pub struct Output {
    /// The whole entry.
    pub span: Span,
    /// The variable to set.
    pub name: Spanned<VariableName>,
    /// A CUE expression over the finished step.
    pub value_from: Spanned<String>,
}

// === impl Mode ===

impl Mode {
    /// KubeVela's spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StepByStep => "StepByStep",
            Self::Dag => "DAG",
        }
    }
}
