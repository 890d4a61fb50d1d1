//! `burgee plan FILE`: the steps and what each waits for. Sends nothing, and needs no secrets.

use burgee_engine::{Plan, Purpose, Subject};
use burgee_notify::Lint;
use burgee_source::{Severity, Sources};

use super::{Env, run::refuse};
use crate::{
    args::{PlanArgs, PlanOutput},
    exit::{Exit, Failure},
    graph::{self, Graph},
    input, mask, show,
};

/// Prints the graph of each workflow of the file.
pub(crate) fn plan(args: &PlanArgs, env: &Env) -> Result<Exit, Failure> {
    let path = args.file.as_deref().or(args.filename.as_deref());
    let path = path.expect("clap requires one of the two");
    let mut sources = Sources::default();
    let file = input::source(path, &mut sources).map_err(Failure::usage)?;
    let loaded = burgee_manifest::load(&sources, file);
    mask::learn_manifest(&loaded.manifest, &mut sources, env.console.redactor());
    let mut problems = loaded.diagnostics;
    let mut plans: Vec<Plan> = Vec::new();
    for subject in Subject::all(&loaded.manifest, &mut problems) {
        let checked = burgee_engine::check(subject, &mut sources, &Lint::default(), Purpose::Check);
        plans.extend(checked.0);
        problems.extend(checked.1);
    }
    // Warnings are for `check`: here they would stand in the way of the picture.
    problems.retain(|problem| problem.severity() == Severity::Error);
    if !problems.is_empty() {
        show::in_source_order(&mut problems, &sources);
        return Err(refuse(path, &problems, &sources, env));
    }
    let name = path.display();
    match plans.as_slice() {
        [] => Err(Failure::usage(format!(
            "{name}: there is no Application and no WorkflowRun in it"
        ))),
        [_, _, ..] if args.output == PlanOutput::Mermaid => Err(Failure::usage(format!(
            "{name}: it holds {} workflows, and a Mermaid picture shows one",
            plans.len()
        ))
        .hint("keep one of them in the file; text and dot show them all")),
        plans => {
            let pictures: Vec<String> = plans.iter().map(|plan| draw(plan, args, env)).collect();
            env.console.print(&pictures.join("\n"));
            Ok(Exit::Ok)
        }
    }
}

fn draw(plan: &Plan, args: &PlanArgs, env: &Env) -> String {
    let graph = Graph::of(plan);
    match args.output {
        PlanOutput::Text => graph::text(&graph, env.lang),
        PlanOutput::Dot => graph::dot(&graph),
        PlanOutput::Mermaid => graph::mermaid(&graph),
    }
}
