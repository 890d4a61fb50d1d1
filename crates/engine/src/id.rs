//! Ids of runs and steps.

use burgee_model::{RunId, StepId};

/// KubeVela's step ids are ten random characters.
const STEP_ID_LENGTH: usize = 10;
/// Enough to tell one application's runs apart.
const RUN_SUFFIX_LENGTH: usize = 6;

/// A new step id.
#[must_use]
pub fn step_id() -> StepId {
    random(STEP_ID_LENGTH).into()
}

/// A new run id that begins with the application's name, so that people recognise it.
#[must_use]
pub fn run_id(application: &str) -> RunId {
    format!("{application}-{}", random(RUN_SUFFIX_LENGTH)).into()
}

fn random(length: usize) -> String {
    // Without the letters and digits that people mistake for each other.
    const ALPHABET: &[u8] = b"bcdfghjkmnpqrstvwxz23456789";
    let pick = || char::from(ALPHABET[fastrand::usize(..ALPHABET.len())]);
    std::iter::repeat_with(pick).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn step_ids_are_ten_characters_and_differ() {
        let (one, two) = (step_id(), step_id());
        assert_eq!(one.as_str().len(), 10);
        assert_ne!(one, two);
    }
}
