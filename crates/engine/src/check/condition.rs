//! `if`: its expression, and the steps that it asks about.

use burgee_cue::{Limits, Program, Reference, Step as Selector, Value};
use burgee_source::{Diagnostic, Map, Node, Sources, Spanned, Text, nearest};

use super::{
    names::Names,
    passing::in_scope,
    rules::{NOT_BOOLEAN, UNDECLARED_INPUT, UNKNOWN_FIELD, UNKNOWN_STEP},
};
use crate::{
    context,
    plan::{Condition, Expression, Plan},
};

/// What an `if` may read.
const SCOPE: [&str; 4] = ["status", "inputs", "context", "parameter"];

/// What `status.<step>` has that is true or false.
const BOOLEANS: [&str; 6] = [
    "failed",
    "succeeded",
    "skipped",
    "timeout",
    "failedAfterRetries",
    "terminate",
];

/// What it has besides.
const TEXTS: [&str; 8] = [
    "id",
    "name",
    "type",
    "phase",
    "message",
    "reason",
    "firstExecuteTime",
    "lastExecuteTime",
];

/// Compiles the `if` of a step.
pub(super) fn compile(
    place: usize,
    plan: &Plan,
    names: &Names,
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Condition {
    let Some(text) = &plan.steps[place].step.condition else {
        return Condition::OnSuccess;
    };
    match text.value.trim() {
        "" => return Condition::OnSuccess,
        "always" => return Condition::Always,
        _ => {}
    }
    let source = sources.embed(text.value.as_str(), text.span);
    let program = match Program::expression(&text.value, source) {
        Ok(program) => program,
        Err(problems) => {
            out.extend(problems);
            return Condition::OnSuccess;
        }
    };
    let mut found = Vec::new();
    in_scope(&program, &SCOPE, "if", &mut found);
    let references = program.references();
    let context = context::of_check(plan);
    let mut status = Vec::new();
    for reference in &references {
        match reference.root.as_str() {
            "status" => {
                status.extend(asked(reference, text, names, &mut found));
            }
            "inputs" => declared(reference, place, plan, &mut found),
            "context" => {
                let known = context.as_map().into_iter().flat_map(Map::iter);
                let known = known.map(|(name, _)| name);
                found.extend(unknown_field("context", reference, 0, known));
            }
            _ => {}
        }
    }
    if found.is_empty() {
        found.extend(not_boolean(&program, &references, text, &context));
    }
    out.extend(found);
    status.sort();
    status.dedup();
    Condition::Expression(Expression {
        text: text.clone(),
        program,
        source,
        status,
    })
}

/// The step that `status.x` asks about.
fn asked(
    reference: &Reference,
    text: &Spanned<String>,
    names: &Names,
    out: &mut Vec<Diagnostic>,
) -> Option<(String, usize)> {
    let Some(Selector::Field(name)) = reference.path.first() else {
        return None;
    };
    if let Some(place) = names.get(name) {
        let known = BOOLEANS.into_iter().chain(TEXTS);
        let of = match is_plain(name) {
            true => format!("status.{name}"),
            false => format!("status[\"{name}\"]"),
        };
        out.extend(unknown_field(&of, reference, 1, known));
        return Some((name.clone(), place));
    }
    // `status.my-step` is `status.my` without `step`.
    let start = reference.span.range().start;
    let dashed = dashed(text.value.get(start..).unwrap_or_default());
    let dashed = dashed.filter(|name| names.get(name).is_some());
    let problem = Diagnostic::new(&UNKNOWN_STEP)
        .arg("name", name)
        .at(reference.span);
    let problem = match (dashed, names.nearest(name)) {
        (Some(dashed), _) => {
            // What follows the dash is no name of its own.
            let whole = start..start + "status.".len() + dashed.len();
            out.retain(|problem| !whole.contains(&problem.span().range().start));
            problem.arg("dashed", dashed).hint(Text::new(
                "a name with dashes stands in brackets: `status[\"{dashed}\"]`",
                "带短横线的名称要写在方括号里：`status[\"{dashed}\"]`",
            ))
        }
        (None, Some(near)) => problem
            .arg("near", near)
            .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
        (None, None) => problem,
    };
    out.push(problem);
    None
}

/// True for a name that may stand behind a dot.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// A field that is not among those that there can be, unless that is what is asked.
fn unknown_field<'a>(
    of: &str,
    reference: &Reference,
    at: usize,
    known: impl Iterator<Item = &'a str>,
) -> Option<Diagnostic> {
    let Some(Selector::Field(name)) = reference.path.get(at) else {
        return None;
    };
    let known: Vec<&str> = known.collect();
    if reference.tested || known.contains(&name.as_str()) {
        return None;
    }
    let problem = Diagnostic::new(&UNKNOWN_FIELD)
        .arg("of", of)
        .arg("name", name)
        .at(reference.span);
    Some(match nearest(name, known.iter().copied()) {
        Some(near) => problem
            .arg("near", near)
            .hint(Text::new("did you mean `{near}`?", "是否想写 `{near}`？")),
        None => problem
            .arg("known", known.join(", "))
            .hint(Text::new("there are: {known}", "现有字段：{known}")),
    })
}

