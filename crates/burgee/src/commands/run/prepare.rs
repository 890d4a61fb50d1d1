//! From a file and flags to a plan that may start.

use std::path::Path;

use burgee_engine::{Plan, Purpose};
use burgee_model::{Application, Manifest};
use burgee_notify::Lint;
use burgee_source::{Diagnostic, Severity, Sources, Span, Spanned};
use secrecy::ExposeSecret as _;

use super::{destinations, properties};
use crate::{
    args::RunArgs,
    commands::Env,
    exit::Failure,
    input, mask,
    secrets::{Found, SecretStore},
    show,
};

/// Everything that a run starts from.
pub(crate) struct Prepared {
    /// What to run.
    pub(crate) plan: Plan,
    /// The texts that its spans lie in.
    pub(crate) sources: Sources,
    /// Where `secretRef` is answered from.
    pub(crate) secrets: SecretStore,
}

/// Reads, sets, checks; every refusal comes before the first step.
pub(crate) fn prepare(args: &RunArgs, env: &Env) -> Result<Prepared, Failure> {
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
    let mut application = the_application(path, &loaded.manifest)?;
    namespace(&mut application, args)?;
    properties::set(&mut application, args, env)?;
    let secrets = secrets(args, &loaded.manifest, &mut sources, env)?;

    let purpose = if args.inbox {
        Purpose::RunWithInbox
    } else {
        Purpose::Run
    };
    let (plan, found) = burgee_engine::check(&application, &mut sources, &Lint::default(), purpose);
    problems.extend(found);
    show::in_source_order(&mut problems, &sources);
    let Some(plan) = plan else {
        return Err(refuse(path, &problems, &sources, env));
    };
    env.explain(&problems, &sources);
    if !args.inbox {
        destinations::check(&plan, &secrets, args, env)?;
    }
    Ok(Prepared {
        plan,
        sources,
        secrets,
    })
}

fn the_application(path: &Path, manifest: &Manifest) -> Result<Application, Failure> {
    let mut applications = manifest.applications();
    match (applications.next(), applications.next()) {
        (Some(application), None) => Ok(application.clone()),
        (None, _) => Err(Failure::usage(format!(
            "{}: there is no Application in it",
            path.display()
        ))
        .hint("`run` takes a manifest with `kind: Application`")),
        (Some(first), Some(_)) => {
            let names: Vec<&str> = manifest
                .applications()
                .map(|app| app.metadata.name.value.as_str())
                .collect();
            let first = first.metadata.name.value.as_str();
            Err(Failure::usage(format!(
                "{}: it holds {} Applications: {}",
                path.display(),
                names.len(),
                names.join(", ")
            ))
            .hint(format!(
                "run them one by one: keep only `{first}` in one file"
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
    for path in &args.secrets {
        found.path(path, sources)?;
    }
    for text in &args.secret {
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

fn refuse(path: &Path, problems: &[Diagnostic], sources: &Sources, env: &Env) -> Failure {
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
