//! One step or sub-step.

use burgee_model::{Mode, Step, StepName};
use burgee_source::{Diagnostic, Fields, Node, Rule, Severity, Spanned, Text, nearest};

use crate::{
    duration,
    limits::{is_full, shown},
    passing::{self, Owner},
    workflow::{names, own_text, type_name},
};

/// A mode that does not exist.
pub static BAD_MODE: Rule = Rule {
    code: "workflow/unknown-mode",
    severity: Severity::Error,
    message: Text::new("there is no mode `{mode}`", "没有 `{mode}` 这种模式"),
};

/// A sub-step with sub-steps of its own.
pub static NESTED_SUB_STEPS: Rule = Rule {
    code: "step/nested-sub-steps",
    severity: Severity::Error,
    message: Text::new("a sub-step cannot have `{field}`", "子步骤不能有 `{field}`"),
};

/// Sub-steps of a step that runs none.
pub static SUB_STEPS_IGNORED: Rule = Rule {
    code: "step/sub-steps-ignored",
    severity: Severity::Warning,
    message: Text::new(
        "only a `step-group` runs `subSteps`; a step of type `{type}` ignores them",
        "只有 `step-group` 会执行 `subSteps`，类型为 `{type}` 的步骤会忽略它们",
    ),
};

/// Where a step stands, from 0.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Step(usize),
    SubStep(usize, usize),
}

/// Reads a step.
pub(crate) fn read(node: &Node, place: Place, out: &mut Vec<Diagnostic>) -> Step {
    let mut fields = Fields::new(node, place.owner(), out);
    let name = filled(&mut fields, "name");
    let type_name = type_name(&mut fields, node);
    let alias = fields
        .optional("meta")
        .and_then(|meta| alias(meta, fields.problems()));
    let condition = filled(&mut fields, "if");
    let timeout = filled(&mut fields, "timeout");
    if let Some(timeout) = &timeout {
        duration::check(timeout, fields.problems());
    }
    let depends_on = names(&mut fields, "dependsOn");
    let properties = fields.optional_map("properties").cloned();
    let owner = Owner::Step {
        type_name: type_name.value.base(),
        properties: properties.as_ref(),
    };
    let inputs = passing::inputs(&mut fields, &owner);
    let outputs = passing::outputs(&mut fields);
    let (mode, sub_steps) = match place {
        Place::Step(index) => (
            mode(&mut fields, "mode"),
            sub_steps(&mut fields, index, type_name.value.base()),
        ),
        Place::SubStep(..) => {
            refuse_nesting(&mut fields);
            (None, Vec::new())
        }
    };
    fields.finish();
    Step {
        span: node.span,
        name: match name {
            Some(name) => name.map(StepName::from),
            None => Spanned::new(place.name(), node.span),
        },
        type_name,
        alias,
        condition,
        timeout,
        depends_on,
        inputs,
        outputs,
        properties,
        mode,
        sub_steps,
    }
}

/// One mode; an unknown one is reported.
pub(crate) fn mode(fields: &mut Fields<'_, '_>, field: &'static str) -> Option<Spanned<Mode>> {
    const MODES: [Mode; 2] = [Mode::StepByStep, Mode::Dag];
    let written = fields.optional_str(field)?;
    let found = MODES
        .into_iter()
        .find(|mode| mode.as_str() == written.value);
    if found.is_none() {
        let unknown = Diagnostic::new(&BAD_MODE)
            .arg("mode", shown(written.value))
            .at(written.span);
        fields.report(match nearest(written.value, MODES.map(Mode::as_str)) {
            Some(near) => unknown.arg("suggestion", near).hint(Text::new(
                "did you mean `{suggestion}`?",
                "是否想写 `{suggestion}`？",
            )),
            None => unknown.hint(Text::new(
                "the modes are `StepByStep` and `DAG`",
                "可用的模式有 `StepByStep` 和 `DAG`",
            )),
        });
    }
    Some(Spanned::new(found?, written.span))
}

/// A text that is there and not empty: KubeVela makes no difference between `""` and nothing.
fn filled(fields: &mut Fields<'_, '_>, field: &'static str) -> Option<Spanned<String>> {
    let text = fields.optional_str(field);
    text.filter(|text| !text.value.is_empty()).map(own_text)
}

fn alias(meta: &Node, out: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    let mut fields = Fields::new(meta, "`meta`", out);
    let alias = fields.optional_str("alias").map(own_text);
    fields.finish();
    alias
}

fn sub_steps(fields: &mut Fields<'_, '_>, index: usize, type_name: &str) -> Vec<Step> {
    let items = fields.list("subSteps");
    if let Some(at) = fields.key_span("subSteps")
        && !items.is_empty()
        && type_name != "step-group"
        && !type_name.is_empty()
    {
        fields.report(
            Diagnostic::new(&SUB_STEPS_IGNORED)
                .arg("type", shown(type_name))
                .at(at)
                .hint(Text::new(
                    "write `type: step-group`, or make them steps of the workflow",
                    "请写 `type: step-group`，或把它们移到 workflow 的步骤中",
                )),
        );
    }
    let mut steps = Vec::new();
    for (sub_index, item) in items.iter().enumerate() {
        if is_full(fields.problems()) {
            break;
        }
        let place = Place::SubStep(index, sub_index);
        steps.push(read(item, place, fields.problems()));
    }
    steps
}

/// KubeVela drops these without a word, and the steps in them never run.
fn refuse_nesting(fields: &mut Fields<'_, '_>) {
    for field in ["subSteps", "mode"] {
        if fields.optional(field).is_some() {
            let at = fields.key_span(field);
            let nested = Diagnostic::new(&NESTED_SUB_STEPS).arg("field", field);
            let nested = at.map_or_else(|| nested.clone(), |at| nested.clone().at(at));
            fields.report(nested.hint(Text::new(
                "step groups have one level: move it to the group or to the workflow",
                "步骤组只有一层：请把它移到步骤组或 workflow 中",
            )));
        }
    }
}

// === impl Place ===

impl Place {
    const fn owner(self) -> &'static str {
        match self {
            Self::Step(_) => "a step",
            Self::SubStep(..) => "a sub-step",
        }
    }

    /// The name that KubeVela gives to a step without one.
    fn name(self) -> StepName {
        match self {
            Self::Step(index) => format!("step-{index}").into(),
            Self::SubStep(index, sub_index) => format!("step-{index}-{sub_index}").into(),
        }
    }
}
