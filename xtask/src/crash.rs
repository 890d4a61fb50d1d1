//! `cargo xtask crash`: real runs, killed over and over, recovered, and what was sent counted.
//!
//! The binary runs workflows against a service on loopback that counts. It is killed (SIGKILL) as soon as its journal has
//! a given number of records, at random moments, and while the service holds an answer back; recoveries are killed too. Then
//! the run is carried on to its end, now and then by two processes at once, and `check` compares three things that must
//! agree: the report, the journal, and what the service has counted. `docs/reliability.md` has figures.

mod check;
mod moment;
mod service;
mod stage;
mod table;
mod trial;
mod workflow;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use clap::Args;

use self::{
    moment::Moment,
    stage::Setting,
    table::Row,
    trial::{Finding, trial},
    workflow::Workflow,
};
use crate::{talk::say, workspace::product};

/// Runs that ended before they were killed, for each kill that is wanted: more would mean that no kill comes in time.
const MISSES: u32 = 4;
/// Faults that are told in full.
const TOLD: usize = 20;

/// How often, and what.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Kills altogether
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    kills: u32,
    /// Where the choice of moments begins; the machine adds its own chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// The binary to drive [default: build it, optimised]
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

/// Kills, and prints tables in Markdown. True when nothing was lost, sent twice, or otherwise wrong.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let binary = match &options.binary {
        Some(binary) => std::path::absolute(binary).context("--binary")?,
        None => product()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("cannot start the service")?;
    let setting = Setting {
        binary: &binary,
        runtime: &runtime,
    };
    let mut chance = fastrand::Rng::with_seed(options.seed);
    let mut rows = Vec::new();
    for workflow in Workflow::all() {
        // What is killed must be known to work.
        let whole = trial(&setting, &workflow, Vec::new(), false, &mut chance)?;
        ensure!(
            whole.faults.is_empty() && !whole.unknown,
            "{} does not even work when nobody kills it: {:?}",
            workflow.name,
            whole.faults
        );
        rows.push(Row::new(workflow, whole));
    }
    let most = options.kills.saturating_mul(1 + MISSES);
    let mut runs = 0;
    while rows.iter().map(Row::kills).sum::<u32>() < options.kills {
        ensure!(runs < most, "{runs} runs, and too few of them in time");
        for row in &mut rows {
            let moments = Moment::some(row.whole(), runs, &mut chance);
            // Now and then a message that may have arrived is sent again: then every one must arrive.
            let resend = runs % 4 == 3;
            let finding = trial(&setting, row.workflow(), moments, resend, &mut chance)?;
            row.add(finding);
        }
        runs += 1;
    }
    table::print(&rows);
    let faults: Vec<&String> = rows.iter().flat_map(Row::faults).collect();
    for fault in faults.iter().take(TOLD) {
        say(&format!("\n{fault}"));
    }
    Ok(faults.is_empty())
}
