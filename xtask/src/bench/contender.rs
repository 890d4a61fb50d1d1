//! One of the two processes that are compared.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};

use super::service::Service;

/// GNU time tells a process's peak memory; a small program itself, it adds nothing to it.
const GNU_TIME: &str = "/usr/bin/time";

/// What is started, over and over.
pub(super) struct Contender {
    name: &'static str,
    program: PathBuf,
    args: Vec<String>,
    env: Vec<(&'static str, String)>,
}

// === impl Contender ===

impl Contender {
    /// A process with its arguments and its whole environment.
    pub(super) const fn new(
        name: &'static str,
        program: PathBuf,
        args: Vec<String>,
        env: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            name,
            program,
            args,
            env,
        }
    }

    /// The whole run.
    pub(super) fn burgee(
        program: PathBuf,
        manifest: &Path,
        state: &Path,
        service: &Service,
    ) -> Self {
        let manifest = manifest.to_string_lossy();
        let args = [
            "run",
            &manifest,
            "--set-from",
            "dingtalk-message.dingding.url=env:DINGTALK_URL",
            "--set-from",
            "slack-message.slack.url=env:SLACK_URL",
        ];
        Self {
            name: "`burgee run`",
            program,
            args: args.map(str::to_owned).to_vec(),
            env: vec![
                ("BURGEE_STATE", state.to_string_lossy().into_owned()),
                ("DINGTALK_URL", service.dingtalk()),
                ("SLACK_URL", service.slack()),
            ],
        }
    }

    /// The minimal client.
    pub(super) fn client(program: PathBuf, service: &Service) -> Self {
        Self {
            name: "minimal client",
            program,
            args: vec![service.dingtalk(), service.slack()],
            env: Vec::new(),
        }
    }

    /// Its name for people.
    pub(super) const fn name(&self) -> &'static str {
        self.name
    }

    /// Starts it once, untimed; when it fails, with what it says about that.
    pub(super) fn try_out(&self) -> Result<()> {
        let mut command = self.command(&self.program);
        let output = command.stderr(Stdio::piped()).output();
        let output = output.with_context(|| self.program.display().to_string())?;
        let (status, said) = (output.status, String::from_utf8_lossy(&output.stderr));
        ensure!(status.success(), "{}: {status}\n{said}", self.name);
        Ok(())
    }

    /// From before it is started until after it has ended.
    pub(super) fn time(&self) -> Result<Duration> {
        let mut command = self.command(&self.program);
        let start = Instant::now();
        let status = command
            .status()
            .with_context(|| self.program.display().to_string())?;
        let took = start.elapsed();
        ensure!(status.success(), "{}: {status}", self.name);
        Ok(took)
    }

    /// The largest resident set of a few processes, in KiB; `None` where nothing can tell.
    pub(super) fn memory(&self, processes: usize) -> Result<Option<u64>> {
        if !Path::new(GNU_TIME).exists() {
            return Ok(None);
        }
        let mut largest = 0;
        for _ in 0..processes {
            let mut command = self.command(Path::new(GNU_TIME));
            let output = command.stderr(Stdio::piped()).output().context(GNU_TIME)?;
            ensure!(output.status.success(), "{}: {}", self.name, output.status);
            let said = String::from_utf8_lossy(&output.stderr);
            let kib = said.lines().last().and_then(|line| line.parse().ok());
            largest = largest.max(kib.with_context(|| format!("{GNU_TIME} said {said:?}"))?);
        }
        Ok(Some(largest))
    }

    /// The process itself, or GNU time around it.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if program != self.program {
            command.args(["-f", "%M"]).arg(&self.program);
        }
        command
            .args(&self.args)
            .env_clear()
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}
