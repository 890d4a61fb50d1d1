//! A run from its first step to its last.
//!
//! A run changes in one way only: an event is appended to its journal, its state is folded forward, and whoever
//! watches hears of it ([`Running::record`]). So a run that is read back from its journal goes on as if nothing had
//! happened.

mod calls;
mod condition;
mod control;
mod driver;
mod outputs;
mod schedule;
mod step;

use std::{
    collections::{BTreeMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use burgee_definitions::RenderContext;
use burgee_inject::Variables;
use burgee_model::{
    CallEnd, CallKey, CallKind, Clock, Event, EventSink, Journal, JournalError, Provider, RunId,
    RunPhase, RunState, Stamped, StepHead, StepId, Target,
};
use burgee_source::{Diagnostic, Lang, Node};
use futures_channel::{mpsc, oneshot};
use jiff::Timestamp;
use tracing::Instrument as _;

use crate::{
    context, id,
    plan::{Plan, PlannedStep},
};

pub(crate) use condition::status_of;
pub use control::{Command, Control, Order, Steering, control};

/// What a failed notification step means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnNotifyFailure {
    /// The run fails, unless the manifest says otherwise.
    #[default]
    Stop,
    /// The step stays failed, later steps run.
    Continue,
}

/// What to do while all that is left waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Waiting {
    /// End, to be resumed.
    No,
    /// Stay as long as something will go on by itself.
    #[default]
    Due,
    /// Stay until steered.
    Yes,
}

/// How to run a plan.
#[derive(Debug, Clone)]
pub struct Options {
    /// The run's id.
    pub run: RunId,
    /// What a failed notification step means.
    pub on_notify_failure: OnNotifyFailure,
    /// True when a message that may have arrived is sent again.
    pub resend_unknown: bool,
    /// The language of the steps' messages.
    pub lang: Lang,
    /// How many steps are under way at once at the most.
    pub concurrency: usize,
    /// What to do while all that is left waits for somebody.
    pub waiting: Waiting,
}

/// What belongs to one run alone.
pub struct Ports {
    /// Where its events are kept.
    pub journal: Arc<dyn Journal>,
    /// Who hears of them.
    pub sink: Arc<dyn EventSink>,
    /// Where commands come from, if somebody can steer it.
    pub control: Option<Control>,
    /// Who carries it on.
    pub owner: Owner,
    /// Covers the secrets in a text. A call is told by what it asks for without them: a rotated token is no other call.
    pub mask: Mask,
}

/// Covers the secrets in a text.
pub type Mask = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// A process that carries a run on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    /// Its number.
    pub process: u32,
    /// The machine.
    pub host: String,
    /// The version of Burgee.
    pub version: String,
}

/// How a run ended, or why it does not go on now.
#[derive(Debug)]
pub struct Ended {
    /// Its phase.
    pub phase: RunPhase,
    /// All that is known of it.
    pub state: RunState,
    /// When something goes on by itself, where the run is suspended.
    pub due: Option<Timestamp>,
    /// The places in the user's file where steps failed, if it was the file's fault.
    pub problems: Vec<Diagnostic>,
}

/// Runs plans against the ports it was given.
pub struct Engine {
    pub(crate) providers: Vec<Arc<dyn Provider>>,
    pub(crate) target: Arc<dyn Target>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// One run under way.
pub(crate) struct Running<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) plan: &'a Plan,
    pub(crate) options: &'a Options,
    pub(crate) ports: &'a Ports,
    pub(crate) id: RunId,
    pub(crate) render: RenderContext,
    /// The ids of the steps, in their order.
    pub(crate) ids: Vec<StepId>,
    context: Node,
    state: Mutex<RunState>,
    variables: Mutex<Variables>,
    /// Why nothing more can be recorded.
    broken: Mutex<Option<JournalError>>,
    /// How to wake the steps that wait for somebody.
    resumers: Mutex<BTreeMap<usize, oneshot::Sender<()>>>,
    /// Tells the driver that a step waits for somebody.
    nudge: mpsc::UnboundedSender<()>,
    /// The steps that have made a call that others see, and have no answer.
    calling: Mutex<HashSet<usize>>,
    /// Calls that an earlier process ended and whose effect is gone with it: they are made once more.
    gone: Mutex<HashSet<CallKey>>,
    /// Somebody wants the run to be left as soon as nothing is in the middle of a call.
    leaving: AtomicBool,
    problems: Mutex<Vec<Diagnostic>>,
}

// === impl Engine ===

