//! About one message a second for each webhook, short bursts allowed: a token bucket.

use jiff::Timestamp;

/// How many messages may come at once. Slack publishes no number; a short run stays well below it.
pub(crate) const BURST: f64 = 10.0;

/// How many messages a second may come in the long run.
const PER_SECOND: f64 = 1.0;

/// What is left of the burst.
#[derive(Debug)]
pub(super) struct Bucket {
    tokens: f64,
    filled: Option<Timestamp>,
}

// === impl Bucket ===

impl Default for Bucket {
    fn default() -> Self {
        Self {
            tokens: BURST,
            filled: None,
        }
    }
}

impl Bucket {
    /// Takes one message; `Err` with the seconds to wait for the next.
    pub(super) fn take(&mut self, now: Timestamp) -> Result<(), u64> {
        let since = self.filled.map_or(0.0, |filled| seconds(filled, now));
        self.filled = Some(now);
        self.tokens = BURST.min(self.tokens + since * PER_SECOND);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - self.tokens) / PER_SECOND;
        // Between 0 and 1 second: a cast that cannot lose anything.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Err(wait.ceil().max(1.0) as u64)
    }
}

/// Seconds from one to the other, none when the clock was set back.
fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).expect("in range")
    }

    #[test]
    fn burst_is_taken_and_then_one_a_second() {
        let mut bucket = Bucket::default();
        for _ in 0..10 {
            assert_eq!(bucket.take(at(0)), Ok(()));
        }
        assert_eq!(bucket.take(at(0)), Err(1));
        assert_eq!(bucket.take(at(900)), Err(1));
        assert_eq!(bucket.take(at(1000)), Ok(()));
        assert_eq!(bucket.take(at(1500)), Err(1));
        assert_eq!(bucket.take(at(2000)), Ok(()));
    }

    #[test]
    fn burst_comes_back_after_a_pause_and_no_more_than_that() {
        let mut bucket = Bucket::default();
        for _ in 0..10 {
            bucket.take(at(0)).expect("burst");
        }
        for _ in 0..10 {
            assert_eq!(bucket.take(at(3_600_000)), Ok(()));
        }
        assert_eq!(bucket.take(at(3_600_000)), Err(1));
    }

    #[test]
    fn clock_set_back_neither_fills_nor_empties() {
        let mut bucket = Bucket::default();
        bucket.take(at(5000)).expect("burst");
        for _ in 0..9 {
            assert_eq!(bucket.take(at(1000)), Ok(()));
        }
        assert_eq!(bucket.take(at(1000)), Err(1));
    }
}
