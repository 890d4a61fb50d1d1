//! One process that evaluates many different programs: its memory must not grow.

use std::{
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};

/// When the memory is looked at for the first time: the allocator has what it keeps by then.
const SETTLED: u32 = 100_000;

/// What is said about it.
pub(super) fn run(binary: &Path, programs: u32) -> Result<String> {
    let mut child = Command::new(binary)
        .args(["cue", "export", "--jsonl"])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    let stdin = child.stdin.take().context("a pipe")?;
    let mut answers = BufReader::new(child.stdout.take().context("a pipe")?).lines();
    let start = Instant::now();
    let writer = thread::spawn(move || write(stdin, programs));
    let mut settled = None;
    for program in 0..programs {
        let answer = answers.next().context("an answer for each program")??;
        ensure!(answer.contains("\"json\":"), "{answer}");
        if program + 1 == SETTLED.min(programs) {
            settled = resident(&child);
        }
    }
    let last = resident(&child);
    // The end of its input ends the process.
    drop(writer.join().ok().context("the writer")??);
    let status = child.wait().context("a process that was started")?;
    ensure!(status.success(), "{status}");
    let took = start.elapsed().as_secs_f64();
    let each = took * 1e6 / f64::from(programs);
    let memory = |kib: Option<u64>| match kib {
        Some(kib) => format!("{:.1} MiB", kib as f64 / 1024.0),
        None => "not known: no /proc".to_owned(),
    };
    Ok(format!(
        "\n{programs} different programs in one process: {took:.0} s, {each:.1} µs each; resident after {}: {}, at the end: {}",
        SETTLED.min(programs),
        memory(settled),
        memory(last)
    ))
}

/// Sends them all, and keeps the process waiting for more.
fn write(stdin: ChildStdin, programs: u32) -> std::io::Result<BufWriter<ChildStdin>> {
    let mut stdin = BufWriter::new(stdin);
    for id in 0..programs {
        let line = serde_json::json!({"id": id.to_string(), "src": program(id)});
        writeln!(stdin, "{line}")?;
    }
    stdin.flush()?;
    Ok(stdin)
}

/// Every one has names, texts, numbers and a pattern of its own.
fn program(id: u32) -> String {
    match id % 4 {
        0 => format!("a{id}: {id}, b: a{id} + 1, c: \"x\\(b)\""),
        1 => format!("#D: {{f{id}: int & >{id}, g?: string}}\nx: #D & {{f{id}: {id} + 1}}"),
        2 => format!(
            "a: \"v{id}\" & =~\"^v{id}$\", b: *{id} | string, l: [for i in [1, 2] {{i * {id}}}]"
        ),
        _ => format!(
            "import \"strings\"\nm: {{for k in [\"k{id}\", \"j\"] {{(k): strings.ToUpper(k)}}}}"
        ),
    }
}

/// What the process occupies, in KiB.
fn resident(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_program_comes_twice() {
        let programs: HashSet<String> = (0..1000).map(program).collect();
        assert_eq!(programs.len(), 1000);
    }
}
