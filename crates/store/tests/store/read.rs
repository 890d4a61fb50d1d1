use burgee_model::{Journal as _, RunPhase};
use burgee_store::{RecordFault, Store, StoreError};

use crate::support::{begin, finished, new_run, raw, store, variable, waiting};

/// A run of four records, the third of which was changed by `sql`.
fn damaged(sql: &str) -> (u64, RecordFault) {
    let (_dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    for record in [waiting(1, "a"), variable("1.10"), finished(4)] {
        journal.append(&record).expect("room");
    }
    store.records(lock.run(), 0).expect("records");
    raw(&store).execute_batch(sql).expect("SQL");
    refused(&store)
}

fn refused(store: &Store) -> (u64, RecordFault) {
    let error = store.state(&"r1".into()).expect_err("it is damaged");
    match error {
        StoreError::Record { seq, fault, .. } => (seq, fault),
        other => panic!("{other}"),
    }
}

#[test]
fn the_state_of_a_run_is_the_fold_over_its_records() {
    let (_dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    journal.append(&waiting(1, "a")).unwrap();
    journal.append(&finished(4)).unwrap();
    let state = store.state(lock.run()).unwrap();
    assert_eq!(
        (state.phase, state.steps[0].message.as_str()),
        (RunPhase::Succeeded, "a")
    );
}

#[test]
fn a_record_that_is_no_json_is_refused_by_its_number() {
    let (seq, fault) = damaged("UPDATE records SET record = '{\"stepWai' WHERE seq = 3");
    assert_eq!(seq, 3);
    assert!(matches!(fault, RecordFault::Damaged(_)), "{fault}");
}

#[test]
fn a_record_that_is_gone_is_missed() {
    assert_eq!(
        damaged("DELETE FROM records WHERE seq = 3"),
        (3, RecordFault::Missing)
    );
    assert_eq!(
        damaged("DELETE FROM records WHERE seq = 1"),
        (1, RecordFault::Missing)
    );
    assert_eq!(
        damaged("DELETE FROM records WHERE seq = 4"),
        (4, RecordFault::Missing)
    );
}

#[test]
fn a_record_that_a_newer_burgee_wrote_is_told_from_damage() {
    let fault = damaged("UPDATE records SET record = '{\"stepDreamt\":{}}' WHERE seq = 3");
    assert_eq!(fault, (3, RecordFault::Newer("`stepDreamt`".to_owned())));
}

#[test]
fn a_journal_that_begins_with_something_else_is_refused() {
    let (_dir, store) = store();
    let (_lock, journal) = store.begin(&new_run("r1", "shop")).unwrap();
    journal.append(&waiting(1, "a")).unwrap();
    assert_eq!(refused(&store), (1, RecordFault::NotABeginning));
}

#[test]
fn a_run_without_records_says_so_and_can_be_taken_on() {
    let (_dir, store) = store();
    drop(store.begin(&new_run("r1", "shop")).unwrap());
    let error = store.state(&"r1".into()).unwrap_err();
    assert!(matches!(error, StoreError::Empty { .. }), "{error}");
    let (_lock, _journal, state) = store.take(&"r1".into()).unwrap();
    assert!(state.is_none());
}

#[test]
fn a_run_that_cannot_be_read_is_not_taken_on_and_stays_free() {
    let (_dir, store) = store();
    drop(begin(&store, "r1", "shop"));
    raw(&store)
        .execute_batch("UPDATE records SET record = '{}'")
        .unwrap();
    for _ in 0..2 {
        let error = store.take(&"r1".into()).unwrap_err();
        assert!(
            matches!(error, StoreError::Record { seq: 1, .. }),
            "{error}"
        );
    }
}
