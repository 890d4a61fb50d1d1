//! The report, the journal and the service's counts must tell the same story.

use std::{
    collections::HashSet,
    fmt::{self, Display},
};

use burgee_model::{CallKind, Event, Report, RunPhase, Stamped, StepPhase, StepReport};

use super::{
    service::Service,
    trial::Finding,
    workflow::{Message, Workflow},
};

/// What is wrong with a run.
#[derive(Debug)]
pub(super) struct Fault {
    /// Of which kind.
    pub(super) kind: Kind,
    words: String,
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A message was not received, and nothing says so.
    Lost,
    /// A message was received twice.
    Twice,
    /// Anything else.
    Wrong,
}

/// What is known of a run that ended.
pub(super) struct Seen {
    /// What `show` tells.
    pub(super) report: Report,
    /// Its journal.
    pub(super) records: Vec<Stamped>,
}

// === impl Fault ===

impl Fault {
    pub(super) fn wrong(words: impl Display) -> Self {
        Self::new(Kind::Wrong, words)
    }

    fn new(kind: Kind, words: impl Display) -> Self {
        let words = format!("{words:#}");
        Self { kind, words }
    }

    /// Says where it was found.
    pub(super) fn place(&mut self, place: &str) {
        self.words = format!("{place}: {}", self.words);
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.words)
    }
}

/// The steps and their sub-steps.
pub(super) fn steps(report: &Report) -> impl Iterator<Item = &StepReport> {
    let steps = report.steps.iter();
    steps.flat_map(|step| std::iter::once(step).chain(&step.sub_steps))
}

/// Finds what is wrong.
pub(super) fn check(
    seen: &Seen,
    workflow: &Workflow,
    service: &Service,
    resend: bool,
    processes: u32,
    finding: &mut Finding,
) {
    let report = &seen.report;
    if !report.finished {
        finding.faults.push(Fault::wrong("it is not finished"));
    }
    // Only a message of which nobody knows lets a run fail; sent again, not even that.
    if report.status != RunPhase::Succeeded && (resend || !finding.unknown) {
        let words = format!("it is {} for no reason: {}", report.status, report.message);
        finding.faults.push(Fault::new(Kind::Lost, words));
    }
    for message in workflow.messages {
        let Some(step) = steps(report).find(|step| step.name.as_str() == message.step) else {
            let words = format!("there is no step {}", message.step);
            finding.faults.push(Fault::wrong(words));
            continue;
        };
        let taken = service.taken(message.path);
        if resend && step.unknown {
            finding.resent += taken.saturating_sub(1);
        }
        if let Some(kind) = fault(message, step, taken, resend, processes) {
            let words = format!(
                "{} was received {taken} times, and step {} is {} (unknown: {})",
                message.path, message.step, step.phase, step.unknown
            );
            finding.faults.push(Fault::new(kind, words));
        }
    }
    for path in service.all_taken().keys() {
        if !workflow.messages.iter().any(|known| known.path == path) {
            let words = format!("{path} was received, and nobody sends it");
            finding.faults.push(Fault::wrong(words));
        }
    }
    let faults = journal(&seen.records, workflow, service);
    finding.faults.extend(faults.into_iter().map(Fault::wrong));
}

/// How what was received of a message contradicts its step.
fn fault(
    message: &Message,
    step: &StepReport,
    taken: u32,
    resend: bool,
    processes: u32,
) -> Option<Kind> {
    if message.observes {
        // Each process may ask again.
        return match step.phase {
            StepPhase::Succeeded if taken == 0 => Some(Kind::Lost),
            StepPhase::Succeeded | StepPhase::Skipped if taken <= processes => None,
            _ => Some(Kind::Wrong),
        };
    }
    match (step.phase, step.unknown) {
        (StepPhase::Succeeded, true) if resend => (taken == 0).then_some(Kind::Lost),
        (StepPhase::Succeeded, _) if taken == 0 => Some(Kind::Lost),
        (StepPhase::Succeeded | StepPhase::Failed, _) if taken > 1 => Some(Kind::Twice),
        (StepPhase::Succeeded, _) | (StepPhase::Failed, true) => None,
        (StepPhase::Failed, false) => Some(Kind::Lost),
        (StepPhase::Skipped, _) if taken == 0 => None,
        (
            StepPhase::Skipped | StepPhase::Pending | StepPhase::Running | StepPhase::Suspending,
            _,
        ) => Some(Kind::Wrong),
    }
}

/// What the journal tells that it must not.
fn journal(records: &[Stamped], workflow: &Workflow, service: &Service) -> Vec<String> {
    let mut faults = Vec::new();
    let mut finished = HashSet::new();
    let mut intended = 0;
    for (at, record) in records.iter().enumerate() {
        let (number, last) = (at + 1, at + 1 == records.len());
        match &record.event {
            Event::StepStarted { step, .. } if finished.contains(step) => {
                faults.push(format!("record {number}: a finished step begins again"));
            }
            Event::StepFinished { step, .. } if !finished.insert(step) => {
                faults.push(format!("record {number}: a step is finished twice"));
            }
            Event::CallIntended { step, kind, .. } => {
                if finished.contains(step) {
                    faults.push(format!("record {number}: a finished step makes a call"));
                }
                intended += u32::from(*kind == CallKind::Once);
            }
            Event::RunFinished { .. } if !last => {
                faults.push(format!("record {number} of {} ends it", records.len()));
            }
            _ if last && !matches!(record.event, Event::RunFinished { .. }) => {
                faults.push("its last record does not end it".to_owned());
            }
            _ => {}
        }
    }
    let once = workflow.messages.iter().filter(|known| !known.observes);
    let received: u32 = once.map(|message| service.taken(message.path)).sum();
    if received > intended {
        faults.push(format!(
            "{received} messages were received, and the journal knows of {intended}"
        ));
    }
    faults
}
