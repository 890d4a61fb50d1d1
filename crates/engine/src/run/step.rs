//! One step: inputs in, passes until it is done, outputs out; and again while it may be tried again.

use std::time::Duration;

use burgee_definitions::{
    PassError, PassInput, StepType, component_for, component_tree, pass, with_component_tree,
};
use burgee_model::{Component, Event, JournalError, Pass, Reason, Results, StepPhase};
use burgee_source::{Diagnostic, Kind, Lang, Map, Node};
use futures_util::future::Either;
use tracing::Instrument as _;

use super::{Running, calls::Called, driver::first};
use crate::plan::{PlannedInput, PlannedKind};

/// How long a waiting step rests when its target cannot tell that something changed.
const POLL: Duration = Duration::from_secs(5);
/// KubeVela's limit: so many attempts behind the first one.
const RETRIES: u32 = 10;
/// The shortest and the longest pause between two attempts, as in KubeVela.
const PAUSE: (u64, u64) = (1, 300);

/// How a step ended.
#[derive(Debug)]
pub(crate) struct StepEnd {
    pub(crate) phase: StepPhase,
    pub(crate) reason: Option<Reason>,
    pub(crate) message: String,
    /// The places in the user's file, if it is the file's fault.
    pub(crate) problems: Vec<Diagnostic>,
}

/// How a step failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// KubeVela's reason.
    pub(crate) reason: Reason,
    /// For the step's `message`.
    pub(crate) message: String,
    /// The places in the user's file, if it is the file's fault.
    pub(crate) problems: Vec<Diagnostic>,
    /// True when it may work later.
    pub(crate) passes: bool,
}

/// Why a step does not go on.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It failed.
    Failed(Failure),
    /// The run is being left.
    Left,
    /// The journal cannot take what happens.
    Broken(JournalError),
}

/// What a step works with once its inputs are in place.
struct Injected {
    parameter: Node,
    component: Option<Component>,
}

// === impl Running ===

