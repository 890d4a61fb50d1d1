//! Where one run takes place: its folder, its service, and the processes that carry it on.

use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use burgee_model::{Report, RunId, Stamped};
use burgee_store::{Store, StoreError};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{
    moment::{LONGEST, pause},
    service::Service,
    workflow::{DINGTALK, SLACK, Workflow},
};

/// The id of every run: each has a folder of its own.
const RUN: &str = "crashed";
/// With what runs are made.
pub(super) struct Setting<'a> {
    /// The binary.
    pub(super) binary: &'a Path,
    /// Where the service runs.
    pub(super) runtime: &'a Runtime,
}

/// The stage of one run.
pub(super) struct Stage<'a> {
    setting: &'a Setting<'a>,
    /// What is run.
    pub(super) workflow: &'a Workflow,
    /// What is told.
    pub(super) service: Service,
    /// Where all of it is.
    pub(super) folder: TempDir,
    /// The run.
    pub(super) run: RunId,
}

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It begins.
    Begin,
    /// What was left is taken up.
    Recover,
    /// What is suspended goes on.
    Resume,
}

// === impl Stage ===

impl<'a> Stage<'a> {
    /// Writes the manifest, and starts the service.
    pub(super) fn set(setting: &'a Setting<'a>, workflow: &'a Workflow) -> Result<Self> {
        let service = Service::start(setting.runtime)?;
        let folder = tempfile::tempdir().context("cannot make a folder")?;
        let manifest = workflow.manifest.replace("BASE", &service.url());
        std::fs::write(folder.path().join("app.yaml"), manifest).context("app.yaml")?;
        Ok(Self {
            setting,
            workflow,
            service,
            folder,
            run: RUN.into(),
        })
    }

    /// The report, as a user gets it.
    pub(super) fn report(&self) -> Result<Report> {
        let show = ["show", RUN, "-o", "json"].map(str::to_owned);
        let output = wait(self.spawn(&show)?)?;
        let said = String::from_utf8_lossy(&output.stderr);
        serde_json::from_slice(&output.stdout).with_context(|| format!("`show` said {said}"))
    }

    /// The records; `None` while nothing is known of the run. They must fold.
    pub(super) fn records(&self) -> Result<Option<Vec<Stamped>>> {
        let records = Store::look(&self.state()).and_then(|store| {
            let records = store.records(&self.run, 0)?;
            if !records.is_empty() {
                store.state(&self.run)?;
            }
            Ok(records)
        });
        match records {
            Ok(records) => Ok(Some(
                records.into_iter().map(|(_, record)| record).collect(),
            )),
            Err(StoreError::NoStore { .. } | StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error).context("the journal cannot be read"),
        }
    }

    /// Starts a process that carries the run on.
    pub(super) fn start(&self, next: Next, resend: bool) -> Result<Child> {
        let mut args: Vec<String> = match next {
            Next::Begin => vec!["run".into(), "app.yaml".into(), "--run-id".into()],
            Next::Recover => vec!["recover".into()],
            Next::Resume => vec!["resume".into()],
        };
        args.push(RUN.to_owned());
        match next {
            Next::Begin => args.extend(self.workflow.flags.iter().map(|flag| (*flag).to_owned())),
            Next::Recover | Next::Resume if resend => args.push("--on-unknown=resend".to_owned()),
            Next::Recover | Next::Resume => {}
        }
        self.spawn(&args)
    }

    fn spawn(&self, args: &[String]) -> Result<Child> {
        let url = self.service.url();
        Command::new(self.setting.binary)
            .args(args)
            .arg("--state")
            .arg(self.state())
            .env_clear()
            .env("DINGTALK_URL", format!("{url}{DINGTALK}"))
            .env("SLACK_URL", format!("{url}{SLACK}"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| self.setting.binary.display().to_string())
    }

    /// The folder of runs.
    pub(super) fn state(&self) -> std::path::PathBuf {
        self.folder.path().join("state")
    }
}

/// Waits for an end. What a run prints fits into a pipe.
pub(super) fn wait(mut child: Child) -> Result<Output> {
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() > LONGEST {
            child.kill()?;
            break;
        }
        pause(Duration::from_millis(1));
    }
    child.wait_with_output().context("a process ends")
}
