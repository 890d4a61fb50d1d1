//! `--set STEP.PATH=VALUE`: a property of a step, set before the run.
//!
//! Step names may hold dashes and dots, so STEP is matched against the names that exist, longest first.
//! The first `=` behind it ends PATH; all that follows is VALUE, commas and `=` included.

use burgee_source::{Diagnostic, Rule, Severity, Span, Text, nearest};

use crate::{Path, PathError};

/// A parsed `--set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment<'a> {
    /// The step, one of the names that exist.
    pub step: &'a str,
    /// Where in its properties.
    pub path: Path,
    /// The value as written.
    pub value: &'a str,
}

/// A `--set` that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// No `=`.
    #[error("`{text}` has no `=`")]
    NoEquals {
        /// What looks like its name.
        text: String,
    },
    /// A step and no path.
    #[error("`{text}` names the step `{step}` but none of its properties")]
    NoPath {
        /// What stands before the `=`.
        text: String,
        /// The step.
        step: String,
    },
    /// No step of such a name.
    #[error("`{text}` begins with the name of no step")]
    UnknownStep {
        /// What stands before the `=`.
        text: String,
        /// The nearest name that exists.
        nearest: Option<String>,
        /// The names that exist, in order.
        known: Vec<String>,
    },
    /// The path cannot be read.
    #[error(transparent)]
    Path(#[from] PathError),
}

/// A `--set` without `=`.
pub static NO_EQUALS: Rule = Rule {
    code: "set/no-equals",
    severity: Severity::Error,
    message: Text::new("`{text}` has no `=`", "`{text}` 缺少 `=`"),
};

/// A `--set` that names a step only.
pub static NO_PATH: Rule = Rule {
    code: "set/no-path",
    severity: Severity::Error,
    message: Text::new(
        "`{text}` names the step `{step}` but none of its properties",
        "`{text}` 只写了步骤 `{step}`，没有写属性",
    ),
};

/// A `--set` for a step that does not exist.
pub static UNKNOWN_STEP: Rule = Rule {
    code: "set/unknown-step",
    severity: Severity::Error,
    message: Text::new(
        "`{text}` begins with the name of no step",
        "`{text}` 不是以任何步骤名开头",
    ),
};

// === impl Assignment ===

impl<'a> Assignment<'a> {
    /// Reads `STEP.PATH=VALUE` for a workflow with these steps.
    ///
    /// ```
    /// # use burgee_inject::Assignment;
    /// let steps = ["slack", "slack-message"];
    /// let set = Assignment::parse("slack-message.slack.url=https://x/?a=b,c", &steps)?;
    /// assert_eq!((set.step, set.path.to_string().as_str()), ("slack-message", "slack.url"));
    /// assert_eq!(set.value, "https://x/?a=b,c");
    /// # Ok::<(), burgee_inject::AssignmentError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no such step, no path or no `=`. No error holds the value: it may be a secret.
    pub fn parse(text: &'a str, step_names: &[&'a str]) -> Result<Self, AssignmentError> {
        let step = step_names
            .iter()
            .copied()
            .filter(|name| !name.is_empty() && begins_with_step(text, name))
            .max_by_key(|name| name.len());
        let Some(step) = step else {
            return Err(unknown_step(text, step_names));
        };
        let Some((path, value)) = text[step.len()..].split_once('=') else {
            return Err(no_equals(text));
        };
        let path = path.strip_prefix('.').unwrap_or(path);
        if path.is_empty() {
            return Err(AssignmentError::NoPath {
                text: step.to_owned(),
                step: step.to_owned(),
            });
        }
        Ok(Self {
            step,
            path: Path::parse(path)?,
            value,
        })
    }
}

/// True when the name ends where a path, the value or nothing begins.
fn begins_with_step(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '=']))
}

/// Whatever follows a colon, a slash or a blank may be a value with a secret in it.
fn no_equals(text: &str) -> AssignmentError {
    let name = text.split([':', '/', ' ']).next().unwrap_or("");
    AssignmentError::NoEquals {
        text: name.to_owned(),
    }
}

fn unknown_step(text: &str, step_names: &[&str]) -> AssignmentError {
    let Some((before, _)) = text.split_once('=') else {
        return no_equals(text);
    };
    // A name with two dots is compared to the first three parts of the text.
    let parts = |name: &str| {
        let dots = name.matches('.').count();
        let end = before.match_indices('.').nth(dots);
        &before[..end.map_or(before.len(), |(at, _)| at)]
    };
    let near = step_names
        .iter()
        .find_map(|name| nearest(parts(name), [*name]));
    AssignmentError::UnknownStep {
        text: before.to_owned(),
        nearest: near.map(str::to_owned),
        known: step_names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

// === impl AssignmentError ===

impl AssignmentError {
    /// The error as a problem of the command line.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        const SHAPE: Text = Text::new(
            "write STEP.PATH=VALUE, such as `slack-message.slack.message.text=hello`",
            "请写成 STEP.PATH=VALUE，例如 `slack-message.slack.message.text=hello`",
        );
        match self {
            Self::NoEquals { text } => Diagnostic::new(&NO_EQUALS).arg("text", text).hint(SHAPE),
            Self::NoPath { text, step } => Diagnostic::new(&NO_PATH)
                .arg("text", text)
                .arg("step", step)
                .hint(SHAPE),
            Self::UnknownStep {
                text,
                nearest,
                known,
            } => {
                let problem = Diagnostic::new(&UNKNOWN_STEP)
                    .arg("text", text)
                    .arg("known", known.join(", "));
                let problem = match nearest {
                    Some(name) => problem.arg("nearest", name).hint(Text::new(
                        "did you mean the step `{nearest}`?",
                        "是否想写步骤 `{nearest}`？",
                    )),
                    None => problem,
                };
                problem.hint(Text::new("the steps are: {known}", "现有步骤：{known}"))
            }
            Self::Path(error) => error.diagnostic(Span::NONE),
        }
    }
}
