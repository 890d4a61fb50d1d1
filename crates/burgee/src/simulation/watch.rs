//! Hears what happens in a simulation, and says when it would have happened.

use std::sync::Arc;

use burgee_model::{Event, EventSink, RunState, Stamped, StepId};
use burgee_source::Lang;
use futures_channel::mpsc;
use jiff::{SignedDuration, Timestamp};

use super::{Patience, Stage};
use crate::{console::Console, view};

/// How wide times are: `+240h00m00.000s` fits.
const WIDTH: usize = 14;

/// The sink of a simulation.
pub(crate) struct Watch {
    /// Where lines go.
    pub(crate) console: Console,
    /// Their language.
    pub(crate) lang: Lang,
    /// Learns the names of the steps.
    pub(crate) stage: Arc<Stage>,
    /// Is told that something happened.
    pub(crate) patience: Arc<Patience>,
    /// Hears of steps that wait for somebody.
    pub(crate) suspended: mpsc::UnboundedSender<Suspended>,
}

/// A step that waits for somebody, without an end of its own.
#[derive(Debug)]
pub(crate) struct Suspended {
    /// Which.
    pub(crate) step: StepId,
    /// Since when.
    pub(crate) since: Timestamp,
}

// === impl Watch ===

impl EventSink for Watch {
    fn emit(&self, stamped: &Stamped, state: &RunState) {
        self.patience.renew();
        if let Event::RunStarted { steps, .. } = &stamped.event {
            let names = steps
                .iter()
                .map(|head| (head.id.clone(), head.name.to_string()));
            self.stage.learn(names);
        }
        if let Event::Suspended {
            step: Some(step),
            until: None,
            ..
        } = &stamped.event
        {
            let suspended = Suspended {
                step: step.clone(),
                since: stamped.at,
            };
            // Nobody listens where nobody is assumed to resume.
            let _ = self.suspended.unbounded_send(suspended);
        }
        if let Some(line) = view::line(&stamped.event, state, self.lang) {
            let since = since(stamped.at.duration_since(state.start));
            self.console.say(&format!("{since:WIDTH$} {line}"));
        }
    }
}

/// `+24h00m00s`: the virtual time since the start.
fn since(duration: SignedDuration) -> String {
    let (seconds, millis) = (duration.as_secs(), duration.subsec_millis());
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match millis {
        0 => format!("+{hours}h{minutes:02}m{seconds:02}s"),
        _ => format!("+{hours}h{minutes:02}m{seconds:02}.{millis:03}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_hours_minutes_and_seconds() {
        for (millis, text) in [
            (0, "+0h00m00s"),
            (59_040, "+0h00m59.040s"),
            (3_600_000, "+1h00m00s"),
            (86_400_000, "+24h00m00s"),
            (360_061_000, "+100h01m01s"),
        ] {
            assert_eq!(since(SignedDuration::from_millis(millis)), text);
        }
    }
}
