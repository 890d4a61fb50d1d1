//! The state of a run: the fold over its events. Nothing else changes it, so that a run that is read from its
//! journal is the run that wrote it.

use std::collections::HashMap;

use indexmap::IndexMap;
use jiff::Timestamp;

use crate::{
    CallEnd, CallFailure, CallKey, CallKind, Delivery, Event, Exact, Read, Reason, Report, RunId,
    RunPhase, Stamped, StepHead, StepId, StepPhase, StepReport, VariableName,
};

/// What is known of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunState {
    /// Its id.
    pub run: RunId,
    /// The application, or the `WorkflowRun`.
    pub application: String,
    /// Its namespace.
    pub namespace: String,
    /// Where components go.
    pub target: String,
    /// `<steps>-<subSteps>`.
    pub mode: String,
    /// Its phase.
    pub phase: RunPhase,
    /// In words, where there is more to say.
    pub message: String,
    /// When it began.
    pub start: Timestamp,
    /// When it ended.
    pub end: Option<Timestamp>,
    /// Set while somebody has suspended the run as a whole.
    pub suspended: Option<Suspension>,
    /// True when somebody has ended it.
    pub terminated: bool,
    /// Its steps in order, sub-steps behind their group.
    pub steps: Vec<StepState>,
    /// The variables that its steps have set.
    pub variables: IndexMap<VariableName, Variable>,
    places: HashMap<StepId, usize>,
}

/// What is known of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepState {
    /// What it is called.
    pub head: StepHead,
    /// The place of the group that it is in.
    pub group: Option<usize>,
    /// Its phase.
    pub phase: StepPhase,
    /// Why.
    pub reason: Option<Reason>,
    /// In words.
    pub message: String,
    /// How often it was begun.
    pub attempt: u32,
    /// When it first ran.
    pub first_execute_time: Option<Timestamp>,
    /// When something last happened to it.
    pub last_execute_time: Option<Timestamp>,
    /// Since when it waits for what its message says.
    pub waiting_since: Option<Timestamp>,
    /// Set while it waits for somebody.
    pub suspended: Option<Suspension>,
    /// How often it was resumed: so many of its suspensions are passed.
    pub resumed: u32,
    /// What its `if` read, where that did not hold.
    pub condition: Option<(String, Vec<Read>)>,
    /// True when there was a time at which nobody knew whether a call of it had its effect. It stays so for good.
    pub unknown: bool,
    /// The calls it made, by their keys.
    pub calls: IndexMap<CallKey, CallState>,
    /// The messages it sent.
    pub deliveries: Vec<Delivery>,
}

/// What is known of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallState {
    /// Where in its step it stands.
    pub path: String,
    /// What repeating it means.
    pub kind: CallKind,
    /// How it ended, if it did.
    pub end: Option<CallEnd>,
    /// True when nobody knows whether it had its effect.
    pub unknown: bool,
}

/// Waiting for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// Since when.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// Who did it; nobody where the workflow says so.
    pub by: Option<String>,
}

/// A variable and the step that set it.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// The step.
    pub step: StepId,
    /// The value.
    pub value: Exact,
    /// True when the value holds a secret and was not kept.
    pub hidden: bool,
}

// === impl RunState ===

impl RunState {
    /// The state of a run that begins; `None` unless the event is [`Event::RunStarted`].
    #[must_use]
    pub fn begin(first: &Stamped) -> Option<Self> {
        let Event::RunStarted {
            run,
            application,
            namespace,
            target,
            mode,
            steps,
        } = &first.event
        else {
            return None;
        };
        let places: HashMap<StepId, usize> = steps
            .iter()
            .enumerate()
            .map(|(place, head)| (head.id.clone(), place))
            .collect();
        let steps = steps.iter().map(|head| {
            let group = head.group.as_ref().and_then(|id| places.get(id)).copied();
            StepState::new(head, group)
        });
        Some(Self {
            run: run.clone(),
            application: application.clone(),
            namespace: namespace.clone(),
            target: target.clone(),
            mode: mode.clone(),
            phase: RunPhase::Executing,
            message: String::new(),
            start: first.at,
            end: None,
            suspended: None,
            terminated: false,
            steps: steps.collect(),
            variables: IndexMap::new(),
            places,
        })
    }

