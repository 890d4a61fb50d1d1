//! A run's state as a report: the fold over its events, in the shape of KubeVela's `status.workflow`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Delivery, Event, Reason, RunId, RunPhase, Stamped, StepId, StepName, StepPhase, TypeName,
};

/// The state of a run, in the shape of `status.workflow` plus `run`, `application`, `namespace`, `target`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The run's id.
    pub run: RunId,
    /// The application.
    pub application: String,
    /// Its namespace.
    pub namespace: String,
    /// Where components went; `sandbox` deploys nothing real.
    pub target: String,
    /// `<steps>-<subSteps>`.
    pub mode: String,
    /// The phase.
    pub status: RunPhase,
    /// In words, where there is more to say.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub message: String,
    /// True when it ended.
    pub finished: bool,
    /// True when somebody ended it.
    pub terminated: bool,
    /// True while it waits for somebody.
    pub suspend: bool,
    /// When it began.
    pub start_time: Timestamp,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_time: Option<Timestamp>,
    /// The steps that have a state, in order.
    pub steps: Vec<StepReport>,
}

/// The state of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// Its id in this run.
    pub id: StepId,
    /// Its name.
    pub name: StepName,
    /// Its type.
    #[serde(rename = "type")]
    pub type_name: TypeName,
    /// Its phase.
    pub phase: StepPhase,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<Reason>,
    /// In words.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub message: String,
    /// When it first ran.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first_execute_time: Option<Timestamp>,
    /// When something last happened to it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_execute_time: Option<Timestamp>,
    /// The messages it sent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub deliveries: Vec<Delivery>,
}

// === impl Report ===

impl Report {
    /// The report of a run that begins; `None` unless the event is [`Event::RunStarted`].
    #[must_use]
    pub fn begin(first: &Stamped) -> Option<Self> {
        let Event::RunStarted {
            run,
            application,
            namespace,
            target,
            mode,
            steps,
        } = &first.event
        else {
            return None;
        };
        let pending = |head: &crate::StepHead| StepReport {
            id: head.id.clone(),
            name: head.name.clone(),
            type_name: head.type_name.clone(),
            phase: StepPhase::Pending,
            reason: None,
            message: String::new(),
            first_execute_time: None,
            last_execute_time: None,
            deliveries: Vec::new(),
        };
        Some(Self {
            run: run.clone(),
            application: application.clone(),
            namespace: namespace.clone(),
            target: target.clone(),
            mode: mode.clone(),
            status: RunPhase::Executing,
            message: String::new(),
            finished: false,
            terminated: false,
            suspend: false,
            start_time: first.at,
            end_time: None,
            steps: steps.iter().map(pending).collect(),
        })
    }

    /// Takes the next event in.
    pub fn apply(&mut self, stamped: &Stamped) {
        let at = stamped.at;
        match &stamped.event {
            Event::RunStarted { .. } => {}
            Event::StepStarted { step } => self.change(step, |step| {
                step.phase = StepPhase::Running;
                step.first_execute_time.get_or_insert(at);
                step.last_execute_time = Some(at);
            }),
            Event::StepWaiting { step, message } => self.change(step, |step| {
                step.reason = Some(Reason::Wait);
                step.message.clone_from(message);
                step.last_execute_time = Some(at);
            }),
            Event::DeliveryFinished { step, delivery } => self.change(step, |step| {
                step.deliveries.push(delivery.clone());
                step.last_execute_time = Some(at);
            }),
            Event::ObjectApplied { step, .. }
            | Event::DeliveryRetried { step, .. }
            | Event::VariableSet { step, .. } => self.change(step, |step| {
                step.last_execute_time = Some(at);
            }),
            Event::StepFinished {
                step,
                phase,
                reason,
                message,
            } => self.change(step, |step| {
                step.phase = *phase;
                step.reason = *reason;
                step.message.clone_from(message);
                if *phase != StepPhase::Skipped {
                    step.last_execute_time = Some(at);
                }
            }),
            Event::RunFinished { phase, message } => {
                self.status = *phase;
                self.message.clone_from(message);
                self.finished = phase.is_finished();
                self.terminated = *phase == RunPhase::Terminated;
                self.suspend = *phase == RunPhase::Suspending;
                self.end_time = self.finished.then_some(at);
            }
        }
    }

    /// The step of that id.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&StepReport> {
        self.steps.iter().find(|step| step.id == *id)
    }

    fn change(&mut self, id: &StepId, f: impl FnOnce(&mut StepReport)) {
        if let Some(step) = self.steps.iter_mut().find(|step| step.id == *id) {
            f(step);
        }
    }
}
