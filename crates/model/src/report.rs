//! A run's state as a report, in the shape of KubeVela's `status.workflow`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Delivery, Reason, RunId, RunPhase, StepId, StepName, StepPhase, TypeName};

/// The state of a run, in the shape of `status.workflow` plus `run`, `application`, `namespace`, `target`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The run's id.
    pub run: RunId,
    /// The application, or the `WorkflowRun`.
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
    /// The steps, in order.
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
    /// `meta.alias`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alias: Option<String>,
    /// Its phase.
    pub phase: StepPhase,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<Reason>,
    /// In words.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub message: String,
    /// How often it was begun, where that is more than once.
    #[serde(skip_serializing_if = "at_most_once", default)]
    pub attempts: u32,
    /// When it first ran.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first_execute_time: Option<Timestamp>,
    /// When something last happened to it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_execute_time: Option<Timestamp>,
    /// Since when it waits for what its message says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waiting_since: Option<Timestamp>,
    /// When it goes on by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<Timestamp>,
    /// True when there was a time at which nobody knew whether a call of it had its effect.
    #[serde(skip_serializing_if = "is_false", default)]
    pub unknown: bool,
    /// The messages it sent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub deliveries: Vec<Delivery>,
    /// The sub-steps of a step group.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sub_steps: Vec<StepReport>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
const fn at_most_once(attempts: &u32) -> bool {
    *attempts <= 1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}
