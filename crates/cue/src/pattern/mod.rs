//! Regular expressions as Go's RE2 reads them, for the `regex` crate. Both match alike, but they are not written alike:
//! so a pattern is read by RE2's grammar (`translate`, `class`, `escape`) and written again in that of the crate,
//! with every flag spelled out.

mod class;
mod escape;
mod translate;

use std::sync::{Arc, Mutex};

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use translate::translate;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub(crate) regex: Regex,
    /// The names of its groups, from the first on. Two may have one name.
    pub(crate) names: Arc<[Option<String>]>,
}

/// The compiled patterns of a program.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    known: Mutex<FxHashMap<String, Pattern>>,
}

/// More patterns than this are data, not program text: then the next ones take their place.
const MAX_KEPT: usize = 64;

/// How deep groups may nest.
const MAX_DEPTH: usize = 250;

/// What a compiled pattern may take in memory.
const MAX_COMPILED: usize = 2 << 20;

// === impl Patterns ===

impl Patterns {
    /// The pattern, compiled at most once as long as it is kept.
    pub(crate) fn get(&self, pattern: &str) -> Result<Pattern, String> {
        let mut known = self
            .known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(compiled) = known.get(pattern) {
            return Ok(compiled.clone());
        }
        let compiled = compile(pattern)?;
        if known.len() >= MAX_KEPT {
            known.clear();
        }
        known.insert(pattern.to_owned(), compiled.clone());
        Ok(compiled)
    }
}

fn compile(pattern: &str) -> Result<Pattern, String> {
    let translated = translate(pattern)?;
    let regex = RegexBuilder::new(&translated.text)
        .size_limit(MAX_COMPILED)
        // Every part of the pattern may be in a group of its own.
        .nest_limit(4 * MAX_DEPTH as u32)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(limit) => format!("it takes more than {limit} bytes"),
            other => other.to_string(),
        })?;
    Ok(Pattern {
        regex,
        names: translated.names.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Patterns::default()
            .get(pattern)
            .is_ok_and(|pattern| pattern.regex.is_match(text))
    }

    #[test]
    fn perl_classes_are_ascii() {
        assert!(!matches(r"^\d$", "٣"));
        assert!(!matches(r"^[\w]$", "é"));
        assert!(matches(r"^[^\d]$", "٣"));
        assert!(matches(r"(?i)é", "É"));
    }

    #[test]
    fn quoted_and_octal_text_is_literal() {
        assert!(matches(r"^\60$", "0"));
        assert!(matches(r"^\Qa.b\E$", "a.b"));
        assert!(!matches(r"\Qa.b\E", "axb"));
        assert!(matches(r"^\141$", "a"));
    }

    #[test]
    fn class_has_no_set_operations() {
        assert!(matches("^[a&&b]$", "&"));
        assert!(matches("^[[a]$", "["));
        assert!(matches("^[[:alpha:]]$", "x"));
    }

    #[test]
    fn what_re2_refuses_is_refused() {
        for bad in ["(?=a)", "a{1001}", "(", r"\1"] {
            assert!(Patterns::default().get(bad).is_err(), "{bad}");
        }
    }
}
