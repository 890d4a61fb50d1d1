use std::fs;

use burgee_store::{Store, StoreError};
use rusqlite::Connection;

use crate::support::{begin, raw, store};

#[test]
#[cfg(unix)]
fn the_folder_and_its_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, store) = store();
    let _run = begin(&store, "r1", "shop");
    let state = dir.path().join("state");
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(state.clone()), 0o700);
    assert_eq!(mode(state.join("runs")), 0o700);
    for file in [
        "burgee.db",
        "burgee.db-wal",
        "burgee.db-shm",
        "runs/r1.lock",
    ] {
        assert_eq!(mode(state.join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let (dir, store) = store();
    drop(begin(&store, "r1", "shop"));
    raw(&store)
        .execute_batch("PRAGMA user_version = 2")
        .unwrap();
    drop(store);
    let state = dir.path().join("state");
    let before = fs::read(state.join("burgee.db")).unwrap();
    for opened in [
        Store::open(&state),
        Store::open_existing(&state),
        Store::look(&state),
    ] {
        let error = opened.unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::Newer {
                    found: 2,
                    known: 1,
                    ..
                }
            ),
            "{error}"
        );
        assert!(
            error.to_string().contains("a newer Burgee wrote it"),
            "{error}"
        );
    }
    assert_eq!(fs::read(state.join("burgee.db")).unwrap(), before);
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("burgee.db");
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE songs (name TEXT)")
        .unwrap();
    drop(other);
    let before = fs::read(&path).unwrap();
    for opened in [Store::open(dir.path()), Store::look(dir.path())] {
        assert!(matches!(opened, Err(StoreError::Foreign { .. })));
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_that_is_no_database_is_named_with_the_way_out() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("burgee.db");
    fs::write(
        &path,
        "no database at all, and longer than a header of SQLite is. ".repeat(20),
    )
    .unwrap();
    for opened in [Store::open(dir.path()), Store::look(dir.path())] {
        let error = opened.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        let words = error.to_string();
        assert!(words.contains(&path.display().to_string()), "{words}");
        assert!(words.contains(".recover"), "{words}");
    }
}

#[test]
fn a_page_that_is_damaged_is_an_error_that_names_the_file() {
    let (dir, store) = store();
    drop(begin(&store, "r1", "shop"));
    // What was appended is in the database when it is asked for.
    store.state(&"r1".into()).unwrap();
    raw(&store)
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
        .unwrap();
    drop(store);
    let path = dir.path().join("state/burgee.db");
    let mut bytes = fs::read(&path).unwrap();
    // Everything behind the first page, which has the schema.
    bytes[4096..].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let store = Store::open(&dir.path().join("state")).unwrap();
    let error = store.state(&"r1".into()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

#[test]
fn who_opens_a_new_folder_at_the_same_time_has_the_same_one() {
    let dir = tempfile::tempdir().unwrap();
    let start = std::sync::Barrier::new(8);
    let open = || {
        start.wait();
        Store::open(&dir.path().join("state"))
            .unwrap()
            .key()
            .unwrap()
    };
    let keys: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]));
}

#[test]
fn looking_where_nothing_is_kept_makes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path().join("state");
    for opened in [Store::look(&state), Store::open_existing(&state)] {
        assert!(matches!(opened, Err(StoreError::NoStore { .. })));
    }
    assert!(!state.exists());
}

#[test]
fn who_looks_sees_what_a_live_owner_writes_and_writes_nothing() {
    let (dir, store) = store();
    let (lock, _journal) = begin(&store, "r1", "shop");
    let looking = Store::look(&dir.path().join("state")).unwrap();
    assert_eq!(
        looking.state(lock.run()).unwrap(),
        store.state(lock.run()).unwrap()
    );
    assert!(matches!(
        looking.take(lock.run()),
        Err(StoreError::ReadOnly { .. })
    ));
}

#[test]
fn a_copied_folder_has_the_same_key_and_another_one_has_another() {
    let ((dir, first), (_other, second)) = (store(), store());
    let key = first.key().unwrap();
    assert_eq!(key.len(), 32);
    assert_ne!(key, second.key().unwrap());
    drop(first);
    assert_eq!(
        Store::open(&dir.path().join("state"))
            .unwrap()
            .key()
            .unwrap(),
        key
    );
}
