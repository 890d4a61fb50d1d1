//! Which labels of a struct precede which: by what literals there are, where they stand, and how they met.
//!
//! Literals are walked in the order of the text, and each label follows the one before. Literals that met in a
//! `a & b` have no order among them, so their chains stand side by side.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::graph::Graph;

/// A place in the text of the program or, behind all files, in a text of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u64);

/// One occurrence of a literal, or of a struct of data.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) place: Place,
    /// It met the others in an `&`, so that it neither follows nor precedes them.
    pub(super) is_met: bool,
    /// A label of it was computed.
    pub(super) is_computed: bool,
    /// What it declares, among all names.
    pub(super) names: Range<usize>,
}

/// A label that an entry declares.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    Label(u32),
    /// The next of the labels that a declaration has made.
    Computed(usize),
}

/// The labels that a declaration with a computed label has made.
#[derive(Debug, Default)]
pub(super) struct Computed {
    pub(super) labels: Vec<u32>,
    next: usize,
}

/// All that is to be put in order.
#[derive(Debug)]
pub(super) struct Chains<'f> {
    pub(super) entries: &'f [Entry],
    pub(super) names: &'f [Name],
    pub(super) computed: &'f mut [Computed],
    /// Where each file begins.
    pub(super) files: &'f [u32],
}

/// Labels by their numbers. Most structs have few.
pub(super) type Labels = SmallVec<[u32; 16]>;

/// Labels that the next ones follow: one for each of the literals that met there.
type Last = SmallVec<[u32; 4]>;

/// Entries without an order among them.
struct Batch {
    /// Where they stand among the sorted ones.
    entries: Range<usize>,
    is_met: bool,
}

/// What a walk through the entries has found.
struct Walk {
    graph: Graph,
    /// The entry that came by a label last.
    visited: SmallVec<[Option<u32>; 16]>,
    /// The labels in the order in which they came.
    met: Labels,
}

// === impl Place ===

impl Place {
    /// What has none: behind everything.
    pub(super) const NOWHERE: Self = Self(u64::MAX);

    const DATA: u64 = 1 << 62;

    pub(super) const fn text(offset: u32) -> Self {
        Self(offset as u64)
    }

    /// A label by its number, in a struct of data by its number. No two of these are one place.
    pub(super) const fn data(label: usize, number: usize) -> Self {
        Self(Self::DATA | ((label as u64) << 20) | (number as u64 & 0xf_ffff))
    }

    /// Places in different files have no order.
    fn file(self, files: &[u32]) -> usize {
        match self.0 {
            u64::MAX => usize::MAX,
            data if data & Self::DATA != 0 => usize::MAX - 1,
            offset => files.partition_point(|start| u64::from(*start) <= offset),
        }
    }
}

// === impl Computed ===

impl Computed {
    fn take(&mut self) -> Option<u32> {
        let label = self.labels.get(self.next).copied();
        self.next += 1;
        label
    }
}

// === impl Chains ===

