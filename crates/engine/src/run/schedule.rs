//! Whose turn it is: how much each step still waits for.

use std::collections::VecDeque;

use burgee_model::{Reason, RunState, StepPhase};

use crate::{
    plan::{Condition, Plan, PlannedKind},
    run::OnNotifyFailure,
};

/// The order of the steps, kept up as they end. It is made of a plan and a state, and holds nothing that the two do not say.
pub(super) struct Schedule {
    /// What each step still waits for.
    missing: Vec<u32>,
    /// Who waits for each step.
    waiting: Vec<Vec<u32>>,
    /// Sub-steps of each group that have not ended.
    inside: Vec<u32>,
    /// Whether a step has ended.
    ended: Vec<bool>,
    /// Whether a step, or one that it depends on, did not succeed. A failure that the workflow bears does not count.
    tainted: Vec<bool>,
    /// Whether a step, or one before it in its list, failed for the workflow.
    broken: Vec<bool>,
    policy: OnNotifyFailure,
    /// Steps whose turn it is.
    ready: VecDeque<usize>,
    /// Steps that have not ended.
    left: usize,
}

/// What is to be done with a step whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It runs.
    Run,
    /// It is skipped.
    Skip,
    /// Its `if` decides.
    Ask,
}

// === impl Schedule ===

impl Schedule {
    pub(super) fn new(plan: &Plan, state: &RunState, policy: OnNotifyFailure) -> Self {
        let count = plan.steps.len();
        let mut schedule = Self {
            missing: vec![0; count],
            waiting: vec![Vec::new(); count],
            inside: vec![0; count],
            ended: vec![false; count],
            tainted: vec![false; count],
            broken: vec![false; count],
            policy,
            ready: VecDeque::new(),
            left: count,
        };
        for (place, planned) in plan.steps.iter().enumerate() {
            let after = planned.after.iter().copied();
            for other in after {
                schedule.waiting[other].push(u32::try_from(place).unwrap_or(u32::MAX));
                schedule.missing[place] += 1;
            }
            if let Some(group) = planned.group {
                // It waits for the group to begin.
                schedule.missing[place] += 1;
                schedule.inside[group] += 1;
            }
        }
        for place in 0..count {
            if schedule.missing[place] == 0 {
                schedule.ready.push_back(place);
            }
        }
        // What the journal knows of has happened.
        for (place, step) in state.steps.iter().enumerate() {
            if matches!(plan.steps[place].kind, PlannedKind::Group { .. })
                && step.first_execute_time.is_some()
                && step.phase != StepPhase::Skipped
            {
                schedule.open(place, plan);
            }
        }
        for (place, step) in state.steps.iter().enumerate() {
            if step.phase.is_finished() {
                schedule.end(place, plan, step.phase);
            }
        }
        // What had begun is taken up where it was.
        let begun = |place: usize| state.steps[place].first_execute_time.is_some();
        let ended = |place: usize| state.steps[place].phase.is_finished();
        schedule
            .ready
            .retain(|place| !begun(*place) && !ended(*place));
        schedule
    }

    /// The next step whose turn it is.
    pub(super) fn next(&mut self) -> Option<usize> {
        loop {
            let place = self.ready.pop_front()?;
            // What was given up while it waited has had its end.
            if !self.ended[place] {
                return Some(place);
            }
        }
    }

    /// Gives a turn back.
    pub(super) fn put_back(&mut self, place: usize) {
        self.ready.push_front(place);
    }

    /// True when every step has ended.
    pub(super) const fn is_done(&self) -> bool {
        self.left == 0
    }

    /// A group began: its sub-steps may.
    pub(super) fn open(&mut self, group: usize, plan: &Plan) {
        if let PlannedKind::Group { steps, .. } = &plan.steps[group].kind {
            for place in steps.clone() {
                self.less(place);
            }
        }
    }

    /// A step ended. The group whose last sub-step it was is left to end.
    pub(super) fn end(&mut self, place: usize, plan: &Plan, phase: StepPhase) -> Option<usize> {
        self.left -= 1;
        self.ended[place] = true;
        let planned = &plan.steps[place];
        let borne = phase == StepPhase::Failed && is_borne(place, plan, self.policy);
        let fails = phase == StepPhase::Failed && !borne;
        let mut depends = planned.depends_on.iter();
        self.tainted[place] =
            !(phase == StepPhase::Succeeded || borne) || depends.any(|other| self.tainted[*other]);
        self.broken[place] = fails || planned.before.is_some_and(|before| self.broken[before]);
        for other in std::mem::take(&mut self.waiting[place]) {
            self.less(other as usize);
        }
        let group = planned.group?;
        self.inside[group] -= 1;
        (self.inside[group] == 0).then_some(group)
    }

    fn less(&mut self, place: usize) {
        self.missing[place] = self.missing[place].saturating_sub(1);
        if self.missing[place] == 0 && !self.ended[place] {
            self.ready.push_back(place);
        }
    }

    /// True when every sub-step of a group has ended.
    pub(super) fn is_over(&self, group: usize) -> bool {
        self.inside[group] == 0
    }

    /// What a step whose turn it is does, by KubeVela's rules: `if` decides alone where it is given; a step with
    /// `dependsOn` runs when all that it depends on succeeded, directly and not; any other runs unless a step before
    /// it has failed, which counts only where steps run one after another.
    pub(super) fn turn(&self, place: usize, plan: &Plan, state: &RunState) -> Turn {
        let planned = &plan.steps[place];
        match &planned.condition {
            Condition::Always => return Turn::Run,
            Condition::Expression(_) => return Turn::Ask,
            Condition::OnSuccess => {}
        }
        if state.terminated {
            return Turn::Skip;
        }
        let skip = match planned.depends_on.is_empty() {
            false => planned.depends_on.iter().any(|other| self.tainted[*other]),
            true => planned.before.is_some_and(|before| self.broken[before]),
        };
        match skip {
            true => Turn::Skip,
            false => Turn::Run,
        }
    }
}

/// True when the failure of a step is none of the workflow's.
pub(super) fn is_borne(place: usize, plan: &Plan, policy: OnNotifyFailure) -> bool {
    let planned = &plan.steps[place];
    planned.tolerated || (policy == OnNotifyFailure::Continue && planned.notifies())
}

/// How a group ends, by its sub-steps: the first of KubeVela's reasons that one of them has, or that of the first one
/// that failed.
pub(super) fn group_end(
    group: usize,
    plan: &Plan,
    state: &RunState,
    policy: OnNotifyFailure,
) -> (StepPhase, Option<Reason>) {
    const FIRST: [Reason; 4] = [
        Reason::FailedAfterRetries,
        Reason::Timeout,
        Reason::Action,
        Reason::Terminate,
    ];
    let PlannedKind::Group { steps, .. } = &plan.steps[group].kind else {
        return (StepPhase::Succeeded, None);
    };
    let mut reasons = Vec::new();
    let mut failed = false;
    let mut ran = steps.is_empty();
    for place in steps.clone() {
        let step = &state.steps[place];
        ran |= step.phase != StepPhase::Skipped;
        if step.phase == StepPhase::Failed && !is_borne(place, plan, policy) {
            failed = true;
            reasons.extend(step.reason);
        }
    }
    match (failed, ran) {
        (true, _) => {
            let known = FIRST.into_iter().find(|reason| reasons.contains(reason));
            (StepPhase::Failed, known.or(reasons.first().copied()))
        }
        (false, true) => (StepPhase::Succeeded, None),
        (false, false) => (StepPhase::Skipped, Some(Reason::Skip)),
    }
}
