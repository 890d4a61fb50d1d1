//! Everything observable about a run is an event; its state is a fold over them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Delivery, ObjectId, Reason, RunId, RunPhase, StepId, StepName, StepPhase, TypeName,
    VariableName,
};

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamped {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// What a step is called before it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepHead {
    /// Its id in this run.
    pub id: StepId,
    /// Its name in the manifest.
    pub name: StepName,
    /// Its type.
    #[serde(rename = "type")]
    pub type_name: TypeName,
}

/// Something that happened in a run. No variant holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "event",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// The run begins.
    RunStarted {
        /// Its id.
        run: RunId,
        /// The application.
        application: String,
        /// Its namespace.
        namespace: String,
        /// Where components go: `sandbox`.
        target: String,
        /// `StepByStep-DAG` and the like.
        mode: String,
        /// The steps in order.
        steps: Vec<StepHead>,
    },
    /// A step begins.
    StepStarted {
        /// Which.
        step: StepId,
    },
    /// A step waits for something outside.
    StepWaiting {
        /// Which.
        step: StepId,
        /// For what.
        message: String,
    },
    /// An object was applied to the target.
    ObjectApplied {
        /// By which step.
        step: StepId,
        /// Which object.
        object: ObjectId,
    },
    /// An attempt to send a message failed and will be repeated.
    DeliveryRetried {
        /// By which step.
        step: StepId,
        /// The state so far.
        delivery: Delivery,
        /// The pause before the next attempt, in milliseconds.
        wait_ms: u64,
    },
    /// A message reached its end, good or bad.
    DeliveryFinished {
        /// By which step.
        step: StepId,
        /// What became of it.
        delivery: Delivery,
    },
    /// A variable was set. Its value stays out: it may be a secret.
    VariableSet {
        /// By which step.
        step: StepId,
        /// Which variable.
        name: VariableName,
    },
    /// A step ended.
    StepFinished {
        /// Which.
        step: StepId,
        /// How.
        phase: StepPhase,
        /// Why, where that is not plain.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        reason: Option<Reason>,
        /// In words.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        message: String,
    },
    /// The run ended.
    RunFinished {
        /// How.
        phase: RunPhase,
        /// In words.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        message: String,
    },
}
