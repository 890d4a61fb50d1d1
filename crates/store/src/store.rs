//! The folder of runs, and the way to all that is in it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use burgee_model::RunId;
use rusqlite::Connection;

use crate::{
    NewRun, Ownership, RunJournal, RunLock, StoreError, journal, look,
    owner::{self, Held, private},
    read::Head,
    schema::{self, beside},
    writer::Writer,
};

/// The longest id of a run.
const LONGEST_ID: usize = 128;

/// Runs on disk: one folder with one SQLite database in it. Cheap to clone; safe with several processes.
///
/// Reading sees all that this process has appended before.
#[derive(Debug, Clone)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    dir: PathBuf,
    path: PathBuf,
    access: Access,
    /// For reading, and for commands, which are synced.
    connection: Mutex<Connection>,
    /// Started with the first run: who only looks needs none.
    writer: OnceLock<Arc<Writer>>,
    starting: Mutex<()>,
}

/// What may be done.
#[derive(Debug)]
enum Access {
    Write,
    Read(#[expect(dead_code, reason = "removes a copy of the database in the end")] look::Looked),
}

// === impl Store ===

impl Store {
    /// Opens the folder, and makes it where it is missing: for its owner alone, as is all that is in it.
    ///
    /// # Errors
    ///
    /// When the system refuses, the database is damaged, of another program, or of a newer Burgee.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        make_dir(dir)?;
        let path = database(dir);
        private()
            .open(&path)
            .map_err(|source| StoreError::file(&path, source))?;
        Self::write(dir, path)
    }

    /// Opens a folder that exists.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open), and when no runs are kept there.
    pub fn open_existing(dir: &Path) -> Result<Self, StoreError> {
        let path = database(dir);
        match path.try_exists() {
            Ok(true) => Self::write(dir, path),
            Ok(false) => Err(StoreError::NoStore {
                dir: dir.to_owned(),
            }),
            Err(source) => Err(StoreError::file(&path, source)),
        }
    }

    /// Opens a folder that exists to look only; works where nothing can be written, on a copied folder too.
    ///
    /// # Errors
    ///
    /// Those of [`open_existing`](Self::open_existing), and when an older Burgee wrote the database.
    pub fn look(dir: &Path) -> Result<Self, StoreError> {
        let path = database(dir);
        let (connection, looked) = look::open(dir, &path)?;
        Ok(Self::new(dir, path, connection, Access::Read(looked)))
    }

    /// Begins a run that is new.
    ///
    /// # Errors
    ///
    /// When the run exists, another process begins it, or nothing can be written.
    pub fn begin(&self, run: &NewRun) -> Result<(RunLock, RunJournal), StoreError> {
        check_id(&run.id)?;
        let writer = self.writer()?;
        let held = self.hold(&run.id);
        // Asked behind the lock: who had it until now may have begun the run.
        if self.kept_head(&run.id)?.is_some() {
            let run = run.id.clone();
            return Err(StoreError::Exists { run });
        }
        let held = Arc::new(held?);
        let journal = RunJournal::begin(writer, Arc::clone(&held), run)?;
        Ok((RunLock::new(held), journal))
    }

    /// Takes a run on that exists, with its state as it was left; `None` where nothing of it was written down.
    ///
    /// # Errors
    ///
    /// When there is no such run, another process carries it on, its records cannot be read, or nothing can be written.
    pub fn take(
        &self,
        run: &RunId,
    ) -> Result<(RunLock, RunJournal, Option<burgee_model::RunState>), StoreError> {
        let writer = self.writer()?;
        self.number(run)?;
        let held = Arc::new(self.hold(run)?);
        let Head {
            number,
            application,
            namespace,
            ..
        } = self.head_of(run)?;
        // Set once: the lock is new.
        let _ = held.number.set(number);
        let (seq, state) = self.fold(run)?;
        let index = journal::index(state.as_ref(), &application, &namespace);
        let journal = RunJournal::go_on(writer, Arc::clone(&held), seq, index);
        Ok((RunLock::new(held), journal, state))
    }

