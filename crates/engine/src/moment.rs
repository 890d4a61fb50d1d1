//! What the expressions of a step could read, seen from later: worked out from the journal of its run.
//!
//! The moment is the one at which the step began (or was skipped), in its last life where it was restarted: that is what its `if`
//! and its inputs saw. What it answered itself (`output`, `req`, `webhook` …) is there as far as the journal has it:
//! the result of a call that only looks is never kept.

use burgee_definitions::{PassInput, StepType, pass};
use burgee_inject::Variables;
use burgee_model::{
    BUILTIN, CallEnd, Event, Pass, Results, RunState, Stamped, StepId, StepPhase, StepState,
};
use burgee_source::{Kind, Map, Node, Span};

use crate::{
    context,
    plan::{Plan, PlannedInput, PlannedKind},
    run::status_of,
};

/// What the expressions of a step could read.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The run as it was then.
    pub state: RunState,
    /// The step, by its place.
    pub place: usize,
    /// False when the step has not begun yet: then the moment is the end of the journal.
    pub begun: bool,
    /// The names in scope with their values.
    pub names: Vec<(String, Node)>,
    /// Names that were in scope, and whose values nobody kept.
    pub lost: Vec<&'static str>,
}

/// The moment at which a step of a run began. `None` when the journal has no such step, or is not that of this plan.
#[must_use]
pub fn moment(plan: &Plan, records: &[Stamped], place: usize) -> Option<Moment> {
    let whole = fold(records)?;
    let planned = plan.steps.get(place)?;
    if plan.steps.len() != whole.steps.len() {
        return None;
    }
    let id = &whole.steps[place].head.id;
    let begin = begin(records, id);
    let state = fold(&records[..begin.unwrap_or(records.len())])?;
    let mut moment = Moment {
        place,
        begun: begin.is_some(),
        names: Vec::new(),
        lost: Vec::new(),
        state,
    };
    let group = planned
        .group
        .map(|group| &plan.steps[group].step.name.value);
    let run = context::of_run(plan);
    let context = context::of_step(&run, &planned.step.name.value, id, group);
    let variables = moment.variables();
    let parameter = moment.parameter(plan, &variables, &context);
    moment.bind("status", moment.status(plan));
    moment.bind("inputs", moment.inputs(plan, &variables, &context));
    moment.bind("context", context);
    let answers = answers(plan, place, &whole.steps[place], &parameter);
    moment.bind("parameter", parameter);
    match answers {
        Some(answers) => {
            let fields = answers.as_map().into_iter().flat_map(Map::iter);
            for (name, entry) in fields.filter(|(name, _)| *name != "parameter") {
                moment.bind(name, entry.value.clone());
            }
        }
        None => moment.lost = unbound(plan, &moment),
    }
    Some(moment)
}

// === impl Moment ===

impl Moment {
    fn bind(&mut self, name: &str, value: Node) {
        self.names.push((name.to_owned(), value));
    }

    /// The variables that were set and kept.
    fn variables(&self) -> Variables {
        let mut variables = Variables::default();
        let kept = self.state.variables.iter();
        for (name, variable) in kept.filter(|(_, variable)| !variable.hidden) {
            variables.put(name.as_str(), Node::clone(&variable.value.0));
        }
        variables
    }

    /// What is known of the other steps. A step is also known by what it applies, where no step is called so.
    fn status(&self, plan: &Plan) -> Node {
        let mut status = Map::default();
        let mut put = |name: &str, place: usize| {
            if place != self.place && status.get(name).is_none() {
                let step = status_of(&self.state.steps[place]);
                status.insert(name, Span::NONE, step);
            }
        };
        for (place, planned) in plan.steps.iter().enumerate() {
            put(planned.step.name.value.as_str(), place);
        }
        for (place, planned) in plan.steps.iter().enumerate() {
            let properties = planned.step.properties.as_ref();
            let named = |key| properties.and_then(|properties| properties.get_str(key));
            if let Some(name) = named("name").or_else(|| named("component")) {
                put(name.value, place);
            }
        }
        Kind::Map(status).into()
    }

    fn inputs(&self, plan: &Plan, variables: &Variables, context: &Node) -> Node {
        let mut inputs = Map::default();
        for input in &plan.steps[self.place].inputs {
            let from = input.from.value.as_str();
            if let Ok(value) = variables.resolve(from, context) {
                inputs.insert(from, Span::NONE, value.clone());
            }
        }
        Kind::Map(inputs).into()
    }

