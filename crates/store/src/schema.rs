//! The database: how it is opened, and the versions of its schema.
//!
//! `user_version` is the version; each step of [`STEPS`] makes the next one. A database that is older is brought forward in one
//! transaction, behind which a copy of the old one stays; one that is newer is left as it is.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use crate::{StoreError, owner::private};

/// The newest version that is known here.
pub(crate) const VERSION: i64 = 1;

/// `BRGE`: what tells our databases from others.
const APPLICATION: i64 = 0x4252_4745;

/// How long somebody waits whose turn it is not to write.
const PATIENCE: Duration = Duration::from_secs(30);

/// What brings a database from the version of its place to the next.
const STEPS: [&str; VERSION as usize] = [
    // `store.key` is the key of digests of what is secret; `store.syncs` gives a transaction something to write that
    // is there to sync the ones before it. `runs` is for listing: what follows from the records is written with them.
    "CREATE TABLE store (key BLOB NOT NULL, syncs INTEGER NOT NULL);
     INSERT INTO store VALUES (randomblob(32), 0);
     CREATE TABLE runs (
       number INTEGER PRIMARY KEY,
       id TEXT NOT NULL UNIQUE,
       application TEXT NOT NULL,
       namespace TEXT NOT NULL,
       manifest TEXT,
       origin TEXT NOT NULL,
       created INTEGER NOT NULL,
       phase TEXT NOT NULL,
       message TEXT NOT NULL,
       updated INTEGER NOT NULL,
       finished INTEGER,
       records INTEGER NOT NULL
     );
     CREATE INDEX runs_by_application ON runs (application, created);
     CREATE INDEX runs_by_age ON runs (created);
     CREATE TABLE records (
       run INTEGER NOT NULL REFERENCES runs,
       seq INTEGER NOT NULL,
       at INTEGER NOT NULL,
       record TEXT NOT NULL,
       PRIMARY KEY (run, seq)
     ) WITHOUT ROWID;
     CREATE TABLE commands (
       id INTEGER PRIMARY KEY AUTOINCREMENT,
       run INTEGER NOT NULL REFERENCES runs,
       at INTEGER NOT NULL,
       who TEXT NOT NULL,
       why TEXT,
       command TEXT NOT NULL,
       done INTEGER,
       refusal TEXT
     );
     CREATE INDEX commands_open ON commands (run) WHERE done IS NULL;",
];

/// Opens the database at `path` for writing, and brings it forward; makes it where there is none.
pub(crate) fn open(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path)?;
    let failed = |source| StoreError::database(path, source);
    if !is_current(&connection, path, VERSION)? {
        // One process at a time: SQLite does not wait for its turn to change the mode of a journal.
        let turn = lock_path(path);
        let turn = private()
            .open(&turn)
            .and_then(|file| file.lock().map(|()| file));
        let _turn = turn.map_err(|source| StoreError::file(&lock_path(path), source))?;
        connection
            .query_row("PRAGMA journal_mode = WAL", (), |row| {
                row.get::<_, String>(0)
            })
            .map_err(failed)?;
        migrate(&connection, path, &STEPS)?;
    }
    Ok(connection)
}

/// One more connection for writing to a database that [`open`] has seen.
pub(crate) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::database(path, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    // The log stays for the next process: to make a new one costs more than all records of a small run. It is folded
    // into the database every thousand pages.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(failed)?;
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216;",
        )
        .map_err(failed)?;
    Ok(connection)
}

/// The version of a database, once it is known to be ours or empty.
pub(crate) fn version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    // One look at one moment: another process may just be making the tables.
    let look = || {
        connection.execute_batch("SAVEPOINT version")?;
        let number = |sql: &str| connection.query_row(sql, (), |row| row.get::<_, i64>(0));
        let seen = number("SELECT count(*) FROM sqlite_schema").and_then(|tables| {
            let application = number("PRAGMA application_id")?;
            Ok((application, number("PRAGMA user_version")?, tables))
        });
        connection.execute_batch("RELEASE version")?;
        seen
    };
    let (application, version, tables) =
        look().map_err(|source| StoreError::database(path, source))?;
    match (application, version, tables) {
        (APPLICATION, version, _) => Ok(version),
        (0, 0, 0) => Ok(0),
        _ => Err(StoreError::Foreign {
            path: path.to_owned(),
        }),
    }
}

