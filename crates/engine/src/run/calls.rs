//! Calls: each is known to the journal before somebody else sees it, and its result is kept.

use std::time::Duration;

use burgee_model::{
    BUILTIN, Call, CallContext, CallEnd, CallError, CallFailure, CallKey, CallKind, CallState,
    Event, JournalError, Reason, Results, StepId, duration,
};
use burgee_source::Node;
use futures_channel::oneshot;
use futures_util::future::join_all;
use sha2::{Digest as _, Sha256};

use super::{
    Running,
    driver::first,
    lock,
    step::{Failure, Stop, empty},
};

/// What the calls of one attempt have come to.
pub(super) struct Called {
    place: usize,
    /// The step's message.
    pub(super) message: String,
    /// How many suspensions were passed.
    passed: u32,
}

/// What is to be done about a call.
enum Next {
    /// Its result is known.
    Known(Node),
    /// It failed for good.
    Failed(CallError),
    /// It is made. Only a call that others see has a key.
    Make(Option<CallKey>),
}

/// A step is in the middle of a call that others see, as long as this lives.
struct Calling<'a> {
    run: &'a Running<'a>,
    place: usize,
}

// === impl Calling ===

impl<'a> Calling<'a> {
    fn begin(run: &'a Running<'a>, place: usize) -> Self {
        lock(&run.calling).insert(place);
        Self { run, place }
    }
}

impl Drop for Calling<'_> {
    fn drop(&mut self) {
        lock(&self.run.calling).remove(&self.place);
    }
}

// === impl Called ===

impl Called {
    pub(super) const fn new(place: usize) -> Self {
        Self {
            place,
            message: String::new(),
            passed: 0,
        }
    }
}

// === impl Running ===

