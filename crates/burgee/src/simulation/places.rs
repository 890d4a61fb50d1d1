//! The places of a plan where requests are made: steps and services.

use burgee_definitions::StepType;
use burgee_engine::{Plan, PlannedKind};
use burgee_model::Service;

use crate::exit::Failure;

/// Where a request is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// By a step.
    Step(String),
    /// To a service, by whatever step.
    Service(Service),
}

/// The steps of a plan and whether they make requests.
pub(crate) struct Places(Vec<(String, Asks)>);

/// Whom a step asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Nobody.
    Nobody,
    /// A chat service.
    Service,
    /// Any server, as its properties say.
    Server,
}

// === impl Place ===

impl Place {
    /// True when a request of this step, to this service, is made there.
    pub(crate) fn is(&self, step: &str, service: Option<Service>) -> bool {
        match self {
            Self::Step(name) => name == step,
            Self::Service(one) => Some(*one) == service,
        }
    }
}

// === impl Places ===

impl Places {
    /// The places of a plan.
    pub(crate) fn of(plan: &Plan) -> Self {
        let steps = plan.steps.iter().map(|planned| {
            let asks = match &planned.kind {
                PlannedKind::Group { .. } => Asks::Nobody,
                PlannedKind::Step(StepType::Notification) => Asks::Service,
                PlannedKind::Step(StepType::Request | StepType::Webhook) => Asks::Server,
                PlannedKind::Step(
                    StepType::ApplyComponent
                    | StepType::DependsOnApp
                    | StepType::PrintMessage
                    | StepType::StepGroup
                    | StepType::Suspend,
                ) => Asks::Nobody,
            };
            (planned.step.name.value.to_string(), asks)
        });
        Self(steps.collect())
    }

    /// The place of that name. A step is closer than a service of the same name.
    pub(crate) fn place(&self, name: &str) -> Result<Place, Failure> {
        let service = match name {
            "slack" => Some(Service::Slack),
            "dingtalk" | "dingding" => Some(Service::Dingding),
            _ => None,
        };
        match (self.asks(name), service) {
            (Some(Asks::Service | Asks::Server), _) => Ok(Place::Step(name.to_owned())),
            (Some(Asks::Nobody) | None, Some(service)) => Ok(Place::Service(service)),
            (Some(Asks::Nobody), None) => {
                Err(Failure::usage(format!("step `{name}` makes no requests")))
            }
            (None, None) => Err(self.unknown(name)),
        }
    }

    /// The name of a step that asks a server.
    pub(crate) fn asker(&self, name: &str) -> Result<String, Failure> {
        match self.asks(name) {
            Some(Asks::Server) => Ok(name.to_owned()),
            Some(Asks::Service) => Err(Failure::usage(format!(
                "step `{name}` sends messages, and those are answered by the inbox"
            ))),
            Some(Asks::Nobody) => Err(Failure::usage(format!("step `{name}` makes no requests"))),
            None => Err(self.unknown(name)),
        }
    }

    fn asks(&self, name: &str) -> Option<Asks> {
        let found = self.0.iter().find(|(step, _)| step == name);
        found.map(|(_, asks)| *asks)
    }

    fn unknown(&self, name: &str) -> Failure {
        let problem = Failure::usage(format!("there is no step `{name}`"));
        let steps = self.0.iter().map(|(step, _)| step.as_str());
        match burgee_source::nearest(name, steps) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem,
        }
    }
}
