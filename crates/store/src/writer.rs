//! The writer: one thread that puts what all runs of the process say into the database. It takes everything that waits into
//! one transaction, so a thousand runs at once cost few commits; and if somebody waits for the disk, that
//! transaction is synced, and with it all the ones before.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::JoinHandle,
};

use burgee_model::{BoxFuture, JournalError};
use futures_channel::oneshot;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::{
    CommandId, StoreError,
    queue::{Job, Queue, Waiter},
    rows, schema,
};

/// The thread, and the way to it.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Arc<Queue>,
    commits: Arc<AtomicU64>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What the thread works with.
struct Work {
    connection: Connection,
    path: PathBuf,
    queue: Arc<Queue>,
    commits: Arc<AtomicU64>,
    mode: Mode,
    /// Something was committed since the disk was last synced.
    unsynced: bool,
}

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Normal,
    Full,
}

// === impl Writer ===

impl Writer {
    /// Starts the thread on a connection of its own.
    pub(crate) fn start(connection: Connection, path: &Path) -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let commits = Arc::new(AtomicU64::new(0));
        let work = Work {
            connection,
            path: path.to_owned(),
            queue: Arc::clone(&queue),
            commits: Arc::clone(&commits),
            mode: Mode::Normal,
            unsynced: false,
        };
        let thread = std::thread::Builder::new().name("burgee-store".to_owned());
        let thread = Mutex::new(Some(thread.spawn(move || work.run())?));
        Ok(Self {
            queue,
            commits,
            thread,
        })
    }

    /// Hands something to the thread.
    pub(crate) fn add(&self, job: Job) -> Result<(), JournalError> {
        self.queue.add(job)
    }

    /// Ends when everything so far is on the disk.
    pub(crate) fn sync(&self) -> BoxFuture<'static, Result<(), JournalError>> {
        self.wait_for(Job::Sync)
    }

    /// Marks a command as done; ends when that is on the disk, and everything so far with it.
    pub(crate) fn answer(
        &self,
        id: CommandId,
        refusal: Option<String>,
    ) -> BoxFuture<'static, Result<(), JournalError>> {
        let at = nanoseconds(Timestamp::now());
        self.wait_for(|done| Job::Answer {
            id,
            at: at.unwrap_or(i64::MAX),
            refusal,
            done,
        })
    }

    /// Waits until everything so far was handed to the system, or cannot be.
    pub(crate) fn settle(&self) {
        self.queue.settle();
    }

    /// How many transactions were committed.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    fn wait_for(
        &self,
        job: impl FnOnce(Waiter) -> Job,
    ) -> BoxFuture<'static, Result<(), JournalError>> {
        let (done, answer) = oneshot::channel();
        let added = self.queue.add(job(done));
        Box::pin(async move {
            added?;
            answer.await.unwrap_or_else(|_| Err(ended()))
        })
    }
}

impl Drop for Writer {
    /// Writes what still waits.
    fn drop(&mut self) {
        self.queue.close();
        let thread = self
            .thread
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            // A thread that panicked has told the queue.
            let _ = thread.join();
        }
    }
}

// === impl Work ===

impl Work {
    fn run(mut self) {
        while let Some(jobs) = self.queue.take() {
            let count = jobs.len();
            let end = self.write(&jobs);
            if let Err(error) = &end {
                tracing::error!(%error, "records are lost");
                self.queue.fail(error);
            }
            // Locks are freed before anybody hears that their records are kept.
            let waiters: Vec<Waiter> = jobs.into_iter().filter_map(Job::waiter).collect();
            self.queue.done(count);
            for waiter in waiters {
                // Nobody listens any more: that is theirs to decide.
                let _ = waiter.send(end.clone());
            }
        }
    }

