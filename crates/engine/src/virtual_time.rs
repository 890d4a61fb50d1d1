//! Time that moves only when nothing else can.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use burgee_model::{BoxFuture, Clock};
use jiff::Timestamp;

/// A clock that stands still while anything can go on, and then moves to the next moment that something waits for.
pub struct VirtualClock {
    inner: Mutex<Inner>,
}

struct Inner {
    now: Timestamp,
    /// Who waits, by time and then in the order in which they came.
    sleepers: BTreeMap<(Timestamp, u64), Waker>,
    next: u64,
}

/// Waits for a moment.
struct Sleep<'c> {
    clock: &'c VirtualClock,
    until: Timestamp,
    key: Option<(Timestamp, u64)>,
}

struct Flag(AtomicBool);

/// Runs a future to its end on a clock that nothing else moves. `None` when it waits for something that never comes: it
/// neither goes on by itself nor sleeps.
///
/// ```
/// use std::time::Duration;
/// use burgee_engine::{VirtualClock, run_virtually};
/// use burgee_model::Clock as _;
///
/// let clock = VirtualClock::default();
/// let begun = clock.now();
/// run_virtually(&clock, clock.sleep(Duration::from_secs(86_400)));
/// assert_eq!(clock.now().duration_since(begun).as_hours(), 24);
/// ```
pub fn run_virtually<F: Future>(clock: &VirtualClock, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let flag = Arc::new(Flag(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&flag));
    let mut context = Context::from_waker(&waker);
    loop {
        while flag.0.swap(false, Ordering::AcqRel) {
            if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
                return Some(done);
            }
        }
        if !clock.advance() {
            return None;
        }
    }
}

// === impl VirtualClock ===

impl VirtualClock {
    /// A clock that begins at a moment.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            inner: Mutex::new(Inner {
                now,
                sleepers: BTreeMap::new(),
                next: 0,
            }),
        }
    }

    /// Moves to the next moment that somebody waits for; false when nobody does.
    fn advance(&self) -> bool {
        let mut inner = self.lock();
        let Some(((until, _), waker)) = inner.sleepers.pop_first() else {
            return false;
        };
        inner.now = inner.now.max(until);
        drop(inner);
        waker.wake();
        true
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for VirtualClock {
    fn default() -> Self {
        Self::new(Timestamp::UNIX_EPOCH)
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.lock().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let now = self.now();
        Box::pin(Sleep {
            clock: self,
            until: now.checked_add(duration).unwrap_or(Timestamp::MAX),
            key: None,
        })
    }
}

// === impl Sleep ===

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let mut inner = this.clock.lock();
        if let Some(key) = this.key.take() {
            inner.sleepers.remove(&key);
        }
        if inner.now >= this.until {
            return Poll::Ready(());
        }
        let key = (this.until, inner.next);
        inner.next += 1;
        inner.sleepers.insert(key, context.waker().clone());
        this.key = Some(key);
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.clock.lock().sleepers.remove(&key);
        }
    }
}

// === impl Flag ===

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}
