//! A few durations and what is said of them.

use std::{fmt, time::Duration};

/// Durations of one kind of process.
#[derive(Default)]
pub(super) struct Figures(Vec<Duration>);

// === impl Figures ===

impl Figures {
    /// One more.
    pub(super) fn push(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// The one in the middle; of an even number the mean of the two.
    pub(super) fn median(&self) -> Duration {
        let sorted = self.sorted();
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => Duration::ZERO,
            even if even % 2 == 0 => (sorted[middle - 1] + sorted[middle]) / 2,
            _ => sorted[middle],
        }
    }

    fn sorted(&self) -> Vec<Duration> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sorted = self.sorted();
        let end =
            |took: Option<&Duration>| took.copied().unwrap_or_default().as_secs_f64() * 1000.0;
        let (min, max) = (end(sorted.first()), end(sorted.last()));
        let median = end(Some(&self.median()));
        write!(f, "{min:.2} ms | {median:.2} ms | {max:.2} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        let figures =
            |millis: &[u64]| Figures(millis.iter().copied().map(Duration::from_millis).collect());
        assert_eq!(figures(&[9, 1, 2]).median(), Duration::from_millis(2));
        assert_eq!(figures(&[4, 1, 9, 2]).median(), Duration::from_millis(3));
        assert_eq!(
            figures(&[9, 1, 2]).to_string(),
            "1.00 ms | 2.00 ms | 9.00 ms"
        );
    }
}
