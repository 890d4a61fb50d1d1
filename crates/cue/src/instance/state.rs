//! How far something is known.

use crate::Error;

/// How far the value at a place is known. It is about the value itself: a struct is concrete as soon as it is known
/// to be one, whatever its fields are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is a value; of alternatives, the default.
    Concrete,
    /// More has to be said first: it is only a type, waits for something that is missing, or is required.
    Incomplete(Error),
    /// It can never have a value, or a bound was reached (see [`ErrorKind`](crate::ErrorKind)).
    Conflict(Error),
    /// Nothing is there, or it is optional and nobody gave it.
    Absent,
}

// === impl State ===

impl State {
    /// Why there is no value, when something is there.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Incomplete(error) | Self::Conflict(error) => Some(error),
            Self::Concrete | Self::Absent => None,
        }
    }
}
