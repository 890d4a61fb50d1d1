use burgee_model::{Journal as _, RunPhase};
use burgee_store::{Filter, Store, StoreError};
use tempfile::TempDir;

use crate::support::{at, begin, finished, new_run, started, store};

/// Runs of two applications; the second run of `shop` is the latest of all, the first one has ended.
fn three() -> (TempDir, Store) {
    let (dir, store) = store();
    let (_lock, journal) = begin(&store, "kx3f01", "shop");
    journal.append(&finished(9)).expect("room");
    for (id, application, seconds) in [("kx3f22", "shop", 20), ("m5q870", "blog", 10)] {
        let mut run = new_run(id, application);
        run.created = at(seconds);
        let (_lock, journal) = store.begin(&run).expect("a new run");
        journal.append(&started(id, application)).expect("room");
    }
    (dir, store)
}

fn ids(store: &Store, filter: &Filter) -> Vec<String> {
    let runs = store.runs(filter).expect("a list");
    runs.iter().map(|run| run.run.to_string()).collect()
}

#[test]
fn runs_are_listed_newest_first() {
    let (_dir, store) = three();
    assert_eq!(
        ids(&store, &Filter::default()),
        ["kx3f22", "m5q870", "kx3f01"]
    );
    let last = &store.runs(&Filter::default()).unwrap()[2];
    assert_eq!(
        (last.phase, last.finished),
        (RunPhase::Succeeded, Some(at(9)))
    );
    assert_eq!(
        (last.created, last.updated, last.records),
        (at(0), at(9), 2)
    );
}

#[test]
fn a_filter_lets_through_what_fits_all_of_it() {
    let (_dir, store) = three();
    let shop = Filter {
        application: Some("shop".to_owned()),
        ..Filter::default()
    };
    assert_eq!(ids(&store, &shop), ["kx3f22", "kx3f01"]);
    let unfinished = Filter {
        unfinished: true,
        ..shop.clone()
    };
    assert_eq!(ids(&store, &unfinished), ["kx3f22"]);
    let one = Filter {
        limit: 1,
        ..Filter::default()
    };
    assert_eq!(ids(&store, &one), ["kx3f22"]);
    let elsewhere = Filter {
        namespace: Some("prod".to_owned()),
        ..shop
    };
    assert!(ids(&store, &elsewhere).is_empty());
}

#[test]
fn a_name_is_an_id_an_application_or_the_beginning_of_one_id() {
    let (_dir, store) = three();
    let find = |name| store.find(name).unwrap().to_string();
    assert_eq!(find("kx3f01"), "kx3f01");
    assert_eq!(find("shop"), "kx3f22");
    assert_eq!(find("default/shop"), "kx3f22");
    assert_eq!(find("m5"), "m5q870");
}

#[test]
fn a_beginning_of_several_ids_lists_them() {
    let (_dir, store) = three();
    let error = store.find("kx3").unwrap_err();
    assert_eq!(error.to_string(), "`kx3` may be kx3f22, kx3f01; say which");
}

#[test]
fn an_application_in_two_namespaces_asks_for_one() {
    let (_dir, store) = three();
    let mut run = new_run("p00001", "shop");
    run.namespace = "prod".to_owned();
    drop(store.begin(&run).unwrap());
    let error = store.find("shop").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`shop` may be default/shop, prod/shop; say which"
    );
    assert_eq!(store.find("prod/shop").unwrap().as_str(), "p00001");
}

#[test]
fn a_name_that_means_nothing_is_told_what_is_spelled_alike() {
    let (_dir, store) = three();
    let error = store.find("shpo").unwrap_err();
    assert_eq!(
        error.to_string(),
        "no run or application `shpo`; there is `shop`"
    );
    for name in ["", "zzz", "%", "kx3f0_"] {
        let error = store.find(name).unwrap_err();
        assert!(
            matches!(error, StoreError::NotFound { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn where_a_run_comes_from_is_kept_as_it_was_given() {
    let (_dir, store) = three();
    assert_eq!(
        store.origin(&"m5q870".into()).unwrap().get(),
        r#"["--inbox"]"#
    );
}