/// The name behind `status.`, its dashes included.
fn dashed(text: &str) -> Option<&str> {
    let name = text.strip_prefix("status.")?;
    let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    Some(&name[..end.unwrap_or(name.len())])
}

/// Only the inputs that a step declares are there for its `if`.
fn declared(reference: &Reference, place: usize, plan: &Plan, out: &mut Vec<Diagnostic>) {
    let Some(Selector::Field(name)) = reference.path.first() else {
        return;
    };
    let inputs = &plan.steps[place].step.inputs;
    if inputs.iter().any(|input| input.from.value == *name) {
        return;
    }
    out.push(
        Diagnostic::new(&UNDECLARED_INPUT)
            .arg("step", plan.steps[place].step.name.value.as_str())
            .arg("from", name)
            .at(reference.span)
            .hint(Text::new(
                "add it to the `inputs` of the step: `- from: {from}`",
                "请在该步骤的 `inputs` 中加入 `- from: {from}`",
            )),
    );
}

/// An `if` that reads nothing has a value already; one that is nothing but a text of a step has its type.
fn not_boolean(
    program: &Program,
    references: &[Reference],
    text: &Spanned<String>,
    context: &Node,
) -> Option<Diagnostic> {
    let is = |what: &str| {
        Diagnostic::new(&NOT_BOOLEAN)
            .arg("what", what.trim())
            .at(text.span)
    };
    if references.is_empty() {
        return match program.evaluate(&[], &Limits::default()) {
            Ok(Value::Bool(_)) => None,
            Ok(value) => Some(is(&value.to_json_text())),
            Err(error) => Some(*error.diagnostic),
        };
    }
    let [only] = references else {
        return None;
    };
    let is_whole = text.value.get(only.span.range()) == Some(text.value.trim());
    match &*only.path {
        [Selector::Field(_), Selector::Field(field)] if only.root == "status" && is_whole => {
            if BOOLEANS.contains(&field.as_str()) {
                return None;
            }
            TEXTS.contains(&field.as_str()).then(|| {
                is(&text.value).hint(Text::new(
                    "compare it: `… == \"succeeded\"`",
                    "请进行比较：`… == \"succeeded\"`",
                ))
            })
        }
        [Selector::Field(_)] if only.root == "status" && is_whole => {
            Some(is(&text.value).hint(Text::new(
                "ask one thing, such as `.succeeded` or `.failed`",
                "请只判断一项，例如 `.succeeded` 或 `.failed`",
            )))
        }
        [Selector::Field(field)] if only.root == "context" && is_whole => {
            let value = context.as_map()?.get(field)?;
            value.as_str().map(|_| {
                is(&text.value).hint(Text::new(
                    "compare it: `… == \"…\"`",
                    "请进行比较：`… == \"…\"`",
                ))
            })
        }
        _ => None,
    }
}
