//! The bounds that evaluations run in here.

use std::time::Duration;

use burgee_cue::Limits;

/// Tight, so that many texts are tried; no time of its own, so that a text means the same on every machine.
pub(crate) fn tight() -> Limits {
    Limits {
        steps: 100_000,
        output: 1 << 20,
        memory: 64 << 20,
        time: Duration::from_secs(3600),
        ..Limits::default()
    }
}