    /// The place of a step among [`steps`](Self::steps).
    #[must_use]
    pub fn place(&self, id: &StepId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The step of that id.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&StepState> {
        self.place(id).map(|place| &self.steps[place])
    }

    /// Takes the next event in.
    pub fn apply(&mut self, stamped: &Stamped) {
        let at = stamped.at;
        match &stamped.event {
            Event::RunStarted { .. } | Event::OwnerTook { .. } => {}
            Event::StepStarted { step, attempt } => self.change(step, at, |step| {
                step.phase = StepPhase::Running;
                step.reason = None;
                step.attempt = *attempt;
                step.first_execute_time.get_or_insert(at);
                step.waiting_since = None;
            }),
            Event::StepWaiting { step, message, .. } => self.change(step, at, |step| {
                step.reason = Some(Reason::Wait);
                step.message.clone_from(message);
                step.waiting_since = Some(at);
            }),
            Event::ConditionFalse {
                step,
                condition,
                read,
            } => self.change(step, at, |step| {
                step.condition = Some((condition.clone(), read.clone()));
            }),
            Event::CallIntended {
                key,
                step,
                path,
                kind,
                ..
            } => self.change(step, at, |step| {
                let call = CallState {
                    path: path.clone(),
                    kind: *kind,
                    end: None,
                    unknown: false,
                };
                step.calls.insert(key.clone(), call);
            }),
            Event::CallFinished { key, step, end } => self.change(step, at, |step| {
                let fails = |class| matches!(end, CallEnd::Failed(error) if error.class == class);
                step.unknown |= fails(CallFailure::Unknown);
                if let Some(call) = step.calls.get_mut(key) {
                    call.end = Some(end.clone());
                }
            }),
            Event::CallUnknown { key, step, .. } => self.change(step, at, |step| {
                step.unknown = true;
                if let Some(call) = step.calls.get_mut(key) {
                    call.unknown = true;
                }
            }),
            Event::DeliveryFinished { step, delivery } => self.change(step, at, |step| {
                step.deliveries.push(delivery.clone());
            }),
            Event::ObjectApplied { step, .. } | Event::DeliveryRetried { step, .. } => {
                self.change(step, at, |_| {});
            }
            Event::VariableSet {
                step,
                name,
                value,
                hidden,
            } => {
                self.change(step, at, |_| {});
                let variable = Variable {
                    step: step.clone(),
                    value: value.clone(),
                    hidden: *hidden,
                };
                self.variables.insert(name.clone(), variable);
            }
            Event::Suspended {
                step,
                message,
                until,
                by,
            } => self.suspend(step.as_ref(), message, at, *until, by.as_ref()),
            Event::Resumed { step, .. } => self.resume(step.as_ref(), at),
            Event::Terminated { .. } => {
                self.terminated = true;
                self.suspended = None;
            }
            Event::Restarted { steps, again, .. } => self.restart(steps, *again),
            Event::StepFinished {
                step,
                phase,
                reason,
                message,
            } => self.finish(step, at, *phase, *reason, message),
            Event::RunFinished { phase, message } => {
                self.phase = *phase;
                self.message.clone_from(message);
                self.end = phase.is_finished().then_some(at);
            }
        }
    }

    /// The report of this state.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut steps: Vec<StepReport> = Vec::new();
        for step in &self.steps {
            let report = step.report();
            match (step.group, steps.last_mut()) {
                // Sub-steps stand behind their group.
                (Some(_), Some(group)) => group.sub_steps.push(report),
                _ => steps.push(report),
            }
        }
        Report {
            run: self.run.clone(),
            application: self.application.clone(),
            namespace: self.namespace.clone(),
            target: self.target.clone(),
            mode: self.mode.clone(),
            status: self.phase,
            message: self.message.clone(),
            finished: self.phase.is_finished(),
            terminated: self.terminated,
            suspend: self.phase == RunPhase::Suspending,
            start_time: self.start,
            end_time: self.end,
            steps,
        }
    }

    fn change(&mut self, id: &StepId, at: Timestamp, f: impl FnOnce(&mut StepState)) {
        if let Some(place) = self.place(id) {
            let step = &mut self.steps[place];
            step.last_execute_time = Some(at);
            f(step);
        }
    }

    fn suspend(
        &mut self,
        step: Option<&StepId>,
        message: &str,
        since: Timestamp,
        until: Option<Timestamp>,
        by: Option<&String>,
    ) {
        let suspension = Suspension {
            since,
            until,
            by: by.cloned(),
        };
        let Some(id) = step else {
            self.suspended = Some(suspension);
            self.phase = RunPhase::Suspending;
            message.clone_into(&mut self.message);
            return;
        };
        self.change(id, since, |step| {
            step.phase = StepPhase::Suspending;
            step.reason = Some(Reason::Suspend);
            message.clone_into(&mut step.message);
            step.suspended = Some(suspension);
        });
        self.show_groups(id);
    }

