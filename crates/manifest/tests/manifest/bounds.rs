//! Input of any size and shape ends in an ordinary problem that names the bound.

use burgee_manifest::{MAX_DEPTH, MAX_DIAGNOSTICS, MAX_FILE_BYTES, documents};
use burgee_source::Sources;

use super::{app, loaded, steps};

fn codes(text: &str) -> Vec<&'static str> {
    let found = loaded(text).diagnostics;
    found.iter().map(|problem| problem.rule().code).collect()
}

#[test]
fn deep_nesting_is_refused_before_the_stack_is() {
    for open in ["[", "{a: ", "- ", "? ", "[{a: "] {
        assert_eq!(codes(&open.repeat(100_000)), ["yaml/too-deep"], "{open}");
    }
    let indented: String = (0..1000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    assert_eq!(codes(&indented), ["yaml/too-deep"]);
}

#[test]
fn depth_up_to_the_bound_is_read() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mut sources = Sources::default();
    let fits = sources.add("fits.yaml", nested(MAX_DEPTH));
    let over = sources.add("over.yaml", nested(MAX_DEPTH + 1));
    assert_eq!(documents(&sources, fits).1, []);
    assert_eq!(documents(&sources, over).1[0].rule().code, "yaml/too-deep");
}

#[test]
fn billion_laughs_is_refused() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..10 {
        let uses = vec![format!("*a{}", level - 1); 9].join(",");
        text.push_str(&format!("a{level}: &a{level} [{uses}]\n"));
    }
    assert_eq!(codes(&text), ["yaml/alias-expansion"]);
}

#[test]
fn aliases_of_one_long_text_are_refused() {
    let long = "x".repeat(1_000_000);
    let text = format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 10_000].join(","));
    assert_eq!(codes(&text), ["yaml/alias-expansion"]);
    let keys = format!(
        "a: &a {{{}: 1}}\nb: [{}]\n",
        "k".repeat(1000),
        vec!["*a"; 50_000].join(",")
    );
    assert_eq!(codes(&keys), ["yaml/alias-expansion"]);
}

#[test]
fn alias_that_nests_too_deep_is_refused() {
    let half = MAX_DEPTH / 2 + 1;
    let nested = format!("{}x{}", "[".repeat(half), "]".repeat(half));
    let text = format!(
        "a: &a {nested}\nb: {}*a{}\n",
        "[".repeat(half),
        "]".repeat(half)
    );
    assert_eq!(codes(&text), ["yaml/too-deep"]);
}

#[test]
fn alias_of_itself_is_refused() {
    let found = codes("a: &a\n  b: *a\n");
    assert!(found.contains(&"yaml/recursive-alias"), "{found:?}");
}

#[test]
fn large_file_is_refused_unread() {
    let text = "a: b\n".repeat(MAX_FILE_BYTES / 5 + 1);
    assert_eq!(codes(&text), ["yaml/file-too-large"]);
}

#[test]
fn too_many_values_are_refused() {
    let text = format!("[{}]", "1,".repeat(210_000));
    assert_eq!(codes(&text), ["yaml/too-many-values"]);
}

#[test]
fn endless_problems_are_cut_with_a_word_about_it() {
    let many = "      - {name: a}\n".repeat(2000);
    let found = codes(&steps(&many));
    assert_eq!(found.len(), MAX_DIAGNOSTICS + 1);
    assert_eq!(found.last(), Some(&"manifest/too-many-problems"));
}

#[test]
fn many_harmless_hints_do_not_make_a_file_wrong() {
    let words = "yes, ".repeat(2000);
    let text = app(&format!(
        "  components: [{{name: a, type: x, properties: {{l: [{words}]}}}}]\n"
    ));
    let found = loaded(&text);
    let gravest = found
        .diagnostics
        .iter()
        .map(|problem| problem.severity().as_str())
        .max();
    assert_eq!(gravest, Some("hint"));
    assert_eq!(found.manifest.documents.len(), 1);
}

#[test]
fn long_text_is_cut_in_messages() {
    let key = "k".repeat(900);
    let found = loaded(&format!("{key}: 1\n{key}: 2\n"));
    let longest = found
        .diagnostics
        .iter()
        .map(|p| p.message(Default::default()).len())
        .max();
    assert!(longest < Some(200), "{longest:?}");
}
