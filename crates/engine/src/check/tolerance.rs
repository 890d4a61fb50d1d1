//! Whose failure is no failure of the workflow: the annotation `burgee.dev/on-notify-failure`.
//!
//! KubeVela keeps annotations that it does not know, so that a manifest with this one runs there as well.

use burgee_source::{Diagnostic, Rule, Severity, Text, nearest};

use crate::plan::Plan;

/// `continue`, `stop`, or the names of the steps whose failure the workflow bears.
pub(super) const ANNOTATION: &str = "burgee.dev/on-notify-failure";

/// A name in the annotation that no notification step has.
static UNKNOWN_STEP: Rule = Rule {
    code: "workflow/unknown-notification",
    severity: Severity::Error,
    message: Text::new(
        "`burgee.dev/on-notify-failure` names `{name}`, and no notification step is called so",
        "`burgee.dev/on-notify-failure` 引用了 `{name}`，但没有该名称的通知步骤",
    ),
};

/// Marks the steps that the annotation means.
pub(super) fn apply(plan: &mut Plan, out: &mut Vec<Diagnostic>) {
    let metadata = &plan.application.metadata;
    let Some(value) = metadata.annotations.get(ANNOTATION) else {
        return;
    };
    let span = metadata.name.span;
    match value.trim() {
        "stop" => {}
        "continue" => {
            for planned in &mut plan.steps {
                planned.tolerated = planned.notifies();
            }
        }
        names => {
            for name in names.split(',').map(str::trim) {
                let mut steps = plan.steps.iter_mut();
                let named = steps
                    .find(|planned| planned.notifies() && planned.step.name.value.as_str() == name);
                match named {
                    Some(planned) => planned.tolerated = true,
                    None => out.push(unknown(name, plan).at(span)),
                }
            }
        }
    }
}

fn unknown(name: &str, plan: &Plan) -> Diagnostic {
    let steps = plan.steps.iter().filter(|planned| planned.notifies());
    let names = steps.map(|planned| planned.step.name.value.as_str());
    let words = ["continue", "stop"];
    let problem = Diagnostic::new(&UNKNOWN_STEP).arg("name", name);
    match nearest(name, names.chain(words)) {
        Some(near) => problem
            .arg("near", near)
            .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
        None => problem.hint(Text::new(
            "write `continue`, `stop`, or names of notification steps with commas between them",
            "请写 `continue`、`stop`，或以逗号分隔的通知步骤名称",
        )),
    }
}
