//! Running a part of a run again.

use burgee_model::{Event, Mode, RunState, StepPhase};

use crate::plan::{Plan, PlannedKind};

/// Why a run cannot be restarted there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestartError {
    /// No step has that name.
    #[error("there is no step `{0}`")]
    Unknown(String),
    /// Only a step that failed can be run again by itself.
    #[error("step `{name}` is {phase}, and only a failed step can be restarted from")]
    NotFailed {
        /// The step.
        name: String,
        /// Its phase.
        phase: StepPhase,
    },
}

/// The event that makes a run forget a step and what follows from it: in a list that runs one after another all behind it,
/// else those that depend on it or take its outputs in, directly and not. Without a step it forgets all of them.
///
/// # Errors
///
/// When there is no such step, or it has not failed.
pub fn restart(
    plan: &Plan,
    state: &RunState,
    from: Option<&str>,
    again: bool,
    by: Option<String>,
) -> Result<Event, RestartError> {
    let Some(name) = from else {
        return Ok(Event::Restarted {
            from: None,
            steps: state
                .steps
                .iter()
                .map(|step| step.head.id.clone())
                .collect(),
            again,
            by,
        });
    };
    let mut steps = plan.steps.iter();
    let place = steps
        .position(|planned| planned.step.name.value.as_str() == name)
        .ok_or_else(|| RestartError::Unknown(name.to_owned()))?;
    let phase = state.steps[place].phase;
    if phase != StepPhase::Failed {
        return Err(RestartError::NotFailed {
            name: name.to_owned(),
            phase,
        });
    }
    let mut forgotten = vec![false; plan.steps.len()];
    forget(place, plan, &mut forgotten);
    let steps = state.steps.iter().zip(&forgotten);
    Ok(Event::Restarted {
        from: Some(state.steps[place].head.id.clone()),
        steps: steps
            .filter(|(_, forgotten)| **forgotten)
            .map(|(step, _)| step.head.id.clone())
            .collect(),
        again,
        by,
    })
}

/// Marks a step, what is in it, the group around it, and all that follows.
fn forget(first: usize, plan: &Plan, forgotten: &mut [bool]) {
    let mut open = vec![first];
    while let Some(place) = open.pop() {
        if std::mem::replace(&mut forgotten[place], true) {
            continue;
        }
        let planned = &plan.steps[place];
        if let PlannedKind::Group { steps, .. } = &planned.kind
            && place == first
        {
            open.extend(steps.clone());
        }
        // The group ends once more when this has ended; what ended well in it stays.
        open.extend(planned.group);
        for (other, later) in plan.steps.iter().enumerate() {
            let behind = later.before == Some(place) && in_order(plan, other);
            if behind || later.after.contains(&place) {
                open.push(other);
                if let PlannedKind::Group { steps, .. } = &later.kind {
                    open.extend(steps.clone());
                }
            }
        }
    }
}

fn in_order(plan: &Plan, place: usize) -> bool {
    match plan.steps[place].group.map(|group| &plan.steps[group].kind) {
        Some(PlannedKind::Group { mode, .. }) => *mode == Mode::StepByStep,
        Some(PlannedKind::Step(_)) | None => plan.mode.steps == Mode::StepByStep,
    }
}
