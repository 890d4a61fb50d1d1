//! What `Application`, `Workflow` and `WorkflowRun` share: mode and steps.

use burgee_model::{Step, TypeName, WorkflowMode};
use burgee_source::{Fields, Node, Spanned};

use crate::{
    limits::is_full,
    step::{self, Place},
    unique::Names,
};

/// `mode`: the order of steps and of sub-steps.
pub(crate) fn mode(fields: &mut Fields<'_, '_>) -> Option<WorkflowMode> {
    let node = fields.optional("mode")?;
    let mut inner = Fields::new(node, "`mode`", fields.problems());
    let mode = WorkflowMode {
        span: node.span,
        steps: step::mode(&mut inner, "steps"),
        sub_steps: step::mode(&mut inner, "subSteps"),
    };
    inner.finish();
    Some(mode)
}

/// `steps`, with names filled in and checked to be unique.
pub(crate) fn steps(fields: &mut Fields<'_, '_>) -> Vec<Step> {
    let items = fields.list("steps");
    let out = fields.problems();
    let mut steps = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if is_full(out) {
            break;
        }
        steps.push(step::read(item, Place::Step(index), out));
    }
    let mut names = Names::steps();
    for step in &steps {
        names.add(step.name.value.as_str(), step.name.span, out);
        for sub_step in &step.sub_steps {
            names.add(sub_step.name.value.as_str(), sub_step.name.span, out);
        }
    }
    steps
}

/// The required `type` of a component, trait, policy or step. Empty when it is missing, which is reported.
pub(crate) fn type_name(fields: &mut Fields<'_, '_>, owner: &Node) -> Spanned<TypeName> {
    let name = fields.required_str("type");
    name.map_or_else(
        || Spanned::new("".into(), owner.span),
        |name| name.map(Into::into),
    )
}

/// A list of names.
pub(crate) fn names(fields: &mut Fields<'_, '_>, field: &'static str) -> Vec<Spanned<String>> {
    fields.strings(field).into_iter().map(own_text).collect()
}

pub(crate) fn own_text(text: Spanned<&str>) -> Spanned<String> {
    text.map(str::to_owned)
}
