//! `cargo xtask fuzz`: odd texts, for minutes or hours, against the properties in `fuzz/`.
//!
//! It makes seeds of the project's own cases, and runs libFuzzer through `cargo fuzz` (`cargo install cargo-fuzz`; a C++
//! compiler). There is no unsafe code to watch, so no sanitizer, and thereby no nightly toolchain, is needed. What was found
//! to lead to new places stays in `fuzz/corpus`, what breaks a property in `fuzz/artifacts`.

mod seeds;

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::{
    talk::say,
    workspace::{cargo, root},
};

/// A text that takes longer hangs; one that takes more memory has no bound.
const BOUNDS: [&str; 3] = ["-timeout=20", "-rss_limit_mb=2048", "-malloc_limit_mb=1024"];

/// What is run, and how long.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The targets, one after the other [default: all of them]
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// How long each of them runs
    #[arg(long, default_value_t = 30, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// The longest text that is tried, in bytes
    #[arg(long, default_value_t = 4096, value_name = "BYTES")]
    max_length: usize,
}

/// Runs the targets. True when nothing was found.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let folder = root().join("fuzz");
    let all = targets(&folder)?;
    if let Some(unknown) = options.targets.iter().find(|name| !all.contains(name)) {
        bail!("there is no target {unknown}; there are {}", all.join(", "));
    }
    let chosen = match options.targets.is_empty() {
        true => &all,
        false => &options.targets,
    };
    for target in chosen {
        let count = seeds::write(target, &folder.join("corpus").join(target))?;
        say(&format!("==> {target}: {count} seeds"));
        if !fuzz(target, options)? {
            say(&format!(
                "failed: {target}; the text lies in fuzz/artifacts/{target}"
            ));
            return Ok(false);
        }
    }
    Ok(true)
}

fn fuzz(target: &str, options: &Options) -> Result<bool> {
    let mut command = cargo();
    command
        .args(["fuzz", "run", "--sanitizer", "none", target, "--"])
        .arg(format!("-dict={}", root().join("fuzz/cue.dict").display()))
        .arg(format!("-max_total_time={}", options.minutes * 60))
        .arg(format!("-max_len={}", options.max_length))
        .arg("-print_final_stats=1")
        .args(BOUNDS);
    Ok(command.status().context("cannot start cargo")?.success())
}

/// One for each file of the folder.
fn targets(folder: &Path) -> Result<Vec<String>> {
    let folder = folder.join("fuzz_targets");
    let unreadable = || format!("cannot read {}", folder.display());
    let mut targets = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into()));
    }
    targets.sort();
    Ok(targets)
}
