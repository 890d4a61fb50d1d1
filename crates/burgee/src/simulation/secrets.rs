//! Secrets in a simulation: those that are there, and stand-ins for the rest. Nothing is sent, so nothing is lost by a wrong
//! one, and a rehearsal needs no access to the real ones.

use burgee_model::{SecretError, SecretRef, Secrets};
use secrecy::SecretString;

/// Answers for every Secret.
pub(crate) struct StandIns<S>(pub(crate) S);

impl<S: Secrets> Secrets for StandIns<S> {
    fn read(&self, namespace: &str, reference: &SecretRef) -> Result<SecretString, SecretError> {
        match self.0.read(namespace, reference) {
            Ok(value) => Ok(value),
            // A URL, since that is what most of them are; a token may look like one.
            Err(
                SecretError::NoSecret { .. }
                | SecretError::NoKey { .. }
                | SecretError::Empty { .. },
            ) => Ok("https://secret.invalid/simulated".into()),
        }
    }
}
