//! What a listing shows of a run: a small fold over its records, kept beside them so that nobody has to read them all.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use burgee_model::{Event, RunPhase, RunState, Stamped, StepHead, StepId};
use jiff::Timestamp;

/// What a listing shows, and what it takes to follow it.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    /// What a listing shows. Shared with the writer: most records leave it as it is.
    pub(crate) shown: Arc<Shown>,
    /// True while the run as a whole is suspended.
    suspended: bool,
    /// The steps that are.
    waiting: HashSet<StepId>,
    /// The group of each sub-step: who resumes it resumes what waits in it.
    groups: HashMap<StepId, StepId>,
}

/// What a listing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) application: String,
    pub(crate) namespace: String,
    pub(crate) phase: RunPhase,
    pub(crate) message: String,
    pub(crate) finished: Option<Timestamp>,
}

// === impl Index ===

impl Index {
    /// A run of which nothing is written yet.
    pub(crate) fn new(application: &str, namespace: &str) -> Self {
        let shown = Shown {
            application: application.to_owned(),
            namespace: namespace.to_owned(),
            phase: RunPhase::Initializing,
            message: String::new(),
            finished: None,
        };
        Self {
            shown: shown.into(),
            suspended: false,
            waiting: HashSet::new(),
            groups: HashMap::new(),
        }
    }

    /// A run that goes on.
    pub(crate) fn of(state: &RunState) -> Self {
        let waiting = state.steps.iter().filter(|step| step.suspended.is_some());
        let shown = Shown {
            application: state.application.clone(),
            namespace: state.namespace.clone(),
            phase: state.phase,
            message: state.message.clone(),
            finished: state.end,
        };
        Self {
            shown: shown.into(),
            suspended: state.suspended.is_some(),
            waiting: waiting.map(|step| step.head.id.clone()).collect(),
            groups: groups(state.steps.iter().map(|step| &step.head)),
        }
    }

    /// Takes the next record in.
    pub(crate) fn apply(&mut self, Stamped { at, event }: &Stamped) {
        match event {
            Event::RunStarted {
                application,
                namespace,
                steps,
                ..
            } => {
                self.groups = groups(steps);
                let shown = Arc::make_mut(&mut self.shown);
                shown.application.clone_from(application);
                shown.namespace.clone_from(namespace);
                shown.phase = RunPhase::Executing;
            }
            Event::Suspended {
                step: None,
                message,
                ..
            } => {
                self.suspended = true;
                Arc::make_mut(&mut self.shown).message.clone_from(message);
                self.show_waiting();
            }
            Event::Suspended {
                step: Some(step), ..
            } => {
                self.waiting.insert(step.clone());
                self.show_waiting();
            }
            Event::Resumed { step: None, .. } => {
                if std::mem::take(&mut self.suspended) {
                    Arc::make_mut(&mut self.shown).message.clear();
                }
                self.waiting.clear();
                self.show_waiting();
            }
            Event::Resumed {
                step: Some(step), ..
            } => {
                let groups = &self.groups;
                self.waiting
                    .retain(|there| there != step && groups.get(there) != Some(step));
                self.show_waiting();
            }
            Event::StepFinished { step, .. } => {
                if self.waiting.remove(step) {
                    self.show_waiting();
                }
            }
            Event::Terminated { .. } => self.suspended = false,
            Event::Restarted { steps, .. } => {
                self.suspended = false;
                for step in steps {
                    self.waiting.remove(step);
                }
                let shown = Arc::make_mut(&mut self.shown);
                shown.phase = RunPhase::Executing;
                shown.message.clear();
                shown.finished = None;
            }
            Event::RunFinished { phase, message } => {
                let shown = Arc::make_mut(&mut self.shown);
                shown.phase = *phase;
                shown.message.clone_from(message);
                shown.finished = phase.is_finished().then_some(*at);
            }
            Event::OwnerTook { .. }
            | Event::StepStarted { .. }
            | Event::StepWaiting { .. }
            | Event::ConditionFalse { .. }
            | Event::CallIntended { .. }
            | Event::CallFinished { .. }
            | Event::CallUnknown { .. }
            | Event::ObjectApplied { .. }
            | Event::DeliveryRetried { .. }
            | Event::DeliveryFinished { .. }
            | Event::VariableSet { .. } => {}
        }
    }

    /// A run that has not ended is suspended while it, or one of its steps, is.
    fn show_waiting(&mut self) {
        if self.shown.finished.is_none() {
            Arc::make_mut(&mut self.shown).phase = match self.suspended || !self.waiting.is_empty()
            {
                true => RunPhase::Suspending,
                false => RunPhase::Executing,
            };
        }
    }
}

fn groups<'h>(steps: impl IntoIterator<Item = &'h StepHead>) -> HashMap<StepId, StepId> {
    let steps = steps.into_iter();
    let grouped = steps.filter_map(|head| Some((head.id.clone(), head.group.clone()?)));
    grouped.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn started() -> Event {
        let head = |id: &str, group: Option<&str>| StepHead {
            id: id.into(),
            name: id.into(),
            type_name: "suspend".into(),
            alias: None,
            group: group.map(StepId::from),
        };
        Event::RunStarted {
            run: "r".into(),
            application: "shop".to_owned(),
            namespace: "default".to_owned(),
            target: "sandbox".to_owned(),
            mode: "DAG-DAG".to_owned(),
            steps: vec![head("s0", None), head("s1", Some("s0"))],
        }
    }

    fn event() -> impl Strategy<Value = Event> {
        let step = || prop_oneof![Just(StepId::from("s0")), Just(StepId::from("s1"))];
        let by = || Some("me".to_owned());
        prop_oneof![
            step().prop_map(|step| Event::StepStarted { step, attempt: 1 }),
            step().prop_map(move |step| Event::Suspended {
                step: Some(step),
                message: "wait".to_owned(),
                until: None,
                by: None,
            }),
            Just(Event::Suspended {
                step: None,
                message: "all wait".to_owned(),
                until: None,
                by: by(),
            }),
            proptest::option::of(step()).prop_map(move |step| Event::Resumed {
                step,
                by: by(),
                reason: None,
            }),
            step().prop_map(|step| Event::StepFinished {
                step,
                phase: burgee_model::StepPhase::Succeeded,
                reason: None,
                message: String::new(),
            }),
            step().prop_map(move |step| Event::Restarted {
                from: None,
                steps: vec![step],
                again: false,
                by: by(),
            }),
        ]
    }

    fn same(index: &Index, state: &RunState) {
        assert_eq!(*index.shown, *Index::of(state).shown);
    }

    proptest! {
        #[test]
        fn a_listing_shows_the_phase_of_the_fold(events in proptest::collection::vec(event(), 0..12)) {
            let at = Timestamp::UNIX_EPOCH;
            let first = Stamped { at, event: started() };
            let mut state = RunState::begin(&first).expect("the event begins a run");
            let mut index = Index::new("shop", "default");
            index.apply(&first);
            same(&index, &state);
            let end = Event::RunFinished { phase: RunPhase::Succeeded, message: "done".to_owned() };
            for event in events.into_iter().chain([end]) {
                let next = Stamped { at, event };
                state.apply(&next);
                index.apply(&next);
                same(&index, &state);
            }
        }
    }
}
