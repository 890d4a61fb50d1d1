//! A clock that gives up on waits that lead nowhere.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use burgee_model::{BoxFuture, Clock};
use jiff::Timestamp;

/// How many waits in a row may end without anything happening. A step that looks again every five seconds gets to wait two
/// months of virtual time, in a second or two of real time.
const MOST: u32 = 1_000_000;

/// Ends no more waits once too many have ended for nothing: the run stands still then, and can be told so.
pub(crate) struct Patience {
    clock: Arc<dyn Clock>,
    most: u32,
    idle: AtomicU32,
}

// === impl Patience ===

impl Patience {
    pub(crate) const fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            most: MOST,
            idle: AtomicU32::new(0),
        }
    }

    /// Something happened.
    pub(crate) fn renew(&self) {
        self.idle.store(0, Ordering::Relaxed);
    }
}

impl Clock for Patience {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if self.idle.fetch_add(1, Ordering::Relaxed) >= self.most {
            return Box::pin(std::future::pending());
        }
        self.clock.sleep(duration)
    }
}

#[cfg(test)]
mod tests {
    use burgee_engine::{VirtualClock, run_virtually};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn patience() -> (Arc<VirtualClock>, Patience) {
        let time = Arc::new(VirtualClock::default());
        let patience = Patience {
            most: 10,
            ..Patience::new(time.clone())
        };
        (time, patience)
    }

    #[test]
    fn waits_for_nothing_come_to_a_standstill() {
        let (time, patience) = patience();
        let ended: Option<()> = run_virtually(&time, async {
            loop {
                patience.sleep(SECOND).await;
            }
        });
        assert_eq!(ended, None);
        assert_eq!(patience.now(), Timestamp::UNIX_EPOCH + 10 * SECOND);
    }

    #[test]
    fn what_happens_renews_the_patience() {
        let (time, patience) = patience();
        let ended = run_virtually(&time, async {
            for _ in 0..100 {
                patience.sleep(SECOND).await;
                patience.renew();
            }
        });
        assert_eq!(ended, Some(()));
    }
}
