//! Phases and reasons, spelled as KubeVela's status spells them.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// KubeVela's spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// The phase of a run.
    RunPhase {
        /// Not started.
        Initializing = "initializing",
        /// Under way.
        Executing = "executing",
        /// Waiting for somebody.
        Suspending = "suspending",
        /// Ended by a user.
        Terminated = "terminated",
        /// Ended because a step failed.
        Failed = "failed",
        /// Every step ended well.
        Succeeded = "succeeded",
    }
}

words! {
    /// The phase of a step.
    StepPhase {
        /// Waiting for its turn or its inputs.
        Pending = "pending",
        /// Under way.
        Running = "running",
        /// Waiting for somebody.
        Suspending = "suspending",
        /// Ended well.
        Succeeded = "succeeded",
        /// Ended badly.
        Failed = "failed",
        /// Not run.
        Skipped = "skipped",
    }
}

words! {
    /// Why a step is in its phase.
    Reason {
        /// An action asked to wait.
        Wait = "Wait",
        /// Skipped by a failure before it.
        Skip = "Skip",
        /// The step's template or component could not be rendered.
        Rendering = "Rendering",
        /// A call failed.
        Execute = "Execute",
        /// Suspended.
        Suspend = "Suspend",
        /// Ended by a user.
        Terminate = "Terminate",
        /// An input could not be read or set.
        Input = "Input",
        /// An output could not be evaluated. (KubeVela lets the step succeed.)
        Output = "Output",
        /// Its retries are used up.
        FailedAfterRetries = "FailedAfterRetries",
        /// It took longer than its `timeout`.
        Timeout = "Timeout",
        /// Its template said so.
        Action = "Action",
    }
}

// === impl StepPhase ===

impl StepPhase {
    /// True when the step will not move any more.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        match self {
            Self::Succeeded | Self::Failed | Self::Skipped => true,
            Self::Pending | Self::Running | Self::Suspending => false,
        }
    }
}

// === impl RunPhase ===

impl RunPhase {
    /// True when the run will not move any more.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        match self {
            Self::Terminated | Self::Failed | Self::Succeeded => true,
            Self::Initializing | Self::Executing | Self::Suspending => false,
        }
    }
}
