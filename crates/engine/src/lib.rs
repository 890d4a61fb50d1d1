//! A run: scheduling, data passing, events.