impl Running<'_> {
    /// Makes all calls of a pass at once, also beside one that fails: a channel that is down keeps nobody else from
    /// hearing.
    pub(super) async fn calls(
        &self,
        calls: Vec<Call>,
        called: &mut Called,
        results: &mut Results,
        observed: &mut Vec<String>,
    ) -> Result<(), Stop> {
        let place = called.place;
        let mut failed: Vec<CallError> = Vec::new();
        let mut made = Vec::new();
        for call in calls {
            if call.provider == BUILTIN {
                self.builtin(&call, called).await?;
                results.insert(call.path, empty());
                continue;
            }
            match self.next(place, &call)? {
                Next::Known(result) => {
                    results.insert(call.path, result);
                }
                Next::Failed(error) => failed.push(error),
                Next::Make(key) => made.push((call, key)),
            }
        }
        // What others see is not given up in the middle when somebody wants the run to be left.
        let seen = made.iter().any(|(_, key)| key.is_some());
        let calling = seen.then(|| Calling::begin(self, place));
        let once = made
            .iter()
            .any(|(call, key)| key.is_some() && self.kind(call) == Some(CallKind::Once));
        if once {
            // What may have been sent must be known before the first byte leaves.
            self.ports.journal.sync().await?;
        }
        let ends = made
            .into_iter()
            .map(|(call, key)| self.make(place, call, key));
        for (call, end) in join_all(ends).await {
            match end? {
                Ok(result) => {
                    if self.kind(&call) == Some(CallKind::Observe) {
                        observed.push(call.path.clone());
                    }
                    results.insert(call.path, result);
                }
                Err(error) => failed.push(error),
            }
        }
        drop(calling);
        if self.is_leaving() {
            // What was begun has come to its end; nothing more begins.
            return Err(Stop::Left);
        }
        if failed.is_empty() {
            return Ok(());
        }
        let messages: Vec<&str> = failed.iter().map(|error| error.message.as_str()).collect();
        let passes = |error: &CallError| error.class == CallFailure::Transient;
        Err(Stop::Failed(Failure {
            passes: failed.iter().all(passes),
            ..Failure::new(Reason::Execute, messages.join("; "))
        }))
    }

    /// True while a step has called something and has no answer.
    pub(super) fn is_calling(&self, place: usize) -> bool {
        lock(&self.calling).contains(&place)
    }

    fn kind(&self, call: &Call) -> Option<CallKind> {
        let provider = self.engine.provider(call.provider)?;
        Some(provider.kind(call.action))
    }

    /// What the journal says about a call; it is told of one that is to be made.
    fn next(&self, place: usize, call: &Call) -> Result<Next, JournalError> {
        let Some(kind) = self.kind(call) else {
            let message = format!("there is no provider `{}`", call.provider);
            return Ok(Next::Failed(CallError::permanent(message)));
        };
        if kind == CallKind::Observe {
            return Ok(Next::Make(None));
        }
        let key = self.key(place, call);
        {
            let state = self.state();
            let calls = &state.steps[place].calls;
            match calls.get(&key) {
                // Its effect is gone with the process that made it.
                Some(_) if lock(&self.gone).remove(&key) => {}
                Some(known) => {
                    if let Some(next) = self.again(known) {
                        return Ok(next);
                    }
                }
                None if kind == CallKind::Once => {
                    let mut others = calls.values();
                    if others.any(|other| other.path == call.path && other.end.is_some()) {
                        let message = format!(
                            "`{}` was sent with other parameters already: a second message is not sent",
                            call.path
                        );
                        return Ok(Next::Failed(CallError::permanent(message)));
                    }
                }
                None => {}
            }
        }
        self.record(Event::CallIntended {
            key: key.clone(),
            step: self.ids[place].clone(),
            path: call.path.clone(),
            provider: call.provider.to_owned(),
            action: call.action.to_owned(),
            kind,
        })?;
        Ok(Next::Make(Some(key)))
    }

    /// What is to be done about a call that was made before; nothing where it is made once more.
    fn again(&self, known: &CallState) -> Option<Next> {
        match &known.end {
            Some(CallEnd::Result(result)) => Some(Next::Known(Node::clone(&result.0))),
            Some(CallEnd::Failed(error)) => match error.class {
                CallFailure::Transient => None,
                CallFailure::Unknown if self.options.resend_unknown => None,
                CallFailure::Permanent | CallFailure::Unknown => Some(Next::Failed(error.clone())),
            },
            None if known.kind == CallKind::Once && !self.options.resend_unknown => {
                Some(Next::Failed(CallError::unknown(format!(
                    "Unknown: `{}` was under way when the run was left; whether it arrived is not known",
                    known.path
                ))))
            }
            None => None,
        }
    }

    async fn make(
        &self,
        place: usize,
        call: Call,
        key: Option<CallKey>,
    ) -> (Call, Result<Result<Node, CallError>, JournalError>) {
        let context = CallContext {
            run: self.id.clone(),
            step: self.ids[place].clone(),
            namespace: self.render.namespace.clone(),
        };
        let Some(provider) = self.engine.provider(call.provider) else {
            let message = format!("there is no provider `{}`", call.provider);
            return (call, Ok(Err(CallError::permanent(message))));
        };
        // What it cannot record is told when its end is recorded.
        let emit = |event| drop(self.record(event));
        let end = provider.call(&context, &call, &emit).await;
        let recorded = match key {
            None => Ok(()),
            Some(key) => self.record(Event::CallFinished {
                key,
                step: self.ids[place].clone(),
                end: match &end {
                    Ok(result) => CallEnd::Result(result.clone().into()),
                    Err(error) => CallEnd::Failed(error.clone()),
                },
            }),
        };
        (call, recorded.map(|()| end))
    }

    /// Names a call: the same in every pass and behind every crash.
    fn key(&self, place: usize, call: &Call) -> CallKey {
        let params = (self.ports.mask)(&call.params.to_json_text());
        let mut hash = Sha256::new();
        for part in [
            self.id.as_str(),
            self.ids[place].as_str(),
            &call.path,
            call.provider,
            call.action,
            &params,
        ] {
            hash.update(part.len().to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let hex: String = digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        hex.into()
    }

    /// Calls that others see and that are given up in the middle: nobody knows what became of them.
    pub(super) fn unknown_calls(&self, place: usize) -> Result<(), JournalError> {
        let open: Vec<(CallKey, String)> = {
            let state = self.state();
            let calls = state.steps[place].calls.iter();
            let open = calls.filter(|(_, call)| {
                call.kind == CallKind::Once && call.end.is_none() && !call.unknown
            });
            open.map(|(key, call)| (key.clone(), call.path.clone()))
                .collect()
        };
        for (key, path) in open {
            self.record(Event::CallUnknown {
                key,
                step: self.ids[place].clone(),
                message: format!("`{path}` was given up in the middle"),
            })?;
        }
        Ok(())
    }

    /// Carries out what the engine itself is asked for.
    async fn builtin(&self, call: &Call, called: &mut Called) -> Result<(), Stop> {
        let text = |key| call.params.get_str(key).map(|text| text.value.to_owned());
        match call.action {
            "message" => {
                called.message = text("message").unwrap_or_default();
                Ok(())
            }
            "fail" => Err(Stop::Failed(Failure::new(
                Reason::Action,
                text("message").unwrap_or_default(),
            ))),
            "suspend" => {
                let time = text("duration");
                let time = time.map(|text| duration(&text).map_err(|error| (text, error)));
                let time = time.transpose().map_err(|(text, error)| {
                    Failure::new(Reason::Execute, format!("`{text}`: {error}"))
                })?;
                let message = text("message").unwrap_or_default();
                self.suspend(called, time, message).await
            }
            other => Err(Stop::Failed(Failure::new(
                Reason::Execute,
                format!("`{BUILTIN}` has no action `{other}`"),
            ))),
        }
    }

    /// Waits until somebody resumes the step, or its time has come.
    async fn suspend(
        &self,
        called: &mut Called,
        time: Option<Duration>,
        message: String,
    ) -> Result<(), Stop> {
        let place = called.place;
        let step = &self.ids[place];
        called.passed += 1;
        let known = {
            let state = self.state();
            let known = &state.steps[place];
            if known.resumed >= called.passed {
                return Ok(());
            }
            known.suspended.clone()
        };
        let until = match known {
            Some(suspension) => suspension.until,
            None => {
                let until = time.map(|time| self.engine.clock.now() + time);
                self.record(Event::Suspended {
                    step: Some(step.clone()),
                    message,
                    until,
                    by: None,
                })?;
                until
            }
        };
        let (resume, resumed) = oneshot::channel();
        lock(&self.resumers).insert(place, resume);
        // A driver that has gone needs no telling.
        let _ = self.nudge.unbounded_send(());
        let resumed = async {
            // A sender that is dropped resumes as well.
            let _ = resumed.await;
        };
        match until {
            None => resumed.await,
            Some(until) => {
                let left = until.duration_since(self.engine.clock.now());
                let left = Duration::try_from(left).unwrap_or(Duration::ZERO);
                first(resumed, self.engine.clock.sleep(left)).await;
            }
        }
        lock(&self.resumers).remove(&place);
        let waits = self.state().steps[place].suspended.is_some();
        if waits {
            self.record(Event::Resumed {
                step: Some(step.clone()),
                by: None,
                reason: None,
            })?;
        }
        Ok(())
    }

    /// Lets steps go on that wait for somebody.
    pub(super) fn resume_steps(
        &self,
        step: Option<&StepId>,
        by: Option<String>,
        reason: Option<String>,
    ) -> Result<(), JournalError> {
        self.record(Event::Resumed {
            step: step.cloned(),
            by,
            reason,
        })?;
        let place = step.and_then(|step| self.state().place(step));
        let mut resumers = lock(&self.resumers);
        match (step, place) {
            (None, _) => resumers.clear(),
            // A group takes what waits in it along.
            (Some(_), Some(named)) => resumers
                .retain(|place, _| *place != named && self.plan.steps[*place].group != Some(named)),
            (Some(_), None) => {}
        }
        Ok(())
    }
}
