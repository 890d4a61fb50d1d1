//! Hides secrets in text: those that were learnt, and those that look like one.

use std::{
    borrow::Cow,
    fmt,
    ops::Range,
    sync::{PoisonError, RwLock},
};

use crate::{pattern, spellings};

/// What stands in place of a secret.
const MASK: &str = "***";

/// Knows secrets and covers them. Shared behind an `Arc`; learns at any time.
#[derive(Default)]
pub struct Redactor {
    known: RwLock<Vec<String>>,
}

// === impl Redactor ===

impl Redactor {
    /// Remembers a secret: a URL (its path, query and tokens), a token, a password. Its usual spellings
    /// (percent-encoded, JSON, Base64) are covered too. What is too short to be told from ordinary words is
    /// not learnt.
    pub fn learn(&self, secret: &str) {
        let spellings = spellings::of(secret);
        if spellings.is_empty() {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for spelling in spellings {
            if !known.contains(&spelling) {
                known.push(spelling);
            }
        }
    }

    /// The text with every secret replaced by `***`; borrowed when there is none.
    #[must_use]
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let ranges = self.find(text);
        if ranges.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut masked = String::with_capacity(text.len());
        let mut from = 0;
        for range in ranges {
            masked.push_str(&text[from..range.start]);
            masked.push_str(MASK);
            from = range.end;
        }
        masked.push_str(&text[from..]);
        Cow::Owned(masked)
    }

    /// The text with every byte of a secret replaced by `*`: its length stays, so places in it stay good.
    #[must_use]
    pub fn cover(&self, text: &str) -> String {
        let mut covered = String::with_capacity(text.len());
        let mut from = 0;
        for range in self.find(text) {
            covered.push_str(&text[from..range.start]);
            covered.extend(std::iter::repeat_n('*', range.len()));
            from = range.end;
        }
        covered.push_str(&text[from..]);
        covered
    }

    /// Where secrets stand, in order and apart from each other.
    pub(crate) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = pattern::find(text);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for secret in known.iter() {
            let places = text.match_indices(secret.as_str());
            found.extend(places.map(|(at, secret)| at..at + secret.len()));
        }
        merge(found)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor")
    }
}

fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => merged.push(range),
        }
    }
    merged
}
