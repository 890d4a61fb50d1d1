//! What a target begins with.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{conformance::sources, workspace::root};

/// What stands between the arguments of a call: the target `library` splits its texts there.
const BETWEEN: &str = "\u{1}";

/// Writes the seeds of a target into its corpus, and says how many there are.
pub(super) fn write(target: &str, corpus: &Path) -> Result<usize> {
    let seeds = match target {
        "library" => calls()?,
        _ => sources()?,
    };
    std::fs::create_dir_all(corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    for (number, seed) in seeds.iter().enumerate() {
        let path = corpus.join(format!("seed-{number:05}"));
        std::fs::write(&path, seed).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(seeds.len())
}

/// The calls of `fuzz/calls.jsonl`, each with its arguments.
fn calls() -> Result<Vec<String>> {
    let path = root().join("fuzz/calls.jsonl");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut calls = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let call: Vec<String> =
            serde_json::from_str(line).with_context(|| format!("{}:{number}", path.display()))?;
        let (call, arguments) = call.split_first().context("a line without a call")?;
        calls.push(format!("{call}\n{}", arguments.join(BETWEEN)));
    }
    Ok(calls)
}
