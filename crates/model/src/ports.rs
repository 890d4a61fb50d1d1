//! The ports: what the engine asks of the world. Outer crates implement them, the binary wires them.
//!
//! Asynchronous methods return a boxed future, so that a port works as `dyn` without a runtime here.
//! Dropping a future cancels its work.

use std::{pin::Pin, time::Duration};

use burgee_source::{Diagnostic, Node, Span};
use jiff::Timestamp;
use secrecy::SecretString;

use crate::{
    Call, CallContext, CallError, CallKind, Event, Object, ObjectId, RunState, SecretRef, Stamped,
};

/// A future that a port hands out.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The time, and waiting for it.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Ends after `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// Who hears of events.
pub trait EventSink: Send + Sync {
    /// Takes one event, with the state of the run behind it. Must not block for long: the run waits for it.
    fn emit(&self, event: &Stamped, state: &RunState);
}

/// Where the records of one run are kept.
pub trait Journal: Send + Sync {
    /// Takes the next record: what it says may be acted upon. It is on its way to the disk; the end of this process may
    /// still take it, until [`sync`](Self::sync) ends.
    ///
    /// # Errors
    ///
    /// When this record or one before it cannot be kept. Nothing may follow then.
    fn append(&self, record: &Stamped) -> Result<(), JournalError>;

    /// Ends when every record so far is on the disk.
    fn sync(&self) -> BoxFuture<'_, Result<(), JournalError>>;
}

/// Why a record cannot be kept: the file and what the system said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct JournalError {
    /// In words.
    pub message: String,
}

/// Code that performs the calls of one family.
pub trait Provider: Send + Sync {
    /// The family's name, as [`Call::provider`] gives it.
    fn name(&self) -> &'static str;

    /// What repeating an action means.
    fn kind(&self, action: &str) -> CallKind;

    /// Performs a call. `emit` takes what happens on the way.
    fn call<'a>(
        &'a self,
        context: &'a CallContext,
        call: &'a Call,
        emit: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>>;
}

/// Where components go.
pub trait Target: Send + Sync {
    /// Its name in reports: `sandbox`.
    fn name(&self) -> &'static str;

    /// Creates or updates objects, in order.
    fn apply<'a>(&'a self, objects: &'a [Object]) -> BoxFuture<'a, Result<(), TargetError>>;

    /// The objects as they are now, status included; `None` for each that does not exist.
    fn read<'a>(
        &'a self,
        ids: &'a [ObjectId],
    ) -> BoxFuture<'a, Result<Vec<Option<Object>>, TargetError>>;

    /// True when nothing but this run puts objects there: what is missing will not come from elsewhere.
    fn is_closed(&self) -> bool {
        false
    }

    /// False when the objects live in this process: a run that is taken up by another one finds them gone, and what is
    /// not finished applies them again.
    fn outlives_process(&self) -> bool {
        true
    }

    /// Ends when something may have changed; what was read before is then worth reading again.
    fn changed(&self) -> BoxFuture<'_, ()>;
}

/// Why a target refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{object}: {message}")]
pub struct TargetError {
    /// Which object.
    pub object: ObjectId,
    /// What the target said.
    pub message: String,
}

/// Where secrets are looked up.
pub trait Secrets: Send + Sync {
    /// The value of a key, trimmed of trailing line breaks.
    ///
    /// # Errors
    ///
    /// When the Secret or the key does not exist, or the value is empty.
    fn read(&self, namespace: &str, reference: &SecretRef) -> Result<SecretString, SecretError>;
}

/// Why a secret cannot be had. Names only, never a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// No Secret of that name.
    #[error("Secret `{name}` not found in namespace `{namespace}`")]
    NoSecret {
        /// The Secret.
        name: String,
        /// Where it was looked for.
        namespace: String,
    },
    /// The Secret has no such key.
    #[error("Secret `{name}` has no key `{key}`; it has: {existing}")]
    NoKey {
        /// The Secret.
        name: String,
        /// The key.
        key: String,
        /// The keys it has.
        existing: String,
    },
    /// The value is empty.
    #[error("key `{key}` of Secret `{name}` is empty")]
    Empty {
        /// The Secret.
        name: String,
        /// The key.
        key: String,
    },
}

/// The code of the lint rule for a URL that is still the example's text: a check warns, a run refuses.
pub const PLACEHOLDER_URL: &str = "notify/placeholder-url";

/// The code of the lint rule for a service that KubeVela speaks to and that is not carried out yet.
pub const UNSUPPORTED_SERVICE: &str = "notify/unsupported-service";

/// Checks the messages of a notification step before anything is sent.
pub trait MessageLint: Send + Sync {
    /// Every problem in a step's properties. `pending` are the `parameterKey`s that inputs will fill: what is
    /// there now does not count, and what is missing there will come. `owner` marks the step for problems
    /// that have no place of their own.
    fn lint(&self, properties: Option<&Node>, pending: &[&str], owner: Span) -> Vec<Diagnostic>;
}
