//! Runs the binary in a folder of its own with an empty environment.

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// A folder and the environment that the binary gets.
pub(crate) struct Env {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// What the binary did.
#[must_use]
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// How often a run is looked at until it is as wanted. Each look is a process.
const LOOKS: u32 = 2000;

/// The mission's manifest.
pub(crate) const EXAMPLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/examples/first-vela-workflow.yaml"
);

// === impl Env ===

impl Env {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().expect("a folder"),
            variables: vec![("LC_ALL".into(), "C.UTF-8".into())],
        }
    }

    /// Sets a variable.
    pub(crate) fn var(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        let parent = path.parent().expect("a folder above");
        std::fs::create_dir_all(parent).expect("folders");
        std::fs::write(&path, content).expect("a file");
        path.display().to_string()
    }

    /// Where it keeps its runs.
    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// Asks for the report of a run until it is as wanted, for as long as a slow machine may take.
    #[track_caller]
    pub(crate) fn until(
        &self,
        run: &str,
        wanted: impl Fn(&serde_json::Value) -> bool,
    ) -> serde_json::Value {
        let mut last = String::new();
        for _ in 0..LOOKS {
            let out = self.run(&["show", run, "-o", "json"]);
            if out.code == 0 {
                let report = out.json();
                if wanted(&report) {
                    return report;
                }
            }
            last = out.stdout + &out.stderr;
        }
        panic!("run {run} does not come to what is waited for: {last}")
    }

    /// Runs the binary.
    pub(crate) fn run<S: AsRef<str>>(&self, args: &[S]) -> Output {
        self.run_with_input(args, "")
    }

    /// Runs the binary with something on its standard input.
    pub(crate) fn run_with_input<S: AsRef<str>>(&self, args: &[S], input: &str) -> Output {
        let mut child = self.start(args);
        let mut stdin = child.stdin.take().expect("a pipe");
        // A binary that does not read its input closes the pipe: no fault of the test.
        let _closed = stdin.write_all(input.as_bytes());
        drop(stdin);
        Output::of(child)
    }

    /// Starts the binary and leaves it running.
    pub(crate) fn start<S: AsRef<str>>(&self, args: &[S]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_burgee"))
            .args(args.iter().map(AsRef::as_ref))
            .env_clear()
            .env("BURGEE_STATE", self.folder.path().join("state"))
            .envs(self.variables.iter().cloned())
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts")
    }
}

/// Presses Ctrl-C; once that is heard, lets happen what the process waits for, and gives its end.
#[cfg(unix)]
pub(crate) fn interrupt(mut child: Child, then: impl FnOnce()) -> Output {
    use std::io::{BufRead as _, BufReader, Read as _};
    let mut said = BufReader::new(child.stderr.take().expect("a pipe"));
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill runs").success());
    let mut stderr = String::new();
    while !stderr.contains("interrupted: ") {
        let read = said.read_line(&mut stderr).expect("UTF-8");
        assert!(read > 0, "it ends and has not heard the signal: {stderr}");
    }
    then();
    said.read_to_string(&mut stderr).expect("UTF-8");
    Output {
        stderr,
        ..Output::of(child)
    }
}

/// Kills a process, and waits until it has gone.
pub(crate) fn kill(mut child: Child) {
    child.kill().expect("it can be killed");
    let status = child.wait().expect("it ends");
    assert!(!status.success(), "it had ended before");
}

// === impl Output ===

impl Output {
    /// Waits for the end of a started binary.
    pub(crate) fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("the binary ends");
        Self {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Asserts the exit code and shows everything when it is another one.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "\nstdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        let parsed = serde_json::from_str(&self.stdout);
        parsed.unwrap_or_else(|error| {
            panic!("{error}\nstdout: {}\nstderr: {}", self.stdout, self.stderr)
        })
    }

    /// Asserts that a text is in neither stream.
    #[track_caller]
    pub(crate) fn never_shows(&self, text: &str) {
        assert!(
            !self.stdout.contains(text),
            "on standard output: {}",
            self.stdout
        );
        assert!(
            !self.stderr.contains(text),
            "on standard error: {}",
            self.stderr
        );
    }
}
