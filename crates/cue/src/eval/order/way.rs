//! How a conjunct came to its node, and when: as far as the order of fields depends on it.

use smallvec::{SmallVec, smallvec};

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
    issued: u32,
    latest: u32,
    /// The turn of the literal around the comprehension whose body is taken in.
    host: Option<u32>,
    /// Things ran out of their turn.
    disordered: bool,
}

/// What only few nodes have to remember for the order of their fields.
#[derive(Default)]
pub(crate) struct Trail {
    /// `(parent, turn)` for turns that were given out in another than the first.
    pub(crate) nested: Vec<(u32, u32)>,
    /// Labels that came up at another time than their fields were made.
    pub(crate) announced: Vec<Announced>,
    pub(crate) computed: Vec<Made>,
    /// Structs of data that are part of it.
    pub(crate) given: Vec<Given>,
    /// The way by which the data came that it is.
    pub(crate) data_way: Way,
}

/// A label that was computed.
#[derive(Clone, Copy)]
pub(crate) struct Made {
    /// The value of the field that declares it.
    pub(crate) decl: ExprId,
    pub(crate) label: Label,
    pub(crate) turn: u32,
}

/// A struct of data that is part of a node: what it declares.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) way: Way,
    pub(crate) labels: Vec<Label>,
}

/// A label that will be a field, or that came up again in an earlier turn.
pub(crate) struct Announced {
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
    /// Nothing is said but one reference, to this.
    Same(NodeId),
    /// One reference did.
    Once(NodeId),
    Always(NodeId),
    Never,
}

/// Most structs have few fields, made in few turns.
pub(crate) type Few<T> = SmallVec<[T; 16]>;

/// Stands for the turn in which an alternative is taken: when all else is done.
const ROUND: u32 = u32::MAX;

/// What repeats something already said.
const REPEATED: u32 = u32::MAX;

/// What is all that a struct embeds.
const EMBEDDED: u32 = u32::MAX - 1;

// === impl Way ===

impl Way {
    pub(crate) const HERE: Self = Self {
        reference: 0,
        run: 0,
    };

    /// Where it came through a reference: what was said there comes along it.
    pub(crate) const fn through(self, reference: ExprId, said: Self) -> Self {
        let reference = match self.reference {
            0 => reference.0.saturating_add(1),
            known => known,
        };
        let run = if self.is_repeated() {
            REPEATED
        } else {
            said.run
        };
        Self { reference, run }
    }

    /// What was said elsewhere, in the place of this.
    pub(crate) const fn onto(self, said: Self) -> Self {
        let run = if self.is_repeated() {
            REPEATED
        } else {
            said.run
        };
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
        Self {
            run: REPEATED,
            ..self
        }
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

// === impl Trail ===

impl Trail {
    pub(crate) const EMPTY: Self = Self {
        nested: Vec::new(),
        announced: Vec::new(),
        computed: Vec::new(),
        given: Vec::new(),
        data_way: Way::HERE,
    };

    /// True when a label came up at another time than its field was made.
    pub(crate) fn is_announced(&self, label: Label) -> bool {
        self.announced.iter().any(|there| there.label == label)
    }

    /// The order in which fields came up, of those made with these labels in these turns; by their positions.
    pub(crate) fn order(
        &self,
        ranks: &[u32],
        made: impl Iterator<Item = (Label, u32)>,
    ) -> Few<u32> {
        let rank = |turn: u32| ranks.get(turn as usize).copied().unwrap_or(turn);
        let announced = (0..).zip(&self.announced);
        let announced = announced
            .map(|(sequence, there)| (there.label, (rank(there.turn), there.after, sequence)));
        let mut announced: Few<(Label, (u32, u32, u32))> = announced.collect();
        announced.sort_unstable();
        let mut places: Few<(u32, u32, u32, u32)> = (0..)
            .zip(made)
            .map(|(index, (label, turn))| {
                let first = announced.partition_point(|(there, _)| *there < label);
                let earlier = announced.get(first).filter(|(there, _)| *there == label);
                let own = (rank(turn), index, u32::MAX);
                let (turn, after, sequence) = earlier.map_or(own, |(_, earlier)| own.min(*earlier));
                (turn, after, sequence, index)
            })
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(.., index)| index).collect()
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
            Self::Unknown | Self::Same(_) | Self::Once(_) | Self::Always(_) | Self::Never => {
                Self::Never
            }
        };
    }
}

// === impl Turns ===

impl Turns {
    pub(crate) const fn now(&self) -> u32 {
        self.now
    }

    /// The turn of something that waits, and what the trail has to say about it.
    pub(crate) const fn issue(&mut self) -> (u32, Option<(u32, u32)>) {
        self.issued += 1;
        match self.now {
            0 => (self.issued, None),
            now => (self.issued, Some((now, self.issued))),
        }
    }

