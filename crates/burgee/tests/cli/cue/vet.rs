//! `burgee cue vet`.

use crate::env::Env;

const SCHEMA: &str = "\
#Service: {
	name:     string
	replicas: *1 | int & >=1 & <=10
	port?:    int & >0 & <65536
}
";

/// `file:line:column` of every problem in a report.
fn places(report: &serde_json::Value) -> Vec<String> {
    let problems = report.as_array().expect("a list").iter();
    let place = problems.map(|problem| {
        let file = problem["file"].as_str().unwrap_or_default();
        format!("{file}:{}:{}", problem["line"], problem["column"])
    });
    place.collect()
}

#[test]
fn good_files_are_silent_and_bad_ones_are_reported_on_standard_output() {
    let env = Env::new();
    let _good = env.file("good.cue", "a: 1\nb: a + 1\n");
    let out = env.run(&["cue", "vet", "good.cue"]).exits(0);
    assert_eq!((out.stdout.as_str(), out.stderr.as_str()), ("", ""));
    let _bad = env.file("bad.cue", "a: 1\nb: a + \"x\"\n");
    let out = env.run(&["cue", "vet", "-o", "json", "bad.cue"]).exits(1);
    assert_eq!(places(&out.json()), ["bad.cue:2:4"]);
    let out = env.run(&["cue", "vet", "-o", "sarif", "bad.cue"]).exits(1);
    assert_eq!(out.json()["version"], "2.1.0");
}

#[test]
fn everything_that_is_wrong_is_reported_at_once() {
    let env = Env::new();
    let _file = env.file("a.cue", "a: 1 & 2\nb: c: \"x\" & int\nd: [1, 2][5]\ne: 1\n");
    let out = env.run(&["cue", "vet", "-o", "json", "a.cue"]).exits(1);
    let places = places(&out.json());
    let lines: Vec<_> = places.iter().map(|place| &place[..7]).collect();
    assert_eq!(lines, ["a.cue:1", "a.cue:2", "a.cue:3"], "{places:?}");
}

#[test]
fn what_is_not_concrete_is_noted_reported_or_accepted() {
    let env = Env::new();
    let _file = env.file("a.cue", "a: int\n");
    let out = env.run(&["cue", "vet", "a.cue"]).exits(0);
    assert!(out.stderr.contains("not concrete"), "{}", out.stderr);
    let out = env.run(&["cue", "vet", "-c", "a.cue"]).exits(1);
    assert!(out.stdout.contains("a.cue:1:"), "{}", out.stdout);
    let out = env.run(&["cue", "vet", "-c=false", "a.cue"]).exits(0);
    assert_eq!(out.stderr, "");
}

#[test]
fn each_document_is_checked_and_shown_where_it_was_written() {
    let env = Env::new();
    let _schema = env.file("schema.cue", SCHEMA);
    let _data = env.file(
        "data.yaml",
        "name: web\nreplicas: 3\n---\nname: api\nreplicas: 30\n---\nname: db\nprot: 80\n",
    );
    let _json = env.file("more.json", "{\"name\": \"x\",\n  \"port\": \"80\"}");
    let vet = ["cue", "vet", "-o", "json", "-d", "#Service"];
    let files = ["schema.cue", "data.yaml", "more.json"];
    let out = env.run(&[&vet[..], &files[..]].concat()).exits(1);
    let report = out.json();
    let mut found = Vec::new();
    for problem in report.as_array().expect("a list") {
        let related = problem["related"].as_array();
        let all = related.into_iter().flatten().chain([problem]);
        let in_data = all.filter(|place| place["file"] != "schema.cue");
        found.extend(in_data.map(|place| {
            let file = place["file"].as_str().unwrap_or_default();
            format!("{file}:{}", place["line"])
        }));
    }
    // Problems stand in the order of the schema's lines, then the data's.
    found.sort();
    assert_eq!(
        found,
        ["data.yaml:5", "data.yaml:8", "more.json:2"],
        "{report:#}"
    );
}

#[test]
fn without_an_expression_data_meets_all_that_the_files_say() {
    let env = Env::new();
    let _schema = env.file("schema.cue", "port: int & <1024\nlen: int\n");
    // A field of the data never stands in for a name of the schema.
    let good = "{\"port\": 80, \"len\": 2, \"int\": \"x\"}";
    let out = env.run_with_input(&["cue", "vet", "schema.cue", "json:", "-"], good);
    let _good = out.exits(0);
    let out = env.run_with_input(
        &["cue", "vet", "schema.cue", "yaml:", "-"],
        "port: 8080\nlen: 1\n",
    );
    assert!(out.exits(1).stdout.contains("<stdin>:1:7"));
}

#[test]
fn schema_without_data_is_wrong_usage() {
    let env = Env::new();
    let _schema = env.file("schema.cue", SCHEMA);
    let out = env
        .run(&["cue", "vet", "-d", "#Service", "schema.cue"])
        .exits(2);
    assert!(out.stderr.contains("no data"), "{}", out.stderr);
}
