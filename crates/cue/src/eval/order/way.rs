//! How a conjunct came to its node, and when: as far as the order of fields depends on it.

use crate::{
    eval::NodeId,
    ir::{ExprId, Label},
};

/// The way by which a conjunct came.
///
/// It says the outermost reference on that way, and which run of a comprehension the conjunct is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Way {
    /// The number of the reference's expression, from 1.
    reference: u32,
    run: u32,
}

/// When what is said about a node is taken in.
///
/// What is queued has a turn. Turns are numbered as they are given out; their order is that of a queue in which
/// everything waits behind what was queued before it. That things run in another order does not show in the result.
#[derive(Default)]
pub(crate) struct Turns {
    now: u32,
    /// The turn in which each was given out, counted from 1.
    parents: Vec<u32>,
    latest: u32,
    /// The turn of the literal around the comprehension whose body is taken in.
    host: Option<u32>,
    /// Things ran out of their turn.
    disordered: bool,
    /// Labels that came up at another time than their fields were made.
    announced: Vec<Announced>,
}

/// A label that will be a field, or that came up again in an earlier turn.
struct Announced {
    label: Label,
    turn: u32,
    /// So many fields were there.
    after: u32,
}

/// Whether all references that are said about a node lead to one other node: their order is that one's then.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Twin {
    #[default]
    Unknown,
    /// One reference did.
    Once(NodeId),
    Always(NodeId),
    Never,
}

/// Stands for the turn in which an alternative is taken: when all else is done.
const ROUND: u32 = u32::MAX;

/// What repeats something already said.
const REPEATED: u32 = u32::MAX;

/// What is all that a struct embeds.
const EMBEDDED: u32 = u32::MAX - 1;

// === impl Way ===

impl Way {
    pub(crate) const HERE: Self = Self { reference: 0, run: 0 };

    /// Where it came through a reference: what was said there comes along it.
    pub(crate) const fn through(self, reference: ExprId, said: Self) -> Self {
        let reference = match self.reference {
            0 => reference.0.saturating_add(1),
            known => known,
        };
        let run = if self.is_repeated() { REPEATED } else { said.run };
        Self { reference, run }
    }

    /// What was said elsewhere, in the place of this.
    pub(crate) const fn onto(self, said: Self) -> Self {
        let run = if self.is_repeated() { REPEATED } else { said.run };
        Self { run, ..self }
    }

    /// In the body of a comprehension.
    pub(crate) const fn in_run(self, run: u32) -> Self {
        match self.is_repeated() {
            true => self,
            false => Self { run, ..self },
        }
    }

    /// Past the fields that a comprehension's body declares by name.
    pub(crate) const fn apart(self) -> Self {
        self.in_run(0)
    }

    pub(crate) const fn repeated(self) -> Self {
        Self { run: REPEATED, ..self }
    }

    /// A literal stands around it that holds nothing else.
    pub(crate) const fn embedded(self) -> Self {
        self.in_run(EMBEDDED)
    }

    pub(crate) const fn is_embedded(self) -> bool {
        self.run == EMBEDDED
    }

    pub(crate) const fn is_repeated(self) -> bool {
        self.run == REPEATED
    }

    /// The run of the comprehension that it is part of.
    pub(crate) const fn run(self) -> Option<u32> {
        match self.run {
            0 | REPEATED | EMBEDDED => None,
            run => Some(run),
        }
    }

    pub(crate) const fn reference(self) -> Option<ExprId> {
        match self.reference {
            0 => None,
            number => Some(ExprId(number - 1)),
        }
    }
}

// === impl Twin ===

impl Twin {
    /// A reference leads to a node, which may be shared or not.
    pub(crate) fn meet(&mut self, target: NodeId, may_share: bool) {
        *self = match *self {
            Self::Unknown if may_share => Self::Once(target),
            Self::Once(before) | Self::Always(before) if may_share && before == target => {
                Self::Always(target)
            }
            Self::Unknown | Self::Once(_) | Self::Always(_) | Self::Never => Self::Never,
        };
    }
}

// === impl Turns ===

impl Turns {
    pub(crate) const fn now(&self) -> u32 {
        self.now
    }

    /// The turn of something that waits.
    pub(crate) fn issue(&mut self) -> u32 {
        self.give(self.now)
    }

    /// The turn of an alternative.
    pub(crate) fn issue_round(&mut self) -> u32 {
        self.disordered = true;
        self.give(ROUND)
    }

    fn give(&mut self, parent: u32) -> u32 {
        self.parents.push(parent);
        u32::try_from(self.parents.len()).unwrap_or(u32::MAX)
    }

    /// Something that waited runs; the turn that was before is for [`Turns::back`].
    pub(crate) const fn start(&mut self, turn: u32) -> u32 {
        self.disordered |= turn < self.latest;
        if turn > self.latest {
            self.latest = turn;
        }
        std::mem::replace(&mut self.now, turn)
    }

    pub(crate) const fn back(&mut self, turn: u32) {
        self.now = turn;
    }

    pub(crate) const fn enter_body(&mut self, host: u32) {
        self.host = Some(host);
    }