    /// The step's properties with its inputs in place, as far as those were there. The inputs of a step that applies a
    /// component go into the component.
    fn parameter(&self, plan: &Plan, variables: &Variables, context: &Node) -> Node {
        let planned = &plan.steps[self.place];
        let given = planned
            .step
            .properties
            .as_ref()
            .filter(|node| !node.is_null());
        let mut parameter = given.cloned().unwrap_or_else(empty);
        if planned.takes_component() {
            return parameter;
        }
        for PlannedInput { from, path } in &planned.inputs {
            if let (Some(path), Ok(value)) = (path, variables.resolve(&from.value, context)) {
                // What cannot be set failed the step: it has the rest.
                let _ = path.value.set(&mut parameter, value.clone());
            }
        }
        parameter
    }
}

/// The number of the record with which a step began in its last life.
fn begin(records: &[Stamped], id: &StepId) -> Option<usize> {
    let mut begin = None;
    for (at, record) in records.iter().enumerate() {
        match &record.event {
            Event::Restarted { steps, .. } if steps.contains(id) => begin = None,
            Event::StepStarted { step, attempt: 1 } if step == id => begin = Some(at),
            Event::ConditionFalse { step, .. } if step == id => begin = begin.or(Some(at)),
            Event::StepFinished {
                step,
                phase: StepPhase::Skipped,
                ..
            } if step == id => begin = begin.or(Some(at)),
            Event::RunStarted { .. }
            | Event::OwnerTook { .. }
            | Event::StepStarted { .. }
            | Event::StepWaiting { .. }
            | Event::ConditionFalse { .. }
            | Event::CallIntended { .. }
            | Event::CallFinished { .. }
            | Event::CallUnknown { .. }
            | Event::ObjectApplied { .. }
            | Event::DeliveryRetried { .. }
            | Event::DeliveryFinished { .. }
            | Event::VariableSet { .. }
            | Event::Suspended { .. }
            | Event::Resumed { .. }
            | Event::Terminated { .. }
            | Event::Restarted { .. }
            | Event::StepFinished { .. }
            | Event::RunFinished { .. } => {}
        }
    }
    begin
}

/// What the step's outputs could read, from the results that were kept: its passes are pure, and made again. `None` when one of
/// them asks for what was not kept.
fn answers(plan: &Plan, place: usize, step: &StepState, parameter: &Node) -> Option<Node> {
    let planned = &plan.steps[place];
    let kind = match &planned.kind {
        PlannedKind::Step(kind) if !kind.takes_component() => *kind,
        PlannedKind::Step(_) | PlannedKind::Group { .. } => return None,
    };
    let context = context::of_render(plan);
    let input = PassInput {
        step: &planned.step,
        parameter,
        component: None,
        application: &plan.application,
        context: &context,
    };
    let kept = step.calls.values().filter_map(|call| match &call.end {
        Some(CallEnd::Result(result)) => Some((call.path.clone(), Node::clone(&result.0))),
        Some(CallEnd::Failed(_)) | None => None,
    });
    let mut results: Results = kept.collect();
    loop {
        match pass(kind, &input, &results).ok()? {
            Pass::Done(scope) => return Some(scope),
            Pass::Waiting(_) => return None,
            Pass::Calls(calls) => {
                for call in calls {
                    if call.provider != BUILTIN || results.contains_key(&call.path) {
                        return None;
                    }
                    results.insert(call.path, empty());
                }
            }
        }
    }
}

/// The names that the step's outputs could read and that are not bound.
fn unbound(plan: &Plan, moment: &Moment) -> Vec<&'static str> {
    let scope = match &plan.steps[moment.place].kind {
        PlannedKind::Group { .. } => &[][..],
        PlannedKind::Step(kind) => StepType::scope(*kind),
    };
    let bound = |name: &&str| moment.names.iter().any(|(known, _)| known == name);
    scope.iter().copied().filter(|name| !bound(name)).collect()
}

fn fold(records: &[Stamped]) -> Option<RunState> {
    let (first, rest) = records.split_first()?;
    let mut state = RunState::begin(first)?;
    rest.iter().for_each(|record| state.apply(record));
    Some(state)
}

fn empty() -> Node {
    Kind::Map(Map::default()).into()
}
