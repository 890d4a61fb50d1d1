//! When a process is killed.

use std::{
    path::Path,
    process::Child,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use burgee_model::RunId;
use burgee_store::Store;

use super::{Finding, service::Service};

/// How often the journal is looked at.
const LOOK: Duration = Duration::from_micros(100);
/// A run that takes longer hangs.
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// When a process is killed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// As soon as the journal has so many records.
    Record(u64),
    /// As soon as it has so many more.
    More(u64),
    /// So long after the process began.
    After(Duration),
    /// While the answer to this request is held back.
    Answering(usize),
}

/// How a process ended that was to be killed.
pub(super) enum Struck {
    /// It was killed.
    Killed,
    /// It had ended before.
    Ended,
}

// === impl Moment ===

impl Moment {
    /// Moments for one run, by what a whole run comes to: every boundary in turn, every request in turn, and chance.
    pub(super) fn some(whole: &Finding, turn: u32, chance: &mut fastrand::Rng) -> Vec<Self> {
        let round = u64::from(turn / 4);
        let mut moments = vec![match turn % 4 {
            0 | 2 => {
                // Two in four: a boundary is come to twice as often as a request.
                let nth = round * 2 + u64::from(turn % 4 / 2);
                Self::Record(1 + nth % whole.records.max(1))
            }
            1 => Self::After(whole.took.mul_f64(chance.f64())),
            _ => Self::Answering(1 + usize::try_from(round).unwrap_or(0) % whole.requests.max(1)),
        }];
        // Recoveries are killed too.
        while moments.len() < 4 && chance.u32(..3) == 0 {
            moments.push(match chance.bool() {
                true => Self::More(chance.u64(1..=6)),
                false => Self::After(whole.took.mul_f64(chance.f64())),
            });
        }
        moments
    }

    /// Waits for the moment, and kills.
    pub(super) fn strike(
        self,
        child: &mut Child,
        dir: &Path,
        run: &RunId,
        service: &Service,
        before: u64,
    ) -> Result<Struck> {
        if let Self::Answering(number) = self {
            service.hold(number);
        }
        let begun = Instant::now();
        let mut store = None;
        while child.try_wait()?.is_none() {
            let due = match self {
                Self::Record(number) => records(&mut store, dir, run) >= number,
                Self::More(more) => records(&mut store, dir, run) >= before + more,
                Self::After(pause) => begun.elapsed() >= pause,
                Self::Answering(_) => service.holds(),
            };
            if due {
                child.kill()?;
                // Without a code: it had not ended by itself in the meantime.
                return Ok(match child.wait()?.code() {
                    None => Struck::Killed,
                    Some(_) => Struck::Ended,
                });
            }
            if begun.elapsed() > LONGEST {
                child.kill()?;
                bail!("a run hangs while {self:?} is waited for");
            }
            pause(LOOK);
        }
        Ok(Struck::Ended)
    }
}

/// How many records a journal has while somebody writes it; none before there is a database.
fn records(store: &mut Option<Store>, dir: &Path, run: &RunId) -> u64 {
    if store.is_none() {
        *store = Store::look(dir).ok();
    }
    let records = store.as_ref().map(|store| store.records(run, 0));
    let records = records.and_then(Result::ok);
    records.map_or(0, |records| records.last().map_or(0, |(seq, _)| *seq))
}

/// Waits a little for a process outside.
#[expect(
    clippy::disallowed_methods,
    reason = "no Clock tells what another process does"
)]
pub(super) fn pause(time: Duration) {
    std::thread::sleep(time);
}
