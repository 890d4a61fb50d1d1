//! Disagreements by what the two sides say.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::json;

use super::{Answers, RandomOptions, node::Node, source};
use crate::{
    conformance::{
        driver::{Driver, Question},
        reply::{Expected, Reply},
    },
    talk::say,
};

/// Samples that are kept of a group for each that is shown: some become the same when they are cut.
const SPARE: usize = 2;

/// How the binary says that it reached a bound.
const BOUND: &str = "the evaluation used up its";

/// How much of the words is kept to tell groups apart.
const WORDS: usize = 72;

/// What the two sides say: a word each, and the words of the one that failed without names and numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    ours: String,
    theirs: String,
    words: String,
}

/// Everything that was found.
#[derive(Default)]
pub(super) struct Groups {
    groups: BTreeMap<Key, Group>,
    /// Agreements by what both say.
    agreed: BTreeMap<String, usize>,
    other_order: usize,
    /// Programs that the real CUE could not be asked about.
    unknown: usize,
    /// Disagreements about which the real CUE disagrees with itself.
    fickle: usize,
    /// Disagreements that were found and not looked at again.
    fresh: Vec<Sample>,
}

#[derive(Default)]
struct Group {
    count: usize,
    samples: Vec<Sample>,
}

/// A program that the two disagree about.
pub(super) struct Sample {
    /// The program, smaller and smaller.
    pub(super) program: Node,
    answers: Answers,
    key: Key,
    seed: u64,
    finished: bool,
}

/// What came of one program.
enum Finding {
    Agree { same_order: bool },
    Unknown,
    Disagree(Key),
}

// === impl Groups ===

impl Groups {
    /// One more program.
    pub(super) fn count(
        &mut self,
        seed: u64,
        program: Node,
        answers: Answers,
        options: &RandomOptions,
    ) {
        let key = match finding(&answers, options.order) {
            Finding::Unknown => {
                self.unknown += 1;
                return;
            }
            Finding::Agree { same_order } => {
                let sort = answers.ours.sort().to_owned();
                *self.agreed.entry(sort).or_default() += 1;
                self.other_order += usize::from(!same_order);
                return;
            }
            Finding::Disagree(key) => key,
        };
        // Waiting for silence or for a bound, again and again, takes too long.
        let finished = match &answers.ours {
            Reply::Silence(_) => true,
            Reply::Failure { error, .. } => error.contains(BOUND),
            Reply::Value(_) | Reply::Crash(_) => false,
        };
        self.fresh.push(Sample {
            program,
            answers,
            key,
            seed,
            finished,
        });
    }

    /// Sorts what was found, leaving out what the real CUE is of two minds about.
    pub(super) fn settle(&mut self, theirs: &Driver, options: &RandomOptions) -> Result<()> {
        let fresh = std::mem::take(&mut self.fresh);
        let fickle = fickle(&fresh, theirs)?;
        for (sample, fickle) in fresh.into_iter().zip(fickle) {
            if fickle && !options.fickle {
                self.fickle += 1;
                continue;
            }
            let group = self.groups.entry(sample.key.clone()).or_default();
            group.count += 1;
            let wanted = options.shows(&sample.key, &sample.answers.ours);
            if wanted && group.samples.len() < SPARE * options.examples {
                group.samples.push(sample);
            }
        }
        Ok(())
    }

    /// Keeps samples of the largest groups only.
    pub(super) fn keep_largest(&mut self, most: usize) {
        let mut groups: Vec<_> = self.groups.values_mut().collect();
        groups.retain(|group| !group.samples.is_empty());
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        for group in groups.into_iter().skip(most) {
            group.samples.clear();
        }
    }

    /// Leaves out samples that were cut down to something that the real CUE is of two minds about.
    pub(super) fn drop_fickle(&mut self, theirs: &Driver, options: &RandomOptions) -> Result<()> {
        if options.fickle {
            return Ok(());
        }
        for group in self.groups.values_mut() {
            let mut fickle = fickle(&group.samples, theirs)?.into_iter();
            group.samples.retain(|_| !fickle.next().unwrap_or_default());
        }
        Ok(())
    }

