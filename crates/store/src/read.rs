//! Reading a run: its records, each refused by its number when it cannot be read, and the state that they make.

use burgee_model::{Event, RunId, RunState, Stamped};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use crate::{RecordFault, Store, StoreError};

/// What is known of a run without its records.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) number: i64,
    pub(crate) application: String,
    pub(crate) namespace: String,
    /// How many records it has.
    records: u64,
}

/// A record as the database has it.
struct Row {
    seq: u64,
    at: i64,
    text: String,
}

// === impl Store ===

impl Store {
    /// The records of a run behind the record `after`, in their order; all of them behind 0.
    ///
    /// # Errors
    ///
    /// When there is no such run, or a record of it cannot be read: all before it are not given either.
    pub fn records(&self, run: &RunId, after: u64) -> Result<Vec<(u64, Stamped)>, StoreError> {
        let mut records = Vec::new();
        self.each(run, after, |seq, record| {
            records.push((seq, record));
            Ok(())
        })?;
        Ok(records)
    }

    /// The state of a run: the fold over its records.
    ///
    /// # Errors
    ///
    /// Those of [`records`](Self::records), and when there are none.
    pub fn state(&self, run: &RunId) -> Result<RunState, StoreError> {
        let (_, state) = self.fold(run)?;
        state.ok_or_else(|| StoreError::Empty { run: run.clone() })
    }

    /// The number of the last record, and the state that the records make.
    pub(crate) fn fold(&self, run: &RunId) -> Result<(u64, Option<RunState>), StoreError> {
        let mut last = 0;
        let mut state: Option<RunState> = None;
        self.each(run, 0, |seq, record| {
            last = seq;
            match &mut state {
                Some(state) => state.apply(&record),
                None => {
                    let first = RunState::begin(&record);
                    state = Some(first.ok_or(RecordFault::NotABeginning)?);
                }
            }
            Ok(())
        })?;
        Ok((last, state))
    }

    /// The run's number in the database.
    pub(crate) fn number(&self, run: &RunId) -> Result<i64, StoreError> {
        Ok(self.head_of(run)?.number)
    }

    /// What is known of a run that must exist.
    pub(crate) fn head_of(&self, run: &RunId) -> Result<Head, StoreError> {
        match self.head(run)? {
            Some(head) => Ok(head),
            None => Err(self.not_found(run.as_str())?),
        }
    }

    pub(crate) fn head(&self, run: &RunId) -> Result<Option<Head>, StoreError> {
        self.settle();
        self.kept_head(run)
    }

    /// The head of a run, unless it is new and still on its way to the database.
    pub(crate) fn kept_head(&self, run: &RunId) -> Result<Option<Head>, StoreError> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT number, application, namespace, records FROM runs WHERE id = ?1",
                )?
                .query_row([run.as_str()], |row| {
                    Ok(Head {
                        number: row.get(0)?,
                        application: row.get(1)?,
                        namespace: row.get(2)?,
                        records: row.get(3)?,
                    })
                })
                .optional()
        })
    }

    /// Gives each record of a run behind `after` to `take`.
    fn each(
        &self,
        run: &RunId,
        after: u64,
        mut take: impl FnMut(u64, Stamped) -> Result<(), RecordFault>,
    ) -> Result<(), StoreError> {
        let head = self.head_of(run)?;
        let mut next = after + 1;
        let mut fault = None;
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, at, record FROM records WHERE run = ?1 AND seq > ?2 ORDER BY seq",
            )?;
            let mut rows = statement.query(params![head.number, after])?;
            while let Some(row) = rows.next()? {
                let row = Row {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    text: row.get(2)?,
                };
                let end = row.read(next).and_then(|record| take(next, record));
                if let Err(found) = end {
                    fault = Some(found);
                    return Ok(());
                }
                next += 1;
            }
            Ok(())
        })?;
        // The head was read first: the records may be more by now, never fewer.
        if fault.is_none() && next <= head.records {
            fault = Some(RecordFault::Missing);
        }
        match fault {
            None => Ok(()),
            Some(fault) => Err(StoreError::Record {
                run: run.clone(),
                seq: next,
                fault,
            }),
        }
    }
}

// === impl Row ===

impl Row {
    /// The record, which must have the number `seq`.
    fn read(&self, seq: u64) -> Result<Stamped, RecordFault> {
        if self.seq != seq {
            return Err(RecordFault::Missing);
        }
        let at = Timestamp::from_nanosecond(self.at.into());
        let at = at.map_err(|error| RecordFault::Damaged(error.to_string()))?;
        let event = serde_json::from_str::<Event>(&self.text);
        let event = event.map_err(|error| fault(&error))?;
        Ok(Stamped { at, event })
    }
}

/// A name that is not known here, of an event or in one, was written by a newer Burgee; anything else is damage.
fn fault(error: &serde_json::Error) -> RecordFault {
    let words = error.to_string();
    match words.strip_prefix("unknown variant ") {
        Some(name) => {
            let name = name.split(',').next().unwrap_or_default();
            RecordFault::Newer(name.to_owned())
        }
        None => RecordFault::Damaged(words),
    }
}
