//! Steering a run that a live process owns: whoever steers writes a command down, the owner carries it out and answers.

use burgee_model::{BoxFuture, JournalError, RunId, StepId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, writer::nanoseconds};

/// How many commands an owner is given at once.
const AT_ONCE: u32 = 100;

/// A command to the owner of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What to do.
    pub action: Action,
    /// Who says so.
    pub by: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// When it was said.
    pub at: Timestamp,
}

/// What to do with a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Action {
    /// Let nothing new begin.
    Suspend {},
    /// Let what is suspended go on.
    Resume {
        /// Which step; all that wait, and the run, where none is named.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        step: Option<StepId>,
    },
    /// End the run.
    Terminate {},
    /// Run steps again.
    Restart {
        /// From which step; the whole run where none is named.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        from: Option<StepId>,
        /// Calls that succeeded are forgotten as well.
        #[serde(default)]
        again: bool,
    },
}

/// A command that was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommandId(pub(crate) i64);

/// Tells a process that owns runs when to ask for [`Store::pending`] commands.
#[derive(Debug)]
pub struct Watch {
    store: Store,
    last: Option<i64>,
}

/// A command as the database has it.
struct Row {
    id: i64,
    at: i64,
    by: String,
    reason: Option<String>,
    action: String,
}

// === impl Store ===

impl Store {
    /// Writes a command for the owner of a run down, and syncs the disk.
    ///
    /// # Errors
    ///
    /// When there is no such run, or the command cannot be written.
    pub fn command(&self, run: &RunId, command: &Command) -> Result<CommandId, StoreError> {
        self.check_writable()?;
        let number = self.number(run)?;
        let action = serde_json::to_string(&command.action).map_err(|error| JournalError {
            message: format!("the command cannot be kept: {error}"),
        })?;
        let at = nanoseconds(command.at)?;
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO commands (run, at, who, why, command) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![number, at, command.by, command.reason, action])?;
            Ok(CommandId(connection.last_insert_rowid()))
        })
    }

    /// The commands of a run that nobody has answered, the oldest first, a hundred at the most.
    ///
    /// # Errors
    ///
    /// When there is no such run, or a command was written by a newer Burgee.
    pub fn pending(&self, run: &RunId) -> Result<Vec<(CommandId, Command)>, StoreError> {
        let number = self.number(run)?;
        let rows = self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, at, who, why, command FROM commands
                 WHERE run = ?1 AND done IS NULL ORDER BY id LIMIT ?2",
            )?;
            let rows = statement.query_map(params![number, AT_ONCE], |row| {
                Ok(Row {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    by: row.get(2)?,
                    reason: row.get(3)?,
                    action: row.get(4)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<Row>>>()
        })?;
        rows.into_iter().map(|row| self.read_command(row)).collect()
    }

    /// Says what became of a command: nothing against it, or why it was refused. Ends when that is on the disk, with
    /// every record that was appended before.
    #[must_use = "the answer is given when the future ends"]
    pub fn answer(
        &self,
        id: CommandId,
        answer: Result<(), String>,
    ) -> BoxFuture<'static, Result<(), StoreError>> {
        match self.writer() {
            Ok(writer) => {
                let answered = writer.answer(id, answer.err());
                Box::pin(async move { Ok(answered.await?) })
            }
            Err(error) => Box::pin(async { Err(error) }),
        }
    }

    /// What became of a command; `None` while nobody has answered.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn answer_of(&self, id: CommandId) -> Result<Option<Result<(), String>>, StoreError> {
        let found = self.with(|connection| {
            connection
                .prepare_cached("SELECT refusal FROM commands WHERE id = ?1 AND done IS NOT NULL")?
                .query_row([id.0], |row| row.get::<_, Option<String>>(0))
                .optional()
        })?;
        Ok(found.map(|refusal| refusal.map_or(Ok(()), Err)))
    }

    /// A look-out for commands.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch {
            store: self.clone(),
            last: None,
        }
    }

    fn read_command(&self, row: Row) -> Result<(CommandId, Command), StoreError> {
        let damaged = |words: String| StoreError::Damaged {
            path: self.path().to_owned(),
            words: format!("command {}: {words}", row.id),
        };
        let action =
            serde_json::from_str(&row.action).map_err(|error| damaged(error.to_string()))?;
        let at = Timestamp::from_nanosecond(row.at.into())
            .map_err(|error| damaged(error.to_string()))?;
        let command = Command {
            action,
            by: row.by,
            reason: row.reason,
            at,
        };
        Ok((CommandId(row.id), command))
    }
}

// === impl Watch ===

impl Watch {
    /// Whether a command was written, for whatever run, since this was last asked; the first time, whether there ever was one.
    /// Costs a few microseconds.
    ///
    /// `PRAGMA data_version` would be cheaper by little, and would speak up at each commit of our own writer.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn changed(&mut self) -> Result<bool, StoreError> {
        let last = self.store.with(|connection| {
            connection
                .prepare_cached("SELECT max(id) FROM commands")?
                .query_row((), |row| row.get::<_, Option<i64>>(0))
        })?;
        let changed = last > self.last;
        self.last = last;
        Ok(changed)
    }
}