    fn resume(&mut self, step: Option<&StepId>, at: Timestamp) {
        let waits = |step: &StepState| step.suspended.is_some();
        let ids: Vec<StepId> = match step {
            // A group takes what waits in it along.
            Some(id) => {
                let place = self.place(id);
                let inside = self.steps.iter().filter(|step| {
                    waits(step)
                        && (step.head.id == *id || step.group.is_some() && step.group == place)
                });
                inside.map(|step| step.head.id.clone()).collect()
            }
            None => {
                if self.suspended.take().is_some() {
                    self.message.clear();
                }
                let waiting = self.steps.iter().filter(|step| waits(step));
                waiting.map(|step| step.head.id.clone()).collect()
            }
        };
        for id in ids {
            self.change(&id, at, |step| {
                if step.suspended.take().is_some() {
                    step.phase = StepPhase::Running;
                    step.reason = None;
                    step.message.clear();
                    step.resumed += 1;
                }
            });
            self.show_groups(&id);
        }
        self.show_run();
    }

    /// A group is suspended while one of its sub-steps is; and the run, as long as it has not ended, while one of its
    /// steps is.
    fn show_groups(&mut self, id: &StepId) {
        let waits = |step: &StepState| step.suspended.is_some();
        if let Some(group) = self.place(id).and_then(|place| self.steps[place].group) {
            let inside = self.steps.iter().filter(|step| step.group == Some(group));
            let phase = match inside.clone().any(waits) {
                true => StepPhase::Suspending,
                false => StepPhase::Running,
            };
            if !self.steps[group].phase.is_finished() {
                self.steps[group].phase = phase;
                self.steps[group].reason = None;
            }
        }
        self.show_run();
    }

    fn show_run(&mut self) {
        if self.end.is_none() {
            let waits = |step: &StepState| step.suspended.is_some();
            let waiting = self.suspended.is_some() || self.steps.iter().any(waits);
            self.phase = match waiting {
                true => RunPhase::Suspending,
                false => RunPhase::Executing,
            };
        }
    }

    fn finish(
        &mut self,
        id: &StepId,
        at: Timestamp,
        phase: StepPhase,
        reason: Option<Reason>,
        message: &str,
    ) {
        let Some(place) = self.place(id) else {
            return;
        };
        let step = &mut self.steps[place];
        let was_suspended = step.suspended.take().is_some();
        step.phase = phase;
        step.reason = reason;
        step.waiting_since = None;
        message.clone_into(&mut step.message);
        if phase != StepPhase::Skipped {
            step.last_execute_time = Some(at);
        }
        if was_suspended {
            self.show_groups(id);
        }
    }

    fn restart(&mut self, steps: &[StepId], again: bool) {
        for id in steps {
            let Some(place) = self.place(id) else {
                continue;
            };
            let step = &mut self.steps[place];
            let mut fresh = StepState::new(&step.head, step.group);
            fresh.unknown = step.unknown;
            if !again {
                let kept = |call: &CallState| matches!(call.end, Some(CallEnd::Result(_)));
                let calls = std::mem::take(&mut step.calls);
                fresh.calls = calls.into_iter().filter(|(_, call)| kept(call)).collect();
                let sent = |delivery: &Delivery| delivery.outcome.is_success();
                let deliveries = std::mem::take(&mut step.deliveries);
                fresh.deliveries = deliveries.into_iter().filter(sent).collect();
            }
            *step = fresh;
            self.variables.retain(|_, variable| variable.step != *id);
        }
        self.phase = RunPhase::Executing;
        self.message.clear();
        self.end = None;
        self.suspended = None;
        self.terminated = false;
    }
}

// === impl StepState ===

impl StepState {
    fn new(head: &StepHead, group: Option<usize>) -> Self {
        Self {
            head: head.clone(),
            group,
            phase: StepPhase::Pending,
            reason: None,
            message: String::new(),
            attempt: 0,
            first_execute_time: None,
            last_execute_time: None,
            waiting_since: None,
            suspended: None,
            resumed: 0,
            condition: None,
            unknown: false,
            calls: IndexMap::new(),
            deliveries: Vec::new(),
        }
    }

    fn report(&self) -> StepReport {
        StepReport {
            id: self.head.id.clone(),
            name: self.head.name.clone(),
            type_name: self.head.type_name.clone(),
            alias: self.head.alias.clone(),
            phase: self.phase,
            reason: self.reason,
            message: self.message.clone(),
            attempts: self.attempt,
            first_execute_time: self.first_execute_time,
            last_execute_time: self.last_execute_time,
            waiting_since: self
                .suspended
                .as_ref()
                .map_or(self.waiting_since, |it| Some(it.since)),
            until: self.suspended.as_ref().and_then(|it| it.until),
            unknown: self.unknown,
            deliveries: self.deliveries.clone(),
            sub_steps: Vec::new(),
        }
    }
}
