//! Everything about an application that can be found wrong before it runs: one function, used by `check` and
//! `run` alike.
//!
//! Each rule has one owner. Shapes were checked while the manifest was read, parameters are checked by their
//! definitions, messages by the lint port; here it is the workflow as a whole: what is carried out, paths,
//! expressions, and that each input has an output before it.

use burgee_cue::Program;
use burgee_definitions::{
    StepType, check_component, check_policy, check_step, component_key, rules,
};
use burgee_inject::Path;
use burgee_model::{
    Application, Component, Input, MessageLint, Mode, Output, PLACEHOLDER_URL, Step,
    UNSUPPORTED_SERVICE, Workflow,
};
use burgee_source::{Diagnostic, Rule, Severity, Sources, Span, Spanned, Text, nearest};

use crate::{
    context,
    plan::{Plan, PlannedInput, PlannedOutput, PlannedStep},
};

/// What the check is for: a run refuses what a check only mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To tell the user about the file.
    Check,
    /// To run it, with its messages going where the manifest says.
    Run,
    /// To run it with every message going to the inbox: a placeholder URL is good enough.
    RunWithInbox,
}

/// A field that is understood but not carried out yet: a run refuses it rather than ignore it.
pub static NOT_CARRIED_OUT: Rule = Rule {
    code: "workflow/not-carried-out",
    severity: Severity::Warning,
    message: Text::new(
        "{what} is understood but not carried out yet, so `run` refuses it",
        "能识别 {what}，但尚未实现，因此 `run` 会拒绝执行",
    ),
};

/// An input from a variable that no earlier step sets.
static UNKNOWN_INPUT: Rule = Rule {
    code: "workflow/unknown-input",
    severity: Severity::Error,
    message: Text::new(
        "no earlier step has an output `{from}`",
        "前面的步骤没有名为 `{from}` 的输出",
    ),
};

/// An expression that reads a name that its step does not have.
static UNKNOWN_NAME: Rule = Rule {
    code: "workflow/unknown-name",
    severity: Severity::Error,
    message: Text::new(
        "`{name}` is not in scope of `valueFrom` in this step",
        "此步骤的 `valueFrom` 中没有 `{name}`",
    ),
};

/// Checks an application. Gives the plan when nothing stands in the way of `purpose`, and all problems in
/// source order. Expressions are added to `sources` as texts of their own.
pub fn check(
    application: &Application,
    sources: &mut Sources,
    lint: &dyn MessageLint,
    purpose: Purpose,
) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    for component in &application.components {
        check_component(component, application, &mut out);
        component_fields(component, &mut out);
    }
    for policy in &application.policies {
        check_policy(policy, &mut out);
    }
    let mut steps = Vec::new();
    match &application.workflow {
        Some(workflow) => {
            workflow_fields(workflow, &mut out);
            let mut known: Vec<&str> = Vec::new();
            for step in &workflow.steps {
                check_step(step, application, lint, &mut out);
                step_fields(step, &mut out);
                steps.extend(plan_step(step, &known, application, sources, &mut out));
                known.extend(step.outputs.iter().map(|output| output.name.value.as_str()));
            }
        }
        None => {
            let what = "an application without a workflow".to_owned();
            not_carried_out(what, application.metadata.name.span, &mut out);
        }
    }
    let weighed = out
        .into_iter()
        .filter_map(|problem| weigh(problem, purpose));
    let mut out: Vec<Diagnostic> = weighed.collect();
    out.sort_by_key(|problem| {
        let place = sources.resolve(problem.span());
        (place.source(), place.range().start, problem.rule().code)
    });
    let refused = out
        .iter()
        .any(|problem| problem.severity() == Severity::Error);
    let plan = (!refused).then(|| Plan {
        application: application.clone(),
        steps,
    });
    (plan, out)
}

/// A run refuses what it cannot carry out, and a placeholder that nothing replaced; an inbox replaces all.
fn weigh(problem: Diagnostic, purpose: Purpose) -> Option<Diagnostic> {
    const NEEDED: [&str; 5] = [
        NOT_CARRIED_OUT.code,
        rules::NOT_CARRIED_OUT.code,
        rules::PARAMETER_NOT_CARRIED_OUT.code,
        rules::UNKNOWN_TYPE.code,
        UNSUPPORTED_SERVICE,
    ];
    let code = problem.rule().code;
    let placeholder = code == PLACEHOLDER_URL;
    let needed = NEEDED.contains(&code);
    match purpose {
        Purpose::Check if needed || placeholder => Some(problem.severe(Severity::Warning)),
        Purpose::RunWithInbox if placeholder => None,
        Purpose::Run if needed || placeholder => Some(problem.severe(Severity::Error)),
        Purpose::RunWithInbox if needed => Some(problem.severe(Severity::Error)),
        Purpose::Check | Purpose::Run | Purpose::RunWithInbox => Some(problem),
    }
}

fn not_carried_out(what: String, span: Span, out: &mut Vec<Diagnostic>) {
    out.push(
        Diagnostic::new(&NOT_CARRIED_OUT)
            .arg("what", what)
            .at(span)
            .hint(Text::new(
                "take it out to run the file here, or run it on KubeVela",
                "去掉它即可在此运行，或在 KubeVela 上运行",
            )),
    );
}

