//! `burgee cue bench`.

use serde_json::Value;

use crate::env::{Env, Output};

/// The three figures of the one object that is printed, and nothing else in it.
fn figures(out: &Output) -> [u64; 3] {
    assert_eq!(out.stdout.lines().count(), 1, "{}", out.stdout);
    let Value::Object(object) = out.json() else {
        panic!("no object: {}", out.stdout);
    };
    let names = ["median_ns", "compiled_median_ns", "alloc_bytes"];
    assert!(object.keys().eq(names), "{}", out.stdout);
    names.map(|name| object[name].as_u64().expect("a whole number"))
}

#[test]
fn one_object_tells_the_times_and_what_is_allocated() {
    let env = Env::new();
    let file = env.file("a.cue", "a: [1, 2, 3], b: a[1] + 1");
    let out = env.run(&["cue", "bench", &file, "--runs", "20"]).exits(0);
    let [whole, compiled, allocated] = figures(&out);
    assert!(whole > 0 && compiled > 0, "{}", out.stdout);
    // A parsed text, its nodes and the JSON fit into that; nothing at all or the whole process does not.
    assert!((500..500_000).contains(&allocated), "{}", out.stdout);
}

#[test]
fn what_is_allocated_grows_with_the_value_and_not_with_the_runs() {
    let env = Env::new();
    let allocated = |source: &str, runs: &str| {
        let file = env.file("a.cue", source);
        let out = env.run(&["cue", "bench", &file, "--runs", runs]).exits(0);
        let [_, _, allocated] = figures(&out);
        allocated
    };
    let items = "1,".repeat(1000);
    let small = allocated("a: [1]", "5");
    let large = allocated(&format!("a: [{items}]"), "5");
    assert!(large > 10 * small, "{large} and {small}");
    let again = allocated("a: [1]", "200");
    assert!(again.abs_diff(small) < small / 2, "{again} and {small}");
}

#[test]
fn expression_is_measured_in_the_scope_of_the_files() {
    let env = Env::new();
    let file = env.file("a.cue", "a: 1, open: int");
    let data = env.file("b.json", r#"{"b": 2}"#);
    // The whole is not concrete, the expression is.
    let args = ["cue", "bench", &file, &data, "-e", "a + b", "--runs", "1"];
    figures(&env.run(&args).exits(0));
}

#[test]
fn value_that_is_wrong_is_not_measured_but_explained() {
    let env = Env::new();
    for source in ["a: int", "a: 1 & 2", "a: ["] {
        let file = env.file("a.cue", source);
        let out = env.run(&["cue", "bench", &file]).exits(1);
        assert_eq!(out.stdout, "");
        assert!(out.stderr.contains("a.cue:1:"), "{}", out.stderr);
    }
}

#[test]
fn wrong_usage_is_told_apart() {
    let env = Env::new();
    let file = env.file("a.cue", "a: 1");
    for args in [
        ["missing.cue", "--runs", "1"],
        [&file, "--runs", "0"],
        [&file, "--runs", "many"],
    ] {
        let out = env.run(&[&["cue", "bench"], &args[..]].concat()).exits(2);
        assert_eq!(out.stdout, "");
    }
}
