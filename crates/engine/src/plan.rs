//! A plan: what is run, with every path and expression compiled and every step's place in the order known.

use std::{ops::Range, time::Duration};

use burgee_cue::Program;
use burgee_definitions::StepType;
use burgee_inject::Path;
use burgee_model::{Application, Mode, Step, VariableName};
use burgee_source::{Node, SourceId, Spanned};

use crate::Modes;

/// What [`check`](crate::check) makes of a manifest without errors.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The application; a WorkflowRun is one without components.
    pub application: Application,
    /// More values for `context`.
    pub context: Option<Node>,
    /// The order of steps and of sub-steps.
    pub mode: Modes,
    /// The steps in the order written, sub-steps behind their group.
    pub steps: Vec<PlannedStep>,
}

/// A step that can run. Other steps are named by their places in [`Plan::steps`].
#[derive(Debug, Clone)]
pub struct PlannedStep {
    /// The step as written.
    pub step: Step,
    /// What it does.
    pub kind: PlannedKind,
    /// The group that it is a sub-step of.
    pub group: Option<usize>,
    /// The step before it, where steps run one after another.
    pub before: Option<usize>,
    /// What its `dependsOn` names.
    pub depends_on: Vec<usize>,
    /// Everything that must have ended before it begins: `before`, `depends_on`, those whose outputs are its inputs, and
    /// those that its `if` asks about.
    pub after: Vec<usize>,
    /// When it runs, as far as that is not a matter of order.
    pub condition: Condition,
    /// How long it may take.
    pub timeout: Option<Duration>,
    /// Its inputs, in order; the last one of a path wins.
    pub inputs: Vec<PlannedInput>,
    /// Its outputs, in order.
    pub outputs: Vec<PlannedOutput>,
    /// True when the manifest says that its failure is no failure of the workflow.
    pub tolerated: bool,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum PlannedKind {
    /// It runs its sub-steps, which stand behind it.
    Group {
        /// In which order.
        mode: Mode,
        /// Their places.
        steps: Range<usize>,
    },
    /// It is carried out by its type.
    Step(StepType),
}

/// `if`.
#[derive(Debug, Clone)]
pub enum Condition {
    /// None is given: it runs when nothing before it failed.
    OnSuccess,
    /// `always`.
    Always,
    /// An expression decides alone.
    Expression(Expression),
}

/// An `if` with its expression.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As written.
    pub text: Spanned<String>,
    /// The same, compiled.
    pub program: Program,
    /// The text that the program's spans lie in.
    pub source: SourceId,
    /// The steps that it asks about, by the names that it has for them.
    pub status: Vec<(String, usize)>,
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
    /// What is meant where that has no value: each call's result stands below its `$returns`.
    pub returned: Option<Program>,
    /// The text that the program's spans lie in.
    pub source: SourceId,
}

// === impl PlannedStep ===

impl PlannedStep {
    /// True when it deploys a component.
    #[must_use]
    pub const fn takes_component(&self) -> bool {
        match &self.kind {
            PlannedKind::Group { .. } => false,
            PlannedKind::Step(kind) => kind.takes_component(),
        }
    }

    /// True when all it does is to tell people.
    #[must_use]
    pub const fn notifies(&self) -> bool {
        match &self.kind {
            PlannedKind::Group { .. } => false,
            PlannedKind::Step(kind) => kind.notifies(),
        }
    }
}
