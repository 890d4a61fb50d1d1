//! Who owns a run: an exclusive lock of the operating system on `runs/ID.lock`. The kernel frees it when the process
//! ends, however it ends. What is written in the file is for people.

use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use burgee_model::RunId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// How often a lock is tried for: who only asks for the owner holds it for an instant.
const TRIES: u32 = 100;

/// More than what [`Owner`] takes.
const LONGEST: u64 = 4096;

/// The process that carries a run on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The process.
    pub process: u32,
    /// The machine.
    pub host: String,
    /// Since when.
    pub since: Timestamp,
}

/// Whether a process carries a run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ownership {
    /// None does.
    Free,
    /// One does; which, as far as it has written that down.
    Held(Option<Owner>),
}

/// The right to carry a run on. No other process has it while this lives, or a [`RunJournal`](crate::RunJournal) that came
/// with it, or a record of theirs is on its way to the disk.
#[derive(Debug)]
pub struct RunLock(Arc<Held>);

/// The lock, and what the writer must know of the run.
#[derive(Debug)]
pub(crate) struct Held {
    /// Which run.
    pub(crate) run: RunId,
    /// Its number in the database; the writer gives it to a run that is new.
    pub(crate) number: OnceLock<i64>,
    owner: Owner,
    /// Locked as long as it is open.
    _file: File,
}

// === impl Owner ===

impl Owner {
    /// This process, from now on.
    #[must_use]
    pub fn this_process() -> Self {
        Self {
            process: std::process::id(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            since: Timestamp::now(),
        }
    }

    /// What is written in a lock that another process holds. One that has just taken it is about to write it.
    fn read(file: &mut File) -> Option<Self> {
        (0..TRIES).find_map(|_| {
            let owner = Self::read_once(file);
            if owner.is_none() {
                std::thread::yield_now();
            }
            owner
        })
    }

    fn read_once(file: &mut File) -> Option<Self> {
        let mut text = String::new();
        file.rewind().ok()?;
        file.take(LONGEST).read_to_string(&mut text).ok()?;
        serde_json::from_str(&text).ok()
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            process,
            host,
            since,
        } = self;
        write!(f, "process {process} on {host} since {since:.0}")
    }
}

// === impl RunLock ===

impl RunLock {
    pub(crate) fn new(held: Arc<Held>) -> Self {
        Self(held)
    }

    /// The run.
    #[must_use]
    pub fn run(&self) -> &RunId {
        &self.0.run
    }

    /// What is written in the lock: this process.
    #[must_use]
    pub fn owner(&self) -> &Owner {
        &self.0.owner
    }
}

// === impl Held ===

impl Held {
    /// Takes the lock of a run.
    pub(crate) fn take(locks: &Path, run: &RunId) -> Result<Self, StoreError> {
        let path = path(locks, run);
        let failed = |source| StoreError::file(&path, source);
        let mut file = private().read(true).open(&path).map_err(failed)?;
        if !try_often(|| file.try_lock()).map_err(failed)? {
            let owner = Owner::read(&mut file);
            let run = run.clone();
            return Err(StoreError::Owned { run, owner });
        }
        let owner = Owner::this_process();
        write(&mut file, &owner).map_err(failed)?;
        Ok(Self {
            run: run.clone(),
            number: OnceLock::new(),
            owner,
            _file: file,
        })
    }
}

/// Whether somebody holds the lock of a run.
pub(crate) fn look(locks: &Path, run: &RunId) -> Result<Ownership, StoreError> {
    let path = path(locks, run);
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Ownership::Free),
        Err(error) => return Err(StoreError::file(&path, error)),
    };
    let free = try_often(|| file.try_lock_shared());
    match free.map_err(|source| StoreError::file(&path, source))? {
        true => Ok(Ownership::Free),
        false => Ok(Ownership::Held(Owner::read(&mut file))),
    }
}

/// A file for its owner alone, made where it is missing.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Every id is a file's name: [`check_id`](crate::check_id) sees to it.
fn path(locks: &Path, run: &RunId) -> PathBuf {
    locks.join(format!("{run}.lock"))
}

fn try_often(lock: impl Fn() -> Result<(), TryLockError>) -> io::Result<bool> {
    for _ in 0..TRIES {
        match lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}

fn write(file: &mut File, owner: &Owner) -> io::Result<()> {
    let text = serde_json::to_string(owner)?;
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{text}")
}
