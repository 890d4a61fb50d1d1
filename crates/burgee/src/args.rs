//! The command line: names, help, defaults and `BURGEE_…` twins. No behaviour.

mod cue;
mod simulation;
mod state;

use std::{num::NonZeroUsize, path::PathBuf};

use burgee_source::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use cue::{
    BenchArgs, CueCommand, DefArgs, EvalArgs as CueEvalArgs, ExportArgs, Files, FmtArgs, Form,
    Inputs, VetArgs,
};

pub(crate) use simulation::SimulationArgs;
pub(crate) use state::{
    GoOnArgs, ListOutput, LogOutput, LogsArgs, RestartArgs, ResumeArgs, RunsArgs, ShowArgs,
    StateArgs, TerminateArgs, UnknownArg, WaitingArgs,
};

/// Run KubeVela application workflows from one binary.
#[derive(Debug, Parser)]
#[command(name = "burgee", version, about, max_term_width = 110)]
pub(crate) struct Cli {
    /// Language of messages: en or zh [default: from the locale]
    #[arg(long, global = true, env = "BURGEE_LANG", value_name = "LANG")]
    pub(crate) lang: Option<LangArg>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run an application's workflow and send its messages
    Run(Box<RunArgs>),
    /// List the runs that are kept
    Runs(RunsArgs),
    /// Show a run: its steps, what each waits for, and why one was skipped
    Show(ShowArgs),
    /// Show what happened in a run, event by event
    Logs(LogsArgs),
    /// Go on with a run that was left in the middle
    Recover(GoOnArgs),
    /// Go on with what is suspended
    Resume(ResumeArgs),
    /// Let a run begin nothing more until it is resumed
    Suspend(ShowArgs),
    /// End a run
    Terminate(TerminateArgs),
    /// Run a run again, as a whole or from a step that failed
    Restart(RestartArgs),
    /// Find every mistake in manifests before anything happens
    Check(CheckArgs),
    /// Show the steps of a workflow and what each waits for
    Plan(PlanArgs),
    /// Evaluate an expression against JSON or YAML, or against what a step of a kept run saw
    Eval(EvalArgs),
    /// The CUE language on its own: evaluate, export, validate
    #[command(subcommand)]
    Cue(CueCommand),
    /// Send one message, without a workflow
    Send(SendArgs),
    /// Start the local stand-in for Slack and DingTalk
    Inbox(InboxArgs),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LangArg {
    /// English
    En,
    /// 简体中文
    Zh,
}

/// How to reach the services.
#[derive(Debug, Args)]
#[command(next_help_heading = "Network")]
pub(crate) struct NetworkArgs {
    /// Also trust the certificate authorities of this PEM file
    #[arg(long, env = "BURGEE_CA", value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Allow http:// beyond loopback
    #[arg(long, env = "BURGEE_ALLOW_HTTP")]
    pub(crate) allow_http: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A secret need not stand on the command line:
  burgee run app.yaml --set-from notify.slack.url=env:SLACK_URL
  burgee run app.yaml --set-from notify.slack.url=file:/run/secrets/slack
  pass show slack | burgee run app.yaml --set-from notify.slack.url=-

Exit codes: 0 it worked, 1 the run failed, 2 wrong usage or unreadable file, 3 the manifest is wrong,
4 suspended, waiting for somebody, 130 interrupted.")]
pub(crate) struct RunArgs {
    /// The manifest; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "filename")]
    pub(crate) file: Option<PathBuf>,
    /// The manifest, as kubectl spells it
    #[arg(short = 'f', long, value_name = "FILE", conflicts_with = "file")]
    pub(crate) filename: Option<PathBuf>,
    /// The namespace of an application that names none
    #[arg(short = 'n', long, env = "BURGEE_NAMESPACE", value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,
    /// What to print on standard output: text, json, jsonl (each event), or jsonpath=EXPR (`$.…` or kubectl's `{.…}`)
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: RunOutput,

    /// Deliver every message to an embedded inbox; no connection leaves loopback
    #[arg(long, env = "BURGEE_INBOX", conflicts_with = "send_anyway")]
    pub(crate) inbox: bool,
    /// Send real messages although the sandbox deploys nothing real
    #[arg(long, env = "BURGEE_SEND_ANYWAY")]
    pub(crate) send_anyway: bool,
    /// After a failed notification step: stop the run, or go on and leave the step failed
    #[arg(
        long,
        env = "BURGEE_ON_NOTIFY_FAILURE",
        default_value = "stop",
        value_name = "WHAT"
    )]
    pub(crate) on_notify_failure: NotifyFailureArg,

