//! `fixtures/cue/differences.toml`: where we differ from CUE on purpose, each with its reason.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::case::Case;

/// The list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Differences {
    #[serde(default)]
    difference: Vec<Difference>,
}

/// One entry: the case by its name (`file:id`, or the id alone where that has a `/`) or by its exact source, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    case: Option<String>,
    src: Option<String>,
    reason: String,
}

// === impl Differences ===

impl Differences {
    /// Reads the list; a file that is not there is an empty one.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(path);
        let text = text.with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Self> {
        let list: Self = toml::from_str(text)?;
        for entry in &list.difference {
            ensure!(
                entry.case.is_some() != entry.src.is_some(),
                "a difference names its case, `case = \"file:id\"`, or its exact source, `src = \"…\"`"
            );
            ensure!(
                !entry.reason.trim().is_empty(),
                "a difference has a reason: {}",
                entry.name()
            );
        }
        Ok(list)
    }

    /// Why a case may differ.
    pub(crate) fn reason(&self, case: &Case) -> Option<&str> {
        let entry = self.difference.iter().find(|entry| entry.means(case))?;
        Some(&entry.reason)
    }

    /// Entries that mean no case.
    pub(crate) fn stale(&self, cases: &[Case]) -> Vec<String> {
        let stale = self
            .difference
            .iter()
            .filter(|entry| !cases.iter().any(|case| entry.means(case)));
        stale.map(Difference::name).collect()
    }
}

// === impl Difference ===

impl Difference {
    fn means(&self, case: &Case) -> bool {
        self.src.as_ref().is_some_and(|src| *src == case.src)
            || self.case.as_ref().is_some_and(|name| case.is_called(name))
    }

    fn name(&self) -> String {
        let name = self.case.as_ref().or(self.src.as_ref());
        name.cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_one_thing_and_has_a_reason() {
        let good = "[[difference]]\ncase = \"golden:1\"\nreason = \"r\"\n";
        assert!(Differences::parse(good).is_ok());
        assert!(Differences::parse("[[difference]]\nreason = \"r\"\n").is_err());
        assert!(Differences::parse("[[difference]]\nsrc = \"a: 1\"\nreason = \" \"\n").is_err());
    }
}
