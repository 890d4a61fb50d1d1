//! Any text: what is formatted stays as it is when it is formatted again, and means the same.

use burgee_cue::{Error, ErrorKind, Program, Value, format, source::SourceId};

use crate::{limits::tight, problems};

const FILE: SourceId = SourceId(0);

/// Formats the text, and the result.
pub fn holds(text: &str) {
    let formatted = match format(text, FILE) {
        Ok(formatted) => formatted,
        Err(problems) => {
            assert!(!problems.is_empty(), "it fails and nothing is wrong");
            for problem in &problems {
                problems::check(problem, &[(FILE, text)]);
            }
            assert!(
                Program::file(text, FILE).is_err(),
                "CUE that cannot be formatted: {problems:?}"
            );
            return;
        }
    };
    match format(&formatted, FILE) {
        Ok(again) => assert_eq!(again, formatted, "formatted again it differs"),
        Err(problems) => panic!("no CUE once it is formatted: {problems:?}\n{formatted}"),
    }
    same(&meaning(text), &meaning(&formatted), &formatted);
}

/// What a text means: the codes of what is wrong with it, or what it ends in.
fn meaning(text: &str) -> Result<Result<Value, Error>, Vec<&'static str>> {
    match Program::file(text, FILE) {
        Ok(program) => Ok(program.evaluate(&[], &tight())),
        Err(problems) => {
            let mut codes: Vec<_> = problems.iter().map(|problem| problem.rule().code).collect();
            codes.sort_unstable();
            Err(codes)
        }
    }
}

fn same(
    before: &Result<Result<Value, Error>, Vec<&'static str>>,
    after: &Result<Result<Value, Error>, Vec<&'static str>>,
    formatted: &str,
) {
    match (before, after) {
        (Ok(Ok(before)), Ok(Ok(after))) => {
            assert_eq!(before.to_json_text(), after.to_json_text(), "{formatted}");
        }
        (Ok(Err(before)), Ok(Err(after))) => assert_eq!(before.kind, after.kind, "{formatted}"),
        // A bound that is hit by a hair.
        (Ok(Err(error)), _) | (_, Ok(Err(error))) if error.kind == ErrorKind::Limit => {}
        (before, after) => assert_eq!(
            before.as_ref().err(),
            after.as_ref().err(),
            "{before:?}, formatted {after:?}\n{formatted}"
        ),
    }
}
