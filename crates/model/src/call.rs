//! Passes and calls: how a step asks for effects.
//!
//! A *pass* evaluates a step with the results known so far. It is pure and ends in one of three ways
//! ([`Pass`]). The engine makes the calls it asks for and passes again with more results.

use burgee_source::Node;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{RunId, StepId};

/// One effect that a pass asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Where in the step the call stands, such as `slack`: its name among the step's calls.
    pub path: String,
    /// The provider family: `notify`, `oam`, `http`, or [`BUILTIN`].
    pub provider: &'static str,
    /// What to do: `send`, `apply`.
    pub action: &'static str,
    /// With what.
    pub params: Node,
}

/// The family of calls that the engine carries out itself. Its actions, with their parameters:
///
/// - `suspend {duration?, message?}`: the step waits until it is resumed, or until its duration has passed.
/// - `message {message}`: the step's message.
/// - `fail {message}`: the step fails for good, reason `Action`.
pub const BUILTIN: &str = "builtin";

/// What repeating a call means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CallKind {
    /// A read: its result lives for one pass, the next pass asks again.
    Observe,
    /// Repeating it changes nothing.
    Idempotent,
    /// Repeating it is seen by somebody: a message.
    Once,
}

/// Whose call it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallContext {
    /// The run.
    pub run: RunId,
    /// The step.
    pub step: StepId,
    /// The application's namespace, where its Secrets are.
    pub namespace: String,
}

/// The results known so far, by [`Call::path`].
pub type Results = IndexMap<String, Node>;

/// Why a call failed, fit for the step's `message`: no secret in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct CallError {
    /// What it means for whoever may try again.
    pub class: CallFailure,
    /// In the user's language.
    pub message: String,
}

/// What a failed call means for whoever may try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallFailure {
    /// It had no effect, and may work later: its step is tried again.
    Transient,
    /// It will fail again, or whoever made it has tried often enough.
    Permanent,
    /// It may have had its effect, and nobody knows.
    Unknown,
}

/// How a pass ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Pass {
    /// Make these calls, in this order, then pass again.
    Calls(Vec<Call>),
    /// Nothing to do until something changes outside; says what is awaited.
    Waiting(String),
    /// The step is done; this is what its outputs may read: `output`, `outputs`, `parameter`, …
    Done(Node),
}

// === impl CallError ===

impl CallError {
    /// A failure that trying again would not mend.
    pub fn permanent(message: impl Into<String>) -> Self {
        Self::new(CallFailure::Permanent, message)
    }

    /// A failure that may pass.
    pub fn transient(message: impl Into<String>) -> Self {
        Self::new(CallFailure::Transient, message)
    }

    /// A failure behind which the effect may have happened.
    pub fn unknown(message: impl Into<String>) -> Self {
        Self::new(CallFailure::Unknown, message)
    }

    fn new(class: CallFailure, message: impl Into<String>) -> Self {
        Self {
            class,
            message: message.into(),
        }
    }
}