    /// How many programs the two disagree about.
    pub(super) fn disagreements(&self) -> usize {
        self.groups.values().map(|group| group.count).sum()
    }

    /// The samples' texts.
    #[cfg(test)]
    pub(super) fn examples(&self) -> Vec<String> {
        let samples = self.groups.values().flat_map(|group| &group.samples);
        samples.map(|sample| sample.program.to_string()).collect()
    }

    /// Samples that may become smaller.
    pub(super) fn unfinished(&mut self) -> Vec<&mut Sample> {
        let samples = self
            .groups
            .values_mut()
            .flat_map(|group| &mut group.samples);
        samples.filter(|sample| !sample.finished).collect()
    }

    /// Prints everything, the largest group last.
    pub(super) fn tell(&self, options: &RandomOptions) {
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_key(|(_, group)| group.count);
        for (key, group) in &groups {
            if group.samples.is_empty() {
                continue;
            }
            say(&format!(
                "==== ours: {}, theirs: {}: {} programs: {}\n",
                key.ours, key.theirs, group.count, key.words
            ));
            let mut seen = BTreeSet::new();
            let mut samples: Vec<_> = group.samples.iter().collect();
            samples.sort_by_key(|sample| sample.program.to_string().len());
            let fresh = samples
                .iter()
                .filter(|sample| seen.insert(sample.pattern()));
            fresh
                .take(options.examples)
                .for_each(|sample| sample.tell());
        }
        let agreed: usize = self.agreed.values().sum();
        let by_sort = self
            .agreed
            .iter()
            .map(|(sort, count)| format!("{count} {sort}"));
        let by_sort = by_sort.collect::<Vec<_>>().join(", ");
        let disagreed = self.disagreements();
        let all = agreed + disagreed + self.fickle + self.unknown;
        say(&format!(
            "of {all} programs\n{agreed:>8}  agree ({by_sort}), {} of them with fields in another order",
            self.other_order
        ));
        say(&format!(
            "{disagreed:>8}  disagree, in {} groups",
            self.groups.len()
        ));
        say(&format!(
            "{:>8}  disagree and are set aside: the real CUE answers otherwise when their declarations are reversed",
            self.fickle
        ));
        say(&format!(
            "{:>8}  are set aside: the real CUE crashes, or says nothing",
            self.unknown
        ));
        let mut sums: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (key, group) in groups {
            *sums.entry((&key.ours, &key.theirs)).or_default() += group.count;
        }
        for ((ours, theirs), sum) in sums {
            say(&format!("  {sum:>6}  ours {ours}, theirs {theirs}"));
        }
    }
}

/// Which samples the real CUE answers otherwise when their declarations are reversed: a value, or another kind of failure.
fn fickle(samples: &[Sample], theirs: &Driver) -> Result<Vec<bool>> {
    let texts: Vec<String> = samples
        .iter()
        .map(|sample| source(&sample.program.reversed()))
        .collect();
    let questions: Vec<Question<'_>> = texts
        .iter()
        .map(|src| Question { src, expr: None })
        .collect();
    let reversed = theirs.ask(&questions)?;
    let both = samples.iter().zip(reversed);
    let differs = both.map(|(sample, reversed)| sample.answers.theirs.sort() != reversed.sort());
    Ok(differs.collect())
}

fn finding(answers: &Answers, order: bool) -> Finding {
    let expected = answers.theirs.expectation();
    let Some(expected) = expected.filter(|_| !answers.theirs.is_panic()) else {
        return Finding::Unknown;
    };
    match expected.agrees(&answers.ours) {
        Some(true) => Finding::Agree { same_order: true },
        Some(false) if !order => Finding::Agree { same_order: false },
        Some(false) => Finding::Disagree(Key {
            ours: "another order".to_owned(),
            theirs: "value".to_owned(),
            words: String::new(),
        }),
        None => {
            let ours = match (&answers.ours, &expected) {
                (Reply::Value(_), Expected::Value(_)) => "another value",
                (ours, Expected::Value(_) | Expected::Failure(_)) => ours.sort(),
            };
            let words = match (&answers.ours, &answers.theirs) {
                (Reply::Failure { error, .. }, _) | (_, Reply::Failure { error, .. }) => error,
                (Reply::Crash(how), _) => how,
                (Reply::Value(_) | Reply::Silence(_), _) => "",
            };
            Finding::Disagree(Key {
                ours: ours.to_owned(),
                theirs: answers.theirs.sort().to_owned(),
                words: gist(words),
            })
        }
    }
}

