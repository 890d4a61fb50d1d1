//! A run from its first step to its last.

use std::sync::Arc;

use burgee_definitions::RenderContext;
use burgee_inject::Variables;
use burgee_model::{
    Clock, Event, EventSink, Mode, Provider, Reason, RunId, RunPhase, Stamped, StepHead, StepId,
    StepPhase, Target,
};
use burgee_source::{Diagnostic, Lang, Node};
use tracing::Instrument as _;

use crate::{
    context, id,
    plan::{Plan, PlannedStep},
    step::{Failure, StepRun},
};

/// What a failed notification step means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnNotifyFailure {
    /// The run stops and fails.
    #[default]
    Stop,
    /// The step stays failed, later steps run.
    Continue,
}

/// How to run a plan.
#[derive(Debug, Clone)]
pub struct Options {
    /// The run's id.
    pub run: RunId,
    /// What a failed notification step means.
    pub on_notify_failure: OnNotifyFailure,
    /// The language of the steps' messages.
    pub lang: Lang,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    /// Its phase.
    pub phase: RunPhase,
    /// The places in the user's file where steps failed, if it was the file's fault.
    pub problems: Vec<Diagnostic>,
}

/// Runs plans against the ports it was given.
pub struct Engine {
    pub(crate) providers: Vec<Arc<dyn Provider>>,
    pub(crate) target: Arc<dyn Target>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sink: Arc<dyn EventSink>,
}

/// One run under way.
pub(crate) struct Running<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) plan: &'a Plan,
    pub(crate) options: &'a Options,
    pub(crate) id: RunId,
    pub(crate) render: RenderContext,
    context: Node,
}

// === impl Engine ===

impl Engine {
    /// An engine on these ports.
    #[must_use]
    pub fn new(
        providers: Vec<Arc<dyn Provider>>,
        target: Arc<dyn Target>,
        clock: Arc<dyn Clock>,
        sink: Arc<dyn EventSink>,
    ) -> Self {
        Self {
            providers,
            target,
            clock,
            sink,
        }
    }

    /// Runs a plan to its end. Dropping the future stops the run where it is.
    pub async fn run(&self, plan: &Plan, options: &Options) -> Ended {
        let metadata = &plan.application.metadata;
        let running = Running {
            engine: self,
            plan,
            options,
            id: options.run.clone(),
            render: RenderContext {
                app_name: metadata.name.value.clone(),
                namespace: metadata.namespace().to_owned(),
                app_revision: format!("{}-v1", metadata.name.value),
                labels: metadata.labels.clone(),
                annotations: metadata.annotations.clone(),
            },
            context: context::of_run(&plan.application),
        };
        let span = tracing::info_span!("run", id = %options.run);
        running.steps().instrument(span).await
    }

    pub(crate) fn provider(&self, name: &str) -> Option<&Arc<dyn Provider>> {
        self.providers
            .iter()
            .find(|provider| provider.name() == name)
    }
}

// === impl Running ===

impl Running<'_> {
    async fn steps(&self) -> Ended {
        let ids: Vec<StepId> = self.plan.steps.iter().map(|_| id::step_id()).collect();
        self.started(&ids);
        let mut variables = Variables::default();
        let mut problems = Vec::new();
        let mut stopped_by: Option<&PlannedStep> = None;
        for (planned, id) in self.plan.steps.iter().zip(ids) {
            if stopped_by.is_some() {
                self.finished(id, StepPhase::Skipped, Some(Reason::Skip), String::new());
                continue;
            }
            match self.step(planned, &id, &mut variables).await {
                Ok(()) => self.finished(id, StepPhase::Succeeded, None, String::new()),
                Err(failure) => {
                    let Failure {
                        reason,
                        message,
                        problems: found,
                    } = failure;
                    self.finished(id, StepPhase::Failed, Some(reason), message);
                    problems.extend(found);
                    if self.stops(planned) {
                        stopped_by = Some(planned);
                    }
                }
            }
        }
        let phase = match stopped_by {
            Some(_) => RunPhase::Failed,
            None => RunPhase::Succeeded,
        };
        let message =
            stopped_by.map(|planned| format!("step `{}` failed", planned.step.name.value));
        self.emit(Event::RunFinished {
            phase,
            message: message.unwrap_or_default(),
        });
        Ended { phase, problems }
    }

    async fn step(
        &self,
        planned: &PlannedStep,
        id: &StepId,
        variables: &mut Variables,
    ) -> Result<(), Failure> {
        self.emit(Event::StepStarted { step: id.clone() });
        let name = &planned.step.name.value;
        let step = StepRun {
            run: self,
            planned,
            id: id.clone(),
            context: context::of_step(&self.context, name, id),
        };
        let span = tracing::info_span!("step", name = %name);
        step.execute(variables).instrument(span).await
    }

    /// True when the failure of this step ends the run.
    fn stops(&self, planned: &PlannedStep) -> bool {
        match self.options.on_notify_failure {
            OnNotifyFailure::Stop => true,
            OnNotifyFailure::Continue => !planned.kind.notifies(),
        }
    }

    fn started(&self, ids: &[StepId]) {
        let metadata = &self.plan.application.metadata;
        let head = |(planned, id): (&PlannedStep, &StepId)| StepHead {
            id: id.clone(),
            name: planned.step.name.value.clone(),
            type_name: planned.step.type_name.value.clone(),
        };
        // Sub-steps default to DAG; a plan has none yet.
        let mode = format!("{}-{}", Mode::StepByStep.as_str(), Mode::Dag.as_str());
        self.emit(Event::RunStarted {
            run: self.id.clone(),
            application: metadata.name.value.clone(),
            namespace: metadata.namespace().to_owned(),
            target: self.engine.target.name().to_owned(),
            mode,
            steps: self.plan.steps.iter().zip(ids).map(head).collect(),
        });
    }

    fn finished(&self, step: StepId, phase: StepPhase, reason: Option<Reason>, message: String) {
        self.emit(Event::StepFinished {
            step,
            phase,
            reason,
            message,
        });
    }

    pub(crate) fn emit(&self, event: Event) {
        let at = self.engine.clock.now();
        self.engine.sink.emit(&Stamped { at, event });
    }

    pub(crate) const fn lang(&self) -> Lang {
        self.options.lang
    }
}
