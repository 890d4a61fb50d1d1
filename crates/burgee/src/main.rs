//! `burgee`: arguments in, ports wired, exit code out. The work is done in the crates.

mod args;
mod cards;
mod commands;
mod console;
mod exit;
mod folder;
mod graph;
mod input;
mod jsonpath;
mod mask;
mod masked;
mod origin;
mod secrets;
mod show;
mod simulation;
mod value_source;
mod view;

use std::{process::ExitCode, sync::Arc};

use burgee_heap::Heap;
use burgee_http::Redactor;
use burgee_source::Lang;
use clap::Parser as _;
use tracing_subscriber::EnvFilter;

use crate::{
    args::Cli,
    commands::Env,
    console::{Console, Log},
    exit::Failure,
};

/// `burgee cue bench` says what is allocated; nothing else has it counted.
#[global_allocator]
static HEAP: Heap = Heap;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(Arc::new(Redactor::default()));
    log(&console);
    let env = Env {
        lang: cli.lang.map_or_else(locale, Lang::from),
        console,
    };
    match commands::dispatch(cli, &env) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            explain(&failure, &env);
            failure.exit.into()
        }
    }
}

/// Logs to standard error, masked, as `RUST_LOG` says; only when it is set.
fn log(console: &Console) {
    let Ok(filter) = EnvFilter::try_from_default_env() else {
        return;
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(Log::new(console))
        .with_ansi(false)
        .init();
}

/// The language of the POSIX locale: the first variable that is set decides.
fn locale() -> Lang {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().filter_map(|name| std::env::var(name).ok());
    let mut set = set.filter(|value| !value.is_empty());
    set.next()
        .map_or(Lang::En, |value| Lang::from_locale(&value))
}

fn explain(failure: &Failure, env: &Env) {
    let (error, hint) = match env.lang {
        Lang::En => ("error: ", "hint: "),
        Lang::Zh => ("错误：", "提示："),
    };
    env.console.say(&format!("{error}{}", failure.message));
    if let Some(text) = &failure.hint {
        env.console.say(&format!("{hint}{text}"));
    }
}
