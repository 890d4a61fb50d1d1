//! The loop of a run: begin whose turn it is, hear who ended, and what is wanted from outside.

use std::{collections::HashMap, future::Future, pin::Pin, sync::atomic::Ordering};

use burgee_model::{Event, JournalError, Reason, RunPhase, RunState, StepPhase};
use futures_channel::mpsc;
use futures_util::{
    StreamExt as _,
    future::{AbortHandle, Either, abortable},
    stream::FuturesUnordered,
};
use jiff::Timestamp;

use super::{
    Command, Control, Ended, Order, Running, Waiting, lock,
    schedule::{Schedule, Turn, group_end, is_borne},
    step::StepEnd,
};
use crate::plan::{Condition, PlannedKind};

/// A step under way, or the time limit of a group.
type Work<'r> = Pin<Box<dyn Future<Output = Ending> + Send + 'r>>;

/// What ended.
enum Ending {
    Step(usize, Result<Option<StepEnd>, JournalError>),
    /// A step that had ended from outside.
    GivenUp,
    /// The time of a group is over.
    Time(usize),
    /// A step waits for somebody, and where the next one is heard.
    Nudge(Box<mpsc::UnboundedReceiver<()>>),
    /// What somebody wants, and where more will be heard.
    Command(Option<Order>, Box<Control>),
}

/// The steps of a run under way.
struct Driver<'r> {
    run: &'r Running<'r>,
    schedule: Schedule,
    active: FuturesUnordered<Work<'r>>,
    /// The steps under way, and how to give each up.
    under_way: HashMap<usize, AbortHandle>,
}

impl Running<'_> {
    /// Goes on until all steps have ended, or nothing is left but to wait.
    pub(super) async fn drive(
        &self,
        control: Option<Control>,
        nudges: mpsc::UnboundedReceiver<()>,
    ) -> Result<Ended, JournalError> {
        let schedule = Schedule::new(self.plan, &self.state(), self.options.on_notify_failure);
        let mut driver = Driver {
            run: self,
            schedule,
            active: FuturesUnordered::new(),
            under_way: HashMap::new(),
        };
        driver.take_up()?;
        if self.state().terminated {
            driver.give_up_all(Reason::Terminate)?;
        }
        if let Some(control) = control {
            driver.listen(Box::new(control));
        }
        driver.await_nudge(Box::new(nudges));
        driver.run_on().await?;
        self.ports.journal.sync().await?;
        let state = self.state().clone();
        Ok(Ended {
            phase: state.phase,
            due: self.due(&state),
            problems: std::mem::take(&mut lock(&self.problems)),
            state,
        })
    }

    /// When the first of the suspended steps goes on by itself, or its time or that of its group is over.
    fn due(&self, state: &RunState) -> Option<Timestamp> {
        let limit = |place: usize| {
            let begun = state.steps[place].first_execute_time?;
            Some(begun + self.plan.steps[place].timeout?)
        };
        let steps = state.steps.iter().enumerate();
        let due = steps.filter_map(|(place, step)| {
            let until = step.suspended.as_ref()?.until;
            let limits = [until, limit(place), step.group.and_then(limit)];
            limits.into_iter().flatten().min()
        });
        due.min()
    }
}

impl<'r> Driver<'r> {
    /// Steps that were under way when the run was left go on; groups whose last sub-step had ended end.
    fn take_up(&mut self) -> Result<(), JournalError> {
        let plan = self.run.plan;
        for place in 0..plan.steps.len() {
            let step = self.run.state().steps[place].clone();
            if step.first_execute_time.is_none() || step.phase.is_finished() {
                continue;
            }
            match &plan.steps[place].kind {
                PlannedKind::Group { .. } => {
                    self.limit(place);
                    if self.schedule.is_over(place) {
                        self.end_group(place)?;
                    }
                }
                PlannedKind::Step(_) => self.begin_step(place, step.attempt.max(1)),
            }
        }
        Ok(())
    }

    async fn run_on(&mut self) -> Result<(), JournalError> {
        loop {
            if self.run.is_leaving() {
                if self.under_way.is_empty() {
                    return Ok(());
                }
            } else {
                self.begin_ready()?;
            }
            if self.schedule.is_done() {
                return self.finish();
            }
            if self.under_way.len() == self.suspended() && self.may_leave() {
                return Ok(());
            }
            match self.active.next().await {
                Some(Ending::Step(place, end)) => {
                    self.under_way.remove(&place);
                    if let Some(end) = end? {
                        self.step_ended(place, end)?;
                    }
                }
                Some(Ending::GivenUp) => {}
                Some(Ending::Nudge(nudges)) => self.await_nudge(nudges),
                Some(Ending::Time(group)) => self.time_is_over(group)?,
                Some(Ending::Command(Some(Order { command, done }), control)) => {
                    self.obey(command)?;
                    if let Some(done) = done {
                        self.run.ports.journal.sync().await?;
                        // Whoever asked may have gone.
                        let _ = done.send(());
                    }
                    self.listen(control);
                }
                // Nobody will steer it any more.
                Some(Ending::Command(None, _)) => {}
                None => return Ok(()),
            }
        }
    }

