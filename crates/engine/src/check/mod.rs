//! Everything about a manifest that can be found wrong before it runs: one function, used by `check` and
//! `run` alike.
//!
//! Each rule has one owner. Shapes were checked while the manifest was read, parameters are checked by their
//! definitions, messages by the lint port; here it is the workflow as a whole: what is carried out, paths,
//! expressions, and that every step can have its turn.

mod annotations;
mod condition;
mod graph;
mod names;
mod passing;
mod rules;
mod tolerance;

use burgee_definitions::{
    StepType, check_component, check_policy, check_step, rules as definition_rules,
};
use burgee_model::{
    Component, MessageLint, Mode, PLACEHOLDER_URL, Step, UNSUPPORTED_SERVICE, duration,
};
use burgee_source::{Diagnostic, Severity, Sources, Span, Text};

pub use rules::NOT_CARRIED_OUT;

use crate::{
    Subject,
    plan::{Condition, Plan, PlannedInput, PlannedKind, PlannedOutput, PlannedStep},
};
use names::Names;

/// What a step turns out to have once all steps are known.
struct Linked {
    after: Vec<usize>,
    depends_on: Vec<usize>,
    inputs: Vec<PlannedInput>,
    outputs: Vec<PlannedOutput>,
    condition: Condition,
}

/// The type of a step that runs sub-steps.
const GROUP: &str = "step-group";

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

/// Checks what is to be run. Gives the plan when nothing stands in the way of `purpose`, and all problems in
/// source order. Expressions are added to `sources` as texts of their own.
pub fn check(
    subject: Subject,
    sources: &mut Sources,
    lint: &dyn MessageLint,
    purpose: Purpose,
) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let steps = steps(&subject);
    let Subject {
        application,
        context,
        mode,
    } = subject;
    for component in &application.components {
        check_component(component, &application, &mut out);
        component_fields(component, &mut out);
    }
    for policy in &application.policies {
        check_policy(policy, &mut out);
    }
    let mut plan = Plan {
        application,
        context,
        mode,
        steps,
    };
    for planned in &plan.steps {
        check_step(&planned.step, &plan.application, lint, &mut out);
    }
    tolerance::apply(&mut plan, &mut out);
    let names = Names::new(&plan.steps);
    for place in 0..plan.steps.len() {
        let linked = Linked::new(place, &plan, &names, sources, &mut out);
        let planned = &mut plan.steps[place];
        planned.after.extend(linked.after);
        planned.after.sort_unstable();
        planned.after.dedup();
        planned.depends_on = linked.depends_on;
        planned.inputs = linked.inputs;
        planned.outputs = linked.outputs;
        planned.condition = linked.condition;
    }
    graph::check(&plan.steps, &mut out);
    annotations::check(&plan.application.metadata, &mut out);
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
    ((!refused).then_some(plan), out)
}

impl Linked {
    fn new(
        place: usize,
        plan: &Plan,
        names: &Names,
        sources: &mut Sources,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let depends_on = names.dependencies(&plan.steps[place], out);
        let (inputs, producers) = passing::inputs(place, plan, names, out);
        let outputs = passing::outputs(&plan.steps[place], sources, out);
        let condition = condition::compile(place, plan, names, sources, out);
        let asked = match &condition {
            Condition::Expression(expression) => expression.status.iter(),
            Condition::OnSuccess | Condition::Always => [].iter(),
        };
        let asked = asked.map(|(_, step)| *step);
        let after = depends_on.iter().copied().chain(producers).chain(asked);
        Self {
            after: after.collect(),
            depends_on,
            inputs,
            outputs,
            condition,
        }
    }
}

/// The steps in the order written, sub-steps behind their group, with nothing compiled yet.
fn steps(subject: &Subject) -> Vec<PlannedStep> {
    let workflow = subject.application.workflow.as_ref();
    let mut planned: Vec<PlannedStep> = Vec::new();
    let mut before = None;
    for step in workflow.into_iter().flat_map(|workflow| &workflow.steps) {
        let place = planned.len();
        let in_order = subject.mode.steps == Mode::StepByStep;
        planned.push(unlinked(step, None, before.filter(|_| in_order)));
        before = Some(place);
        if step.type_name.value.base() != GROUP {
            continue;
        }
        let mode = step.mode.map_or(subject.mode.sub_steps, |mode| mode.value);
        let mut before = None;
        for sub_step in &step.sub_steps {
            let in_order = mode == Mode::StepByStep;
            let after = before.filter(|_| in_order);
            before = Some(planned.len());
            planned.push(unlinked(sub_step, Some(place), after));
        }
        planned[place].kind = PlannedKind::Group {
            mode,
            steps: place + 1..planned.len(),
        };
    }
    // Where each component says what it needs, the step that applies it does.
    for planned in &mut planned {
        let component = applied(&planned.step, subject);
        let Some(component) = component else { continue };
        planned.step.inputs.extend(component.inputs.iter().cloned());
        planned
            .step
            .outputs
            .extend(component.outputs.iter().cloned());
        let depends_on = component.depends_on.iter().cloned();
        planned.step.depends_on.extend(depends_on);
    }
    planned
}

fn applied<'a>(step: &Step, subject: &'a Subject) -> Option<&'a Component> {
    let kind = StepType::of(&step.type_name.value)?;
    let name = step.properties.as_ref()?.get_str("component")?;
    kind.takes_component()
        .then(|| subject.application.component(name.value))?
}

fn unlinked(step: &Step, group: Option<usize>, before: Option<usize>) -> PlannedStep {
    let timeout = step.timeout.as_ref();
    PlannedStep {
        step: step.clone(),
        // A type that does not run here is reported, and then there is no plan.
        kind: PlannedKind::Step(
            StepType::of(&step.type_name.value).unwrap_or(StepType::Notification),
        ),
        group,
        before,
        depends_on: Vec::new(),
        after: before.into_iter().collect(),
        condition: Condition::OnSuccess,
        timeout: timeout.and_then(|text| duration(&text.value).ok()),
        inputs: Vec::new(),
        outputs: Vec::new(),
        tolerated: false,
    }
}

/// A run refuses what it cannot carry out, and a placeholder that nothing replaced; an inbox replaces all.
fn weigh(problem: Diagnostic, purpose: Purpose) -> Option<Diagnostic> {
    const NEEDED: [&str; 5] = [
        NOT_CARRIED_OUT.code,
        definition_rules::NOT_CARRIED_OUT.code,
        definition_rules::PARAMETER_NOT_CARRIED_OUT.code,
        definition_rules::UNKNOWN_TYPE.code,
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

fn component_fields(component: &Component, out: &mut Vec<Diagnostic>) {
    if let Some(revision) = &component.external_revision {
        not_carried_out("`externalRevision`", revision.span, out);
    }
}

fn not_carried_out(what: &str, span: Span, out: &mut Vec<Diagnostic>) {
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