impl Running<'_> {
    /// Runs a step to its end, within its time. What it leaves is in the variables then. `None` when the run was left
    /// before.
    pub(super) async fn step(
        &self,
        place: usize,
        attempt: u32,
    ) -> Result<Option<StepEnd>, JournalError> {
        let name = &self.plan.steps[place].step.name.value;
        let span = tracing::info_span!("step", name = %name);
        let work = self.attempts(place, attempt).instrument(span);
        let end = match self.time_left(place) {
            None => work.await,
            Some(left) => match first(work, self.engine.clock.sleep(left)).await {
                Either::Left(end) => end,
                Either::Right(()) => {
                    self.unknown_calls(place)?;
                    Err(Stop::Failed(Failure::new(Reason::Timeout, String::new())))
                }
            },
        };
        super::lock(&self.resumers).remove(&place);
        match end {
            Ok(message) => Ok(Some(StepEnd {
                phase: StepPhase::Succeeded,
                reason: None,
                message,
                problems: Vec::new(),
            })),
            Err(Stop::Failed(failure)) => {
                self.late_outputs(place)?;
                Ok(Some(StepEnd::failed(failure)))
            }
            Err(Stop::Left) => Ok(None),
            Err(Stop::Broken(error)) => Err(error),
        }
    }

    /// How much of its time a step still has, counted from its first begin.
    pub(super) fn time_left(&self, place: usize) -> Option<Duration> {
        let limit = self.plan.steps[place].timeout?;
        let begun = self.state().steps[place].first_execute_time?;
        let spent = self.engine.clock.now().duration_since(begun);
        let spent = Duration::try_from(spent).unwrap_or(Duration::ZERO);
        Some(limit.saturating_sub(spent))
    }

    /// Tries a step until it ends for good. Its message, when it ends well.
    async fn attempts(&self, place: usize, mut attempt: u32) -> Result<String, Stop> {
        loop {
            let failure = match self.attempt(place).await {
                Err(Stop::Failed(failure)) if failure.passes => failure,
                ended => return ended,
            };
            if attempt > RETRIES {
                return Err(Stop::Failed(Failure {
                    reason: Reason::FailedAfterRetries,
                    ..failure
                }));
            }
            let pause = pause(attempt);
            let at = self.engine.clock.now() + pause;
            self.record(Event::StepWaiting {
                step: self.ids[place].clone(),
                message: failure.message,
                until: Some(at),
            })?;
            self.engine.clock.sleep(pause).await;
            attempt += 1;
            self.record(Event::StepStarted {
                step: self.ids[place].clone(),
                attempt,
            })?;
        }
    }

    async fn attempt(&self, place: usize) -> Result<String, Stop> {
        let kind = match &self.plan.steps[place].kind {
            PlannedKind::Step(kind) => *kind,
            PlannedKind::Group { .. } => return Ok(String::new()),
        };
        let injected = self.inject(place, kind)?;
        let mut called = Called::new(place);
        let scope = self.passes(place, kind, &injected, &mut called).await?;
        self.outputs(place, &scope)?;
        Ok(called.message)
    }

    /// The parameters of a step with its inputs in place, if they can be had.
    pub(super) fn parameter(&self, place: usize) -> Option<Node> {
        match &self.plan.steps[place].kind {
            PlannedKind::Step(kind) => Some(self.inject(place, *kind).ok()?.parameter),
            PlannedKind::Group { .. } => None,
        }
    }

    /// Puts the inputs in place, in order: the last one of a path wins.
    fn inject(&self, place: usize, kind: StepType) -> Result<Injected, Stop> {
        let planned = &self.plan.steps[place];
        let step = &planned.step;
        let given = step.properties.as_ref().filter(|node| !node.is_null());
        let mut parameter = given.cloned().unwrap_or_else(empty);
        if !kind.takes_component() {
            for input in &planned.inputs {
                self.set(place, input, &mut parameter)?;
            }
            let component = None;
            return Ok(Injected {
                parameter,
                component,
            });
        }
        let rendering = |problems| Failure::of(Reason::Rendering, problems, self.lang());
        let component = component_for(step, &self.plan.application).map_err(rendering)?;
        let mut tree = component_tree(component);
        for input in &planned.inputs {
            self.set(place, input, &mut tree)?;
        }
        let changed = with_component_tree(component, &tree);
        let component = changed.map_err(|problem| rendering(vec![*problem]))?;
        Ok(Injected {
            parameter,
            component: Some(component),
        })
    }

    fn set(&self, place: usize, input: &PlannedInput, tree: &mut Node) -> Result<(), Failure> {
        let from = &input.from;
        let context = self.context_of(place);
        let variables = self.variables();
        let value = variables.resolve(&from.value, &context);
        let value = value.map_err(|error| Failure {
            problems: vec![error.diagnostic(from.span)],
            ..Failure::new(
                Reason::Input,
                format!("get input from [{}]: {error}", from.value),
            )
        })?;
        let Some(path) = &input.path else {
            return Ok(());
        };
        let set = path.value.set(tree, value.clone());
        set.map_err(|error| Failure {
            problems: vec![error.diagnostic(path.span)],
            ..Failure::new(
                Reason::Input,
                format!("set input [{}]: {error}", from.value),
            )
        })
    }

    /// Passes until the step is done. The result of an `observe` call lives for one pass; others are kept.
    async fn passes(
        &self,
        place: usize,
        kind: StepType,
        injected: &Injected,
        called: &mut Called,
    ) -> Result<Node, Stop> {
        let input = PassInput {
            step: &self.plan.steps[place].step,
            parameter: &injected.parameter,
            component: injected.component.as_ref(),
            application: &self.plan.application,
            context: &self.render,
        };
        let mut results = Results::default();
        let mut observed: Vec<String> = Vec::new();
        let mut waited_for = None;
        loop {
            let passed = pass(kind, &input, &results);
            for path in observed.drain(..) {
                results.shift_remove(&path);
            }
            match passed.map_err(|error| self.pass_failure(error))? {
                Pass::Done(scope) => return Ok(scope),
                Pass::Calls(calls) => {
                    self.calls(calls, called, &mut results, &mut observed)
                        .await?;
                }
                Pass::Waiting(message) => {
                    if waited_for.as_ref() != Some(&message) {
                        self.record(Event::StepWaiting {
                            step: self.ids[place].clone(),
                            message: message.clone(),
                            until: None,
                        })?;
                        waited_for = Some(message);
                    }
                    let changed = self.engine.target.changed();
                    first(changed, self.engine.clock.sleep(POLL)).await;
                }
            }
        }
    }

    fn pass_failure(&self, error: PassError) -> Failure {
        Failure::of(error.reason, error.diagnostics, self.lang())
    }
}

/// The pause behind an attempt: KubeVela's, 2ⁿ × 0.05 s in whole seconds, within its bounds.
fn pause(attempt: u32) -> Duration {
    let (shortest, longest) = PAUSE;
    let seconds = 2_u64.saturating_pow(attempt) / 20;
    Duration::from_secs(seconds.clamp(shortest, longest))
}

// === impl StepEnd ===

impl StepEnd {
    /// It did not run.
    pub(crate) const fn skipped() -> Self {
        Self {
            phase: StepPhase::Skipped,
            reason: Some(Reason::Skip),
            message: String::new(),
            problems: Vec::new(),
        }
    }

    pub(crate) fn failed(failure: Failure) -> Self {
        Self {
            phase: StepPhase::Failed,
            reason: Some(failure.reason),
            message: failure.message,
            problems: failure.problems,
        }
    }
}

// === impl Failure ===

impl Failure {
    pub(crate) const fn new(reason: Reason, message: String) -> Self {
        Self {
            reason,
            message,
            problems: Vec::new(),
            passes: false,
        }
    }

    pub(crate) fn of(reason: Reason, problems: Vec<Diagnostic>, lang: Lang) -> Self {
        let messages: Vec<_> = problems
            .iter()
            .map(|problem| problem.message(lang))
            .collect();
        Self {
            problems,
            ..Self::new(reason, messages.join("; "))
        }
    }
}

// === impl Stop ===

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::Broken(error)
    }
}

pub(super) fn empty() -> Node {
    Kind::Map(Map::default()).into()
}
