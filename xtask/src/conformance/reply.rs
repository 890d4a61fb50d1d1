//! What an evaluator makes of a source, and when two such answers agree.

use std::{fmt, time::Duration};

use super::json::Json;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// A value, as JSON text.
    Value(String),
    /// No value: the kind of failure, and the words.
    Failure {
        /// `syntax`, `incomplete` or `eval`.
        kind: String,
        /// For people.
        error: String,
    },
    /// The process ended.
    Crash(String),
    /// There was no answer in time.
    Silence(Duration),
}

/// What the real CUE makes of a source.
#[derive(Debug, Clone)]
pub(crate) enum Expected {
    /// This JSON.
    Value(String),
    /// This kind of failure.
    Failure(String),
}

// === impl Reply ===

impl Reply {
    /// The sort of answer in a word.
    pub(crate) fn sort(&self) -> &str {
        match self {
            Self::Value(_) => "value",
            Self::Failure { kind, .. } => kind,
            Self::Crash(_) => "crash",
            Self::Silence(_) => "silence",
        }
    }

    /// True when the evaluator fell over the source and lived to tell.
    pub(crate) fn is_panic(&self) -> bool {
        matches!(self, Self::Failure { error, .. } if error.starts_with("panic: "))
    }

    /// The answer to compare others with; none where there is nothing to compare.
    pub(crate) fn expectation(&self) -> Option<Expected> {
        match self {
            Self::Value(json) => Some(Expected::Value(json.clone())),
            Self::Failure { kind, .. } => Some(Expected::Failure(kind.clone())),
            Self::Crash(_) | Self::Silence(_) => None,
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(json) => f.write_str(json),
            Self::Failure { kind, error } => {
                let mut lines = error.lines().map(str::trim);
                let first = lines.next().unwrap_or_default();
                write!(f, "{kind}: {first}")
            }
            Self::Crash(how) => write!(f, "the process ended: {how}"),
            Self::Silence(waited) => write!(f, "no answer within {} s", waited.as_secs()),
        }
    }
}

// === impl Expected ===

impl Expected {
    /// `Some` when a reply agrees: with true when even the order of all fields is the same.
    pub(crate) fn agrees(&self, reply: &Reply) -> Option<bool> {
        match (self, reply) {
            (Self::Value(theirs), Reply::Value(ours)) => {
                if theirs == ours {
                    return Some(true);
                }
                let (theirs, ours) = (Json::parse(theirs), Json::parse(ours));
                if theirs == ours {
                    return Some(true);
                }
                (theirs.sorted() == ours.sorted()).then_some(false)
            }
            (Self::Failure(theirs), Reply::Failure { kind, .. }) => {
                (theirs == kind).then_some(true)
            }
            (Self::Value(_), Reply::Failure { .. })
            | (Self::Failure(_), Reply::Value(_))
            | (_, Reply::Crash(_) | Reply::Silence(_)) => None,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(json) => f.write_str(json),
            Self::Failure(kind) => write!(f, "{kind}:"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_no_disagreement_but_is_told() {
        let expected = Expected::Value(r#"{"a":1,"b":2}"#.into());
        let value = |json: &str| Reply::Value(json.into());
        assert_eq!(expected.agrees(&value(r#"{"a":1,"b":2}"#)), Some(true));
        assert_eq!(expected.agrees(&value(r#"{"b":2,"a":1}"#)), Some(false));
        assert_eq!(expected.agrees(&value(r#"{"a":1,"b":2.0}"#)), None);
    }

    #[test]
    fn failures_agree_by_kind_whatever_the_words() {
        let expected = Expected::Failure("eval".into());
        let failure = |kind: &str| Reply::Failure {
            kind: kind.into(),
            error: "words".into(),
        };
        assert_eq!(expected.agrees(&failure("eval")), Some(true));
        assert_eq!(expected.agrees(&failure("incomplete")), None);
        assert_eq!(expected.agrees(&Reply::Crash(String::new())), None);
    }
}
