//! Counts by feature.

use std::{collections::BTreeMap, fmt};

/// What came of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The same value, or the same kind of failure.
    Agree {
        /// True when the fields come in the same order too.
        same_order: bool,
    },
    /// Another answer, for a reason that is listed.
    Listed,
    /// Another answer.
    Disagree,
}

/// The table, and what is listed as different.
#[derive(Default)]
pub(crate) struct Table {
    rows: BTreeMap<String, Counts>,
    /// How many cases differ for a reason, and the name of the first.
    reasons: BTreeMap<String, (usize, String)>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    cases: usize,
    agree: usize,
    listed: usize,
    disagree: usize,
    other_order: usize,
}

// === impl Table ===

impl Table {
    /// One more.
    pub(crate) fn count(&mut self, feature: &str, verdict: &Verdict) {
        let counts = self.rows.entry(feature.to_owned()).or_default();
        counts.cases += 1;
        match verdict {
            Verdict::Agree { same_order } => {
                counts.agree += 1;
                counts.other_order += usize::from(!same_order);
            }
            Verdict::Listed => counts.listed += 1,
            Verdict::Disagree => counts.disagree += 1,
        }
    }

    /// One of those that are listed.
    pub(crate) fn list(&mut self, reason: &str, name: String) {
        let entry = self.reasons.entry(reason.to_owned());
        entry.or_insert((0, name)).0 += 1;
    }

    /// How many disagree without being listed.
    pub(crate) fn disagreements(&self) -> usize {
        self.rows.values().map(|counts| counts.disagree).sum()
    }
}

impl fmt::Display for Table {
    /// As a table in Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| feature | cases | agree | listed difference | disagree | agree, fields in another order |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|")?;
        let mut sum = Counts::default();
        for (feature, counts) in &self.rows {
            sum = sum.plus(*counts);
            writeln!(f, "| {feature} | {counts} |")?;
        }
        writeln!(f, "| **all** | {sum} |")?;
        if self.reasons.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n| what is listed as different | cases | such as |")?;
        writeln!(f, "|---|--:|---|")?;
        for (reason, (count, name)) in &self.reasons {
            let reason = reason.replace('|', "\\|");
            writeln!(f, "| {reason} | {count} | `{name}` |")?;
        }
        Ok(())
    }
}

// === impl Counts ===

impl Counts {
    fn plus(self, other: Self) -> Self {
        Self {
            cases: self.cases + other.cases,
            agree: self.agree + other.agree,
            listed: self.listed + other.listed,
            disagree: self.disagree + other.disagree,
            other_order: self.other_order + other.other_order,
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let few = |count: usize| match count {
            0 => "·".to_owned(),
            count => count.to_string(),
        };
        write!(
            f,
            "{} | {} | {} | {} | {}",
            self.cases,
            self.agree,
            few(self.listed),
            few(self.disagree),
            few(self.other_order)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_disagrees_is_counted_and_what_is_listed_says_why() {
        let mut table = Table::default();
        table.count("lists", &Verdict::Agree { same_order: false });
        table.count("lists", &Verdict::Listed);
        table.count("bounds", &Verdict::Disagree);
        table.list("a reason", "golden:7".to_owned());
        assert_eq!(table.disagreements(), 1);
        let text = table.to_string();
        assert!(text.contains("| lists | 2 | 1 | 1 | · | 1 |"), "{text}");
        assert!(text.contains("| **all** | 3 | 1 | 1 | 1 | 1 |"), "{text}");
        assert!(text.contains("| a reason | 1 | `golden:7` |"), "{text}");
    }
}
