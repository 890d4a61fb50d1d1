//! Both sides of the comparison: each measures a piece of work in a process of its own.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use tempfile::TempDir;

use super::work::Work;

/// What a round took: medians of its runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    /// From text to JSON.
    pub(super) ns: f64,
    /// With the program compiled.
    pub(super) compiled_ns: f64,
    /// Allocated from text to JSON.
    pub(super) bytes: f64,
}

/// The real CUE.
pub(super) struct Theirs<'a>(&'a Path);

/// Burgee's.
pub(super) struct Ours<'a> {
    binary: &'a Path,
    /// The text lies there.
    file: PathBuf,
    _folder: TempDir,
}

/// What the oracle says, besides the value.
#[derive(Deserialize)]
struct Answer {
    ns: f64,
    alloc_bytes: f64,
}

/// What `burgee cue bench` prints.
#[derive(Deserialize)]
struct Bench {
    median_ns: f64,
    compiled_median_ns: f64,
    alloc_bytes: f64,
}

// === impl Theirs ===

impl<'a> Theirs<'a> {
    pub(super) const fn new(oracle: &'a Path) -> Self {
        Self(oracle)
    }

    /// `None` where nothing is asked.
    pub(super) fn measure(&self, work: &Work) -> Result<Option<Figures>> {
        if work.runs_there == 0 {
            return Ok(None);
        }
        let mut question = serde_json::json!({"id": "1", "src": work.src});
        if let Some(expr) = work.expr {
            question["expr"] = expr.into();
        }
        let mut command = Command::new(self.0);
        command.args(["-bench", &work.runs_there.to_string()]);
        let said = answer(command, &format!("{question}\n"))?;
        let answer: Answer = serde_json::from_str(&said).context("the oracle's answer")?;
        Ok(Some(Figures {
            ns: answer.ns,
            compiled_ns: f64::NAN,
            bytes: answer.alloc_bytes,
        }))
    }
}

// === impl Ours ===

impl<'a> Ours<'a> {
    pub(super) fn new(binary: &'a Path) -> Result<Self> {
        let folder = TempDir::new().context("a folder for the texts")?;
        Ok(Self {
            binary,
            file: folder.path().join("work.cue"),
            _folder: folder,
        })
    }

    pub(super) fn measure(&self, work: &Work) -> Result<Figures> {
        std::fs::write(&self.file, &work.src).context("a text to measure")?;
        let mut command = Command::new(self.binary);
        command.args(["cue", "bench", "--runs", &work.runs_here.to_string()]);
        command.arg(&self.file);
        if let Some(expr) = work.expr {
            command.args(["-e", expr]);
        }
        let said = answer(command, "")?;
        let bench: Bench = serde_json::from_str(&said).context("what `burgee cue bench` says")?;
        Ok(Figures {
            ns: bench.median_ns,
            compiled_ns: bench.compiled_median_ns,
            bytes: bench.alloc_bytes,
        })
    }
}

/// What a process prints when it reads this.
fn answer(mut command: Command, input: &str) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let mut stdin = child.stdin.take().context("a pipe")?;
    // One that does not read its input closes the pipe: its exit code tells.
    let _closed = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().context(name.clone())?;
    ensure!(output.status.success(), "{name}: {}", output.status);
    String::from_utf8(output.stdout).context(name)
}
