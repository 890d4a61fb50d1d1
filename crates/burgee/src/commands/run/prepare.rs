//! From a file and flags to a plan that may start.

use std::path::Path;

use burgee_engine::{Plan, Purpose, Subject};
use burgee_model::{Application, Manifest};
use burgee_notify::Lint;
use burgee_source::{Diagnostic, Severity, Sources, Span, Spanned};
use secrecy::ExposeSecret as _;

use super::properties;
use crate::{
    args::RunArgs,
    commands::Env,
    exit::Failure,
    input, mask, origin,
    secrets::{Found, SecretStore},
    show,
};

/// Everything that a run starts from.
pub(crate) struct Prepared {
    /// What to run.
    pub(crate) plan: Plan,
    /// Where each part of the manifest stands.
    pub(crate) parts: Vec<(String, Span)>,
    /// The texts that its spans lie in.
    pub(crate) sources: Sources,
    /// Where `secretRef` is answered from.
    pub(crate) secrets: SecretStore,
}

/// Reads, sets, checks; every refusal comes before the first step.
pub(crate) fn prepare(args: &RunArgs, env: &Env) -> Result<Prepared, Failure> {
    let (prepared, warnings) = prepare_quietly(args, env)?;
    env.explain(&warnings, &prepared.sources);
    Ok(prepared)
}

/// The same, with the warnings to be told or not.
pub(crate) fn prepare_quietly(
    args: &RunArgs,
    env: &Env,
) -> Result<(Prepared, Vec<Diagnostic>), Failure> {
    let path = args.file.as_deref().or(args.filename.as_deref());
    let path = path.expect("clap requires one of the two");
    let mut sources = Sources::default();
    let file = input::source(path, &mut sources).map_err(Failure::usage)?;
    let loaded = burgee_manifest::load(&sources, file);
    mask::learn_manifest(&loaded.manifest, &mut sources, env.console.redactor());
    let mut problems = loaded.diagnostics;
    if has_errors(&problems) {
        return Err(refuse(path, &problems, &sources, env));
    }
    let mut subject = the_subject(path, &loaded.manifest, &mut problems)?;
    if has_errors(&problems) {
        return Err(refuse(path, &problems, &sources, env));
    }
    namespace(&mut subject.application, args)?;
    properties::set(&mut subject.application, args, env)?;
    let secrets = secrets(args, &loaded.manifest, &mut sources, env)?;

    let purpose = if args.inbox || args.simulation.simulate {
        Purpose::RunWithInbox
    } else {
        Purpose::Run
    };
    let parts = origin::parts(&subject);
    // A large manifest is held once, and not twice.
    drop(loaded.manifest);
    let (plan, found) = burgee_engine::check(subject, &mut sources, &Lint::default(), purpose);
    problems.extend(found);
    show::in_source_order(&mut problems, &sources);
    let Some(plan) = plan else {
        return Err(refuse(path, &problems, &sources, env));
    };
    let prepared = Prepared {
        plan,
        parts,
        sources,
        secrets,
    };
    Ok((prepared, problems))
}

fn the_subject(
    path: &Path,
    manifest: &Manifest,
    problems: &mut Vec<Diagnostic>,
) -> Result<Subject, Failure> {
    let mut subjects = Subject::all(manifest, problems);
    match subjects.len() {
        1 => Ok(subjects.swap_remove(0)),
        0 => Err(Failure::usage(format!(
            "{}: there is no Application and no WorkflowRun in it",
            path.display()
        ))
        .hint("`run` takes a manifest with `kind: Application` or `kind: WorkflowRun`")),
        count => {
            let name = |subject: &Subject| subject.application.metadata.name.value.clone();
            let names: Vec<String> = subjects.iter().map(name).collect();
            Err(Failure::usage(format!(
                "{}: it holds {count} Applications: {}",
                path.display(),
                names.join(", ")
            ))
            .hint(format!(
                "run them one by one: keep only `{}` in one file",
                names[0]
            )))
        }
    }
}

/// `-n` names the namespace of an application that names none, as kubectl has it.
fn namespace(application: &mut Application, args: &RunArgs) -> Result<(), Failure> {
    let Some(wanted) = &args.namespace else {
        return Ok(());
    };
    let given = &mut application.metadata.namespace;
    match given {
        Some(given) if given.value != *wanted => Err(Failure::usage(format!(
            "the manifest's namespace `{}` is not the one of --namespace, `{wanted}`",
            given.value
        ))),
        Some(_) => Ok(()),
        None => {
            *given = Some(Spanned::new(wanted.clone(), Span::NONE));
            Ok(())
        }
    }
}

fn secrets(
    args: &RunArgs,
    manifest: &Manifest,
    sources: &mut Sources,
    env: &Env,
) -> Result<SecretStore, Failure> {
    let mut found = Found::default();
    found.manifest(manifest);
    for path in &args.given.secrets {
        found.path(path, sources)?;
    }
    for text in &args.given.secret {
        found.single(text)?;
    }
    for value in found.store.values() {
        env.console.redactor().learn(value.expose_secret());
    }
    if has_errors(&found.problems) {
        return Err(refuse(
            Path::new("--secrets"),
            &found.problems,
            sources,
            env,
        ));
    }
    for name in found.store.trimmed() {
        env.say(
            &format!("warning: cut the line break at the end of secret {name}"),
            &format!("警告：已去掉密钥 {name} 末尾的换行"),
        );
    }
    Ok(found.store)
}

fn has_errors(problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error)
}

/// Shows the problems of a file, and refuses it.
pub(crate) fn refuse(
    path: &Path,
    problems: &[Diagnostic],
    sources: &Sources,
    env: &Env,
) -> Failure {
    env.explain(problems, sources);
    let sources = env.covered(sources);
    let report = show::Report {
        sources: &sources,
        problems,
        lang: env.lang,
    };
    let message = format!("{}: {}", path.display(), show::count(problems, env.lang));
    Failure::manifest(message, show::json(report))
}
