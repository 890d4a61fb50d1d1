//! `fixtures/cue/differences.toml`: where we differ from CUE on purpose, each with its reason.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::{case::Case, reply::Reply};

/// The list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Differences {
    #[serde(default)]
    difference: Vec<Difference>,
}

/// One entry: what differs, and why. What differs is one case by its name (`file:id`, or the id alone where that has a
/// `/`) or by its exact source, or every case about which the binary says certain words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    case: Option<String>,
    src: Option<String>,
    words: Option<String>,
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
            let keys = [&entry.case, &entry.src, &entry.words];
            ensure!(
                keys.into_iter().flatten().count() == 1,
                "a difference has one of `case = \"file:id\"`, `src = \"…\"` (the exact source) and `words = \"…\"` (ours)"
            );
            ensure!(
                !entry.reason.trim().is_empty(),
                "a difference has a reason: {}",
                entry.name()
            );
        }
        Ok(list)
    }

    /// The entry for a case with another answer than CUE's.
    pub(crate) fn find(&self, case: &Case, reply: &Reply) -> Option<usize> {
        let entries = &self.difference;
        entries.iter().position(|entry| entry.means(case, reply))
    }

    /// The reason of an entry.
    pub(crate) fn reason(&self, entry: usize) -> &str {
        self.difference
            .get(entry)
            .map_or("", |entry| entry.reason.as_str())
    }

    /// Entries that are not among those that were found.
    pub(crate) fn stale(&self, found: &BTreeSet<usize>) -> Vec<&str> {
        let entries = self.difference.iter().enumerate();
        let stale = entries.filter(|(at, _)| !found.contains(at));
        stale.map(|(_, entry)| entry.name()).collect()
    }
}

// === impl Difference ===

impl Difference {
    fn means(&self, case: &Case, reply: &Reply) -> bool {
        let said = |words: &String| match reply {
            Reply::Failure { error, .. } => error.contains(words.as_str()),
            Reply::Value(_) | Reply::Crash(_) | Reply::Silence(_) => false,
        };
        self.src.as_ref().is_some_and(|src| *src == case.src)
            || self.case.as_ref().is_some_and(|name| case.is_called(name))
            || self.words.as_ref().is_some_and(said)
    }

    fn name(&self) -> &str {
        let name = self.case.as_ref().or(self.src.as_ref());
        name.or(self.words.as_ref()).map_or("", String::as_str)
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
        let two = "[[difference]]\nsrc = \"a\"\nwords = \"b\"\nreason = \"r\"\n";
        assert!(Differences::parse(two).is_err());
        assert!(Differences::parse("[[difference]]\nsrc = \"a: 1\"\nreason = \" \"\n").is_err());
    }

    #[test]
    fn what_differs_no_more_is_stale() {
        let text = "[[difference]]\nwords = \"not here\"\nreason = \"r\"\n";
        let list = Differences::parse(text).unwrap();
        assert_eq!(list.stale(&BTreeSet::new()), ["not here"]);
        assert!(list.stale(&BTreeSet::from([0])).is_empty());
    }
}
