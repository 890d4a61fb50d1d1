use burgee_model::Journal as _;
use futures_executor::block_on;
use jiff::Timestamp;
use proptest::prelude::*;

use crate::support::{begin, new_run, raw, started, store, variable, waiting};

#[test]
fn a_thousand_runs_at_once_cost_few_commits() {
    let (_dir, store) = store();
    let (_lock, first) = begin(&store, "first", "shop");
    // Nobody else may write while this transaction is open, so all of it waits.
    let other = raw(&store);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = store.commits();
    first
        .append(&waiting(1, "so that the writer waits, too"))
        .unwrap();
    let runs: Vec<_> = (0..1000)
        .map(|number| {
            let id = format!("run-{number}");
            let (lock, journal) = store.begin(&new_run(&id, "shop")).unwrap();
            journal.append(&started(&id, "shop")).unwrap();
            journal.append(&waiting(1, "ready")).unwrap();
            (lock, journal)
        })
        .collect();
    let syncs: Vec<_> = runs.iter().map(|(_, journal)| journal.sync()).collect();
    other.execute_batch("COMMIT").unwrap();
    for sync in syncs {
        block_on(sync).unwrap();
    }
    let commits = store.commits() - before;
    // What the writer had in its hands, and the rest.
    assert!(commits <= 2, "{commits} commits");
    assert_eq!(store.records(&"run-999".into(), 0).unwrap().len(), 2);
}

#[test]
fn reading_sees_what_was_appended_a_moment_ago() {
    let (_dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    for number in 0..100 {
        journal.append(&waiting(1, &number.to_string())).unwrap();
    }
    let records = store.records(lock.run(), 99).unwrap();
    let numbers: Vec<u64> = records.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(numbers, [100, 101]);
}

#[test]
fn what_was_appended_is_kept_when_the_store_is_let_go() {
    let (dir, store) = store();
    let (lock, journal) = begin(&store, "r1", "shop");
    journal.append(&waiting(1, "the last words")).unwrap();
    drop((lock, journal, store));
    let store = burgee_store::Store::look(&dir.path().join("state")).unwrap();
    let state = store.state(&"r1".into()).unwrap();
    assert_eq!(state.steps[0].message, "the last words");
}

#[test]
fn a_sync_that_nobody_waits_for_does_no_harm() {
    let (_dir, store) = store();
    let (_lock, journal) = begin(&store, "r1", "shop");
    journal.append(&waiting(1, "a")).unwrap();
    drop(journal.sync());
    block_on(journal.sync()).unwrap();
}

#[test]
fn a_store_that_a_newer_burgee_took_over_is_not_written_and_every_run_hears_why() {
    let (_dir, store) = store();
    let (_one, first) = begin(&store, "r1", "shop");
    let (_two, second) = begin(&store, "r2", "shop");
    raw(&store)
        .execute_batch("PRAGMA user_version = 2")
        .unwrap();
    first.append(&waiting(1, "lost")).unwrap();
    let words = block_on(first.sync()).unwrap_err().message;
    assert!(words.contains("burgee.db` is of version 2"), "{words}");
    assert_eq!(block_on(second.sync()).unwrap_err().message, words);
    assert_eq!(
        second.append(&waiting(1, "lost")).unwrap_err().message,
        words
    );
    let begun = store.begin(&new_run("r3", "shop")).unwrap_err();
    assert_eq!(begun.to_string(), words);
    assert_eq!(store.records(&"r1".into(), 0).unwrap().len(), 1);
}

#[test]
fn a_time_that_the_database_cannot_keep_is_refused() {
    let (_dir, store) = store();
    let (_lock, journal) = begin(&store, "r1", "shop");
    let mut record = waiting(1, "late");
    record.at = "2300-01-01T00:00:00Z".parse().unwrap();
    let words = journal.append(&record).unwrap_err().message;
    assert!(words.contains("2300-01-01T00:00:00Z"), "{words}");
    // It was not counted.
    journal.append(&waiting(1, "in time")).unwrap();
    assert_eq!(store.records(&"r1".into(), 0).unwrap().len(), 2);
}

/// JSON with numbers that no `f64` holds.
fn json() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?";
    let text = any::<String>().prop_map(|text| serde_json::to_string(&text).expect("a string"));
    let leaf = prop_oneof![number.prop_map(String::from), text, Just("null".to_owned())];
    leaf.prop_recursive(3, 16, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(|list| format!("[{}]", list.join(",")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_appended_is_what_is_read(
        values in proptest::collection::vec((json(), any::<String>(), any::<i64>()), 1..20),
    ) {
        let (_dir, store) = store();
        let (lock, journal) = begin(&store, "r1", "shop");
        let mut texts = Vec::new();
        let mut keep = |record| {
            journal.append(&record).expect("room");
            texts.push((record.at, serde_json::to_string(&record.event).expect("JSON")));
        };
        for (json, message, nanosecond) in values {
            let mut set = variable(&json);
            set.at = Timestamp::from_nanosecond(nanosecond.into()).expect("in reach");
            keep(set);
            keep(waiting(2, &message));
        }
        let read: Vec<_> = store
            .records(lock.run(), 1)
            .expect("records")
            .into_iter()
            .map(|(_, it)| (it.at, serde_json::to_string(&it.event).expect("JSON")))
            .collect();
        prop_assert_eq!(read, texts);
    }

    #[test]
    fn every_digit_of_a_number_is_kept(json in "-?(0|[1-9][0-9]{0,60})(\\.[0-9]{1,60})?") {
        let (_dir, store) = store();
        let (lock, journal) = begin(&store, "r1", "shop");
        journal.append(&variable(&json)).expect("room");
        let state = store.state(lock.run()).expect("a state");
        prop_assert_eq!(state.variables[0].value.0.to_json_text(), json);
    }
}
