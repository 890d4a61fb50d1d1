//! Any text: it is a program, or its problems lie inside it.

use burgee_cue::{NoLoader, Program, source::SourceId};

use crate::problems;

const FILE: SourceId = SourceId(0);
const FOCUS: SourceId = SourceId(1);
/// What stands before the text when it is one of two files.
const OTHER: &str = "é: 1 // the other file\n";

/// Reads the text as a file, as an expression, and as a part of a package.
pub fn holds(text: &str) {
    problems_of(Program::file(text, FILE), &[(FILE, text)]);
    problems_of(Program::expression(text, FILE), &[(FILE, text)]);
    let package = Program::package(&[(OTHER, FILE), (text, FOCUS)], None, &NoLoader);
    problems_of(package, &[(FILE, OTHER), (FOCUS, text)]);
    let focus = Program::package(&[(OTHER, FILE)], Some((text, FOCUS)), &NoLoader);
    problems_of(focus, &[(FILE, OTHER), (FOCUS, text)]);
}

fn problems_of(
    program: Result<Program, Vec<burgee_cue::source::Diagnostic>>,
    texts: &problems::Texts<'_>,
) {
    match program {
        Ok(program) => {
            for reference in program.references() {
                let text = texts.iter().find(|(id, _)| *id == reference.span.source());
                let (_, text) = text.expect("a name stands in a text");
                assert!(text.get(reference.span.range()).is_some(), "{reference:?}");
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "it fails and nothing is wrong");
            for problem in &problems {
                problems::check(problem, texts);
            }
        }
    }
}
