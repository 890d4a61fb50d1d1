//! What `run` prints on standard output: nothing, one JSON report, or what a path finds in it.

use burgee_model::Report;
use serde_json::{Value, json};

use crate::{
    args::RunOutput,
    commands::{Env, json_text},
    exit::{Exit, Failure},
    jsonpath::{self, JsonPath},
};

/// A form of output, its path read.
pub(crate) enum Output {
    /// For people: the messages.
    Text,
    /// One JSON report, whatever else happens.
    Json,
    /// Each event as it happens, a line each.
    Events,
    /// What a path finds in the report.
    Path(JsonPath),
}

// === impl Output ===

impl Output {
    /// Reads the flag.
    pub(crate) fn parse(flag: &RunOutput) -> Result<Self, Failure> {
        match flag {
            RunOutput::Text => Ok(Self::Text),
            RunOutput::Json => Ok(Self::Json),
            RunOutput::Jsonl => Ok(Self::Events),
            RunOutput::JsonPath(path) => {
                let path = JsonPath::parse(path);
                let path = path.map_err(|error| Failure::usage(format!("--output: {error}")))?;
                Ok(Self::Path(path))
            }
        }
    }

    /// Reads the flag of a command that has a report and no events.
    pub(crate) fn of_report(flag: &RunOutput) -> Result<Self, Failure> {
        match Self::parse(flag)? {
            Self::Events => Err(Failure::usage("--output: there are no events here")
                .hint("`burgee logs RUN -o jsonl` prints those of a run")),
            output => Ok(output),
        }
    }

    /// True when standard output belongs to a machine.
    pub(crate) const fn is_data(&self) -> bool {
        match self {
            Self::Text => false,
            Self::Json | Self::Events | Self::Path(_) => true,
        }
    }

    /// Prints the report of a run that began.
    pub(crate) fn print(&self, report: Option<&Report>, env: &Env) -> Exit {
        let Some(report) = report else {
            return Exit::Ok;
        };
        match self {
            Self::Text | Self::Events => Exit::Ok,
            Self::Json => {
                env.console.print(&json_text(report));
                Exit::Ok
            }
            Self::Path(path) => {
                let report = serde_json::to_value(report).expect("a report is JSON");
                let found = path.find(&report);
                env.console.print(&jsonpath::lines(&found));
                if found.is_empty() {
                    Exit::Failed
                } else {
                    Exit::Ok
                }
            }
        }
    }

    /// Prints the report of a run that was refused before its first step.
    pub(crate) fn print_refusal(&self, failure: &Failure, env: &Env) {
        match self {
            Self::Json => {
                let mut report = json!({
                    "target": "sandbox",
                    "status": "failed",
                    "message": failure.message,
                    "finished": true,
                    "steps": [],
                });
                if let Some(problems) = &failure.problems {
                    report["problems"] = Value::clone(problems);
                }
                env.console.print(&json_text(&report));
            }
            Self::Text | Self::Events | Self::Path(_) => {}
        }
    }
}
