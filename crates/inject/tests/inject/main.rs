//! Paths, variables and assignments from the outside.

mod assignments;
mod parsing;
mod properties;
mod setting;
mod variables;

use burgee_inject::Path;
use burgee_source::{Diagnostic, Lang, Node, Sources};

fn node(json: &str) -> Node {
    Node::from(serde_json::from_str::<serde_json::Value>(json).expect("JSON"))
}

fn path(text: &str) -> Path {
    Path::parse(text).expect("a path")
}

/// A problem as people see it: code, place, message, note, hints.
fn render(sources: &Sources, problem: &Diagnostic) -> String {
    let mut out = problem.rule().code.to_owned();
    for label in problem.labels() {
        let at = sources.position(label.span.start());
        let note = problem.note(label, Lang::En).unwrap_or_default();
        let marked = sources.slice(label.span);
        out.push_str(&format!("\n  {}:{} `{marked}` {note}", at.line, at.column));
    }
    out.push_str(&format!("\n  {}", problem.message(Lang::En)));
    for hint in problem.hints(Lang::En) {
        out.push_str(&format!("\n  hint: {hint}"));
    }
    assert!(
        !problem.message(Lang::Zh).contains('{'),
        "{}",
        problem.message(Lang::Zh)
    );
    out
}
