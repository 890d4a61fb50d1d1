//! Asks a process that answers JSON lines, and survives its death and its silence.
//!
//! Both sides of a comparison speak it: `{"id","src","expr"?}` in, `{"id","json"}` or `{"id","error","kind"}` out, in
//! order. A process that ends or says nothing for too long is started again behind the question that did it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::reply::Reply;

/// How long one answer may take before its process is given up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Answers that wait to be looked at.
const AHEAD: usize = 1024;
/// How many bytes of what a dying process says are kept.
const LAST_WORDS: u64 = 4096;

/// A source to ask about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    /// A CUE file.
    pub(crate) src: &'a str,
    /// An expression in its scope.
    pub(crate) expr: Option<&'a str>,
}

/// How the process is started.
#[derive(Debug, Clone)]
pub(crate) struct Driver {
    program: PathBuf,
    args: Vec<String>,
    patience: Duration,
}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    src: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expr: Option<&'a str>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    id: String,
    #[serde(borrow)]
    json: Option<&'a RawValue>,
    kind: Option<String>,
    error: Option<String>,
}

// === impl Driver ===

impl Driver {
    /// A process that is started when something is asked.
    pub(crate) fn new(program: &Path, args: &[&str]) -> Self {
        Self {
            program: program.to_owned(),
            args: args.iter().map(ToString::to_string).collect(),
            patience: PATIENCE,
        }
    }

    /// One reply for each question, in order.
    pub(crate) fn ask(&self, questions: &[Question<'_>]) -> Result<Vec<Reply>> {
        let mut replies = Vec::with_capacity(questions.len());
        while replies.len() < questions.len() {
            let from = replies.len();
            self.ask_process(&questions[from..], from, &mut replies)?;
        }
        Ok(replies)
    }

    /// Asks one process until all is answered, or a question ended it: then that one is answered too.
    fn ask_process(
        &self,
        questions: &[Question<'_>],
        from: usize,
        replies: &mut Vec<Reply>,
    ) -> Result<()> {
        let mut child = self.start()?;
        let stdin = child.stdin.take().context("a pipe")?;
        let stdout = child.stdout.take().context("a pipe")?;
        let stderr = child.stderr.take().context("a pipe")?;
        let last_words = thread::spawn(move || last_words(stderr));
        thread::scope(|scope| {
            scope.spawn(|| write(stdin, questions, from));
            let answers = read(stdout);
            let end = from + questions.len();
            let failure = loop {
                if replies.len() == end {
                    break Ok(None);
                }
                match answers.recv_timeout(self.patience) {
                    Ok(line) => match reply(&line, replies.len()) {
                        Ok(reply) => replies.push(reply),
                        Err(error) => break Err(error),
                    },
                    Err(RecvTimeoutError::Timeout) => {
                        break Ok(Some(Reply::Silence(self.patience)));
                    }
                    Err(RecvTimeoutError::Disconnected) => break Ok(None),
                }
            };
            if replies.len() < end {
                // Ends the writer too, whose pipe nobody reads any more.
                let _dead_already = child.kill();
            }
            let status = child.wait().context("a process that was started")?;
            let failure = failure?;
            if replies.len() < end {
                let words = last_words.join().unwrap_or_default();
                let words = words.lines().next().unwrap_or_default();
                let crash = || Reply::Crash(format!("{status} {words}"));
                replies.push(failure.unwrap_or_else(crash));
            }
            Ok(())
        })
    }

    fn start(&self) -> Result<Child> {
        let child = Command::new(&self.program)
            .args(&self.args)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        child.with_context(|| format!("cannot start {}", self.program.display()))
    }
}

/// Sends everything; a reader that has gone away ends it.
fn write(mut stdin: ChildStdin, questions: &[Question<'_>], from: usize) {
    let mut text = String::new();
    for (at, question) in questions.iter().enumerate() {
        let line = Line {
            id: (from + at).to_string(),
            src: question.src,
            expr: question.expr,
        };
        text.push_str(&serde_json::to_string(&line).expect("strings are JSON"));
        text.push('\n');
        if text.len() > 32 << 10 || at + 1 == questions.len() {
            if stdin.write_all(text.as_bytes()).is_err() {
                return;
            }
            text.clear();
        }
    }
}

/// The lines that come back.
fn read(stdout: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines() {
            let Ok(line) = line else { return };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

fn last_words(mut stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let _ended = stderr.by_ref().take(LAST_WORDS).read_to_end(&mut kept);
    // The rest is read as well: a full pipe would stop the process.
    let _ended = std::io::copy(&mut stderr, &mut std::io::sink());
    String::from_utf8_lossy(&kept).trim().to_owned()
}

fn reply(line: &str, expected: usize) -> Result<Reply> {
    let answer: Answer<'_> =
        serde_json::from_str(line).with_context(|| format!("no answer: {line}"))?;
    if answer.id != expected.to_string() {
        bail!("an answer to {} came for {expected}", answer.id);
    }
    Ok(match (answer.json, answer.kind) {
        (Some(json), _) => Reply::Value(json.get().to_owned()),
        // serde takes `null` for no JSON at all.
        (None, None) => Reply::Value("null".to_owned()),
        (None, Some(kind)) => Reply::Failure {
            kind,
            error: answer.error.unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process that answers like the others until it is asked something special.
    fn shell() -> Driver {
        let script = r#"while IFS= read -r line; do
            id=${line#*\"id\":\"}; id=${id%%\"*}
            case $line in *die*) echo gone >&2; exit 3;; *hang*) read -r never < /dev/zero;; esac
            echo "{\"id\":\"$id\",\"json\":$id}"
        done"#;
        let mut driver = Driver::new(Path::new("/bin/sh"), &["-c", script]);
        driver.patience = Duration::from_millis(500);
        driver
    }

    #[test]
    #[cfg(unix)]
    fn questions_behind_a_deadly_one_are_answered() {
        let ask = |src| Question { src, expr: None };
        let replies = shell()
            .ask(&[ask("a"), ask("die"), ask("b"), ask("die"), ask("c")])
            .unwrap();
        let sorts: Vec<_> = replies.iter().map(Reply::sort).collect();
        assert_eq!(sorts, ["value", "crash", "value", "crash", "value"]);
        assert_eq!(replies[4], Reply::Value("4".into()));
        assert!(replies[1].to_string().contains("gone"), "{}", replies[1]);
    }
}
