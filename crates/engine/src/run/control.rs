//! Steering a run from outside.

use burgee_model::StepId;
use futures_channel::{mpsc, oneshot};

/// What somebody wants of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Begin nothing more; what is under way comes to the end of its calls.
    Suspend {
        /// Who.
        by: Option<String>,
    },
    /// Go on: with one step, or with all that waits.
    Resume {
        /// The step.
        step: Option<StepId>,
        /// Who.
        by: Option<String>,
        /// Why.
        reason: Option<String>,
    },
    /// Leave the run as soon as no call is under way, to be taken up again.
    Leave,
    /// End the run: what is not finished fails, reason `Terminate`.
    Terminate {
        /// Who.
        by: Option<String>,
        /// Why.
        reason: Option<String>,
    },
}

/// A command, and who is told when it is on the disk.
#[derive(Debug)]
pub struct Order {
    /// What is wanted.
    pub command: Command,
    /// Told when the journal has it.
    pub done: Option<oneshot::Sender<()>>,
}

/// Where a run hears commands.
pub type Control = mpsc::UnboundedReceiver<Order>;

/// Where commands are given.
pub type Steering = mpsc::UnboundedSender<Order>;

/// A way to steer a run: commands go in on the left and are heard on the right.
#[must_use]
pub fn control() -> (Steering, Control) {
    mpsc::unbounded()
}

// === impl Order ===

impl From<Command> for Order {
    fn from(command: Command) -> Self {
        Self {
            command,
            done: None,
        }
    }
}
