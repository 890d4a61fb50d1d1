//! The real clock.

use std::time::Duration;

use burgee_model::{BoxFuture, Clock};
use jiff::Timestamp;

/// The system's time, and tokio's way of waiting.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct SystemClock {}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
