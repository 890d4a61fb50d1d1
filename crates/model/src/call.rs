//! Passes and calls: how a step asks for effects.
//!
//! A *pass* evaluates a step with the results known so far. It is pure and ends in one of three ways
//! ([`Pass`]). The engine makes the calls it asks for and passes again with more results.

use burgee_source::Node;
use indexmap::IndexMap;

use crate::{RunId, StepId};

/// One effect that a pass asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Where in the step the call stands, such as `slack`: its name among the step's calls.
    pub path: String,
    /// The provider family: `notify`, `oam`.
    pub provider: &'static str,
    /// What to do: `send`, `apply`.
    pub action: &'static str,
    /// With what.
    pub params: Node,
}

/// What repeating a call means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CallError {
    /// In the user's language.
    pub message: String,
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
