use burgee_store::{Ownership, Store, StoreError};

use crate::support::{begin, new_run, store, waiting};
use burgee_model::Journal as _;

#[test]
fn a_second_store_on_the_folder_is_told_who_has_the_run() {
    let (dir, store) = store();
    let (lock, _journal) = begin(&store, "r1", "shop");
    let other = Store::open(&dir.path().join("state")).unwrap();
    let error = other.take(lock.run()).unwrap_err();
    let expected = format!(
        "run `r1` is carried on by process {} on ",
        std::process::id()
    );
    assert!(error.to_string().starts_with(&expected), "{error}");
    let held = Ownership::Held(Some(lock.owner().clone()));
    assert_eq!(other.owner(lock.run()).unwrap(), held);
}

#[test]
fn a_run_that_was_let_go_is_free_at_once_with_all_its_records() {
    let (dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    for _ in 0..100 {
        journal.append(&waiting(1, "a")).unwrap();
    }
    drop((lock, journal));
    let (lock, journal, state) = store.take(&"r1".into()).unwrap();
    assert_eq!(state.unwrap().steps[0].message, "a");
    journal.append(&waiting(2, "b")).unwrap();
    assert_eq!(store.records(lock.run(), 101).unwrap().len(), 1);
    drop((lock, journal, store));
    let other = Store::look(&dir.path().join("state")).unwrap();
    assert_eq!(other.owner(&"r1".into()).unwrap(), Ownership::Free);
}

#[test]
fn a_run_is_held_while_its_journal_may_still_be_written() {
    let (dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    drop(lock);
    let other = Store::open(&dir.path().join("state")).unwrap();
    assert!(matches!(
        other.take(&"r1".into()),
        Err(StoreError::Owned { .. })
    ));
    drop(journal);
}

#[test]
fn an_id_that_exists_is_not_begun_again() {
    let (dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    let again = |store: &Store| store.begin(&new_run("r1", "shop")).unwrap_err();
    assert_eq!(again(&store).to_string(), "run `r1` exists already");
    drop((lock, journal));
    let other = Store::open(&dir.path().join("state")).unwrap();
    assert!(matches!(again(&other), StoreError::Exists { .. }));
}

#[test]
fn an_id_that_was_begun_and_let_go_a_moment_ago_exists() {
    let (_dir, store) = store();
    drop(store.begin(&new_run("r1", "shop")).unwrap());
    let error = store.begin(&new_run("r1", "shop")).unwrap_err();
    assert!(matches!(error, StoreError::Exists { .. }), "{error}");
}

#[test]
fn an_id_that_is_no_name_of_a_file_is_refused() {
    let (_dir, store) = store();
    let long = "x".repeat(129);
    for id in ["", "../r1", "a/b", ".hidden", "-o", "a b", "运行", &long] {
        let error = store.begin(&new_run(id, "shop")).unwrap_err();
        assert!(matches!(error, StoreError::BadId { .. }), "{id}: {error}");
    }
}