    /// True when a run that only waits for somebody is left to be resumed.
    fn may_leave(&self) -> bool {
        let state = self.run.state();
        if state.suspended.is_none() && self.under_way.is_empty() {
            // Nothing waits for anybody: there is something to do.
            return false;
        }
        match self.run.options.waiting {
            Waiting::No => true,
            Waiting::Yes => false,
            Waiting::Due => {
                let timed = self.under_way.keys().any(|place| {
                    let suspended = state.steps[*place].suspended.as_ref();
                    self.run.plan.steps[*place].timeout.is_some()
                        || suspended.is_some_and(|it| it.until.is_some())
                });
                let groups = self.run.plan.steps.iter().enumerate();
                let mut groups = groups.filter(|(_, planned)| {
                    planned.timeout.is_some() && matches!(planned.kind, PlannedKind::Group { .. })
                });
                let limited = groups.any(|(place, _)| {
                    let step = &state.steps[place];
                    step.first_execute_time.is_some() && !step.phase.is_finished()
                });
                !timed && !limited
            }
        }
    }

    /// How many of the steps under way wait for somebody.
    fn suspended(&self) -> usize {
        lock(&self.run.resumers).len()
    }

    /// Begins the steps whose turn it is, as far as there is room. A step that waits for somebody takes none.
    fn begin_ready(&mut self) -> Result<(), JournalError> {
        if self.run.state().suspended.is_some() {
            return Ok(());
        }
        let mut room = self.run.options.concurrency.max(1);
        let mut counted = false;
        while let Some(place) = self.schedule.next() {
            if !counted {
                counted = true;
                room = room.saturating_sub(self.under_way.len() - self.suspended());
            }
            let plan = self.run.plan;
            let planned = &plan.steps[place];
            let is_step = matches!(planned.kind, PlannedKind::Step(_));
            if is_step && room == 0 {
                self.schedule.put_back(place);
                return Ok(());
            }
            let turn = self.schedule.turn(place, plan, &self.run.state());
            let runs = match (turn, &planned.condition) {
                (Turn::Skip, _) => false,
                (Turn::Ask, Condition::Expression(expression)) => {
                    match self.run.ask(place, expression)? {
                        Ok(holds) => holds,
                        Err(failure) => {
                            self.skip_inside(place)?;
                            self.run.no_outputs(place)?;
                            self.step_ended(place, StepEnd::failed(failure))?;
                            continue;
                        }
                    }
                }
                (Turn::Run | Turn::Ask, _) => true,
            };
            if !runs {
                self.skip(place)?;
            } else if is_step {
                room -= 1;
                self.run.record(Event::StepStarted {
                    step: self.run.ids[place].clone(),
                    attempt: 1,
                })?;
                self.begin_step(place, 1);
            } else {
                self.begin_group(place)?;
            }
        }
        Ok(())
    }

    fn begin_step(&mut self, place: usize, attempt: u32) {
        let (work, handle) = abortable(self.run.step(place, attempt));
        self.under_way.insert(place, handle);
        self.active.push(Box::pin(async move {
            match work.await {
                Ok(end) => Ending::Step(place, end),
                Err(_aborted) => Ending::GivenUp,
            }
        }));
    }

    fn begin_group(&mut self, place: usize) -> Result<(), JournalError> {
        self.run.record(Event::StepStarted {
            step: self.run.ids[place].clone(),
            attempt: 1,
        })?;
        self.limit(place);
        self.schedule.open(place, self.run.plan);
        match self.schedule.is_over(place) {
            true => self.end_group(place),
            false => Ok(()),
        }
    }

    /// Watches over the time of a group.
    fn limit(&mut self, place: usize) {
        let run = self.run;
        if let Some(left) = run.time_left(place) {
            self.active.push(Box::pin(async move {
                run.engine.clock.sleep(left).await;
                Ending::Time(place)
            }));
        }
    }

    fn await_nudge(&mut self, mut nudges: Box<mpsc::UnboundedReceiver<()>>) {
        self.active.push(Box::pin(async move {
            // The sender lives as long as the run.
            let _ = nudges.next().await;
            Ending::Nudge(nudges)
        }));
    }

    fn listen(&mut self, mut control: Box<Control>) {
        self.active.push(Box::pin(async move {
            let command = control.next().await;
            Ending::Command(command, control)
        }));
    }

    fn step_ended(&mut self, place: usize, end: StepEnd) -> Result<(), JournalError> {
        let phase = end.phase;
        self.record_end(place, end)?;
        match self.schedule.end(place, self.run.plan, phase) {
            Some(group) => self.end_group(group),
            None => Ok(()),
        }
    }

    fn record_end(&self, place: usize, end: StepEnd) -> Result<(), JournalError> {
        let StepEnd {
            phase,
            reason,
            message,
            problems,
        } = end;
        lock(&self.run.problems).extend(problems);
        self.run.record(Event::StepFinished {
            step: self.run.ids[place].clone(),
            phase,
            reason,
            message,
        })
    }

