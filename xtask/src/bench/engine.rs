//! `cargo xtask bench engine`: whole processes whose steps do nothing but set a message, journals on disk; then what the
//! engine takes without a process (`crates/engine/benches/engine.rs`).

use std::{fmt::Write as _, path::Path};

use anyhow::{Context as _, Result};

use super::{contender::Contender, figures::Figures};
use crate::{
    talk::say,
    workspace::{cargo, product},
};

/// Processes that count, behind one that fills the caches.
const ROUNDS: usize = 10;
/// Processes whose memory is measured.
const MEMORY: usize = 3;

/// Measures, and prints a table in Markdown.
pub(crate) fn run() -> Result<bool> {
    let burgee = product()?;
    let folder = tempfile::tempdir().context("a folder")?;
    say("| process | min | median | max | peak memory |");
    say("|---|---|---|---|---|");
    for (name, manifest) in [
        ("100 steps, one after another", in_order(100)),
        ("1,000 steps in ten layers", in_layers(1_000)),
        ("10,000 steps in ten layers", in_layers(10_000)),
    ] {
        let file = folder.path().join("manifest.yaml");
        std::fs::write(&file, manifest).context("a manifest")?;
        let state = folder.path().join("state");
        measure(&Contender::steps(name, burgee.clone(), &file, &state))?;
    }
    say("");
    let mut bench = cargo();
    bench.args([
        "bench",
        "--quiet",
        "--package",
        "burgee-engine",
        "--bench",
        "engine",
    ]);
    Ok(bench.status().context("cannot start cargo")?.success())
}

fn measure(contender: &Contender) -> Result<()> {
    contender.try_out()?;
    let mut times = Figures::default();
    for _ in 0..ROUNDS {
        times.push(contender.time()?);
    }
    let memory = contender.memory(MEMORY)?;
    let memory = memory.map_or_else(
        || "not measured: no GNU time".to_owned(),
        |kib| format!("{:.1} MiB", kib as f64 / 1024.0),
    );
    say(&format!("| {} | {times} | {memory} |", contender.name()));
    Ok(())
}

fn application(workflow: &str) -> String {
    format!(
        "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {{name: bench}}\nspec:\n  components: []\n  workflow:\n{workflow}"
    )
}

fn in_order(count: usize) -> String {
    let mut steps = "    steps:\n".to_owned();
    for number in 0..count {
        step(&mut steps, number, "");
    }
    application(&steps)
}

/// Ten layers, each step of which waits for two of the layer before it.
fn in_layers(count: usize) -> String {
    let width = count / 10;
    let mut steps = "    mode: {steps: DAG}\n    steps:\n".to_owned();
    for number in 0..count {
        let (layer, place) = (number / width, number % width);
        let before = layer.saturating_sub(1) * width;
        let (one, other) = (before + place, before + (place * 7 + 3) % width);
        let depends = match layer {
            0 => String::new(),
            _ if one == other => format!(", dependsOn: [s{one}]"),
            _ => format!(", dependsOn: [s{one}, s{other}]"),
        };
        step(&mut steps, number, &depends);
    }
    application(&steps)
}

fn step(steps: &mut String, number: usize, depends: &str) {
    let _ = writeln!(
        steps,
        "    - {{name: s{number}, type: print-message-in-status{depends}, properties: {{message: m}}}}"
    );
}

// === impl Contender ===

impl Contender {
    /// `burgee run` on a manifest without messages.
    fn steps(
        name: &'static str,
        program: std::path::PathBuf,
        manifest: &Path,
        state: &Path,
    ) -> Self {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        Self::new(
            name,
            program,
            vec!["run".to_owned(), text(manifest)],
            vec![("BURGEE_STATE", text(state))],
        )
    }
}
