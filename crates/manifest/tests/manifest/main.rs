//! What manifests mean and what is said about wrong ones.

mod bounds;
mod documents;
mod mission;
mod passing;
mod properties;
mod scalars;
mod secrets;
mod steps;
mod yaml;

use std::fmt::Write as _;

use burgee_manifest::{Loaded, load};
use burgee_model::{Application, Document};
use burgee_source::{Diagnostic, Lang, Role, Sources};

/// The problems of a manifest, a block for each: severity, code, place, message, other places, hints.
fn report(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("app.yaml", text);
    let loaded = load(&sources, file);
    render(&sources, &loaded.diagnostics)
}

fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for problem in diagnostics {
        let at = sources.position(problem.span().start());
        let (severity, code) = (problem.severity().as_str(), problem.rule().code);
        let message = problem.message(Lang::En);
        writeln!(
            out,
            "{}:{} {severity} {code}: {message}",
            at.line, at.column
        )
        .expect("a string");
        for label in problem.labels() {
            if label.role == Role::Secondary {
                let at = sources.position(label.span.start());
                let note = problem.note(label, Lang::En).unwrap_or_default();
                writeln!(out, "    also {}:{} {note}", at.line, at.column).expect("a string");
            }
        }
        for hint in problem.hints(Lang::En) {
            writeln!(out, "    hint: {hint}").expect("a string");
        }
        // Nothing may be left unfilled, in either language.
        for lang in [Lang::En, Lang::Zh] {
            let hints = problem.hints(lang).join(" ");
            for name in [
                "field", "value", "key", "old", "what", "name", "limit", "detail", "text",
            ] {
                let hole = format!("{{{name}}}");
                assert!(!problem.message(lang).contains(&hole), "{code}: {hole}");
                assert!(!hints.contains(&hole), "{code}: {hole}");
            }
        }
    }
    out
}

fn loaded(text: &str) -> Loaded {
    let mut sources = Sources::default();
    let file = sources.add("app.yaml", text);
    load(&sources, file)
}

/// The first document, which must be an application.
fn application(text: &str) -> Application {
    let mut documents = loaded(text).manifest.documents.into_iter();
    match documents.next() {
        Some(Document::Application(application)) => *application,
        other => panic!("no application but {other:?}"),
    }
}

/// An application with this `spec`, indented by two.
fn app(spec: &str) -> String {
    let head =
        "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata:\n  name: demo\nspec:\n";
    let components = if spec.contains("components:") {
        ""
    } else {
        "  components: []\n"
    };
    format!("{head}{components}{spec}")
}

/// An application with these workflow steps, indented by six. The first line of `steps` is line 9.
fn steps(steps: &str) -> String {
    app(&format!("  workflow:\n    steps:\n{steps}"))
}
