//! The steps of a plan and what each waits for, as a text and as pictures.

mod dot;
mod mermaid;
mod text;

use burgee_engine::{Condition, Plan, PlannedKind, PlannedStep};

pub(crate) use dot::dot;
pub(crate) use mermaid::mermaid;
pub(crate) use text::text;

/// A plan as a graph.
pub(crate) struct Graph<'p> {
    plan: &'p Plan,
    /// By the step that waits, in order.
    edges: Vec<Edge<'p>>,
}

/// One step waits for another.
struct Edge<'p> {
    /// The one that must have ended.
    from: usize,
    /// The one that waits.
    to: usize,
    why: Why<'p>,
}

/// Why a step waits for another.
enum Why<'p> {
    /// It stands behind it, or names it.
    Order,
    /// It reads these variables.
    Reads(Vec<&'p str>),
    /// Its `if` asks about it.
    Asks,
}

// === impl Graph ===

impl<'p> Graph<'p> {
    /// The graph of a plan.
    pub(crate) fn of(plan: &'p Plan) -> Self {
        let mut edges = Vec::new();
        for (to, step) in plan.steps.iter().enumerate() {
            // A picture cannot lead from a frame to what is in it.
            let others = step.after.iter().filter(|from| step.group != Some(**from));
            edges.extend(others.map(|from| Edge {
                from: *from,
                to,
                why: Why::of(step, *from, plan),
            }));
        }
        Self { plan, edges }
    }

    /// The steps that are in no group, or in this one, with their places.
    fn inside(&self, group: Option<usize>) -> impl Iterator<Item = (usize, &'p PlannedStep)> {
        let steps = self.plan.steps.iter().enumerate();
        steps.filter(move |(_, step)| step.group == group)
    }

    /// The edges that lead to a step.
    fn to(&self, place: usize) -> impl Iterator<Item = &Edge<'p>> {
        self.edges.iter().filter(move |edge| edge.to == place)
    }
}

// === impl Why ===

impl<'p> Why<'p> {
    fn of(step: &'p PlannedStep, from: usize, plan: &'p Plan) -> Self {
        let outputs = plan.steps[from].outputs.iter();
        let names = outputs.map(|output| output.name.value.as_str());
        let read: Vec<_> = names.filter(|name| reads(step, name)).collect();
        if !read.is_empty() {
            return Self::Reads(read);
        }
        let ordered = step.before == Some(from) || step.depends_on.contains(&from);
        match &step.condition {
            Condition::Expression(expression)
                if !ordered && expression.status.iter().any(|(_, asked)| *asked == from) =>
            {
                Self::Asks
            }
            Condition::Expression(_) | Condition::OnSuccess | Condition::Always => Self::Order,
        }
    }
}

/// True when one of the inputs is the variable, or something in it.
fn reads(step: &PlannedStep, variable: &str) -> bool {
    step.inputs.iter().any(|input| {
        let rest = input.from.value.strip_prefix(variable);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}

/// The sub-steps of a step: none where it is no group, or an empty one.
fn has_steps(step: &PlannedStep) -> bool {
    match &step.kind {
        PlannedKind::Group { steps, .. } => !steps.is_empty(),
        PlannedKind::Step(_) => false,
    }
}

/// Its type; of a group also the order of its sub-steps.
fn kind(step: &PlannedStep) -> String {
    let name = &step.step.type_name.value;
    match &step.kind {
        PlannedKind::Group { mode, .. } => format!("{name}, {}", mode.as_str()),
        PlannedKind::Step(_) => name.to_string(),
    }
}

/// The `if` of a step, as written.
fn condition(step: &PlannedStep) -> Option<&str> {
    match &step.condition {
        Condition::OnSuccess => None,
        Condition::Always => Some("always"),
        Condition::Expression(expression) => Some(&expression.text.value),
    }
}

/// What a picture says of a step, a line each: its name, its type, its `if` and its time.
fn label(step: &PlannedStep) -> Vec<String> {
    let mut lines = vec![step.step.name.value.to_string()];
    lines.push(kind(step));
    lines.extend(condition(step).map(|text| format!("if {text}")));
    let timeout = step.step.timeout.as_ref();
    lines.extend(timeout.map(|text| format!("≤ {}", text.value)));
    lines
}
