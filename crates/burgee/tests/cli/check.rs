//! `burgee check`.

use crate::env::{EXAMPLE, Env};

#[test]
fn mission_has_warnings_only() {
    let env = Env::new();
    let out = env.run(&["check", EXAMPLE]).exits(0);
    assert!(out.stdout.contains("warning"), "{}", out.stdout);
    assert!(!out.stdout.contains("error"), "{}", out.stdout);
    let _strict = env.run(&["check", EXAMPLE, "--strict"]).exits(3);
}

#[test]
fn every_problem_of_every_file_is_reported_at_once() {
    let env = Env::new();
    let app = |name: &str, image: &str| {
        format!(
            "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata:\n  name: {name}\nspec:\n  components:\n  - name: a\n    type: webservice\n    properties:\n      {image}\n"
        )
    };
    let _one = env.file("apps/one.yaml", app("one", "image: 1"));
    let _two = env.file("apps/deep/two.yml", app("two", "imag: x"));
    let _not = env.file("apps/readme.txt", "not a manifest");
    let out = env.run(&["check", "apps", "-o", "json"]).exits(3);
    let problems = out.json();
    let errors: Vec<String> = problems
        .as_array()
        .expect("a list")
        .iter()
        .filter(|problem| problem["severity"] == "error")
        .map(|problem| {
            format!(
                "{}:{}:{} {}",
                problem["file"].as_str().unwrap_or_default(),
                problem["line"],
                problem["column"],
                problem["code"].as_str().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        errors,
        [
            "apps/deep/two.yml:10:7 field/missing",
            "apps/one.yaml:10:14 field/wrong-type"
        ]
    );
}

#[test]
fn chinese_lines_are_marked_by_display_width() {
    let env = Env::new();
    let file = env.file("a.yaml", "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {name: a}\nspec:\n  components: []\n  workflow:\n    steps:\n    - {name: 通知步骤, type: apply-component, properties: {component: 快递}}\n");
    let out = env.run(&["check", &file]).exits(3);
    let lines: Vec<&str> = out.stdout.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("快递") && line.contains('|'))
        .expect("the user's line");
    let width =
        |text: &str| -> usize { text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    let before = lines[at].split("快递").next().expect("text before");
    let marked = lines[at + 1];
    assert_eq!(
        marked.find('^'),
        Some(width(before)),
        "\n{}\n{}",
        lines[at],
        marked
    );
}

#[test]
fn github_annotations_and_sarif_name_file_and_line() {
    let env = Env::new();
    let file = env.file("a.yaml", "kind: Application\napiVersion: core.oam.dev/v1beta1\nmetadata: {name: a, name: b}\nspec: {components: []}\n");
    let out = env.run(&["check", &file, "-o", "github"]).exits(3);
    let line = out
        .stdout
        .lines()
        .find(|line| line.starts_with("::error "))
        .expect("an annotation");
    assert!(line.contains("line=3,col=21"), "{line}");
    let out = env.run(&["check", &file, "-o", "sarif"]).exits(3);
    let sarif = out.json();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let error = results
        .iter()
        .find(|result| result["level"] == "error")
        .expect("an error");
    assert_eq!(
        error["locations"][0]["physicalLocation"]["region"]["startLine"],
        3
    );
}

#[test]
fn secret_in_the_users_own_line_is_covered() {
    let env = Env::new();
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let text = text.replace(
        "<your slack url>",
        "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/sEcReTsEcReTsEcReTsEcReT",
    );
    let file = env.file("app.yaml", text);
    for output in ["text", "json", "github", "sarif"] {
        let out = env.run(&["check", &file, "-o", output]).exits(0);
        out.never_shows("sEcReT");
    }
}

#[test]
fn unreadable_file_is_exit_2_and_the_others_are_checked() {
    let out = Env::new()
        .run(&["check", "nothing.yaml", EXAMPLE, "-o", "json"])
        .exits(2);
    assert!(out.stderr.contains("nothing.yaml"), "{}", out.stderr);
    assert!(!out.json().as_array().expect("a list").is_empty());
}