    /// Whether a process carries a run on.
    ///
    /// # Errors
    ///
    /// When the lock cannot be looked at.
    pub fn owner(&self, run: &RunId) -> Result<Ownership, StoreError> {
        check_id(run)?;
        owner::look(&self.locks(), run)
    }

    /// The key for digests of what may be secret. Made with the folder, and copied with it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn key(&self) -> Result<Vec<u8>, StoreError> {
        self.with(|connection| connection.query_row("SELECT key FROM store", (), |row| row.get(0)))
    }

    /// How many transactions the writer of this store has committed.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.0.writer.get().map_or(0, |writer| writer.commits())
    }

    /// The database.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    fn write(dir: &Path, path: PathBuf) -> Result<Self, StoreError> {
        let connection = schema::open(&path)?;
        // Commands are few, and somebody believes them.
        connection
            .execute_batch("PRAGMA synchronous = FULL")
            .map_err(|source| StoreError::database(&path, source))?;
        Ok(Self::new(dir, path, connection, Access::Write))
    }

    fn new(dir: &Path, path: PathBuf, connection: Connection, access: Access) -> Self {
        Self(Arc::new(Inner {
            dir: dir.to_owned(),
            path,
            access,
            connection: Mutex::new(connection),
            writer: OnceLock::new(),
            starting: Mutex::new(()),
        }))
    }

    /// The writer, started when it is first needed.
    pub(crate) fn writer(&self) -> Result<Arc<Writer>, StoreError> {
        self.check_writable()?;
        let inner = &self.0;
        let _one_at_a_time = inner
            .starting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = inner.writer.get() {
            return Ok(Arc::clone(writer));
        }
        make_dir(&self.locks())?;
        let connection = schema::connect(&inner.path)?;
        let writer = Writer::start(connection, &inner.path)
            .map_err(|source| StoreError::file(&inner.path, source))?;
        Ok(Arc::clone(inner.writer.get_or_init(|| Arc::new(writer))))
    }

    pub(crate) fn check_writable(&self) -> Result<(), StoreError> {
        match self.0.access {
            Access::Write => Ok(()),
            Access::Read(_) => Err(StoreError::ReadOnly {
                path: self.0.path.clone(),
            }),
        }
    }

    /// Asks the database.
    pub(crate) fn with<T>(
        &self,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let connection = self
            .0
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        ask(&connection).map_err(|source| StoreError::database(&self.0.path, source))
    }

    /// Waits until the database has what this process has appended so far.
    pub(crate) fn settle(&self) {
        if let Some(writer) = self.0.writer.get() {
            writer.settle();
        }
    }

    fn locks(&self) -> PathBuf {
        self.0.dir.join("runs")
    }

    /// Takes the lock of a run. One that this process has let go is free once the last records are kept.
    fn hold(&self, run: &RunId) -> Result<Held, StoreError> {
        match Held::take(&self.locks(), run) {
            Err(StoreError::Owned { .. }) => {
                self.settle();
                Held::take(&self.locks(), run)
            }
            end => end,
        }
    }
}

/// Whether an id can be the id of a run, and the name of its lock's file.
///
/// # Errors
///
/// When it is empty or too long, or has a character that not every file system takes.
pub fn check_id(run: &RunId) -> Result<(), StoreError> {
    let id = run.as_str();
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let begins = id.starts_with(|c: char| c.is_ascii_alphanumeric());
    match begins && id.len() <= LONGEST_ID && id.chars().all(fits) {
        true => Ok(()),
        false => Err(StoreError::BadId { id: id.to_owned() }),
    }
}

pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join("burgee.db")
}

/// The write-ahead log of a database.
pub(crate) fn log(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// Makes a folder for its owner alone, where it is missing.
fn make_dir(dir: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(dir)
        .map_err(|source| StoreError::file(dir, source))
}
