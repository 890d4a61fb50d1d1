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
mod event;
mod manifest;
mod names;
mod object;
mod phase;
mod ports;
mod report;
mod secret;
mod workflow;

pub use application::{Application, Component, Metadata, Policy, Trait};
pub use call::{Call, CallContext, CallError, CallKind, Pass, Results};
pub use delivery::{Delivery, Outcome, Service};
pub use event::{Event, Stamped, StepHead};
pub use manifest::{Document, Foreign, Manifest};
pub use names::{ComponentName, RunId, StepId, StepName, TypeName, VariableName};
pub use object::{Object, ObjectId};
pub use phase::{Reason, RunPhase, StepPhase};
pub use ports::{
    BoxFuture, Clock, EventSink, MessageLint, PLACEHOLDER_URL, Provider, SecretError, Secrets,
    Target, TargetError, UNSUPPORTED_SERVICE,
};
pub use report::{Report, StepReport};
pub use secret::{SecretManifest, SecretRef, SecretValue};
pub use workflow::{Input, Mode, Output, Step, Workflow, WorkflowMode};
