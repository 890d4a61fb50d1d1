//! Journals that end with their process.

use std::sync::{Mutex, PoisonError};

use burgee_model::{BoxFuture, Journal, JournalError, Stamped};

/// Keeps nothing: for a run that nobody will take up again.
#[derive(Debug, Default)]
pub struct Nowhere;

/// Keeps everything in memory: for simulations, and to look at what happened.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Stamped>>);

// === impl Nowhere ===

impl Journal for Nowhere {
    fn append(&self, _: &Stamped) -> Result<(), JournalError> {
        Ok(())
    }

    fn sync(&self) -> BoxFuture<'_, Result<(), JournalError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

// === impl Memory ===

impl Memory {
    /// All records so far.
    #[must_use]
    pub fn records(&self) -> Vec<Stamped> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Journal for Memory {
    fn append(&self, record: &Stamped) -> Result<(), JournalError> {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.push(record.clone());
        Ok(())
    }

    fn sync(&self) -> BoxFuture<'_, Result<(), JournalError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
