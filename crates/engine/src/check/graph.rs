//! Whether every step can have its turn.
//!
//! A step has two moments, its begin and its end. Ends come before the begins of whatever waits for them, a group
//! begins before its sub-steps and ends behind them. What is left when everything that can have its turn has had it
//! goes in a circle.

use burgee_source::{Diagnostic, Span, Text};

use super::rules::{CYCLE, OWN_END, OWN_GROUP, OWN_SUB_STEP, TOO_LATE};
use crate::plan::{Condition, PlannedKind, PlannedStep};

/// Circles that are told before the rest is left for the next check.
const MAX_CIRCLES: usize = 20;

/// Reports steps that wait for each other, or for what runs after them.
pub(super) fn check(steps: &[PlannedStep], out: &mut Vec<Diagnostic>) {
    let mut after: Vec<Vec<usize>> = steps.iter().map(|step| step.after.clone()).collect();
    for _ in 0..MAX_CIRCLES {
        let left = stuck(steps, &after);
        let Some(first) = left.iter().position(|stuck| *stuck) else {
            return;
        };
        let circle = circle(first, &left, steps, &after);
        let Some((step, other)) = report(&circle, steps, out) else {
            return;
        };
        // The rest may be in order without it.
        after[step].retain(|there| *there != other);
    }
}

/// The begin of a step is the moment `2 * place`, its end the one behind it.
const fn begin(place: usize) -> usize {
    2 * place
}

const fn end(place: usize) -> usize {
    2 * place + 1
}

/// What a moment waits for.
fn waits(moment: usize, steps: &[PlannedStep], after: &[Vec<usize>]) -> Vec<usize> {
    let place = moment / 2;
    let step = &steps[place];
    if moment == begin(place) {
        let ends = after[place].iter().map(|other| end(*other));
        return ends.chain(step.group.map(begin)).collect();
    }
    let inside = match &step.kind {
        PlannedKind::Group { steps, .. } => steps.clone(),
        PlannedKind::Step(_) => 0..0,
    };
    std::iter::once(begin(place))
        .chain(inside.map(end))
        .collect()
}