/// Words without places, names and numbers.
fn gist(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let line = match line.split_once(": error: ") {
        Some((_, words)) => words,
        // CUE says the path first.
        None => line.rsplit_once(": ").map_or(
            line,
            |(path, rest)| {
                if path.contains(' ') { line } else { rest }
            },
        ),
    };
    let mut out = String::new();
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '`' | '"') => {
                quote = Some(c);
                out.push('…');
            }
            (None, c) if c.is_ascii_digit() => {
                if !out.ends_with('N') {
                    out.push('N');
                }
            }
            (None, c) => out.push(c),
        }
    }
    out.chars().take(WORDS).collect()
}

// === impl RandomOptions ===

impl RandomOptions {
    fn shows(&self, key: &Key, reply: &Reply) -> bool {
        let fits = |wanted: &Option<String>, sort: &str| {
            wanted.as_deref().is_none_or(|wanted| sort.contains(wanted))
        };
        fits(&self.ours, &key.ours)
            && fits(&self.theirs, &key.theirs)
            && fits(&self.words, &reply.to_string())
    }
}

// === impl Sample ===

impl Sample {
    /// Becomes the smallest cut about which the two disagree in the same way; finished when there is none.
    pub(super) fn take_smallest(
        &mut self,
        cuts: Vec<Node>,
        answers: Vec<Answers>,
        options: &RandomOptions,
    ) {
        let kept = cuts.into_iter().zip(answers).find(|(_, answers)| {
            let same = match finding(answers, options.order) {
                Finding::Disagree(key) => key == self.key,
                Finding::Agree { .. } | Finding::Unknown => false,
            };
            same && options.shows(&self.key, &answers.ours)
        });
        match kept {
            Some((program, answers)) => {
                self.program = program;
                self.answers = answers;
            }
            None => self.finished = true,
        }
    }

    /// The program with every name and number taken for the same one: what looks alike is shown once.
    fn pattern(&self) -> String {
        let text = self.program.to_string();
        let alike = text.chars().map(|c| match c {
            'a'..='e' => 'a',
            '0'..='9' => '1',
            other => other,
        });
        alike.collect()
    }

    fn tell(&self) {
        let src = source(&self.program);
        for line in src.lines() {
            say(&format!("    {line}"));
        }
        say(&format!("  theirs: {}", self.answers.theirs));
        say(&format!("  ours:   {}", self.answers.ours));
        say(&format!("  {}\n", self.row(&src)));
    }

    /// A row for `fixtures/cue`.
    fn row(&self, src: &str) -> String {
        let id = format!("random-{}", self.seed);
        let text = |text: &str| json!(text).to_string();
        let head = format!(
            r#"{{"id":{},"feature":"random","src":{}"#,
            text(&id),
            text(src)
        );
        match &self.answers.theirs {
            Reply::Value(value) => format!(r#"{head},"json":{value}}}"#),
            Reply::Failure { kind, error } => {
                format!(r#"{head},"kind":{},"error":{}}}"#, text(kind), text(error))
            }
            Reply::Crash(_) | Reply::Silence(_) => format!("{head}}}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::gist;

    #[test]
    fn gist_has_no_places_names_and_numbers() {
        let ours = "input.cue:1:16: error: the field `a` is 12 and `b` is 3.5";
        assert_eq!(gist(ours), "the field … is N and … is N.N");
        let theirs = "i1.a: conflicting values \"x\" and 1 (mismatched types string and int):\n  x";
        assert_eq!(
            gist(theirs),
            "conflicting values … and N (mismatched types string and int):"
        );
    }
}
