//! The messages kept, newest last, bounded by count and by size.

use std::collections::VecDeque;

use crate::Received;

/// How many messages are kept.
pub const MAX_MESSAGES: usize = 1000;

/// How many bytes of messages are kept, as they came: a thousand of the largest would fill the memory.
pub const MAX_KEPT_BYTES: usize = 16 * 1024 * 1024;

/// The last messages.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    kept: VecDeque<(usize, Received)>,
    bytes: usize,
    count: u64,
}

// === impl Mailbox ===

impl Mailbox {
    /// The next message's number.
    pub(crate) const fn next_number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Keeps a message that took `bytes` on the wire; the oldest make room.
    pub(crate) fn put(&mut self, bytes: usize, received: Received) {
        self.bytes += bytes;
        self.kept.push_back((bytes, received));
        while self.kept.len() > MAX_MESSAGES || (self.bytes > MAX_KEPT_BYTES && self.kept.len() > 1)
        {
            let Some((bytes, _)) = self.kept.pop_front() else {
                break;
            };
            self.bytes -= bytes;
        }
    }

    /// All that is kept, oldest first.
    pub(crate) fn all(&self) -> Vec<Received> {
        let received = self.kept.iter().map(|(_, received)| received.clone());
        received.collect()
    }

    /// Forgets all messages; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.bytes = 0;
    }
}
