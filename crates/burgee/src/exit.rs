//! How an invocation ends: its exit code, and the error that people see.

use std::{fmt, process::ExitCode};

/// Burgee's exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It worked.
    Ok,
    /// The run failed, the message was not delivered, the path matched nothing.
    Failed,
    /// Wrong usage, unreadable file.
    Usage,
    /// The manifest is wrong.
    Manifest,
    /// Suspended, waiting for somebody.
    Suspended,
    /// Interrupted by a signal.
    Interrupted,
}

/// Why a command cannot go on, with a way out.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) exit: Exit,
    /// What is wrong.
    pub(crate) message: String,
    /// What the user can do.
    pub(crate) hint: Option<String>,
    /// The problems in the user's file, as JSON, for a machine that reads the report.
    pub(crate) problems: Option<Box<serde_json::Value>>,
}

// === impl Exit ===

impl Exit {
    /// The number that the shell sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Manifest => 3,
            Self::Suspended => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

// === impl Failure ===

impl Failure {
    /// Wrong usage.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.to_string(),
            hint: None,
            problems: None,
        }
    }

    /// A manifest with errors, which were shown.
    pub(crate) fn manifest(message: impl fmt::Display, problems: serde_json::Value) -> Self {
        Self {
            exit: Exit::Manifest,
            problems: Some(Box::new(problems)),
            ..Self::usage(message)
        }
    }

    /// The same, told of something.
    pub(crate) fn about(mut self, what: &str) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// The same with a way out.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