/// The moments that never come.
fn stuck(steps: &[PlannedStep], after: &[Vec<usize>]) -> Vec<bool> {
    let count = 2 * steps.len();
    let mut missing = vec![0_usize; count];
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (moment, missing) in missing.iter_mut().enumerate() {
        for other in waits(moment, steps, after) {
            *missing += 1;
            waiting[other].push(moment);
        }
    }
    let mut ready: Vec<usize> = (0..count).filter(|moment| missing[*moment] == 0).collect();
    let mut left = vec![true; count];
    while let Some(moment) = ready.pop() {
        left[moment] = false;
        for next in &waiting[moment] {
            missing[*next] -= 1;
            if missing[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    left
}

/// The moments of a circle: from one that never comes along what it waits for, until one comes up again.
fn circle(first: usize, left: &[bool], steps: &[PlannedStep], after: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![usize::MAX; left.len()];
    let mut way = Vec::new();
    let mut at = first;
    loop {
        if seen[at] != usize::MAX {
            return way.split_off(seen[at]);
        }
        seen[at] = way.len();
        way.push(at);
        let next = waits(at, steps, after)
            .into_iter()
            .find(|other| left[*other]);
        match next {
            Some(next) => at = next,
            // What never comes waits for something that never comes.
            None => return way,
        }
    }
}

/// Says what is wrong with a circle, and which wait it is that a person wrote.
fn report(
    circle: &[usize],
    steps: &[PlannedStep],
    out: &mut Vec<Diagnostic>,
) -> Option<(usize, usize)> {
    let next = circle.iter().cycle().skip(1);
    let pairs = circle.iter().zip(next);
    // Begins that wait for the end of another step.
    let links: Vec<(usize, usize)> = pairs
        .filter(|(moment, other)| **moment % 2 == 0 && **other % 2 == 1)
        .map(|(moment, other)| (moment / 2, other / 2))
        .collect();
    let is_order = |(step, other): &(usize, usize)| steps[*step].before == Some(*other);
    let written = links.iter().filter(|link| !is_order(link));
    let (step, other) = *written.min_by_key(|(step, _)| *step)?;
    let span = reason(&steps[step], &steps[other], other);
    let name = |place: usize| steps[place].step.name.value.as_str();
    out.push(if links.iter().any(is_order) {
        late(steps, step, other, span)
    } else if let [_] = &*links {
        let rule = if step == other {
            &OWN_END
        } else if steps[step].group == Some(other) {
            &OWN_GROUP
        } else {
            &OWN_SUB_STEP
        };
        Diagnostic::new(rule)
            .arg("step", name(step))
            .arg("other", name(other))
            .at(span)
    } else {
        let mut round: Vec<&str> = links.iter().map(|(step, _)| name(*step)).collect();
        round.extend(links.first().map(|(step, _)| name(*step)));
        let first = links.iter().find(|(there, _)| *there != step);
        let problem = Diagnostic::new(&CYCLE)
            .arg("steps", round.join(" → "))
            .at(span);
        match first {
            Some((there, needs)) => {
                let span = reason(&steps[*there], &steps[*needs], *needs);
                problem.also(span, Text::new("and here", "以及此处"))
            }
            None => problem,
        }
    });
    Some((step, other))
}

/// A step that needs one behind it, and what to change: of two lists the one that both are in.
fn late(steps: &[PlannedStep], step: usize, other: usize, span: Span) -> Diagnostic {
    let name = |place: usize| steps[place].step.name.value.as_str();
    let problem = Diagnostic::new(&TOO_LATE)
        .arg("step", name(step))
        .arg("other", name(other))
        .at(span)
        .also(
            steps[other].step.name.span,
            Text::new("it runs here", "它在此处运行"),
        );
    match (steps[step].group, steps[other].group) {
        (Some(group), Some(same)) if group == same => problem.arg("group", name(group)).hint(Text::new(
            "put `{other}` before `{step}`, or run the sub-steps of `{group}` by their dependencies: `mode: DAG`",
            "请把 `{other}` 放到 `{step}` 之前，或让 `{group}` 的子步骤按依赖关系执行：`mode: DAG`",
        )),
        (here, there) => problem
            .arg("here", name(here.unwrap_or(step)))
            .arg("there", name(there.unwrap_or(other)))
            .hint(Text::new(
                "put `{there}` before `{here}`, or run the steps by their dependencies: `mode: {steps: DAG}`",
                "请把 `{there}` 放到 `{here}` 之前，或按依赖关系执行：`mode: {steps: DAG}`",
            )),
    }
}

/// Where a step says that it needs another.
fn reason(step: &PlannedStep, other: &PlannedStep, place: usize) -> Span {
    let names = [
        Some(other.step.name.value.as_str()),
        property(other, "name"),
        property(other, "component"),
    ];
    let named = step.step.depends_on.iter();
    let mut named = named.filter(|name| names.contains(&Some(name.value.as_str())));
    if let Some(name) = named.next() {
        return name.span;
    }
    let from = step.step.inputs.iter().find(|input| {
        let sets = |name: &str| {
            let rest = input.from.value.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let mut outputs = other.step.outputs.iter();
        outputs.any(|output| sets(output.name.value.as_str()))
    });
    if let Some(input) = from {
        return input.from.span;
    }
    match &step.condition {
        Condition::Expression(expression)
            if expression.status.iter().any(|(_, there)| *there == place) =>
        {
            expression.text.span
        }
        Condition::Expression(_) | Condition::OnSuccess | Condition::Always => step.step.name.span,
    }
}

fn property<'a>(planned: &'a PlannedStep, key: &str) -> Option<&'a str> {
    let properties = planned.step.properties.as_ref()?;
    properties.get_str(key).map(|text| text.value)
}
