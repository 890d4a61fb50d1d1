//! The words that every part of Burgee shares: the typed manifest, phases, calls, events, outcomes, and the
//! ports that the engine calls and outer crates implement.
//!
//! Spellings are KubeVela's. Nothing here does I/O or needs a runtime.
//!
//! ```
//! use burgee_model::{RunPhase, StepPhase};
//!
//! assert_eq!(RunPhase::Succeeded.as_str(), "succeeded");
//! assert!(StepPhase::Skipped.is_finished());
//! ```

mod application;
mod call;
mod delivery;
mod duration;
mod event;
mod exact;
mod manifest;
mod names;
mod object;
mod phase;
mod ports;
mod report;
mod secret;
mod state;
mod workflow;

pub use application::{Application, Component, Metadata, Policy, Trait};
pub use call::{BUILTIN, Call, CallContext, CallError, CallFailure, CallKind, Pass, Results};
pub use delivery::{Delivery, Outcome, Service};
pub use duration::{DurationError, duration};
pub use event::{CallEnd, Event, Read, Stamped, StepHead};
pub use exact::Exact;
pub use manifest::{Document, Foreign, Manifest};
pub use names::{CallKey, ComponentName, RunId, StepId, StepName, TypeName, VariableName};
pub use object::{Object, ObjectId};
pub use phase::{Reason, RunPhase, StepPhase};
pub use ports::{
    BoxFuture, Clock, EventSink, Journal, JournalError, MessageLint, PLACEHOLDER_URL, Provider,
    SecretError, Secrets, Target, TargetError, UNSUPPORTED_SERVICE,
};
pub use report::{Report, StepReport};
pub use secret::{SecretManifest, SecretRef, SecretValue};
pub use state::{CallState, RunState, StepState, Suspension, Variable};
pub use workflow::{Input, Mode, Output, Step, Workflow, WorkflowMode};