    pub(crate) const fn leave_body(&mut self) {
        self.host = None;
    }

    /// The turn of a literal. The fields that a comprehension's body names belong to the literal around it.
    pub(crate) fn of_literal(&self, way: Way) -> u32 {
        match self.host {
            Some(host) if way.run().is_some() => host,
            _ => self.now,
        }
    }

    /// A label comes up while so many fields are there.
    pub(crate) fn announce(&mut self, label: Label, after: usize) {
        let after = u32::try_from(after).unwrap_or(u32::MAX);
        self.announced.push(Announced {
            label,
            turn: self.now,
            after,
        });
    }

    /// True when fields were made in another order than they came up.
    pub(crate) const fn is_disordered(&self) -> bool {
        self.disordered || !self.announced.is_empty()
    }

    /// The place of every turn among all.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut given: Vec<(u32, u32)> = self.parents.iter().copied().zip(1..).collect();
        given.sort_unstable();
        let out_of = |turn: u32| {
            let start = given.partition_point(|(parent, _)| *parent < turn);
            given[start..].iter().take_while(move |(parent, _)| *parent == turn).map(|(_, turn)| *turn)
        };
        let mut queue = vec![0];
        let mut at = 0;
        for round in std::iter::once(None).chain(out_of(ROUND).map(Some)) {
            queue.extend(round);
            while let Some(turn) = queue.get(at) {
                queue.extend(out_of(*turn));
                at += 1;
            }
        }
        let mut ranks = vec![0; self.parents.len() + 1];
        for (rank, turn) in (0..).zip(queue) {
            ranks[turn as usize] = rank;
        }
        ranks
    }

    /// The order in which fields came up, of those made with these labels in these turns; by their positions.
    pub(crate) fn order(&self, ranks: &[u32], made: impl Iterator<Item = (Label, u32)>) -> Vec<u32> {
        let rank = |turn: u32| ranks.get(turn as usize).copied().unwrap_or(turn);
        let mut places: Vec<(u32, u32, u32, u32)> = (0..)
            .zip(made)
            .map(|(index, (label, turn))| {
                let announced = (0..).zip(&self.announced);
                let earlier = announced
                    .filter(|(_, there)| there.label == label)
                    .map(|(sequence, there)| (rank(there.turn), there.after, sequence))
                    .min();
                let own = (rank(turn), index, u32::MAX);
                let (turn, after, sequence) = earlier.map_or(own, |earlier| earlier.min(own));
                (turn, after, sequence, index)
            })
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(.., index)| index).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::LabelKind;

    fn label(name: u32) -> Label {
        Label::new(name, LabelKind::Regular)
    }

    #[test]
    fn announced_fields_stand_where_they_were_announced() {
        // `{z, if c {m, k}, a}`: `z` and `a` are made before the condition is known.
        let mut turns = Turns::default();
        turns.announce(label(2), 1);
        turns.announce(label(3), 1);
        let made = [(label(0), 0), (label(1), 0), (label(2), 1), (label(3), 1)];
        assert!(turns.is_disordered());
        assert_eq!(turns.order(&turns.ranks(), made.into_iter()), [0, 2, 3, 1]);
    }

    #[test]
    fn what_runs_early_stands_in_its_turn() {
        let mut turns = Turns::default();
        let (first, second) = (turns.issue(), turns.issue());
        let before = turns.start(second);
        turns.back(before);
        assert!(!turns.is_disordered());
        turns.start(first);
        assert!(turns.is_disordered());
        let made = [(label(0), second), (label(1), first)];
        assert_eq!(turns.order(&turns.ranks(), made.into_iter()), [1, 0]);
    }

    #[test]
    fn alternatives_stand_behind_all_else() {
        let mut turns = Turns::default();
        let round = turns.issue_round();
        let before = turns.start(round);
        let inside = turns.issue();
        turns.back(before);
        let outside = turns.issue();
        let ranks = turns.ranks();
        let rank = |turn: u32| ranks[turn as usize];
        assert!(rank(outside) < rank(round) && rank(round) < rank(inside));
    }

    #[test]
    fn what_is_queued_waits_behind_what_was_queued_before() {
        // `{for k in keys {(k): 1}, t}` and `t: {(l): 1}`: the second runs first, but its field comes last.
        let mut turns = Turns::default();
        let (comprehension, reference) = (turns.issue(), turns.issue());
        let before = turns.start(reference);
        let of_reference = turns.issue();
        turns.back(before);
        let before = turns.start(comprehension);
        let of_comprehension = turns.issue();
        turns.back(before);
        let ranks = turns.ranks();
        let rank = |turn: u32| ranks[turn as usize];
        let mut all = [of_reference, of_comprehension, reference, comprehension];
        all.sort_by_key(|turn| rank(*turn));
        assert_eq!(all, [comprehension, reference, of_comprehension, of_reference]);
    }

    #[test]
    fn the_first_reference_is_the_one_that_counts() {
        let way = Way::HERE.through(ExprId(7), Way::HERE).through(ExprId(9), Way::HERE);
        assert_eq!(way.reference(), Some(ExprId(7)));
        assert_eq!(way.repeated().in_run(3).run(), None);
    }
}
