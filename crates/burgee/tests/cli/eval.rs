//! `burgee eval`.

use crate::env::Env;

const DATA: &str = "output:\n  status:\n    conditions:\n    - message: up\n    replicas: 3\n";

#[test]
fn expression_reads_yaml_and_json() {
    let env = Env::new();
    let yaml = env.file("data.yaml", DATA);
    let json = env.file("data.json", r#"{"output":{"status":{"replicas":3}}}"#);
    let out = env
        .run(&[
            "eval",
            r#"output.status.conditions[0].message + "!""#,
            "--data",
            &yaml,
        ])
        .exits(0);
    assert_eq!(out.stdout, "\"up!\"\n");
    let out = env
        .run(&["eval", "output.status.replicas + 1", "--data", &json])
        .exits(0);
    assert_eq!(out.stdout, "4\n");
}

#[test]
fn string_is_bare_as_text() {
    let out = Env::new()
        .run(&["eval", r#""a" + "b""#, "-o", "text"])
        .exits(0);
    assert_eq!(out.stdout, "ab\n");
}

#[test]
fn missing_field_names_those_that_exist() {
    let env = Env::new();
    let yaml = env.file("data.yaml", DATA);
    let out = env
        .run(&["eval", "output.status.replica", "--data", &yaml])
        .exits(1);
    assert!(out.stderr.contains("replicas"), "{}", out.stderr);
    assert_eq!(out.stdout, "");
}

#[test]
fn data_comes_from_standard_input() {
    let out = Env::new()
        .run_with_input(&["eval", "a.b", "--data", "-"], "a: {b: [1, 2]}")
        .exits(0);
    assert_eq!(out.stdout, "[1,2]\n");
}