    /// How many steps are under way at once at the most
    #[arg(
        long,
        env = "BURGEE_CONCURRENCY",
        default_value = "16",
        value_name = "N"
    )]
    pub(crate) concurrency: NonZeroUsize,
    #[command(flatten)]
    pub(crate) waiting: WaitingArgs,

    /// The run's id; one that exists is gone on with, or its report printed
    #[arg(long, env = "BURGEE_RUN_ID", value_name = "ID", help_heading = "State")]
    pub(crate) run_id: Option<String>,
    /// Keep nothing: the run cannot be recovered
    #[arg(
        long,
        env = "BURGEE_NO_JOURNAL",
        conflicts_with = "run_id",
        help_heading = "State"
    )]
    pub(crate) no_journal: bool,
    #[command(flatten, next_help_heading = "State")]
    pub(crate) state: StateArgs,

    #[command(flatten, next_help_heading = "Simulation")]
    pub(crate) simulation: SimulationArgs,
    #[command(flatten)]
    pub(crate) given: GivenArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

/// Properties and secrets that are given besides the manifest.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Properties and secrets")]
pub(crate) struct GivenArgs {
    /// Set a property of a step; the value is a YAML scalar
    #[arg(long, value_name = "STEP.PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// Set a property of a step to a string, taken as it is
    #[arg(long, value_name = "STEP.PATH=TEXT")]
    pub(crate) set_string: Vec<String>,
    /// Set a property of a step to a secret string from elsewhere: env:VAR, file:PATH or -
    #[arg(long, value_name = "STEP.PATH=SOURCE")]
    pub(crate) set_from: Vec<String>,
    /// Secret manifests for secretRef: a file, a folder (manifests, or NAME/KEY as mounted), or -
    #[arg(long, env = "BURGEE_SECRETS", value_delimiter = None, value_name = "FILE|DIR|-")]
    pub(crate) secrets: Vec<PathBuf>,
    /// One value for secretRef, from elsewhere: env:VAR, file:PATH or -
    #[arg(long, value_name = "NAME/KEY=SOURCE")]
    pub(crate) secret: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NotifyFailureArg {
    /// The run fails
    Stop,
    /// The step stays failed, later steps run, the exit code is 0
    Continue,
}

/// What `run` prints on standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RunOutput {
    /// Nothing but the live view and the messages.
    Text,
    /// One JSON report.
    Json,
    /// Each event as it happens, a JSON object a line.
    Jsonl,
    /// What a path finds in the report.
    JsonPath(String),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Manifests: files, folders, or - for standard input
    #[arg(value_name = "FILE", required_unless_present = "filename")]
    pub(crate) files: Vec<PathBuf>,
    /// A manifest, as kubectl spells it
    #[arg(short = 'f', long, value_name = "FILE")]
    pub(crate) filename: Vec<PathBuf>,
    /// How to report: for people, JSON, GitHub annotations, or SARIF
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: CheckOutput,
    /// Warnings fail too
    #[arg(long, env = "BURGEE_STRICT")]
    pub(crate) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckOutput {
    /// For people
    Text,
    /// A JSON list
    Json,
    /// GitHub workflow commands: annotations on a pull request's lines
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// The manifest; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "filename")]
    pub(crate) file: Option<PathBuf>,
    /// The manifest, as kubectl spells it
    #[arg(short = 'f', long, value_name = "FILE", conflicts_with = "file")]
    pub(crate) filename: Option<PathBuf>,
    /// How to print it
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: PlanOutput,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanOutput {
    /// A tree of lines
    Text,
    /// A digraph for Graphviz
    Dot,
    /// A flowchart for Mermaid
    Mermaid,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// The expression, such as 'output.status.phase + "!"'
    #[arg(value_name = "EXPR")]
    pub(crate) expression: String,
    /// What it may read: a JSON or YAML object whose fields are in scope; - is standard input
    #[arg(long, env = "BURGEE_DATA", value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// How to print the value
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "json",
        value_name = "FORMAT"
    )]
    pub(crate) output: EvalOutput,
    /// Read what a step of this run could read: status, inputs, context, parameter, and what it was answered
    #[arg(
        long,
        value_name = "RUN|APP",
        requires = "at",
        conflicts_with = "data",
        help_heading = "A kept run"
    )]
    pub(crate) run: Option<String>,
    /// The step, at the moment when it began
    #[arg(
        long,
        value_name = "STEP",
        requires = "run",
        help_heading = "A kept run"
    )]
    pub(crate) at: Option<String>,
    /// Say of each value that is read what it was and where it came from
    #[arg(long, requires = "run", help_heading = "A kept run")]
    pub(crate) trace: bool,
    /// The manifest, where it is no longer where it was
    #[arg(
        short = 'f',
        long,
        value_name = "FILE",
        requires = "run",
        help_heading = "A kept run"
    )]
    pub(crate) filename: Option<PathBuf>,
    #[command(flatten, next_help_heading = "A kept run")]
    pub(crate) state: StateArgs,
    #[command(flatten)]
    pub(crate) given: GivenArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalOutput {
    /// JSON
    Json,
    /// YAML
    Yaml,
    /// A string without quotes, all else as JSON
    Text,
}

