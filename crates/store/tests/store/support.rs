//! Ordinary runs, records and stores.

use burgee_model::{Event, Exact, Journal as _, RunPhase, Stamped, StepHead};
use burgee_source::Node;
use burgee_store::{NewRun, RunJournal, RunLock, Store};
use futures_executor::block_on;
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use tempfile::TempDir;

/// So many seconds after noon.
pub(crate) fn at(seconds: i64) -> Timestamp {
    let noon: Timestamp = "2026-01-01T12:00:00Z".parse().expect("a timestamp");
    noon + SignedDuration::from_secs(seconds)
}

pub(crate) fn new_run(id: &str, application: &str) -> NewRun {
    NewRun {
        id: id.into(),
        application: application.to_owned(),
        namespace: "default".to_owned(),
        manifest: Some("app.yaml".to_owned()),
        origin: serde_json::value::to_raw_value(&["--inbox"]).expect("a list"),
        created: at(0),
    }
}

/// A run with one step begins.
pub(crate) fn started(id: &str, application: &str) -> Stamped {
    let step = StepHead {
        id: "s1".into(),
        name: "ask".into(),
        type_name: "suspend".into(),
        alias: None,
        group: None,
    };
    let event = Event::RunStarted {
        run: id.into(),
        application: application.to_owned(),
        namespace: "default".to_owned(),
        target: "sandbox".to_owned(),
        mode: "StepByStep-DAG".to_owned(),
        steps: vec![step],
    };
    Stamped { at: at(0), event }
}

pub(crate) fn waiting(seconds: i64, message: &str) -> Stamped {
    let event = Event::StepWaiting {
        step: "s1".into(),
        message: message.to_owned(),
        until: None,
    };
    let at = at(seconds);
    Stamped { at, event }
}

pub(crate) fn variable(json: &str) -> Stamped {
    let value = Node::from_json_text(json).expect("JSON");
    let event = Event::VariableSet {
        step: "s1".into(),
        name: "v".into(),
        value: Exact::from(value),
        hidden: false,
    };
    Stamped { at: at(3), event }
}

pub(crate) fn finished(seconds: i64) -> Stamped {
    let event = Event::RunFinished {
        phase: RunPhase::Succeeded,
        message: String::new(),
    };
    let at = at(seconds);
    Stamped { at, event }
}

pub(crate) fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(&dir.path().join("state")).expect("a store");
    (dir, store)
}

/// Begins a run and keeps its first record.
pub(crate) fn begin(store: &Store, id: &str, application: &str) -> (RunLock, RunJournal) {
    let (lock, journal) = store.begin(&new_run(id, application)).expect("a new run");
    journal.append(&started(id, application)).expect("room");
    block_on(journal.sync()).expect("a disk");
    (lock, journal)
}

/// A connection that knows nothing of the store.
pub(crate) fn raw(store: &Store) -> Connection {
    Connection::open(store.path()).expect("a database")
}
