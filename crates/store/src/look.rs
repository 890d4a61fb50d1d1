//! Opening a database to look only, also where nothing can be written.
//!
//! SQLite reads a write-ahead log through a file of shared memory beside it, and fails where that is missing and cannot be
//! made: in a copied folder on a read-only disk. (`immutable=1` would read such a database, and pass over what is in the
//! log.) So the database and its log are copied then, to where they can be read.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

use crate::{
    StoreError,
    owner::private,
    schema::{self, VERSION},
    store::log,
};

/// How long somebody waits who looks while the log is put in order.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the database is that is looked at.
#[derive(Debug)]
pub(crate) enum Looked {
    /// Where it was found.
    InPlace,
    /// In a copy, which is removed in the end.
    Copied {
        /// Removes it.
        _copy: TempDir,
    },
}

/// Opens the database at `path` for reading.
pub(crate) fn open(dir: &Path, path: &Path) -> Result<(Connection, Looked), StoreError> {
    if !path
        .try_exists()
        .map_err(|source| StoreError::file(path, source))?
    {
        return Err(no_store(dir));
    }
    let (connection, version, looked) = match connect(path, path) {
        Ok((connection, version)) => (connection, version, Looked::InPlace),
        Err(error) if is_unwritable(&error) => {
            let (copy, there) = copy(path)?;
            let (connection, version) = connect(&there, path)?;
            (connection, version, Looked::Copied { _copy: copy })
        }
        Err(error) => return Err(error),
    };
    let (path, known) = (path.to_owned(), VERSION);
    match version {
        VERSION => Ok((connection, looked)),
        0 => Err(no_store(dir)),
        found if found > VERSION => Err(StoreError::Newer { path, found, known }),
        found => Err(StoreError::Older { path, found, known }),
    }
}

/// Opens the database that is `there`, and asks it something; errors name `path`.
fn connect(there: &Path, path: &Path) -> Result<(Connection, i64), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |source| StoreError::database(path, source);
    let connection = Connection::open_with_flags(there, flags).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    let version = schema::version(&connection, path)?;
    Ok((connection, version))
}

fn is_unwritable(error: &StoreError) -> bool {
    let StoreError::Database { source, .. } = error else {
        return false;
    };
    matches!(
        source.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    )
}

/// Copies the database and its log.
fn copy(path: &Path) -> Result<(TempDir, PathBuf), StoreError> {
    let dir = tempfile::tempdir().map_err(|source| StoreError::file(path, source))?;
    let there = dir.path().join("burgee.db");
    copy_file(path, &there).map_err(|source| StoreError::file(path, source))?;
    match copy_file(&log(path), &log(&there)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::file(&log(path), error))
        }
        Ok(()) | Err(_) => Ok((dir, there)),
    }
}

fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    // Not with the permissions of the original, which may be read-only.
    io::copy(&mut from, &mut private().open(to)?)?;
    Ok(())
}

fn no_store(dir: &Path) -> StoreError {
    StoreError::NoStore {
        dir: dir.to_owned(),
    }
}
