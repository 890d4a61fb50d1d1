//! Twenty messages a minute; one more, and the robot is blocked for ten minutes.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

const MAX_IN_WINDOW: usize = 20;
const WINDOW: SignedDuration = SignedDuration::from_secs(60);
const PENALTY: SignedDuration = SignedDuration::from_secs(600);

/// When the last messages came, and since when the robot is blocked.
#[derive(Debug, Default)]
pub(super) struct Window {
    taken: VecDeque<Timestamp>,
    blocked_at: Option<Timestamp>,
}

// === impl Window ===

impl Window {
    /// `Err` while the robot is blocked. Asking does not make it longer.
    pub(super) fn blocked(&mut self, now: Timestamp) -> Result<(), ()> {
        match self.blocked_at {
            Some(since) if now.duration_since(since) < PENALTY => Err(()),
            Some(_) => {
                self.blocked_at = None;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Takes one message, or blocks the robot.
    pub(super) fn take(&mut self, now: Timestamp) -> Result<(), ()> {
        let over = |at: &Timestamp| now.duration_since(*at) >= WINDOW;
        while self.taken.front().is_some_and(over) {
            self.taken.pop_front();
        }
        if self.taken.len() >= MAX_IN_WINDOW {
            self.taken.clear();
            self.blocked_at = Some(now);
            return Err(());
        }
        self.taken.push_back(now);
        Ok(())
    }
}
