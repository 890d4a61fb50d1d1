//! `cargo xtask fixtures`: every case below `fixtures/`, by driving the built binary.
//!
//! A case is a folder `fixtures/FAMILY/NAME` with a `case.yaml`, which says in a line what the case is about and
//! where its expectation comes from. What lies below `fixtures/` and belongs to no case is an error, as is a case that
//! nobody runs: a fixture that checks nothing is worse than none.

mod case;
mod check;
mod difference;
mod eval;
mod examples;
mod family;
mod invocation;
mod json_path;
mod rows;
mod run;
mod scenario;
mod snapshots;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use self::family::Family;
use crate::{
    talk::say,
    workspace::{executable, root},
};

/// The one file below `fixtures/` that is for people.
const GUIDE: &str = "README.md";

/// What every case is given.
pub(crate) struct Setting<'a> {
    /// The binary to drive.
    pub(crate) binary: &'a Path,
    /// Whether expectation files are rewritten.
    pub(crate) bless: bool,
}

/// What is wrong with a case; nothing when it passed.
pub(crate) type Problems = Vec<String>;

/// The counts of the closing line.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// Checks the cases. True when all passed.
pub(crate) fn run(binary: Option<PathBuf>, bless: bool, filter: Option<&str>) -> Result<bool> {
    let binary = match binary {
        Some(binary) => std::path::absolute(&binary).context("--binary")?,
        None => executable(&["build", "--package", "burgee"], "burgee")?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let setting = Setting {
        binary: &binary,
        bless,
    };
    runtime.block_on(all(&root().join("fixtures"), &setting, filter))
}

async fn all(folder: &Path, setting: &Setting<'_>, filter: Option<&str>) -> Result<bool> {
    let mut tally = Tally::default();
    for entry in list(folder)? {
        let name = file_name(&entry);
        if name == GUIDE {
            continue;
        }
        match Family::of(&name).filter(|_| entry.is_dir()) {
            Some(family) => cases(family, &entry, setting, filter, &mut tally).await?,
            None => {
                let unknown = format!(
                    "no family of fixtures is called so: {}",
                    Family::names().join(", ")
                );
                tally.count(&name, vec![unknown]);
            }
        }
    }
    for name in Family::names() {
        if !folder.join(name).is_dir() {
            tally.count(name, vec!["the family has no folder".to_owned()]);
        }
    }
    if filter.is_none() {
        tally.count("docs/examples", examples::unchecked(root())?);
        tally.count("snapshots", snapshots::strays(root())?);
    }
    say(&format!("{} passed, {} failed", tally.passed, tally.failed));
    Ok(tally.failed == 0)
}

async fn cases(
    family: Family,
    folder: &Path,
    setting: &Setting<'_>,
    filter: Option<&str>,
    tally: &mut Tally,
) -> Result<()> {
    if let Family::Rows = family {
        if filter.is_none() {
            tally.count(&file_name(folder), rows::check(folder)?);
        }
        return Ok(());
    }
    for entry in list(folder)? {
        let name = format!("{}/{}", file_name(folder), file_name(&entry));
        if filter.is_some_and(|filter| !name.contains(filter)) {
            continue;
        }
        let problems = if entry.is_dir() {
            family.case(&entry, setting).await
        } else {
            vec!["a case is a folder; this file belongs to none".to_owned()]
        };
        tally.count(&name, problems);
    }
    Ok(())
}

// === impl Tally ===

impl Tally {
    fn count(&mut self, name: &str, problems: Problems) {
        if problems.is_empty() {
            self.passed += 1;
            return;
        }
        self.failed += 1;
        say(&format!("FAILED {name}"));
        for problem in problems {
            for line in problem.lines() {
                say(&format!("    {line}"));
            }
        }
    }
}

/// What a folder holds, sorted: the order of the report does not depend on the file system.
fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("cannot read {}", folder.display());
    let entries = std::fs::read_dir(folder).with_context(unreadable)?;
    let entries = entries.map(|entry| Ok(entry?.path()));
    let mut entries: Vec<PathBuf> = entries.collect::<Result<_>>().with_context(unreadable)?;
    entries.sort();
    Ok(entries)
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