    pub(crate) const fn issue_round(&mut self) -> (u32, (u32, u32)) {
        self.issued += 1;
        self.disordered = true;
        (self.issued, (ROUND, self.issued))
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

    pub(crate) fn announce(&self, label: Label, after: usize) -> Announced {
        Announced {
            label,
            turn: self.now,
            after: u32::try_from(after).unwrap_or(u32::MAX),
        }
    }

    /// True when things ran out of their turn.
    pub(crate) const fn is_disordered(&self) -> bool {
        self.disordered
    }

    /// The place of every turn among all.
    pub(crate) fn ranks(&self, trail: &Trail) -> Few<u32> {
        let mut parents: Few<u32> = smallvec![0; self.issued as usize + 1];
        for (parent, turn) in &trail.nested {
            parents[*turn as usize] = *parent;
        }
        let mut given: Few<(u32, u32)> = parents.iter().copied().zip(0..).skip(1).collect();
        given.sort_unstable();
        let out_of = |turn: u32| {
            let start = given.partition_point(|(parent, _)| *parent < turn);
            given[start..]
                .iter()
                .take_while(move |(parent, _)| *parent == turn)
                .map(|(_, turn)| *turn)
        };
        let mut queue: Few<u32> = smallvec![0];
        let mut at = 0;
        for round in std::iter::once(None).chain(out_of(ROUND).map(Some)) {
            queue.extend(round);
            while let Some(turn) = queue.get(at) {
                queue.extend(out_of(*turn));
                at += 1;
            }
        }
        let mut ranks: Few<u32> = smallvec![0; parents.len()];
        for (rank, turn) in (0..).zip(queue) {
            ranks[turn as usize] = rank;
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::LabelKind;

    fn label(name: u32) -> Label {
        Label::new(name, LabelKind::Regular)
    }

    fn issue(turns: &mut Turns, trail: &mut Trail) -> u32 {
        let (turn, nested) = turns.issue();
        trail.nested.extend(nested);
        turn
    }

    #[test]
    fn announced_fields_stand_where_they_were_announced() {
        // `{z, if c {m, k}, a}`: `z` and `a` are made before the condition is known.
        let (mut turns, mut trail) = (Turns::default(), Trail::default());
        let condition = issue(&mut turns, &mut trail);
        for name in [2, 3] {
            let announced = turns.announce(label(name), 1);
            trail.announced.push(announced);
        }
        let made = [(0, 0), (1, 0), (2, condition), (3, condition)];
        let made = made.into_iter().map(|(name, turn)| (label(name), turn));
        assert!(!turns.is_disordered());
        assert_eq!(trail.order(&[], made)[..], [0, 2, 3, 1]);
    }

    #[test]
    fn what_runs_early_stands_in_its_turn() {
        let (mut turns, mut trail) = (Turns::default(), Trail::default());
        let first = issue(&mut turns, &mut trail);
        let second = issue(&mut turns, &mut trail);
        let before = turns.start(second);
        turns.back(before);
        assert!(!turns.is_disordered());
        turns.start(first);
        assert!(turns.is_disordered());
        let made = [(label(0), second), (label(1), first)];
        let order = trail.order(&turns.ranks(&trail), made.into_iter());
        assert_eq!(order[..], [1, 0]);
    }

    #[test]
    fn alternatives_stand_behind_all_else() {
        let (mut turns, mut trail) = (Turns::default(), Trail::default());
        let (round, nested) = turns.issue_round();
        trail.nested.push(nested);
        let before = turns.start(round);
        let inside = issue(&mut turns, &mut trail);
        turns.back(before);
        let outside = issue(&mut turns, &mut trail);
        let ranks = turns.ranks(&trail);
        let rank = |turn: u32| ranks[turn as usize];
        assert!(rank(outside) < rank(round) && rank(round) < rank(inside));
    }

    #[test]
    fn what_is_queued_waits_behind_what_was_queued_before() {
        // `{for k in keys {(k): 1}, t}` and `t: {(l): 1}`: the second runs first, but its field comes last.
        let (mut turns, mut trail) = (Turns::default(), Trail::default());
        let comprehension = issue(&mut turns, &mut trail);
        let reference = issue(&mut turns, &mut trail);
        let before = turns.start(reference);
        let of_reference = issue(&mut turns, &mut trail);
        turns.back(before);
        let before = turns.start(comprehension);
        let of_comprehension = issue(&mut turns, &mut trail);
        turns.back(before);
        let ranks = turns.ranks(&trail);
        let mut all = [of_reference, of_comprehension, reference, comprehension];
        all.sort_by_key(|turn| ranks[*turn as usize]);
        assert_eq!(
            all,
            [comprehension, reference, of_comprehension, of_reference]
        );
    }

    #[test]
    fn the_first_reference_is_the_one_that_counts() {
        let way = Way::HERE
            .through(ExprId(7), Way::HERE)
            .through(ExprId(9), Way::HERE);
        assert_eq!(way.reference(), Some(ExprId(7)));
        assert_eq!(way.repeated().in_run(3).run(), None);
    }

    #[test]
    fn a_node_with_two_references_is_the_other_when_both_lead_there() {
        let mut twin = Twin::default();
        twin.meet(NodeId::nth(1), true);
        assert!(matches!(twin, Twin::Once(node) if node == NodeId::nth(1)));
        twin.meet(NodeId::nth(1), true);
        assert!(matches!(twin, Twin::Always(node) if node == NodeId::nth(1)));
        twin.meet(NodeId::nth(2), true);
        assert!(matches!(twin, Twin::Never));
    }
}
