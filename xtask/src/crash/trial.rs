//! One run: begun, killed, carried on to its end, and looked at.

use std::{
    process::Output,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

use super::{
    check::{self, Fault, Seen},
    moment::{Moment, Struck},
    stage::{Next, Setting, Stage, wait},
    workflow::Workflow,
};

/// Processes that one run may take, kills and resumptions included.
const PROCESSES: u32 = 16;
/// What a process says that came second.
const OWNED: &str = "is carried on by";

/// What was found out.
#[derive(Debug, Default)]
pub(super) struct Finding {
    /// The kills: when, in which process of the run, and how many records were there.
    pub(super) kills: Vec<Kill>,
    /// Records in the end.
    pub(super) records: u64,
    /// Requests in the end.
    pub(super) requests: usize,
    /// How long it took.
    pub(super) took: Duration,
    /// Whether a step is marked `unknown`.
    pub(super) unknown: bool,
    /// Messages that were sent again, as was asked for.
    pub(super) resent: u32,
    /// How often a second process was refused.
    pub(super) refused: u32,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
}

/// A kill.
#[derive(Debug)]
pub(super) struct Kill {
    /// When.
    pub(super) moment: Moment,
    /// True when the process had taken up what another had left.
    pub(super) recovering: bool,
    /// How many records were kept.
    pub(super) records: u64,
}

/// Makes one run with a process killed at each of the moments.
pub(super) fn trial(
    setting: &Setting<'_>,
    workflow: &Workflow,
    moments: Vec<Moment>,
    resend: bool,
    chance: &mut fastrand::Rng,
) -> Result<Finding> {
    let stage = Stage::set(setting, workflow)?;
    let mut finding = Finding::default();
    let begun = Instant::now();
    let processes = stage.carry(&moments, resend, chance, &mut finding)?;
    finding.took = begun.elapsed();
    stage.look(resend, processes, &mut finding);
    if !finding.faults.is_empty() {
        // For whoever wants to see what is wrong.
        let kept = stage.folder.keep();
        for fault in &mut finding.faults {
            let (name, kept) = (workflow.name, kept.display());
            let words = format!("{name}, {moments:?}, kept in {kept}");
            fault.place(&words);
        }
    }
    Ok(finding)
}

// === impl Stage ===

impl Stage<'_> {
    /// Carries the run to its end. Gives how many processes that took.
    fn carry(
        &self,
        moments: &[Moment],
        resend: bool,
        chance: &mut fastrand::Rng,
        finding: &mut Finding,
    ) -> Result<u32> {
        let mut moments = moments.iter().copied().peekable();
        let mut next = Next::Begin;
        let mut before = 0;
        let mut taken_up = false;
        for process in 1..=PROCESSES {
            let ended = match moments.peek().copied() {
                None if next == Next::Recover && chance.u32(..3) == 0 => {
                    self.two(resend, finding)?
                }
                None => wait(self.start(next, resend)?)?,
                Some(moment) => {
                    let mut child = self.start(next, resend)?;
                    let folder = self.state();
                    match moment.strike(&mut child, &folder, &self.run, &self.service, before)? {
                        Struck::Ended => wait(child)?,
                        Struck::Killed => {
                            moments.next();
                            let records = match self.records() {
                                Ok(records) => records,
                                Err(error) => {
                                    finding.faults.push(Fault::wrong(error));
                                    return Ok(process);
                                }
                            };
                            before = records.as_ref().map_or(0, Vec::len) as u64;
                            finding.kills.push(Kill {
                                moment,
                                recovering: taken_up,
                                records: before,
                            });
                            if records.is_none() && self.sent() {
                                let fault = "a message was sent before anything was kept";
                                finding.faults.push(Fault::wrong(fault));
                            }
                            taken_up = records.is_some();
                            next = match records {
                                None => Next::Begin,
                                Some(_) => Next::Recover,
                            };
                            continue;
                        }
                    }
                }
            };
            match ended.status.code() {
                Some(0 | 1) => return Ok(process),
                Some(4) => next = Next::Resume,
                code => {
                    let said = String::from_utf8_lossy(&ended.stderr);
                    let fault = format!("{next:?} ended with {code:?}: {said}");
                    finding.faults.push(Fault::wrong(fault));
                    return Ok(process);
                }
            }
        }
        let fault = format!("not at its end after {PROCESSES} processes");
        finding.faults.push(Fault::wrong(fault));
        Ok(PROCESSES)
    }

    /// Whether the service has taken anything that is more than a question.
    fn sent(&self) -> bool {
        let mut messages = self.workflow.messages.iter();
        messages.any(|message| !message.observes && self.service.taken(message.path) > 0)
    }

    /// Two processes recover the run at once: one of them does, the other is refused or finds it done. Gives the end of
    /// the one that did.
    fn two(&self, resend: bool, finding: &mut Finding) -> Result<Output> {
        let children = [
            self.start(Next::Recover, resend)?,
            self.start(Next::Recover, resend)?,
        ];
        let [mut one, mut other] = [None, None];
        for (child, end) in children.into_iter().zip([&mut one, &mut other]) {
            *end = Some(wait(child)?);
        }
        let (one, other) = one.zip(other).context("two processes end")?;
        let refused = |end: &Output| {
            end.status.code() == Some(2) && String::from_utf8_lossy(&end.stderr).contains(OWNED)
        };
        match (refused(&one), refused(&other)) {
            (true, true) => {
                finding
                    .faults
                    .push(Fault::wrong("two processes refused each other"));
                Ok(one)
            }
            (true, false) => {
                finding.refused += 1;
                Ok(other)
            }
            (false, true) => {
                finding.refused += 1;
                Ok(one)
            }
            // They came one after the other; an error of either is told.
            (false, false) => match one.status.code() {
                Some(0 | 1 | 4) => Ok(other),
                _ => Ok(one),
            },
        }
    }

    /// Compares what is told, what is kept, and what was counted.
    fn look(&self, resend: bool, processes: u32, finding: &mut Finding) {
        finding.requests = self.service.requests();
        let seen = self.records().and_then(|records| {
            Ok(Seen {
                report: self.report()?,
                records: records.context("nothing is kept")?,
            })
        });
        let seen = match seen {
            Ok(seen) => seen,
            Err(error) => return finding.faults.push(Fault::wrong(format!("{error:#}"))),
        };
        finding.records = seen.records.len() as u64;
        finding.unknown = check::steps(&seen.report).any(|step| step.unknown);
        check::check(
            &seen,
            self.workflow,
            &self.service,
            resend,
            processes,
            finding,
        );
    }
}
