//! Steps that are carried out, and their pass.

use std::fmt;

use burgee_model::{Application, Component, Pass, Reason, Results, Step, TypeName};
use burgee_source::{Diagnostic, Lang, Node};

use crate::{
    RenderContext, apply_component, depends_on_app, notification, print_message, request,
    step_group, suspend, webhook,
};

/// A step type that is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepType {
    /// `apply-component`: deploys a component and waits until it is healthy.
    ApplyComponent,
    /// `depends-on-app`: waits for another application.
    DependsOnApp,
    /// `notification`, formerly `webhook-notification`: sends messages.
    Notification,
    /// `print-message-in-status`: sets its own message.
    PrintMessage,
    /// `request`: makes an HTTP request.
    Request,
    /// `step-group`: the engine runs its sub-steps.
    StepGroup,
    /// `suspend`: waits for somebody, or for a duration.
    Suspend,
    /// `webhook`: posts the application or other data.
    Webhook,
}

/// What a pass looks at besides the results.
#[derive(Debug, Clone, Copy)]
pub struct PassInput<'a> {
    /// The step as written.
    pub step: &'a Step,
    /// Its properties with its inputs set.
    pub parameter: &'a Node,
    /// The component that an `apply-component` step names, with its inputs set; see
    /// [`component_for`](crate::component_for). `None` means the component as the application has it.
    pub component: Option<&'a Component>,
    /// The application.
    pub application: &'a Application,
    /// What objects take from it.
    pub context: &'a RenderContext,
}

/// Why a pass failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassError {
    /// For the step's status.
    pub reason: Reason,
    /// What is wrong, never empty.
    pub diagnostics: Vec<Diagnostic>,
}

/// Evaluates a step with the results known so far: the calls to make next, what it waits for, or its data.
///
/// # Errors
///
/// When the step's parameters or its component cannot be carried out.
pub fn pass(step: StepType, input: &PassInput<'_>, results: &Results) -> Result<Pass, PassError> {
    match step {
        StepType::ApplyComponent => apply_component::pass(input, results),
        StepType::DependsOnApp => depends_on_app::pass(input, results),
        StepType::Notification => notification::pass(input, results),
        StepType::PrintMessage => print_message::pass(input, results),
        StepType::Request => request::pass(input, results),
        StepType::StepGroup => Ok(step_group::pass()),
        StepType::Suspend => suspend::pass(input, results),
        StepType::Webhook => webhook::pass(input, results),
    }
}

// === impl StepType ===

impl StepType {
    /// The step type of that name, if it is carried out.
    #[must_use]
    pub fn of(type_name: &TypeName) -> Option<Self> {
        match type_name.base() {
            "apply-component" => Some(Self::ApplyComponent),
            "depends-on-app" => Some(Self::DependsOnApp),
            "notification" | "webhook-notification" => Some(Self::Notification),
            "print-message-in-status" => Some(Self::PrintMessage),
            "request" => Some(Self::Request),
            "step-group" => Some(Self::StepGroup),
            "suspend" => Some(Self::Suspend),
            "webhook" => Some(Self::Webhook),
            _ => None,
        }
    }

    /// True when it deploys a component, so that its inputs go there.
    #[must_use]
    pub const fn takes_component(self) -> bool {
        match self {
            Self::ApplyComponent => true,
            Self::Notification
            | Self::DependsOnApp
            | Self::PrintMessage
            | Self::Request
            | Self::StepGroup
            | Self::Suspend
            | Self::Webhook => false,
        }
    }

    /// True when all it does is to tell people.
    #[must_use]
    pub const fn notifies(self) -> bool {
        match self {
            Self::ApplyComponent
            | Self::DependsOnApp
            | Self::PrintMessage
            | Self::Request
            | Self::StepGroup
            | Self::Suspend
            | Self::Webhook => false,
            Self::Notification => true,
        }
    }

    /// The names that its outputs may read.
    #[must_use]
    pub const fn scope(self) -> &'static [&'static str] {
        match self {
            Self::ApplyComponent => &["output", "outputs", "parameter", "context"],
            Self::Notification => &["parameter", "context", "dingding", "slack"],
            Self::Request => &["req", "response", "parameter", "context"],
            Self::Webhook => &["webhook", "parameter", "context"],
            Self::DependsOnApp | Self::PrintMessage | Self::StepGroup | Self::Suspend => {
                &["parameter", "context"]
            }
        }
    }
}

// === impl PassError ===

impl PassError {
    pub(crate) fn new(reason: Reason, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            reason,
            diagnostics,
        }
    }

    /// The problems in one line, for the step's `message`.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let messages = self.diagnostics.iter().map(|problem| problem.message(lang));
        messages.collect::<Vec<_>>().join("; ")
    }
}

impl fmt::Display for PassError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for PassError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalog, Family, Known};

    #[test]
    fn every_step_type_that_is_called_carried_out_is() {
        for name in Catalog::builtin().names(Family::Step) {
            let known = Catalog::builtin().lookup(Family::Step, name) == Known::Runnable;
            assert_eq!(StepType::of(&name.into()).is_some(), known, "{name}");
        }
    }

    #[test]
    fn version_of_a_type_does_not_count() {
        let versioned = StepType::of(&"notification@v1".into());
        assert_eq!(versioned, Some(StepType::Notification));
    }
}