impl Chains<'_> {
    /// Labels in order; `ranks` are the places of their names among all names.
    pub(super) fn sort(&mut self, count: usize, ranks: impl FnOnce() -> Vec<u32>) -> Labels {
        let sorted = self.sorted();
        let mut walk = Walk {
            graph: Graph::default(),
            visited: smallvec![None; count],
            met: Labels::with_capacity(count),
        };
        let mut straight = true;
        let mut previous = Last::new();
        let mut file = None;
        for Batch { entries, is_met } in self.batches(&sorted) {
            let batch = &sorted[entries];
            let Some(first) = batch.first() else { continue };
            let at = self.file(*first);
            if file.is_some_and(|before| before != at) {
                straight = false;
                previous.clear();
            }
            straight &= !is_met;
            file = Some(at);
            let mut next = Last::new();
            for entry in batch {
                next.extend(self.walk(&mut walk, *entry, is_met, &previous));
            }
            previous = next;
        }
        match straight && walk.met.len() == count {
            true => walk.met,
            false => walk.graph.sort(&ranks()).into(),
        }
    }

    /// The file in which an entry stands.
    fn file(&self, entry: u32) -> usize {
        self.entries[entry as usize].place.file(self.files)
    }

    fn sorted(&self) -> SmallVec<[u32; 8]> {
        let entry = |index: u32| &self.entries[index as usize];
        let mut sorted: SmallVec<[u32; 8]> = (0..).take(self.entries.len()).collect();
        sorted.sort_by_key(|index| (entry(*index).place, entry(*index).is_computed));
        sorted
    }

    /// Those without an order among them together, and whether that is so.
    fn batches(&self, sorted: &[u32]) -> SmallVec<[Batch; 8]> {
        let entry = |at: usize| &self.entries[sorted[at] as usize];
        let mut batches: SmallVec<[Batch; 8]> = SmallVec::with_capacity(sorted.len());
        let mut start = 0;
        while start < sorted.len() {
            let joins =
                |at: &usize| entry(start).place == entry(*at).place && !entry(*at).is_computed;
            let end = start + 1 + (start + 1..sorted.len()).take_while(joins).count();
            let is_met = end - start > 1 || entry(start).is_met;
            match batches.last_mut() {
                Some(before)
                    if before.is_met
                        && is_met
                        && self.file(sorted[before.entries.start]) == self.file(sorted[start]) =>
                {
                    before.entries.end = end;
                }
                Some(_) | None => batches.push(Batch {
                    entries: start..end,
                    is_met,
                }),
            }
            start = end;
        }
        batches
    }

    /// Lets the labels of an entry follow those before. Returns what the next ones follow.
    fn walk(&mut self, walk: &mut Walk, index: u32, is_met: bool, previous: &[u32]) -> Last {
        let Entry {
            place, ref names, ..
        } = self.entries[index as usize];
        let file = place.file(self.files);
        let mut previous = Last::from_slice(previous);
        for name in names.clone() {
            let label = match self.names[name] {
                Name::Label(label) => label,
                Name::Computed(which) => match self.computed[which].take() {
                    Some(label) => label,
                    None => continue,
                },
            };
            let known = walk.visited[label as usize].is_some_and(|by| {
                let there = || self.entries[by as usize].place.file(self.files);
                by == index || (!is_met && place != Place::NOWHERE && there() == file)
            });
            if known {
                continue;
            }
            walk.visited[label as usize] = Some(index);
            walk.met.push(label);
            walk.graph
                .edges
                .extend(previous.iter().map(|before| (*before, label)));
            previous.clear();
            previous.push(label);
        }
        previous
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each entry: its place, whether it met the others in an `&`, and its labels as letters.
    fn sorted(entries: &[(u32, bool, &str)]) -> String {
        let mut letters: Vec<char> = Vec::new();
        let mut names = Vec::new();
        let mut list = Vec::new();
        for (place, is_met, labels) in entries {
            let start = names.len();
            for letter in labels.chars() {
                let known = letters.iter().position(|there| *there == letter);
                let number = known.unwrap_or_else(|| {
                    letters.push(letter);
                    letters.len() - 1
                });
                names.push(Name::Label(u32::try_from(number).unwrap()));
            }
            list.push(Entry {
                place: Place::text(*place),
                is_met: *is_met,
                is_computed: false,
                names: start..names.len(),
            });
        }
        let mut alphabet = letters.clone();
        alphabet.sort_unstable();
        let rank = |letter: &char| {
            let place = alphabet.iter().position(|there| there == letter);
            u32::try_from(place.unwrap()).unwrap()
        };
        let ranks: Vec<u32> = letters.iter().map(rank).collect();
        let mut chains = Chains {
            entries: &list,
            names: &names,
            computed: &mut [],
            files: &[0, 1000],
        };
        let order = chains.sort(letters.len(), || ranks);
        order
            .into_iter()
            .map(|label| letters[label as usize])
            .collect()
    }

    #[test]
    fn declarations_follow_each_other() {
        // `x: {b, a}; x: {c, a, d}`
        assert_eq!(sorted(&[(5, false, "ba"), (20, false, "cad")]), "bacd");
        // `x: {b, c}; x: {c, b}`
        assert_eq!(sorted(&[(5, false, "bc"), (20, false, "cb")]), "bc");
    }

    #[test]
    fn operands_stand_side_by_side() {
        // `{b} & {a}`
        assert_eq!(sorted(&[(5, true, "b"), (10, true, "a")]), "ab");
        // `{z, y} & {b, a}`
        assert_eq!(sorted(&[(5, true, "zy"), (10, true, "ba")]), "bazy");
        // `{z, y} & {y, z}`
        assert_eq!(sorted(&[(5, true, "zy"), (10, true, "yz")]), "yz");
    }

    #[test]
    fn what_came_by_one_reference_has_no_order() {
        // `t: {z, y}; x: {e, t, a}`: both have the place of `t`.
        assert_eq!(sorted(&[(9, false, "ea"), (9, false, "zy")]), "eazy");
    }

    #[test]
    fn what_follows_operands_follows_all_of_them() {
        assert_eq!(
            sorted(&[(5, true, "zy"), (10, true, "b"), (20, false, "a")]),
            "bzya"
        );
    }

    #[test]
    fn files_have_no_order_among_them() {
        assert_eq!(sorted(&[(5, false, "zy"), (1005, false, "ba")]), "bazy");
    }
}
