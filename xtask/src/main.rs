//! Project tasks, run as `cargo xtask TASK`: what CI runs, the benchmark of a whole run, and its crashes.
//!
//! `fixtures` and `conformance` look at the built binary from outside, the way a user does; nothing here links a crate
//! of the product but `crash`, which reads the journal while it is written.

mod bench;
mod ci;
mod conformance;
mod crash;
mod fixtures;
mod fuzz;
mod server;
mod simulate;
mod talk;
mod workspace;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// Project tasks
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Check every case below fixtures/
    Fixtures {
        /// Write what the binary says into expected.json and expected.err; read the difference before you commit it
        #[arg(long)]
        bless: bool,
        /// The binary to drive [default: build it]
        #[arg(long, value_name = "PATH")]
        binary: Option<PathBuf>,
        /// Only cases whose `family/name` contains this
        filter: Option<String>,
    },
    /// Compare `burgee cue` with the stored answers of CUE below fixtures/cue
    Conformance(conformance::Options),
    /// Try odd texts on the CUE crate, for as long as you like
    Fuzz(fuzz::Options),
    /// Run random workflows on a virtual clock and check what must hold of every run
    Simulate(simulate::Options),
    /// Kill runs, recover them, and count what was sent
    Crash(crash::Options),
    /// Exactly what CI runs
    Ci,
    /// Time a whole run against a minimal client that sends the same two requests
    #[command(args_conflicts_with_subcommands = true)]
    Bench {
        #[command(subcommand)]
        what: Option<Bench>,
        /// Pairs of processes that count
        #[arg(long, default_value_t = 30, value_name = "N")]
        pairs: usize,
    },
}

/// What is measured instead of a whole run
#[derive(Debug, Subcommand)]
enum Bench {
    /// Compare the speed and the memory of CUE with those of a real one
    Cue(bench::cue::Options),
    /// The engine: whole processes, and runs by the thousand, journals on disk
    Engine,
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Fixtures {
            bless,
            binary,
            filter,
        } => fixtures::run(binary, bless, filter.as_deref()),
        Task::Conformance(options) => conformance::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Simulate(options) => simulate::run(&options),
        Task::Crash(options) => crash::run(&options),
        Task::Ci => ci::run(),
        Task::Bench { what: None, pairs } => bench::run(pairs),
        Task::Bench {
            what: Some(Bench::Cue(options)),
            ..
        } => bench::cue::run(&options),
        Task::Bench {
            what: Some(Bench::Engine),
            ..
        } => bench::engine::run(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            talk::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
