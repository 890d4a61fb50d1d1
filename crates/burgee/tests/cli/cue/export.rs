//! `burgee cue export` and `eval`.

use crate::env::Env;

#[test]
fn json_is_indented_and_keeps_digits_and_order() {
    let env = Env::new();
    let file = env.file("a.cue", "b: 1.50\na: [1e3, {}]\nt: \"<&>\"\n");
    let out = env.run(&["cue", "export", &file]).exits(0);
    assert_eq!(
        out.stdout,
        "{\n    \"b\": 1.50,\n    \"a\": [\n        1E+3,\n        {}\n    ],\n    \"t\": \"<&>\"\n}\n"
    );
    let out = env.run(&["cue", "export", "--escape", &file]).exits(0);
    assert!(
        out.stdout.contains(r#""\u003c\u0026\u003e""#),
        "{}",
        out.stdout
    );
}

#[test]
fn yaml_and_text_are_other_forms_of_the_same() {
    let env = Env::new();
    let file = env.file("a.cue", "a: b: [1, \"x\"]\n");
    let out = env.run(&["cue", "export", "--out", "yaml", &file]).exits(0);
    assert_eq!(out.stdout, "a:\n  b:\n    - 1\n    - x\n");
    let out = env
        .run(&["cue", "export", "--out", "text", "-e", "\"a\\nb\"", &file])
        .exits(0);
    assert_eq!(out.stdout, "a\nb\n");
    let out = env.run(&["cue", "export", "--out", "text", &file]).exits(2);
    assert!(out.stderr.contains("struct"), "{}", out.stderr);
}

#[test]
fn standard_input_is_cue_unless_it_is_said_otherwise() {
    let env = Env::new();
    let out = env
        .run_with_input(&["cue", "export", "-"], "x: 1 + 1")
        .exits(0);
    assert_eq!(out.json(), serde_json::json!({"x": 2}));
    let out = env
        .run_with_input(&["cue", "export", "yaml:", "-"], "x: yes\ny: 0x1F\n")
        .exits(0);
    assert_eq!(out.json(), serde_json::json!({"x": "yes", "y": 31}));
}

#[test]
fn what_is_wrong_is_said_in_every_form_and_nothing_is_printed() {
    let env = Env::new();
    let file = env.file("a.cue", "a: {b: 1}\nc: a.bb.x + 1/0\n");
    let out = env.run(&["cue", "export", &file]).exits(1);
    assert_eq!(out.stdout, "");
    assert!(out.stderr.contains("a.cue:2:"), "{}", out.stderr);
    let out = env
        .run(&["cue", "export", "--problems", "github", &file])
        .exits(1);
    assert!(out.stderr.starts_with("::error file="), "{}", out.stderr);
    let out = env
        .run(&["cue", "export", "--problems", "json", &file])
        .exits(1);
    let problems: serde_json::Value = serde_json::from_str(&out.stderr).expect("JSON");
    assert_eq!(problems[0]["line"], 2);
}

#[test]
fn unreadable_file_and_empty_folder_are_wrong_usage() {
    let env = Env::new();
    let out = env.run(&["cue", "export", "nowhere.cue"]).exits(2);
    assert!(out.stderr.contains("nowhere.cue"), "{}", out.stderr);
    let out = env.run(&["cue", "export"]).exits(2);
    assert!(out.stderr.contains(".cue"), "{}", out.stderr);
}

#[test]
fn broken_data_is_shown_where_it_is_broken() {
    let env = Env::new();
    let json = env.file("bad.json", "{\n  \"a\": [1,\n  \"b\": }\n");
    let out = env.run(&["cue", "export", &json]).exits(1);
    assert!(out.stderr.contains("bad.json:3:6"), "{}", out.stderr);
}

#[test]
fn urls_are_exported_letter_for_letter() {
    let url = "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT";
    let env = Env::new();
    let file = env.file("a.cue", format!("url: \"{url}\"\n"));
    let out = env.run(&["cue", "export", &file]).exits(0);
    assert_eq!(out.json()["url"], url);
    // A report of problems covers them as everywhere.
    let file = env.file("b.cue", format!("url: \"{url}\" + 1\n"));
    let out = env.run(&["cue", "export", &file]).exits(1);
    out.never_shows("sEcReT");
}

#[test]
fn what_is_no_text_is_wrong_usage() {
    let env = Env::new();
    let _file = env.file("a.cue", [b'a', b':', b' ', b'"', 0xff, b'"']);
    let out = env.run(&["cue", "export", "a.cue"]).exits(2);
    assert!(out.stderr.contains("byte 4"), "{}", out.stderr);
}

#[test]
fn no_input_is_too_deep_or_too_long_to_be_answered() {
    let env = Env::new();
    let deep = format!("{}1{}", "{a: ".repeat(100_000), "}".repeat(100_000));
    let wide = format!("x: [{}]\n", "1, ".repeat(500_000));
    let endless = "#L: {n: int, next: #L}\nx: #L & {n: 1}\n".to_owned();
    let huge = "import \"list\"\nx: list.Repeat([1], 1000000000)\n".to_owned();
    for source in [deep, endless, huge] {
        let out = env
            .run_with_input(&["cue", "export", "-"], &source)
            .exits(1);
        assert!(out.stderr.starts_with("error["), "{}", out.stderr);
    }
    let out = env.run_with_input(&["cue", "export", "-"], &wide).exits(0);
    assert_eq!(out.json()["x"].as_array().expect("a list").len(), 500_000);
}
