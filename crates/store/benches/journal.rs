//! How fast records are kept: `cargo bench -p burgee-store`. The folder is below the system's temporary one.

use std::time::Duration;

use burgee_model::{Event, Journal as _, Stamped};
use burgee_store::{NewRun, RunJournal, RunLock, Store};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futures_executor::block_on;
use jiff::Timestamp;

/// Records of a run of five steps and one message.
const RECORDS: usize = 20;

fn record(event: Event) -> Stamped {
    let at = Timestamp::UNIX_EPOCH;
    Stamped { at, event }
}

fn waiting() -> Stamped {
    record(Event::StepWaiting {
        step: "abcdefghij".into(),
        message: "deployment web: 1 of 2 ready".to_owned(),
        until: None,
    })
}

fn begin(store: &Store, id: String) -> (RunLock, RunJournal) {
    let run = NewRun {
        id: id.as_str().into(),
        application: "shop".to_owned(),
        namespace: "default".to_owned(),
        manifest: None,
        origin: serde_json::value::to_raw_value(&()).expect("JSON"),
        created: Timestamp::UNIX_EPOCH,
    };
    let (lock, journal) = store.begin(&run).expect("a new run");
    let started = Event::RunStarted {
        run: run.id,
        application: run.application,
        namespace: run.namespace,
        target: "sandbox".to_owned(),
        mode: "StepByStep-DAG".to_owned(),
        steps: Vec::new(),
    };
    journal.append(&record(started)).expect("room");
    (lock, journal)
}

fn benches(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(dir.path()).expect("a store");
    let (_lock, journal) = begin(&store, "first".to_owned());
    let waiting = waiting();
    let mut group = criterion.benchmark_group("journal");
    group
        .measurement_time(Duration::from_secs(5))
        .sample_size(20);

    group.throughput(Throughput::Elements(10_000));
    group.bench_function("10,000 records and a sync", |bencher| {
        bencher.iter(|| {
            for _ in 0..10_000 {
                journal.append(&waiting).expect("room");
            }
            block_on(journal.sync()).expect("a disk");
        });
    });

    group.throughput(Throughput::Elements(1));
    group.bench_function("one record and a sync", |bencher| {
        bencher.iter(|| {
            journal.append(&waiting).expect("room");
            block_on(journal.sync()).expect("a disk");
        });
    });

    group.throughput(Throughput::Elements(1000));
    let mut count = 0;
    group.bench_function("1,000 runs of 20 records, each synced twice", |bencher| {
        bencher.iter(|| {
            let runs: Vec<_> = (0..1000)
                .map(|_| {
                    count += 1;
                    begin(&store, format!("run-{count}"))
                })
                .collect();
            for _ in 0..2 {
                let syncs: Vec<_> = runs
                    .iter()
                    .map(|(_, journal)| {
                        for _ in 0..RECORDS / 2 {
                            journal.append(&waiting).expect("room");
                        }
                        journal.sync()
                    })
                    .collect();
                for sync in syncs {
                    block_on(sync).expect("a disk");
                }
            }
        });
    });
    group.finish();
}

criterion_group!(journal, benches);
criterion_main!(journal);