impl Engine {
    /// An engine on these ports.
    #[must_use]
    pub fn new(
        providers: Vec<Arc<dyn Provider>>,
        target: Arc<dyn Target>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            providers,
            target,
            clock,
        }
    }

    /// Runs a plan to its end, or until it waits for somebody. Dropping the future stops the run where it is: what was
    /// recorded stands, and [`resume`](Self::resume) goes on.
    ///
    /// # Errors
    ///
    /// When the journal cannot take a record. Nothing is done that it does not know of.
    pub async fn run(
        &self,
        plan: &Plan,
        options: &Options,
        ports: &mut Ports,
    ) -> Result<Ended, JournalError> {
        let ids: Vec<StepId> = plan.steps.iter().map(|_| id::step_id()).collect();
        let first = Stamped {
            at: self.clock.now(),
            event: self.start(plan, options, &ids),
        };
        ports.journal.append(&first)?;
        let state = RunState::begin(&first).expect("it is the event that starts a run");
        ports.sink.emit(&first, &state);
        self.go_on(plan, options, ports, state).await
    }

    /// Goes on with a run that was read back from its journal. The plan is that of the same manifest. What was decided
    /// about the run meanwhile (to resume, to restart) is recorded first.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub async fn resume(
        &self,
        plan: &Plan,
        options: &Options,
        ports: &mut Ports,
        mut state: RunState,
        decided: Vec<Event>,
    ) -> Result<Ended, JournalError> {
        for event in decided {
            let stamped = Stamped {
                at: self.clock.now(),
                event,
            };
            ports.journal.append(&stamped)?;
            state.apply(&stamped);
            ports.sink.emit(&stamped, &state);
        }
        self.go_on(plan, options, ports, state).await
    }

    async fn go_on(
        &self,
        plan: &Plan,
        options: &Options,
        ports: &mut Ports,
        state: RunState,
    ) -> Result<Ended, JournalError> {
        let control = ports.control.take();
        let (nudge, nudges) = mpsc::unbounded();
        let running = Running::new(self, plan, options, ports, state, nudge);
        running.take_over()?;
        let span = tracing::info_span!("run", id = %options.run);
        running.drive(control, nudges).instrument(span).await
    }

    fn start(&self, plan: &Plan, options: &Options, ids: &[StepId]) -> Event {
        let metadata = &plan.application.metadata;
        let head = |(planned, id): (&PlannedStep, &StepId)| StepHead {
            id: id.clone(),
            name: planned.step.name.value.clone(),
            type_name: planned.step.type_name.value.clone(),
            alias: planned.step.alias.as_ref().map(|alias| alias.value.clone()),
            group: planned.group.map(|place| ids[place].clone()),
        };
        Event::RunStarted {
            run: options.run.clone(),
            application: metadata.name.value.clone(),
            namespace: metadata.namespace().to_owned(),
            target: self.target.name().to_owned(),
            mode: plan.mode.as_text(),
            steps: plan.steps.iter().zip(ids).map(head).collect(),
        }
    }

    pub(crate) fn provider(&self, name: &str) -> Option<&Arc<dyn Provider>> {
        self.providers
            .iter()
            .find(|provider| provider.name() == name)
    }
}

// === impl Running ===

impl<'a> Running<'a> {
    fn new(
        engine: &'a Engine,
        plan: &'a Plan,
        options: &'a Options,
        ports: &'a Ports,
        state: RunState,
        nudge: mpsc::UnboundedSender<()>,
    ) -> Self {
        let mut variables = Variables::default();
        let kept = state
            .variables
            .iter()
            .filter(|(_, variable)| !variable.hidden);
        for (name, variable) in kept {
            variables.put(name.as_str(), Node::clone(&variable.value.0));
        }
        let gone = match engine.target.outlives_process() {
            true => HashSet::new(),
            false => applied(&state),
        };
        Self {
            engine,
            plan,
            options,
            ports,
            id: state.run.clone(),
            render: context::of_render(plan),
            ids: state
                .steps
                .iter()
                .map(|step| step.head.id.clone())
                .collect(),
            context: context::of_run(plan),
            state: Mutex::new(state),
            variables: Mutex::new(variables),
            broken: Mutex::new(None),
            resumers: Mutex::new(BTreeMap::new()),
            nudge,
            calling: Mutex::new(HashSet::new()),
            gone: Mutex::new(gone),
            leaving: AtomicBool::new(false),
            problems: Mutex::new(Vec::new()),
        }
    }

    /// Says who carries the run on, and what nobody knows since the last one did.
    fn take_over(&self) -> Result<(), JournalError> {
        let Owner {
            process,
            host,
            version,
        } = self.ports.owner.clone();
        self.record(Event::OwnerTook {
            process,
            host,
            version,
        })?;
        for place in 0..self.plan.steps.len() {
            self.unknown_calls(place)?;
        }
        match &*self.find_hidden() {
            [] => Ok(()),
            lost => Err(JournalError {
                message: format!(
                    "`{}` held a secret that came from an answer, which is not kept: restart from the step that sets it",
                    lost.join("`, `")
                ),
            }),
        }
    }

    /// Records an event: the journal has it before anything follows from it.
    pub(crate) fn record(&self, event: Event) -> Result<(), JournalError> {
        let mut state = self.state();
        if let Some(error) = lock(&self.broken).clone() {
            return Err(error);
        }
        let stamped = Stamped {
            at: self.engine.clock.now(),
            event,
        };
        if let Err(error) = self.ports.journal.append(&stamped) {
            *lock(&self.broken) = Some(error.clone());
            return Err(error);
        }
        state.apply(&stamped);
        self.ports.sink.emit(&stamped, &state);
        Ok(())
    }

    /// What is known so far.
    pub(crate) fn state(&self) -> MutexGuard<'_, RunState> {
        lock(&self.state)
    }

    pub(crate) fn variables(&self) -> MutexGuard<'_, Variables> {
        lock(&self.variables)
    }

    /// The `context` of a step.
    pub(crate) fn context_of(&self, place: usize) -> Node {
        let planned = &self.plan.steps[place];
        let group = planned
            .group
            .map(|group| &self.plan.steps[group].step.name.value);
        context::of_step(
            &self.context,
            &planned.step.name.value,
            &self.ids[place],
            group,
        )
    }

    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    pub(crate) const fn lang(&self) -> Lang {
        self.options.lang
    }
}

/// The calls to the target that had ended when a run was taken up.
fn applied(state: &RunState) -> HashSet<CallKey> {
    let calls = state.steps.iter().flat_map(|step| &step.calls);
    let applied = calls.filter(|(_, call)| {
        call.kind == CallKind::Idempotent && matches!(call.end, Some(CallEnd::Result(_)))
    });
    applied.map(|(key, _)| key.clone()).collect()
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