fn component_fields(component: &Component, out: &mut Vec<Diagnostic>) {
    let dependency = component
        .depends_on
        .first()
        .map(|name| ("`dependsOn`", name.span));
    let input = component
        .inputs
        .first()
        .map(|input| ("`inputs` of a component", input.span));
    let output = component
        .outputs
        .first()
        .map(|output| ("`outputs` of a component", output.span));
    let revision = component
        .external_revision
        .as_ref()
        .map(|r| ("`externalRevision`", r.span));
    for (what, span) in [dependency, input, output, revision].into_iter().flatten() {
        not_carried_out(what.to_owned(), span, out);
    }
}

fn workflow_fields(workflow: &Workflow, out: &mut Vec<Diagnostic>) {
    let reference = workflow.reference.as_ref().map(|name| ("`ref`", name.span));
    let steps = workflow.mode.and_then(|mode| mode.steps);
    let dag = steps
        .filter(|mode| mode.value == Mode::Dag)
        .map(|mode| ("mode `DAG`", mode.span));
    for (what, span) in [reference, dag].into_iter().flatten() {
        not_carried_out(what.to_owned(), span, out);
    }
}

fn step_fields(step: &Step, out: &mut Vec<Diagnostic>) {
    let condition = step.condition.as_ref().map(|c| ("`if`", c.span));
    let timeout = step.timeout.as_ref().map(|t| ("`timeout`", t.span));
    let dependency = step
        .depends_on
        .first()
        .map(|name| ("`dependsOn`", name.span));
    let mode = step.mode.map(|mode| ("`mode` of a step group", mode.span));
    let sub_step = step.sub_steps.first().map(|sub| ("`subSteps`", sub.span));
    for (what, span) in [condition, timeout, dependency, mode, sub_step]
        .into_iter()
        .flatten()
    {
        not_carried_out(what.to_owned(), span, out);
    }
}

/// The step with its paths and expressions compiled; `None` when its type does not run here, which its
/// definition has reported.
fn plan_step(
    step: &Step,
    known: &[&str],
    application: &Application,
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Option<PlannedStep> {
    let kind = StepType::of(&step.type_name.value);
    let to_component = kind.is_some_and(StepType::takes_component);
    let inputs = step.inputs.iter();
    let inputs = inputs
        .map(|input| plan_input(input, to_component, known, application, out))
        .collect();
    let outputs = step
        .outputs
        .iter()
        .filter_map(|output| plan_output(output, kind, sources, out))
        .collect();
    Some(PlannedStep {
        step: step.clone(),
        kind: kind?,
        inputs,
        outputs,
    })
}

fn plan_input(
    input: &Input,
    to_component: bool,
    known: &[&str],
    application: &Application,
    out: &mut Vec<Diagnostic>,
) -> PlannedInput {
    let from = &input.from;
    let is_known = |name: &str| {
        let rest = from.value.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    if !known.iter().any(|name| is_known(name)) && !in_context(&from.value, application) {
        let problem = Diagnostic::new(&UNKNOWN_INPUT)
            .arg("from", &from.value)
            .at(from.span);
        out.push(match nearest(&from.value, known.iter().copied()) {
            Some(name) => problem
                .arg("name", name)
                .hint(Text::new("did you mean `{name}`?", "是否想写 `{name}`？")),
            None if known.is_empty() => problem.hint(Text::new(
                "give an earlier step `outputs`, or read `context.…`",
                "请为前面的步骤添加 `outputs`，或读取 `context.…`",
            )),
            None => problem
                .arg("known", known.join(", "))
                .hint(Text::new("earlier outputs: {known}", "前面的输出：{known}")),
        });
    }
    let path = input.parameter_key.as_ref().and_then(|key| {
        let written = Path::parse(&key.value);
        let path = written.and_then(|path| match to_component {
            true => Path::parse(&component_key(&key.value)),
            false => Ok(path),
        });
        match path {
            Ok(path) => Some(Spanned::new(path, key.span)),
            Err(error) => {
                out.push(error.diagnostic(key.span));
                None
            }
        }
    });
    PlannedInput {
        from: from.clone(),
        path,
    }
}

fn in_context(from: &str, application: &Application) -> bool {
    // Ids are made when the run begins; here any text stands for them.
    let context = context::of_step(&context::of_run(application), &"".into(), &"".into());
    burgee_inject::Variables::default()
        .resolve(from, &context)
        .is_ok()
}

fn plan_output(
    output: &Output,
    kind: Option<StepType>,
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Option<PlannedOutput> {
    let source = sources.embed(output.value_from.value.as_str(), output.value_from.span);
    let program = match Program::expression(&output.value_from.value, source) {
        Ok(program) => program,
        Err(problems) => {
            out.extend(problems);
            return None;
        }
    };
    if let Some(kind) = kind {
        let scope = kind.scope();
        for reference in program.references() {
            if scope.contains(&reference.root.as_str()) {
                continue;
            }
            let problem = Diagnostic::new(&UNKNOWN_NAME)
                .arg("name", &reference.root)
                .arg("scope", scope.join(", "))
                .at(reference.span);
            let problem = match nearest(&reference.root, scope.iter().copied()) {
                Some(near) => problem
                    .arg("near", near)
                    .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
                None => problem.hint(Text::new("in scope: {scope}", "可用的名称：{scope}")),
            };
            out.push(problem);
        }
    }
    Some(PlannedOutput {
        name: output.name.clone(),
        value_from: output.value_from.clone(),
        program,
        source,
    })
}