    /// Writes jobs in one transaction.
    fn write(&mut self, jobs: &[Job]) -> Result<(), JournalError> {
        let awaited = jobs.iter().any(Job::is_awaited);
        let idle = jobs.iter().all(|job| matches!(job, Job::Sync(_)));
        if idle && !self.unsynced {
            return Ok(());
        }
        let mode = match awaited {
            true => Mode::Full,
            false => Mode::Normal,
        };
        self.commit(jobs, mode, idle)
            .map_err(|error| self.words(&error))?;
        self.unsynced = !awaited;
        self.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn commit(&mut self, jobs: &[Job], mode: Mode, idle: bool) -> Result<(), StoreError> {
        let path = self.path.clone();
        let failed = |source| StoreError::database(&path, source);
        if self.mode != mode {
            self.connection
                .execute_batch(mode.pragma())
                .map_err(failed)?;
            self.mode = mode;
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let found = schema::user_version(&transaction).map_err(failed)?;
        if found != schema::VERSION {
            let known = schema::VERSION;
            return Err(StoreError::Newer { path, found, known });
        }
        rows::write(&transaction, jobs).map_err(failed)?;
        if idle {
            // A transaction that writes nothing would sync nothing.
            transaction
                .execute("UPDATE store SET syncs = syncs + 1", ())
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    }

    /// What runs say from now on.
    fn words(&self, error: &StoreError) -> JournalError {
        let code = match error {
            StoreError::Database { source, .. } => source.sqlite_error_code(),
            _ => None,
        };
        let hint = match code {
            Some(ErrorCode::DiskFull) => "; free some space, then recover the runs",
            Some(ErrorCode::DatabaseBusy) => "; another process has been writing for too long",
            _ => "",
        };
        JournalError {
            message: format!("records cannot be kept: {error}{hint}"),
        }
    }
}

impl Drop for Work {
    /// However the thread ends, nobody waits for it.
    fn drop(&mut self) {
        self.queue.fail(&ended());
    }
}

// === impl Mode ===

impl Mode {
    fn pragma(self) -> &'static str {
        match self {
            Self::Normal => "PRAGMA synchronous = NORMAL",
            Self::Full => "PRAGMA synchronous = FULL",
        }
    }
}

/// A time as the database has it: nanoseconds since 1970, which end in the year 2262.
pub(crate) fn nanoseconds(at: Timestamp) -> Result<i64, JournalError> {
    i64::try_from(at.as_nanosecond()).map_err(|_| JournalError {
        message: format!("records cannot be kept: the time {at} is not between 1677 and 2262"),
    })
}

fn ended() -> JournalError {
    JournalError {
        message: "records cannot be kept: their writer has ended".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use burgee_model::{Event, Journal as _, Stamped};
    use futures_executor::block_on;
    use serde_json::value::to_raw_value;

    use super::*;
    use crate::{NewRun, RunJournal, Store, owner::Held};

    fn append(journal: &RunJournal, count: usize) -> Result<(), JournalError> {
        let event = Event::StepWaiting {
            step: "s1".into(),
            message: "x".repeat(1000),
            until: None,
        };
        let record = Stamped {
            at: Timestamp::UNIX_EPOCH,
            event,
        };
        (0..count).try_for_each(|_| journal.append(&record))
    }

    fn journal(store: &Store, writer: &Arc<Writer>, id: &str) -> RunJournal {
        let run = NewRun {
            id: id.into(),
            application: "shop".to_owned(),
            namespace: "default".to_owned(),
            manifest: None,
            origin: to_raw_value(&()).unwrap(),
            created: Timestamp::UNIX_EPOCH,
        };
        let held = Held::take(store.path().parent().unwrap(), &run.id).unwrap();
        RunJournal::begin(Arc::clone(writer), held.into(), &run).unwrap()
    }

    /// A writer whose database may not grow beyond so many pages: what SQLite says of a full disk.
    fn full_after(store: &Store, pages: u32) -> Arc<Writer> {
        let connection = schema::connect(store.path()).unwrap();
        let pragma = format!("PRAGMA max_page_count = {pages}");
        connection.query_row(&pragma, (), |_| Ok(())).unwrap();
        Writer::start(connection, store.path()).unwrap().into()
    }

    #[test]
    fn a_full_disk_ends_every_journal_in_the_same_words_and_keeps_what_was_synced() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let writer = full_after(&store, 40);
        let (first, second) = (journal(&store, &writer, "a"), journal(&store, &writer, "b"));
        append(&first, 5).unwrap();
        append(&second, 1).unwrap();
        block_on(first.sync()).unwrap();

        let end = append(&first, 1000).and_then(|()| block_on(first.sync()));
        let words = end.unwrap_err().message;
        assert!(words.contains("burgee.db`"), "{words}");
        assert!(words.contains("full; free some space"), "{words}");
        assert_eq!(append(&second, 1).unwrap_err().message, words);
        assert_eq!(block_on(second.sync()).unwrap_err().message, words);
        // A run that is new hears it, too.
        let answer = block_on(writer.answer(CommandId(1), None));
        assert_eq!(answer.unwrap_err().message, words);

        drop((first, second, writer));
        let kept = store.with(|it| {
            it.query_row("SELECT count(*) FROM records", (), |row| {
                row.get::<_, u64>(0)
            })
        });
        assert!(kept.unwrap() >= 6);
    }

    #[test]
    fn a_sync_with_nothing_to_sync_commits_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let writer: Arc<Writer> = full_after(&store, 1000);
        let journal = journal(&store, &writer, "a");
        append(&journal, 1).unwrap();
        block_on(journal.sync()).unwrap();
        let before = writer.commits();
        block_on(journal.sync()).unwrap();
        assert_eq!(writer.commits(), before);
    }

    #[test]
    fn a_sync_behind_a_commit_that_was_not_synced_is_a_commit_that_is() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let writer: Arc<Writer> = full_after(&store, 1000);
        let journal = journal(&store, &writer, "a");
        append(&journal, 1).unwrap();
        writer.settle();
        let before = writer.commits();
        block_on(journal.sync()).unwrap();
        assert_eq!(writer.commits(), before + 1);
    }
}
