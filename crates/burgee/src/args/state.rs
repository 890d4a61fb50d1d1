//! Runs that are kept: where, and how they are looked at and steered.

use std::{path::PathBuf, time::Duration};

use burgee_model::DurationError;
use clap::{Args, ValueEnum};

use super::{GivenArgs, RunOutput};

/// Where runs are kept.
#[derive(Debug, Clone, Args)]
pub(crate) struct StateArgs {
    /// The folder of runs [default: burgee in the state folder of the user, ~/.local/state]
    #[arg(long, env = "BURGEE_STATE", value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RunsArgs {
    /// Only those of this application
    #[arg(value_name = "APP")]
    pub(crate) application: Option<String>,
    /// Only those that have not ended
    #[arg(long)]
    pub(crate) unfinished: bool,
    /// So many at the most, the newest first
    #[arg(long, default_value = "100", value_name = "N")]
    pub(crate) limit: u32,
    /// How to print them
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: ListOutput,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListOutput {
    /// A table
    Text,
    /// A JSON list
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// A run, or an application: its latest run
    #[arg(value_name = "RUN|APP")]
    pub(crate) run: String,
    /// How to print it: text, json, or jsonpath=EXPR
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: RunOutput,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

#[derive(Debug, Args)]
pub(crate) struct LogsArgs {
    /// A run, or an application: its latest run
    #[arg(value_name = "RUN|APP")]
    pub(crate) run: String,
    /// How to print its events
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: LogOutput,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogOutput {
    /// A line for each event
    Text,
    /// A JSON object a line
    Jsonl,
}

/// What it takes to carry a run on.
#[derive(Debug, Args)]
pub(crate) struct GoOnArgs {
    /// A run, or an application: its latest run
    #[arg(value_name = "RUN|APP")]
    pub(crate) run: String,
    /// The manifest, where it is no longer where it was
    #[arg(short = 'f', long, value_name = "FILE")]
    pub(crate) filename: Option<PathBuf>,
    /// What to print on standard output: text, json, or jsonpath=EXPR
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: RunOutput,
    /// A message that may have arrived before: fail its step, or send it again
    #[arg(
        long,
        env = "BURGEE_ON_UNKNOWN",
        default_value = "fail",
        value_name = "WHAT"
    )]
    pub(crate) on_unknown: UnknownArg,
    #[command(flatten)]
    pub(crate) waiting: WaitingArgs,
    #[command(flatten)]
    pub(crate) given: GivenArgs,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum UnknownArg {
    /// The step fails, and says so
    #[default]
    Fail,
    /// It is sent again: somebody may hear twice
    Resend,
}

/// What to do while all that is left waits for somebody.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct WaitingArgs {
    /// Stay until somebody resumes what is suspended
    #[arg(long, env = "BURGEE_WAIT", conflicts_with = "no_wait")]
    pub(crate) wait: bool,
    /// Leave all the same after so long, such as 30m
    #[arg(long, env = "BURGEE_TIMEOUT", requires = "wait", value_name = "DURATION", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// Leave as soon as all that is left is suspended, also when it would go on by itself
    #[arg(long, env = "BURGEE_NO_WAIT")]
    pub(crate) no_wait: bool,
}

fn duration(text: &str) -> Result<Duration, DurationError> {
    burgee_model::duration(text)
}

#[derive(Debug, Args)]
pub(crate) struct ResumeArgs {
    /// Only this step
    #[arg(long, value_name = "STEP")]
    pub(crate) step: Option<String>,
    /// Why, for the record
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[command(flatten)]
    pub(crate) go_on: GoOnArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TerminateArgs {
    /// Why, for the record
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[command(flatten)]
    pub(crate) go_on: GoOnArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RestartArgs {
    /// From this step, which must have failed: it, and what follows from it
    #[arg(long, value_name = "STEP")]
    pub(crate) from: Option<String>,
    /// Send messages again that were delivered
    #[arg(long)]
    pub(crate) all_channels: bool,
    #[command(flatten)]
    pub(crate) go_on: GoOnArgs,
}
