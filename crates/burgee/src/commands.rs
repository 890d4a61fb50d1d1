//! One file per subcommand: each wires ports together and leaves the work to the crates.

mod check;
mod completions;
mod cue;
mod eval;
mod go_on;
mod inbox;
mod network;
mod plan;
mod run;
mod runs;
mod send;

use burgee_source::{Diagnostic, Lang, Severity, Sources};

use crate::{
    args::{Cli, Command},
    console::Console,
    exit::{Exit, Failure},
    show::{self, Report},
};

/// What every command has.
pub(crate) struct Env {
    /// The streams.
    pub(crate) console: Console,
    /// The language of messages.
    pub(crate) lang: Lang,
}

/// Runs the command.
pub(crate) fn dispatch(cli: Cli, env: &Env) -> Result<Exit, Failure> {
    match cli.command {
        Command::Run(args) => run::run(&args, env),
        Command::Runs(args) => runs::runs(&args, env),
        Command::Show(args) => runs::show(&args, env),
        Command::Logs(args) => runs::logs(&args, env),
        Command::Recover(args) => go_on::recover(&args, env),
        Command::Resume(args) => go_on::resume(&args, env),
        Command::Suspend(args) => go_on::suspend(&args, env),
        Command::Terminate(args) => go_on::terminate(&args, env),
        Command::Restart(args) => go_on::restart_run(&args, env),
        Command::Check(args) => check::check(&args, env),
        Command::Plan(args) => plan::plan(&args, env),
        Command::Eval(args) => eval::eval(&args, env),
        Command::Cue(command) => cue::run(&command, env),
        Command::Send(args) => send::send(&args, env),
        Command::Inbox(args) => inbox::inbox(&args, env),
        Command::Completions { shell } => Ok(completions::completions(shell, env)),
    }
}

/// The runtime of a command that waits for something.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(|error| Failure::usage(format!("cannot start: {error}")))
}

/// Pretty JSON and a line break.
fn json_text(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("plain structs are JSON");
    text.push('\n');
    text
}

impl Env {
    /// Prints problems for people on standard error: errors with the user's lines, the rest in a line each.
    pub(crate) fn explain(&self, problems: &[Diagnostic], sources: &Sources) {
        let sources = self.covered(sources);
        let (errors, rest): (Vec<Diagnostic>, Vec<Diagnostic>) = problems
            .iter()
            .cloned()
            .partition(|problem| problem.severity() == Severity::Error);
        let report = |problems| Report {
            sources: &sources,
            problems,
            lang: self.lang,
        };
        if !rest.is_empty() {
            self.console.say(&show::brief(report(&rest)));
        }
        if !errors.is_empty() {
            let text = show::text(report(&errors), self.console.talk_look());
            self.console.say(text.trim_end());
        }
    }

    /// The same texts with known secrets covered, so that lines can be shown.
    pub(crate) fn covered(&self, sources: &Sources) -> Sources {
        sources.covered(|text| self.console.redactor().cover(text))
    }

    /// One of two texts.
    pub(crate) fn say(&self, en: &str, zh: &str) {
        self.console.say(match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        });
    }
}
