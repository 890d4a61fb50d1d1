//! What waits for the writer: records of all runs in their order, bounded by their size. Who is too fast waits here.
//!
//! The first error of the disk ends the queue: whoever adds to it hears the same words from then on.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use burgee_model::JournalError;
use futures_channel::oneshot;

use crate::{CommandId, index::Shown, journal::Beginning, owner::Held};

/// What waits at the most, in bytes of records. The writer holds as much again while it writes.
const MOST: usize = 16 << 20;

/// What a job takes beside its text.
const OVERHEAD: usize = 128;

/// Something for the writer.
#[derive(Debug)]
pub(crate) enum Job {
    /// A run is new.
    Begin(Arc<Held>, Box<Beginning>),
    /// A record.
    Record {
        held: Arc<Held>,
        seq: u64,
        at: i64,
        text: String,
        shown: Arc<Shown>,
    },
    /// What became of a command: nothing, or why it was refused.
    Answer {
        id: CommandId,
        at: i64,
        refusal: Option<String>,
        done: Waiter,
    },
    /// Somebody wants all before this on the disk.
    Sync(Waiter),
}

/// Who waits for the disk.
pub(crate) type Waiter = oneshot::Sender<Result<(), JournalError>>;

/// The queue, shared by those who add and the writer.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    /// Something is there, or the queue is closed.
    work: Condvar,
    /// Something was written, or nothing will be any more.
    room: Condvar,
}

#[derive(Debug, Default)]
struct State {
    jobs: Vec<Job>,
    bytes: usize,
    /// How many jobs were ever added, and how many of them are done with.
    added: u64,
    done: u64,
    closed: bool,
    failed: Option<JournalError>,
}

// === impl Queue ===

impl Queue {
    /// Adds a job; waits while the writer is too far behind.
    pub(crate) fn add(&self, job: Job) -> Result<(), JournalError> {
        let mut state = self.lock();
        while state.bytes >= MOST && state.failed.is_none() {
            state = self
                .room
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(error) = &state.failed {
            return Err(error.clone());
        }
        state.bytes += OVERHEAD + job.size();
        state.added += 1;
        state.jobs.push(job);
        // The writer asks again before it sleeps, so it hears of the first job only.
        if state.jobs.len() == 1 {
            self.work.notify_one();
        }
        Ok(())
    }

    /// All that waits, once something does; `None` when the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<Vec<Job>> {
        let mut state = self.lock();
        while state.jobs.is_empty() {
            if state.closed {
                return None;
            }
            state = self
                .work
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.bytes = 0;
        let jobs = std::mem::take(&mut state.jobs);
        self.room.notify_all();
        Some(jobs)
    }

    /// Says that so many jobs are done with.
    pub(crate) fn done(&self, jobs: usize) {
        self.lock().done += jobs as u64;
        self.room.notify_all();
    }

    /// Waits until all that was added so far is done with, or nothing will be any more.
    pub(crate) fn settle(&self) {
        let mut state = self.lock();
        let added = state.added;
        while state.done < added && state.failed.is_none() {
            state = self
                .room
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Refuses everything from now on, in these words.
    pub(crate) fn fail(&self, error: &JournalError) {
        let mut state = self.lock();
        state.failed.get_or_insert_with(|| error.clone());
        let jobs = std::mem::take(&mut state.jobs);
        self.room.notify_all();
        drop(state);
        for waiter in jobs.into_iter().filter_map(Job::waiter) {
            // Nobody listens any more: that is theirs to decide.
            let _ = waiter.send(Err(error.clone()));
        }
    }

    /// Lets the writer end once it has written what is there.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.work.notify_one();
    }

    /// A panic elsewhere leaves nothing half-done in here.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// === impl Job ===

impl Job {
    /// Who waits for this; what else it holds is let go.
    pub(crate) fn waiter(self) -> Option<Waiter> {
        match self {
            Self::Sync(done) | Self::Answer { done, .. } => Some(done),
            Self::Begin(..) | Self::Record { .. } => None,
        }
    }

    /// Whether somebody waits for the disk.
    pub(crate) fn is_awaited(&self) -> bool {
        match self {
            Self::Sync(_) | Self::Answer { .. } => true,
            Self::Begin(..) | Self::Record { .. } => false,
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Begin(_, beginning) => beginning.origin.get().len(),
            Self::Record { text, .. } => text.len(),
            Self::Answer { refusal, .. } => refusal.as_ref().map_or(0, String::len),
            Self::Sync(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::index::Index;

    const MIB: usize = 1 << 20;

    fn record(held: &Arc<Held>) -> Job {
        Job::Record {
            held: Arc::clone(held),
            seq: 1,
            at: 0,
            text: "x".repeat(MIB),
            shown: Index::new("shop", "default").shown,
        }
    }

    /// A queue, a run to write for, and the folder of its lock.
    fn queue() -> (Arc<Queue>, Arc<Held>, tempfile::TempDir) {
        let dir = tempfile::tempdir().expect("a folder");
        let held = Held::take(dir.path(), &"r1".into()).expect("a lock");
        (Arc::default(), held.into(), dir)
    }

    #[test]
    fn what_waits_is_never_much_more_than_its_bound() {
        let (queue, held, _dir) = queue();
        let adding = thread::spawn({
            let queue = Arc::clone(&queue);
            move || {
                for _ in 0..64 {
                    queue.add(record(&held)).expect("room, in the end");
                }
                queue.close();
            }
        });
        let mut taken = 0;
        while let Some(jobs) = queue.take() {
            assert!(jobs.len() * MIB <= MOST, "{} MiB at once", jobs.len());
            taken += jobs.len();
        }
        adding.join().unwrap();
        assert_eq!(taken, 64);
    }

    #[test]
    fn who_waits_for_room_hears_that_there_will_be_none() {
        let (queue, held, _dir) = queue();
        let adding = thread::spawn({
            let queue = Arc::clone(&queue);
            move || (0..).find_map(|_: u32| queue.add(record(&held)).err())
        });
        let error = JournalError {
            message: "the disk is full".to_owned(),
        };
        queue.fail(&error);
        assert_eq!(adding.join().unwrap(), Some(error));
        queue.settle();
    }
}
