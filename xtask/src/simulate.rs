//! `cargo xtask simulate`: random workflows on a virtual clock, as many as one likes, checked against what must hold of
//! every run; some of them cut off at each record of their journal and taken up again.
//!
//! The runs are those of the engine's tests (`crates/engine/tests/engine/simulate.rs`), which make a few thousand in every
//! build. A run that does not hold is named by its seed.

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{talk::say, workspace::cargo};

/// How many, and which.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Random workflows
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    runs: u64,
    /// The seed of the first; the others follow
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,
}

/// Simulates. True when everything held.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let Options { runs, seed } = options;
    say(&format!(
        "{runs} workflows from seed {seed}; {} of them twice, {} of them cut off at every record",
        runs / 20,
        runs / 40
    ));
    let mut tests = cargo();
    tests
        .args("test --release --package burgee-engine --test engine simulate".split(' '))
        .env("BURGEE_SIMULATE_RUNS", runs.to_string())
        .env("BURGEE_SIMULATE_SEED", seed.to_string());
    Ok(tests.status().context("cannot start cargo")?.success())
}