    fn end_group(&mut self, group: usize) -> Result<(), JournalError> {
        let policy = self.run.options.on_notify_failure;
        let (phase, reason) = group_end(group, self.run.plan, &self.run.state(), policy);
        self.run.group_outputs(group, phase)?;
        self.step_ended(
            group,
            StepEnd {
                phase,
                reason,
                message: String::new(),
                problems: Vec::new(),
            },
        )
    }

    /// Skips a step, and what is in it.
    fn skip(&mut self, place: usize) -> Result<(), JournalError> {
        self.skip_inside(place)?;
        self.run.no_outputs(place)?;
        self.step_ended(place, StepEnd::skipped())
    }

    /// Skips the sub-steps of a group that does not begin. They end before it, so that a run that is left in between
    /// finds the group where it was.
    fn skip_inside(&mut self, group: usize) -> Result<(), JournalError> {
        let PlannedKind::Group { steps, .. } = &self.run.plan.steps[group].kind else {
            return Ok(());
        };
        for sub_step in steps.clone() {
            if self.run.state().steps[sub_step].phase.is_finished() {
                continue;
            }
            self.run.no_outputs(sub_step)?;
            self.record_end(sub_step, StepEnd::skipped())?;
            // How the group ends does not follow from what is in it.
            let _ = self
                .schedule
                .end(sub_step, self.run.plan, StepPhase::Skipped);
        }
        Ok(())
    }

    /// Ends steps from outside; what they were waiting for is given up.
    fn give_up(
        &mut self,
        places: impl Iterator<Item = usize>,
        reason: Reason,
    ) -> Result<(), JournalError> {
        for place in places {
            let phase = self.run.state().steps[place].phase;
            if phase.is_finished()
                || matches!(self.run.plan.steps[place].kind, PlannedKind::Group { .. })
            {
                continue;
            }
            if let Some(handle) = self.under_way.remove(&place) {
                handle.abort();
                lock(&self.run.resumers).remove(&place);
            }
            self.run.unknown_calls(place)?;
            self.run.late_outputs(place)?;
            self.step_ended(
                place,
                StepEnd {
                    phase: StepPhase::Failed,
                    reason: Some(reason),
                    message: String::new(),
                    problems: Vec::new(),
                },
            )?;
        }
        Ok(())
    }

    fn give_up_all(&mut self, reason: Reason) -> Result<(), JournalError> {
        let mut places: Vec<usize> = self.under_way.keys().copied().collect();
        places.sort_unstable();
        self.give_up(places.into_iter(), reason)
    }

    /// The time of a group is over: what has not ended in it fails with it.
    fn time_is_over(&mut self, group: usize) -> Result<(), JournalError> {
        if self.run.state().steps[group].phase.is_finished() {
            return Ok(());
        }
        match &self.run.plan.steps[group].kind {
            PlannedKind::Group { steps, .. } => self.give_up(steps.clone(), Reason::Timeout),
            PlannedKind::Step(_) => Ok(()),
        }
    }

    fn obey(&mut self, command: Command) -> Result<(), JournalError> {
        match command {
            Command::Suspend { by } => self.run.record(Event::Suspended {
                step: None,
                message: String::new(),
                until: None,
                by,
            }),
            Command::Resume { step, by, reason } => {
                self.run.resume_steps(step.as_ref(), by, reason)
            }
            Command::Leave => {
                self.run.leaving.store(true, Ordering::Relaxed);
                let run = self.run;
                self.under_way.retain(|place, handle| {
                    let calls = run.is_calling(*place);
                    if !calls {
                        handle.abort();
                    }
                    calls
                });
                Ok(())
            }
            Command::Terminate { by, reason } => {
                self.run.record(Event::Terminated { by, reason })?;
                self.give_up_all(Reason::Terminate)
            }
        }
    }

    fn finish(&self) -> Result<(), JournalError> {
        let (phase, message) = {
            let state = self.run.state();
            let policy = self.run.options.on_notify_failure;
            let steps = state.steps.iter().enumerate();
            let failed: Vec<_> = steps
                .filter(|(place, step)| {
                    step.phase == StepPhase::Failed
                        && step.group.is_none()
                        && !is_borne(*place, self.run.plan, policy)
                })
                .map(|(_, step)| step)
                .collect();
            let terminated = failed
                .iter()
                .all(|step| step.reason == Some(Reason::Terminate));
            match failed.first() {
                None if state.terminated => (RunPhase::Terminated, String::new()),
                None => (RunPhase::Succeeded, String::new()),
                Some(_) if terminated => (RunPhase::Terminated, String::new()),
                Some(first) => (
                    RunPhase::Failed,
                    format!("step `{}` failed", first.head.name),
                ),
            }
        };
        self.run.record(Event::RunFinished { phase, message })
    }
}

/// Ends when the first of two does.
pub(super) async fn first<A: Send, B: Send>(
    one: impl Future<Output = A> + Send,
    other: impl Future<Output = B> + Send,
) -> Either<A, B> {
    let (one, other) = (std::pin::pin!(one), std::pin::pin!(other));
    match futures_util::future::select(one, other).await {
        Either::Left((done, _)) => Either::Left(done),
        Either::Right((done, _)) => Either::Right(done),
    }
}
