//! How often a message is tried, and the pauses between.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};

/// How often a message is tried and how long that may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The most attempts.
    pub attempts: u32,
    /// The longest first pause. Pauses double from there; each is a random share of its longest.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// The longest that all attempts of one message may take together.
    pub deadline: Duration,
}

/// The pauses of one delivery.
pub(crate) struct Pauses {
    longest: ExponentialBackoff,
    random: fastrand::Rng,
}

// === impl RetryPolicy ===

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            first: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            deadline: Duration::from_secs(120),
        }
    }
}

impl RetryPolicy {
    pub(crate) fn pauses(&self, random: fastrand::Rng) -> Pauses {
        let attempts = usize::try_from(self.attempts).unwrap_or(usize::MAX);
        let longest = ExponentialBuilder::default()
            .with_min_delay(self.first)
            .with_max_delay(self.longest)
            .with_factor(2.0)
            .with_max_times(attempts.saturating_sub(1))
            .build();
        Pauses { longest, random }
    }
}

impl Iterator for Pauses {
    type Item = Duration;

    /// Full jitter: many senders that failed together do not come back together.
    fn next(&mut self) -> Option<Duration> {
        let longest = self.longest.next()?;
        Some(longest.mul_f64(self.random.f64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_lie_below_a_doubling_bound_and_end() {
        let policy = RetryPolicy {
            attempts: 8,
            ..RetryPolicy::default()
        };
        for seed in 0..50 {
            let pauses: Vec<_> = policy.pauses(fastrand::Rng::with_seed(seed)).collect();
            let bounds = [1, 2, 4, 8, 16, 30, 30].map(Duration::from_secs);
            assert_eq!(pauses.len(), bounds.len());
            for (pause, bound) in pauses.iter().zip(bounds) {
                assert!(*pause <= bound, "{pause:?} > {bound:?}");
            }
        }
    }

    #[test]
    fn same_seed_gives_same_pauses() {
        let pauses = |seed| -> Vec<_> {
            let random = fastrand::Rng::with_seed(seed);
            RetryPolicy::default().pauses(random).collect()
        };
        assert_eq!(pauses(7), pauses(7));
        assert_ne!(pauses(7), pauses(8));
    }
}
