//! What can go wrong with runs on disk, each with the file and, where there is one, the way out.

use std::{
    io,
    path::{Path, PathBuf},
};

use burgee_model::{JournalError, RunId};

use crate::Owner;

/// Why the store refused.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused a file.
    #[error("`{}`: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing to look at.
    #[error("no runs are kept in `{}`", dir.display())]
    NoStore {
        /// The folder.
        dir: PathBuf,
    },
    /// A newer Burgee wrote the database. It was left as it is.
    #[error("`{}` is of version {found}, this Burgee knows version {known}: a newer Burgee wrote it; use that one", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// An older Burgee wrote the database, and who only looks does not change it.
    #[error("`{}` is of version {found}, this Burgee reads version {known}: the next run that is kept in the folder brings it forward", path.display())]
    Older {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The one that is read here.
        known: i64,
    },
    /// A database of something else.
    #[error("`{}` is a database of another program; choose another folder", path.display())]
    Foreign {
        /// The database.
        path: PathBuf,
    },
    /// The database cannot be read.
    #[error(
        "`{path}` is damaged ({words}); move it away to begin afresh, or try `sqlite3 {path} .recover | sqlite3 saved.db`",
        path = path.display()
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        words: String,
    },
    /// SQLite refused.
    #[error("`{}`: {source}", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The store was opened to look only.
    #[error("`{}` was opened for reading only", path.display())]
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// Not an id for a run.
    #[error(
        "`{id}` cannot be the id of a run: 1 to 128 letters, digits, `-`, `_` and `.`, the first a letter or a digit"
    )]
    BadId {
        /// As given.
        id: String,
    },
    /// The run is not new.
    #[error("run `{run}` exists already")]
    Exists {
        /// Which run.
        run: RunId,
    },
    /// No run of that name.
    #[error("no run or application `{name}`{}", did_you_mean(near))]
    NotFound {
        /// As given.
        name: String,
        /// Names that are spelled alike, the nearest first.
        near: Vec<String>,
    },
    /// Several runs, or applications of several namespaces, are meant.
    #[error("`{name}` may be {}; say which", candidates.join(", "))]
    Ambiguous {
        /// As given.
        name: String,
        /// What may be meant, as it must be given.
        candidates: Vec<String>,
    },
    /// Another process carries the run on.
    #[error("run `{run}` is carried on by {}", owner_or_unknown(owner.as_ref()))]
    Owned {
        /// Which run.
        run: RunId,
        /// By whom, as far as that is written down.
        owner: Option<Owner>,
    },
    /// The run has begun, and nothing of it was written down.
    #[error("nothing is known of run `{run}`: it ended before its first record was kept")]
    Empty {
        /// Which run.
        run: RunId,
    },
    /// A record cannot be read.
    #[error("record {seq} of run `{run}` {fault}")]
    Record {
        /// Of which run.
        run: RunId,
        /// Its number.
        seq: u64,
        /// What is the matter with it.
        fault: RecordFault,
    },
    /// Nothing can be written any more.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Why a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// It is not there, and one behind it is, or should be.
    #[error("is missing")]
    Missing,
    /// It does not say what a record says.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// It says something that is not known here.
    #[error("was written by a newer Burgee ({0}); use that one")]
    Newer(String),
    /// It does not begin a run.
    #[error("is not the beginning of a run")]
    NotABeginning,
}

// === impl StoreError ===

impl StoreError {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        Self::File { path, source }
    }

    /// What SQLite said about the database at `path`.
    pub(crate) fn database(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged {
                path,
                words: source.to_string(),
            },
            _ => Self::Database { path, source },
        }
    }
}

fn did_you_mean(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; there is `{}`", near.join("`, `")),
    }
}

fn owner_or_unknown(owner: Option<&Owner>) -> String {
    owner.map_or_else(|| "another process".to_owned(), ToString::to_string)
}
