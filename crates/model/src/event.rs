//! Everything that happens in a run is an event, and the events in their order are its journal; its state is a fold over
//! them ([`RunState`](crate::RunState)).
//!
//! As JSON an event is `{"name": {…}}`. A name that is not known here was written by a newer Burgee, and its journal
//! is refused.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    CallError, CallKey, CallKind, Delivery, Exact, ObjectId, Reason, RunId, RunPhase, StepId,
    StepName, StepPhase, TypeName, VariableName,
};

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stamped {
    /// When, by the clock of the run.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// What a step is called before it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepHead {
    /// Its id in this run.
    pub id: StepId,
    /// Its name in the manifest.
    pub name: StepName,
    /// Its type.
    #[serde(rename = "type")]
    pub type_name: TypeName,
    /// `meta.alias`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alias: Option<String>,
    /// The group that it is a sub-step of, which stands before it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub group: Option<StepId>,
}

/// A value that a condition read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Read {
    /// As the condition spells it: `status.deploy.phase`.
    pub name: String,
    /// What it was; absent when there was nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Exact>,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CallEnd {
    /// Its result.
    Result(Exact),
    /// It failed.
    Failed(CallError),
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The run begins.
    RunStarted {
        /// Its id.
        run: RunId,
        /// The application, or the `WorkflowRun`.
        application: String,
        /// Its namespace.
        namespace: String,
        /// Where components go: `sandbox`.
        target: String,
        /// `StepByStep-DAG` and the like.
        mode: String,
        /// The steps in order, sub-steps behind their group.
        steps: Vec<StepHead>,
    },
    /// A process takes the run on: at its start, and at each recovery.
    OwnerTook {
        /// The process.
        process: u32,
        /// The machine.
        host: String,
        /// The version of Burgee.
        version: String,
    },
    /// A step begins, or begins anew.
    StepStarted {
        /// Which.
        step: StepId,
        /// The attempt, counted from 1.
        #[serde(skip_serializing_if = "is_first", default = "first")]
        attempt: u32,
    },
    /// A step waits for something outside. Told when what it waits for changes, not at each look.
    StepWaiting {
        /// Which.
        step: StepId,
        /// For what.
        message: String,
        /// Until when at the longest, where that is known.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        until: Option<Timestamp>,
    },
    /// The `if` of a step does not hold: it is skipped.
    ConditionFalse {
        /// Which.
        step: StepId,
        /// The `if`.
        condition: String,
        /// What it read.
        read: Vec<Read>,
    },
    /// A call is about to be made that somebody else will see.
    CallIntended {
        /// Its key.
        key: CallKey,
        /// By which step.
        step: StepId,
        /// Where in the step it stands.
        path: String,
        /// The provider family.
        provider: String,
        /// What it does.
        action: String,
        /// What repeating it means.
        kind: CallKind,
    },
    /// A call that was intended came to its end.
    CallFinished {
        /// Its key.
        key: CallKey,
        /// By which step.
        step: StepId,
        /// How.
        end: CallEnd,
    },
    /// Nobody knows whether a call had its effect.
    CallUnknown {
        /// Its key.
        key: CallKey,
        /// By which step.
        step: StepId,
        /// Why nobody knows.
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
    /// A variable was set.
    VariableSet {
        /// By which step.
        step: StepId,
        /// Which variable.
        name: VariableName,
        /// To what; `null` where it is not kept.
        value: Exact,
        /// True when the value holds a secret and is not kept: it is worked out again when it is needed.
        #[serde(skip_serializing_if = "is_false", default)]
        hidden: bool,
    },
    /// A step, or the whole run where none is named, waits for somebody.
    Suspended {
        /// Which.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        step: Option<StepId>,
        /// What for, in words.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        message: String,
        /// When it goes on by itself.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        until: Option<Timestamp>,
        /// Who did it; nobody where the workflow says so.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<String>,
    },
    /// What was suspended goes on.
    Resumed {
        /// Which step; all that wait, and the run, where none is named.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        step: Option<StepId>,
        /// Who did it; nobody where its time had come.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<String>,
        /// Why, in the words of whoever did it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        reason: Option<String>,
    },
    /// Somebody ends the run: what is not finished fails, reason `Terminate`.
    Terminated {
        /// Who.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<String>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        reason: Option<String>,
    },
    /// Somebody runs some steps again: their state is forgotten, with their variables and their failed calls.
    Restarted {
        /// From which step; the whole run where none is named.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        from: Option<StepId>,
        /// The steps that are forgotten.
        steps: Vec<StepId>,
        /// True when calls that succeeded are forgotten as well.
        #[serde(default)]
        again: bool,
        /// Who.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<String>,
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

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

const fn first() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
const fn is_first(attempt: &u32) -> bool {
    *attempt == 1
}