#[derive(Debug, Args)]
pub(crate) struct SendArgs {
    /// The service
    #[arg(value_enum)]
    pub(crate) service: ServiceArg,
    /// The webhook URL: env:VAR, file:PATH, - or the URL itself
    #[arg(
        long,
        env = "BURGEE_URL",
        hide_env_values = true,
        value_name = "SOURCE"
    )]
    pub(crate) url: String,
    /// A text message
    #[arg(long, env = "BURGEE_TEXT", required_unless_present = "message")]
    pub(crate) text: Option<String>,
    /// A full payload, JSON or YAML; - is standard input
    #[arg(
        long,
        env = "BURGEE_MESSAGE",
        value_name = "FILE",
        conflicts_with = "text"
    )]
    pub(crate) message: Option<PathBuf>,
    /// DingTalk's signing secret: env:VAR, file:PATH, - or the secret itself
    #[arg(
        long,
        env = "BURGEE_SECRET",
        hide_env_values = true,
        value_name = "SOURCE"
    )]
    pub(crate) secret: Option<String>,
    /// What to print on standard output
    #[arg(
        short,
        long,
        env = "BURGEE_OUTPUT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub(crate) output: SendOutput,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SendOutput {
    /// A line for people
    Text,
    /// The delivery as JSON
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ServiceArg {
    /// Slack's incoming webhook
    Slack,
    /// DingTalk's custom robot
    #[value(alias = "dingding")]
    Dingtalk,
}

#[derive(Debug, Args)]
pub(crate) struct InboxArgs {
    /// Where to listen; loopback only
    #[arg(
        long,
        env = "BURGEE_LISTEN",
        default_value = "127.0.0.1:7747",
        value_name = "ADDRESS"
    )]
    pub(crate) listen: std::net::SocketAddr,
    /// Require DingTalk signatures made with this secret: env:VAR, file:PATH, - or the secret itself
    #[arg(
        long,
        env = "BURGEE_DINGTALK_SECRET",
        hide_env_values = true,
        value_name = "SOURCE"
    )]
    pub(crate) dingtalk_secret: Option<String>,
    /// Require one of these words in DingTalk messages
    #[arg(long, value_name = "WORD")]
    pub(crate) dingtalk_keyword: Vec<String>,
}

// === impl LangArg ===

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::En => Self::En,
            LangArg::Zh => Self::Zh,
        }
    }
}

// === impl RunOutput ===

impl std::str::FromStr for RunOutput {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            None if text == "text" => Ok(Self::Text),
            None if text == "json" => Ok(Self::Json),
            None if text == "jsonl" => Ok(Self::Jsonl),
            Some(("jsonpath", path)) => Ok(Self::JsonPath(path.to_owned())),
            None | Some(_) => Err("expected text, json, jsonl or jsonpath=EXPR".to_owned()),
        }
    }
}

// === impl ServiceArg ===

impl From<ServiceArg> for burgee_model::Service {
    fn from(arg: ServiceArg) -> Self {
        match arg {
            ServiceArg::Slack => Self::Slack,
            ServiceArg::Dingtalk => Self::Dingding,
        }
    }
}
