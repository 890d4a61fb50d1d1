//! Inputs and outputs: their paths and expressions, and which step an input waits for.

use burgee_cue::Program;
use burgee_definitions::{StepType, component_key};
use burgee_inject::Path;
use burgee_model::{Input, Mode, Output};
use burgee_source::{Diagnostic, Sources, Spanned, Text, nearest};

use super::{
    names::Names,
    rules::{UNKNOWN_INPUT, UNKNOWN_NAME},
};
use crate::{
    context,
    plan::{Plan, PlannedInput, PlannedKind, PlannedOutput, PlannedStep},
};

/// The inputs of a step with their paths, and the steps that they come from.
pub(super) fn inputs(
    place: usize,
    plan: &Plan,
    names: &Names,
    out: &mut Vec<Diagnostic>,
) -> (Vec<PlannedInput>, Vec<usize>) {
    let step = &plan.steps[place].step;
    let to_component = StepType::of(&step.type_name.value).is_some_and(StepType::takes_component);
    let mut inputs = Vec::new();
    let mut after = Vec::new();
    for input in &step.inputs {
        let path = path(input, to_component, out);
        after.extend(producers(place, input, plan, names, out));
        inputs.push(PlannedInput {
            from: input.from.clone(),
            path,
        });
    }
    (inputs, after)
}

/// The outputs of a step with their expressions.
pub(super) fn outputs(
    planned: &PlannedStep,
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<PlannedOutput> {
    let scope = match &planned.kind {
        PlannedKind::Group { .. } => Some(&["context", "parameter"][..]),
        // The scope of a type that does not run here is not known.
        PlannedKind::Step(_) => StepType::of(&planned.step.type_name.value).map(StepType::scope),
    };
    let outputs = planned.step.outputs.iter();
    outputs
        .filter_map(|output| compile_output(output, scope, sources, out))
        .collect()
}

fn path(input: &Input, to_component: bool, out: &mut Vec<Diagnostic>) -> Option<Spanned<Path>> {
    let key = input.parameter_key.as_ref()?;
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
}

/// The steps whose outputs an input reads. Where some of them come after the step and others do not, it is not
/// the later ones that it means.
fn producers(
    place: usize,
    input: &Input,
    plan: &Plan,
    names: &Names,
    out: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let setters = names.setters(&input.from.value);
    let others = setters.iter().copied().filter(|other| *other != place);
    let found: Vec<usize> = others.collect();
    if found.is_empty() {
        if setters.contains(&place) {
            // It waits for itself.
            return vec![place];
        }
        if !in_context(&input.from.value, plan) {
            out.push(unknown(input, names));
        }
        return found;
    }
    let earlier = found.iter().copied();
    let earlier: Vec<usize> = earlier
        .filter(|other| !comes_after(*other, place, plan))
        .collect();
    if earlier.is_empty() { found } else { earlier }
}

/// True when the order of the lists puts a step behind another.
pub(super) fn comes_after(step: usize, other: usize, plan: &Plan) -> bool {
    let group = |place: usize| plan.steps[place].group;
    match (group(step), group(other)) {
        (Some(here), Some(there)) if here == there => step > other && in_order(plan, Some(here)),
        (here, there) => {
            let (step, other) = (here.unwrap_or(step), there.unwrap_or(other));
            step > other && in_order(plan, None)
        }
    }
}

fn in_order(plan: &Plan, group: Option<usize>) -> bool {
    match group.map(|place| &plan.steps[place].kind) {
        Some(PlannedKind::Group { mode, .. }) => *mode == Mode::StepByStep,
        Some(PlannedKind::Step(_)) | None => plan.mode.steps == Mode::StepByStep,
    }
}

fn unknown(input: &Input, names: &Names) -> Diagnostic {
    let from = &input.from;
    let known = names.variables();
    let problem = Diagnostic::new(&UNKNOWN_INPUT)
        .arg("from", &from.value)
        .at(from.span);
    match nearest(&from.value, known.iter().copied()) {
        Some(name) => problem
            .arg("name", name)
            .hint(Text::new("did you mean `{name}`?", "是否想写 `{name}`？")),
        None if known.is_empty() => problem.hint(Text::new(
            "give a step before it `outputs`, or read `context.…`",
            "请为前面的步骤添加 `outputs`，或读取 `context.…`",
        )),
        None => problem
            .arg("known", known.join(", "))
            .hint(Text::new("there are: {known}", "现有输出：{known}")),
    }
}

fn in_context(from: &str, plan: &Plan) -> bool {
    burgee_inject::Variables::default()
        .resolve(from, &context::of_check(plan))
        .is_ok()
}

fn compile_output(
    output: &Output,
    scope: Option<&[&'static str]>,
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
    if let Some(scope) = scope {
        in_scope(&program, scope, "valueFrom", out);
    }
    Some(PlannedOutput {
        name: output.name.clone(),
        value_from: output.value_from.clone(),
        returned: returned(&output.value_from.value),
        program,
        source,
    })
}

/// KubeVela's second try of an expression without a value: `output.` as `output.$returns.`, and where there is none,
/// `$returns` behind the whole.
fn returned(text: &str) -> Option<Program> {
    const RETURNS: &str = "$returns";
    if text.contains(RETURNS) {
        return None;
    }
    let again = match text.contains("output.") {
        true => text.replace("output.", &format!("output.{RETURNS}.")),
        false => format!("{}.{RETURNS}", text.trim()),
    };
    // It is tried only when the first has failed, and then that is what is told.
    Program::expression(&again, burgee_source::SourceId(0)).ok()
}

/// Reports the names that an expression reads and its step does not have.
pub(super) fn in_scope(
    program: &Program,
    scope: &[&'static str],
    field: &'static str,
    out: &mut Vec<Diagnostic>,
) {
    for reference in program.references() {
        if scope.contains(&reference.root.as_str()) {
            continue;
        }
        let problem = Diagnostic::new(&UNKNOWN_NAME)
            .arg("name", &reference.root)
            .arg("field", field)
            .arg("scope", scope.join(", "))
            .at(reference.span);
        out.push(match nearest(&reference.root, scope.iter().copied()) {
            Some(near) => problem
                .arg("near", near)
                .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
            None => problem.hint(Text::new("in scope: {scope}", "可用的名称：{scope}")),
        });
    }
}
