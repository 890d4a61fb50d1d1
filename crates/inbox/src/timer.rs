//! hyper's timer on the [`Clock`] port, so that its time limits follow the same clock as all others.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use burgee_model::{BoxFuture, Clock};
use hyper::rt::{Sleep, Timer};

/// A timer that asks a [`Clock`].
#[derive(Clone)]
pub(crate) struct ClockTimer(pub(crate) Arc<dyn Clock>);

/// One wait. The mutex is never locked: it makes the future `Sync`, which hyper asks for.
struct Wait(Mutex<BoxFuture<'static, ()>>);

// === impl ClockTimer ===

impl Timer for ClockTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        let clock = Arc::clone(&self.0);
        let wait = async move { clock.sleep(duration).await };
        Box::pin(Wait(Mutex::new(Box::pin(wait))))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(deadline.saturating_duration_since(self.now()))
    }
}

// === impl Wait ===

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let wait = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        wait.as_mut().poll(cx)
    }
}

impl Sleep for Wait {}
