//! The journal of one run: it numbers the records and hands them to the writer.

use std::{
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
};

use burgee_model::{BoxFuture, Journal, JournalError, RunId, RunState, Stamped};
use jiff::Timestamp;
use serde_json::value::RawValue;

use crate::{
    index::{Index, Shown},
    owner::Held,
    queue::Job,
    writer::{Writer, nanoseconds},
};

/// The longest record, in bytes of JSON. SQLite takes more; a run that needs it would not fit into memory either.
const LONGEST: usize = 64 << 20;

/// A run that is new.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Its id.
    pub id: RunId,
    /// The application, or the `WorkflowRun`.
    pub application: String,
    /// Its namespace.
    pub namespace: String,
    /// Where its manifest is, as it was given.
    pub manifest: Option<String>,
    /// What else it takes to go on: flags, the places of secrets, digests of the sources. Kept as it is.
    pub origin: Box<RawValue>,
    /// When it begins, by the clock of the run.
    pub created: Timestamp,
}

/// Where the records of one run are kept. Whoever has it may append; [`RunLock`](crate::RunLock) says that nobody else has.
///
/// A record that was appended is handed to the system within moments, together with those of all other runs of the
/// process. Until then it is lost if the process is killed; until [`sync`](Journal::sync) ends, if the power is cut.
#[derive(Debug)]
pub struct RunJournal {
    writer: Arc<Writer>,
    held: Arc<Held>,
    progress: Mutex<Progress>,
}

/// How far a journal is.
#[derive(Debug)]
struct Progress {
    /// The number of the last record.
    seq: u64,
    index: Index,
}

/// The row of a run before its first record.
#[derive(Debug)]
pub(crate) struct Beginning {
    pub(crate) shown: Arc<Shown>,
    pub(crate) manifest: Option<String>,
    pub(crate) origin: Box<RawValue>,
    pub(crate) created: i64,
}

// === impl RunJournal ===

impl RunJournal {
    /// The journal of a run that is new.
    pub(crate) fn begin(
        writer: Arc<Writer>,
        held: Arc<Held>,
        run: &NewRun,
    ) -> Result<Self, JournalError> {
        let index = Index::new(&run.application, &run.namespace);
        let beginning = Beginning {
            shown: Arc::clone(&index.shown),
            manifest: run.manifest.clone(),
            origin: run.origin.clone(),
            created: nanoseconds(run.created)?,
        };
        writer.add(Job::Begin(Arc::clone(&held), beginning.into()))?;
        let progress = Mutex::new(Progress { seq: 0, index });
        Ok(Self {
            writer,
            held,
            progress,
        })
    }

    /// The journal of a run that has so many records and, if any, the state that they make.
    pub(crate) fn go_on(writer: Arc<Writer>, held: Arc<Held>, seq: u64, index: Index) -> Self {
        let progress = Mutex::new(Progress { seq, index });
        Self {
            writer,
            held,
            progress,
        }
    }

    /// The run.
    #[must_use]
    pub fn run(&self) -> &RunId {
        &self.held.run
    }
}

impl Journal for RunJournal {
    fn append(&self, record: &Stamped) -> Result<(), JournalError> {
        let at = nanoseconds(record.at)?;
        let refused = |words: &dyn Display| JournalError {
            message: format!(
                "a record of run `{}` cannot be kept: {words}",
                self.held.run
            ),
        };
        let text = serde_json::to_string(&record.event).map_err(|error| refused(&error))?;
        if text.len() > LONGEST {
            let words = format!("it is longer than {} MiB", LONGEST >> 20);
            return Err(refused(&words));
        }
        // Held while the record is added, so that the numbers are in the order of the queue.
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.seq += 1;
        progress.index.apply(record);
        self.writer.add(Job::Record {
            held: Arc::clone(&self.held),
            seq: progress.seq,
            at,
            text,
            shown: Arc::clone(&progress.index.shown),
        })
    }

    fn sync(&self) -> BoxFuture<'_, Result<(), JournalError>> {
        self.writer.sync()
    }
}

/// The index of a run that goes on.
pub(crate) fn index(state: Option<&RunState>, application: &str, namespace: &str) -> Index {
    state.map_or_else(|| Index::new(application, namespace), Index::of)
}