/// The version that is written in a database.
pub(crate) fn user_version(connection: &Connection) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached("PRAGMA user_version")?;
    statement.query_row((), |row| row.get(0))
}

/// Whether a database is of the version `known`; an error where it is newer.
fn is_current(connection: &Connection, path: &Path, known: i64) -> Result<bool, StoreError> {
    let found = version(connection, path)?;
    if found > known {
        let path = path.to_owned();
        return Err(StoreError::Newer { path, found, known });
    }
    Ok(found == known)
}

/// Brings a database forward by the steps that it has not taken.
fn migrate(connection: &Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let failed = |source| StoreError::database(path, source);
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let transaction =
        rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
            .map_err(failed)?;
    if is_current(&transaction, path, known)? {
        return Ok(());
    }
    let from = version(&transaction, path)?;
    if from > 0 {
        // Nobody writes meanwhile, so the copy is what is brought forward.
        copy(path, &beside(path, &format!(".v{from}.bak")))?;
    }
    let taken = usize::try_from(from).unwrap_or(0);
    for step in steps.iter().skip(taken) {
        transaction.execute_batch(step).map_err(failed)?;
    }
    let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {known};");
    transaction.execute_batch(&marks).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Copies a database, whole or not at all.
fn copy(path: &Path, to: &Path) -> Result<(), StoreError> {
    let part = beside(to, ".part");
    let file = private()
        .open(&part)
        .map_err(|source| StoreError::file(&part, source))?;
    // A file of an earlier attempt: SQLite copies into an empty one.
    file.set_len(0)
        .map_err(|source| StoreError::file(&part, source))?;
    let name = part.to_string_lossy();
    connect(path)?
        .execute("VACUUM INTO ?1", [&name])
        .map_err(|source| StoreError::database(&part, source))?;
    let kept = File::open(&part).and_then(|file| file.sync_all());
    kept.and_then(|()| std::fs::rename(&part, to))
        .map_err(|source| StoreError::file(to, source))
}

fn lock_path(path: &Path) -> PathBuf {
    beside(path, ".lock")
}

/// The path with something behind it.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(end);
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a next version might do.
    const NEXT: &str = "ALTER TABLE runs ADD COLUMN labels TEXT";

    #[test]
    fn an_older_database_is_brought_forward_and_its_copy_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("burgee.db");
        private().open(&path).unwrap();
        let connection = open(&path).unwrap();
        connection
            .execute_batch("UPDATE store SET syncs = 7")
            .unwrap();
        migrate(&connection, &path, &[STEPS[0], NEXT]).unwrap();
        assert_eq!(user_version(&connection).unwrap(), 2);
        connection.prepare("SELECT labels FROM runs").unwrap();

        let copy = Connection::open(dir.path().join("burgee.db.v1.bak")).unwrap();
        let syncs = copy.query_row("SELECT syncs FROM store", (), |row| row.get::<_, i64>(0));
        assert_eq!((user_version(&copy).unwrap(), syncs.unwrap()), (1, 7));
    }

    #[test]
    fn a_step_that_fails_leaves_the_database_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("burgee.db");
        private().open(&path).unwrap();
        let connection = open(&path).unwrap();
        let end = migrate(&connection, &path, &[STEPS[0], NEXT, "DROP TABLE nothing"]);
        assert!(matches!(end, Err(StoreError::Database { .. })), "{end:?}");
        assert_eq!(user_version(&connection).unwrap(), 1);
        assert!(connection.prepare("SELECT labels FROM runs").is_err());
        migrate(&connection, &path, &[STEPS[0], NEXT]).unwrap();
    }
}
