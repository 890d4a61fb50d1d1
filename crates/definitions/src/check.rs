//! Everything wrong with components, policies and steps that can be known before a run.

use burgee_model::{Application, Component, MessageLint, Policy, Step, TypeName};
use burgee_source::{Diagnostic, Spanned};

use crate::{
    Catalog, Family, Known, StepType, apply_component, depends_on_app, parameters,
    pending::pending_keys,
    print_message,
    render::Parts,
    request,
    rules::{self, CARRIED_OUT, DID_YOU_MEAN, NOTHING_CARRIED_OUT},
    step_group, suspend, webhook,
};

/// Checks a component and its traits. Parameters that its inputs will fill, or those of a step that applies
/// it, count as given.
pub fn check_component(
    component: &Component,
    application: &Application,
    out: &mut Vec<Diagnostic>,
) {
    let pending = pending_keys(component, application);
    let (_, problems) = Parts::read(component, &pending);
    out.extend(problems);
}

/// Checks a policy: whether its type is known.
pub fn check_policy(policy: &Policy, out: &mut Vec<Diagnostic>) {
    runnable(Family::Policy, &policy.type_name, out);
}

/// Checks a step, without its sub-steps. What a service accepts as a message is for `lint` to say.
pub fn check_step(
    step: &Step,
    application: &Application,
    lint: &dyn MessageLint,
    out: &mut Vec<Diagnostic>,
) {
    if !runnable(Family::Step, &step.type_name, out) {
        return;
    }
    match StepType::of(&step.type_name.value) {
        Some(StepType::ApplyComponent) => apply_component::check(step, application, out),
        Some(StepType::Notification) => {
            let keys = step.inputs.iter().filter_map(|i| i.parameter_key.as_ref());
            let pending: Vec<&str> = keys.map(|key| key.value.as_str()).collect();
            let properties = step.properties.as_ref();
            out.extend(lint.lint(properties, &pending, step.type_name.span));
        }
        Some(StepType::DependsOnApp) => depends_on_app::check(step, application, out),
        Some(StepType::PrintMessage) => parameters::check(step, print_message::read, out),
        Some(StepType::Request) => parameters::check(step, request::read, out),
        Some(StepType::StepGroup) => step_group::check(step, out),
        Some(StepType::Suspend) => parameters::check(step, suspend::read, out),
        Some(StepType::Webhook) => parameters::check(step, webhook::read, out),
        None => {}
    }
}

/// True when a type is carried out; says what it is otherwise.
pub(crate) fn runnable(
    family: Family,
    type_name: &Spanned<TypeName>,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let name = type_name.value.base();
    if name.is_empty() {
        // Whoever read the manifest has said that it is missing.
        return false;
    }
    let catalog = Catalog::builtin();
    let problem = |rule| {
        Diagnostic::new(rule)
            .arg("family", family.as_str())
            .arg("type", name)
            .at(type_name.span)
    };
    let runnable = catalog.runnable(family).join(", ");
    let way_out = |problem: Diagnostic| {
        if runnable.is_empty() {
            problem.hint(NOTHING_CARRIED_OUT)
        } else {
            problem.arg("runnable", &runnable).hint(CARRIED_OUT)
        }
    };
    match catalog.lookup(family, name) {
        Known::Runnable => return true,
        Known::NotYet => out.push(way_out(problem(&rules::NOT_CARRIED_OUT))),
        Known::Unknown { suggestion: None } => out.push(way_out(problem(&rules::UNKNOWN_TYPE))),
        Known::Unknown {
            suggestion: Some(name),
        } => {
            let unknown = problem(&rules::UNKNOWN_TYPE).arg("suggestion", name);
            out.push(unknown.hint(DID_YOU_MEAN));
        }
    }
    false
}
