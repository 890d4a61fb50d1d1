//! `burgee check FILE…`: every problem of every file at once.

use burgee_engine::{Purpose, Subject};
use burgee_notify::Lint;
use burgee_source::{Diagnostic, Severity, SourceId, Sources};

use super::{Env, json_text};
use crate::{
    args::{CheckArgs, CheckOutput},
    exit::{Exit, Failure},
    input, mask, show,
};

/// Checks the files.
pub(crate) fn check(args: &CheckArgs, env: &Env) -> Result<Exit, Failure> {
    let paths: Vec<_> = args.files.iter().chain(&args.filename).cloned().collect();
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    let mut files = 0usize;
    let mut unreadable = false;
    for path in input::expand(&paths) {
        match path.and_then(|path| input::source(&path, &mut sources)) {
            Ok(file) => {
                files += 1;
                problems.extend(check_source(file, &mut sources, env));
            }
            Err(error) => {
                unreadable = true;
                env.console.say(&format!("error: {error}"));
            }
        }
    }
    print(args.output, &problems, &sources, files, env);
    let errors = problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error);
    let warnings = problems
        .iter()
        .any(|problem| problem.severity() == Severity::Warning);
    Ok(if unreadable {
        Exit::Usage
    } else if errors || (args.strict && warnings) {
        Exit::Manifest
    } else {
        Exit::Ok
    })
}

/// Every problem of one file, in source order.
fn check_source(file: SourceId, sources: &mut Sources, env: &Env) -> Vec<Diagnostic> {
    let loaded = burgee_manifest::load(sources, file);
    mask::learn_manifest(&loaded.manifest, sources, env.console.redactor());
    let mut problems = loaded.diagnostics;
    for subject in Subject::all(&loaded.manifest, &mut problems) {
        let (_, found) = burgee_engine::check(subject, sources, &Lint::default(), Purpose::Check);
        problems.extend(found);
    }
    show::in_source_order(&mut problems, sources);
    problems
}

fn print(output: CheckOutput, problems: &[Diagnostic], sources: &Sources, files: usize, env: &Env) {
    let sources = env.covered(sources);
    let report = show::Report {
        sources: &sources,
        problems,
        lang: env.lang,
    };
    match output {
        CheckOutput::Text => {
            env.console
                .print(&show::text(report, env.console.data_look()));
            env.console.say(&summary(problems, files, env));
        }
        CheckOutput::Json => env.console.print(&json_text(&show::json(report))),
        CheckOutput::Github => env.console.print(&show::github(report)),
        CheckOutput::Sarif => env.console.print(&json_text(&show::sarif(report))),
    }
}

fn summary(problems: &[Diagnostic], files: usize, env: &Env) -> String {
    use burgee_source::Lang;

    let count = show::count(problems, env.lang);
    match (env.lang, count.is_empty()) {
        (Lang::En, true) if files == 1 => "1 file, no problems".to_owned(),
        (Lang::En, true) => format!("{files} files, no problems"),
        (Lang::En, false) if files == 1 => format!("1 file: {count}"),
        (Lang::En, false) => format!("{files} files: {count}"),
        (Lang::Zh, true) => format!("{files} 个文件，没有问题"),
        (Lang::Zh, false) => format!("{files} 个文件：{count}"),
    }
}
