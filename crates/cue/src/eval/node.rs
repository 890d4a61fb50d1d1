//! The nodes of an evaluation: structs, lists, and every field and item.

use std::{num::NonZeroU32, rc::Rc};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use thin_vec::ThinVec;

use super::{
    close::GroupId,
    constraint::Constraint,
    cycle::{ChainId, DIRECT},
    env::EnvId,
    fault::{Fault, Outcome},
    order::{Trail, Turns, Twin, Way},
    val::Val,
};
use crate::{
    Data,
    ir::{self, ExprId, Label, Shape},
    syntax::ast::{Constraint as Mark, Range32},
};

/// A node of this evaluation: its place among all, counted from one, so that none at all takes no more room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(NonZeroU32);

/// A place that has a value: what was said about it, and what is known of it so far.
pub(crate) struct Node<'d> {
    pub(crate) parent: Option<NodeId>,
    pub(crate) label: Label,
    pub(crate) state: State,
    pub(crate) flags: Flags,
    /// Its place among the nodes that are being worked on.
    pub(crate) running: u32,
    /// Where it was written first.
    pub(crate) span: Range32,
    /// All that is said about it; everything below follows from these.
    pub(crate) conjuncts: SmallVec<[Conjunct<'d>; 1]>,
    pub(crate) arcs: Vec<Arc>,
    pub(crate) base: Base<'d>,
    pub(crate) base_span: Range32,
    pub(crate) value: Option<Outcome<Val<'d>>>,
    /// Another node that is the same value.
    pub(crate) shared: Option<NodeId>,
    /// The node that this one is a copy of, with alternatives chosen.
    pub(crate) copy_of: Option<NodeId>,
    /// Which alternatives this copy of a node takes.
    pub(crate) choices: Option<Rc<Vec<(u64, u32)>>>,
    pub(crate) extra: Option<Box<Extra<'d>>>,
}

/// Something that is said about a node.
#[derive(Clone)]
pub(crate) struct Conjunct<'d> {
    pub(crate) what: What<'d>,
    pub(crate) env: EnvId,
    pub(crate) group: GroupId,
    pub(crate) chain: ChainId,
    pub(crate) way: Way,
    /// Names the way by which it came here, the same in every copy of the node.
    pub(crate) origin: u64,
}

#[derive(Clone)]
pub(crate) enum What<'d> {
    Expr(ExprId),
    Value(Val<'d>),
    /// A value of the data, which may know where it was written.
    Data(&'d dyn Data),
    /// It is said about a field or an item of the node.
    Below(Rc<Below<'d>>),
}

/// What is said about one field or item.
pub(crate) struct Below<'d> {
    pub(crate) label: Label,
    pub(crate) what: What<'d>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Unseen,
    /// Its conjuncts are being taken in.
    Expanding,
    /// Its fields are known.
    Expanded,
    /// Its alternatives are being weighed.
    Evaluating,
    /// Its value is known.
    Done,
}

/// A field of a node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arc {
    pub(crate) label: Label,
    pub(crate) node: NodeId,
    pub(crate) mark: Mark,
    /// When it was made.
    pub(crate) turn: u32,
}

/// What is known about the value itself.
#[derive(Clone, Default)]
pub(crate) enum Base<'d> {
    #[default]
    Unknown,
    Atom(Val<'d>),
    Constraint(Rc<Constraint<'d>>),
    /// A list or struct of the data, untouched.
    Data(Box<Val<'d>>),
}

/// Properties of a node that are true or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u16);

/// What only some nodes have.
#[derive(Default)]
pub(crate) struct Extra<'d> {
    pub(crate) index: Option<Box<FxHashMap<Label, u32>>>,
    pub(crate) leaves: SmallVec<[Leaf<'d>; 1]>,
    pub(crate) patterns: ThinVec<Pattern<'d>>,
    /// What was taken in already.
    pub(crate) seen: SmallVec<[(EnvId, ExprId, GroupId); 2]>,
    pub(crate) references: SmallVec<[Queued<'d>; 1]>,
    pub(crate) expressions: ThinVec<Queued<'d>>,
    pub(crate) running_references: u32,
    pub(crate) tasks: ThinVec<Task<'d>>,
    /// So many of the first of them are done.
    pub(crate) done: u32,
    /// The one of them that was started last.
    pub(crate) running_task: Option<u32>,
    pub(crate) list: Option<Box<ListState<'d>>>,
    pub(crate) disjunctions: ThinVec<Disjunction<'d>>,
    /// Why there is no value.
    pub(crate) fault: Option<Rc<Fault>>,
    /// What its comprehensions wait for.
    pub(crate) waits: Option<Rc<Fault>>,
    /// Labels that computed fields and data declare, for closedness.
    pub(crate) evidence: ThinVec<(Label, GroupId)>,
    pub(crate) turns: Turns,
    pub(crate) twin: Twin,
    pub(crate) trail: Option<Box<Trail>>,
    /// What was written about fields with computed labels.
    pub(crate) notes: ThinVec<(Label, &'d ir::Notes)>,
    /// Labels that were asked for while they were not there.
    pub(crate) missed: ThinVec<Label>,
    /// A condition of it went over all its fields: there may be no more.
    pub(crate) listed: bool,
    /// Counts additions, so that what failed is tried again only after one.
    pub(crate) version: u32,
}

/// A struct literal that is part of the node.
#[derive(Clone, Copy)]
pub(crate) struct Leaf<'d> {
    pub(crate) expr: ExprId,
    pub(crate) shape: &'d Shape,
    pub(crate) group: GroupId,
    pub(crate) way: Way,
    /// So many fields were there before it.
    pub(crate) made: u32,
    /// When it was taken in.
    pub(crate) turn: u32,
}

/// `[label]: value`.
#[derive(Clone)]
pub(crate) struct Pattern<'d> {
    pub(crate) decl: &'d ir::Pattern,
    pub(crate) env: EnvId,
    pub(crate) group: GroupId,
    pub(crate) chain: ChainId,
    pub(crate) way: Way,
    pub(crate) origin: u64,
    pub(crate) turn: u32,
    /// What the labels must be, once that is known.
    pub(crate) label: Option<Val<'d>>,
}

/// Work that waits for its turn.
#[derive(Clone)]
pub(crate) struct Queued<'d> {
    pub(crate) turn: u32,
    pub(crate) work: Work<'d>,
}

/// A conjunct that cannot be taken in at sight.
#[derive(Clone)]
pub(crate) enum Work<'d> {
    Conjunct(Conjunct<'d>),
    Pattern(usize),
}

/// Something that adds fields once its conditions or labels are known.
#[derive(Clone)]
pub(crate) struct Task<'d> {
    pub(crate) what: TaskKind<'d>,
    pub(crate) env: EnvId,
    pub(crate) group: GroupId,
    pub(crate) chain: ChainId,
    pub(crate) way: Way,
    pub(crate) origin: u64,
    pub(crate) turn: u32,
    /// The turn of the literal that it stands in.
    pub(crate) host: u32,
    pub(crate) status: TaskStatus,
}

#[derive(Clone, Copy)]
pub(crate) enum TaskKind<'d> {
    Comprehension(&'d ir::Comprehension),
    Dynamic(&'d ir::DynamicField),
}

#[derive(Clone)]
pub(crate) enum TaskStatus {
    Fresh,
    Running,
    /// It waits for this, which was true at this version of the node.
    Waiting(Rc<Fault>, u32),
    Done,
}

/// What is known about a list.
#[derive(Clone, Default)]
pub(crate) struct ListState<'d> {
    pub(crate) items: Vec<NodeId>,
    /// Its length cannot change.
    pub(crate) closed: bool,
    /// What is said about items from a place on.
    pub(crate) tails: Vec<(usize, Conjunct<'d>)>,
    pub(crate) span: Range32,
}

/// Alternatives of which the node takes one.
#[derive(Clone)]
pub(crate) struct Disjunction<'d> {
    pub(crate) arms: Rc<[Arm<'d>]>,
    pub(crate) env: EnvId,
    pub(crate) chain: ChainId,
    pub(crate) origin: u64,
    pub(crate) span: Range32,
}

#[derive(Clone)]
pub(crate) struct Arm<'d> {
    pub(crate) marked: bool,
    pub(crate) what: What<'d>,
}

// === impl NodeId ===

impl NodeId {
    /// A number that no node has.
    pub(crate) const LAST: Self = Self(NonZeroU32::MAX);

    /// The node at a place.
    pub(crate) fn nth(place: usize) -> Self {
        let number = u32::try_from(place + 1).ok().and_then(NonZeroU32::new);
        number.map_or(Self::LAST, Self)
    }

    /// Its place.
    pub(crate) const fn place(self) -> usize {
        self.0.get() as usize - 1
    }

    pub(crate) const fn number(self) -> u32 {
        self.0.get()
    }
}

// === impl Flags ===

impl Flags {
    /// A literal says that it is a struct.
    pub(crate) const STRUCT: Self = Self(1);
    /// A literal with embeddings: a struct if nothing else is said.
    pub(crate) const MAYBE_STRUCT: Self = Self(1 << 1);
    /// `_` is among its conjuncts.
    pub(crate) const TOP: Self = Self(1 << 2);
    /// It is a definition or inside one.
    pub(crate) const DEFINED: Self = Self(1 << 3);
    /// A copy that leaves out alternatives: closedness cannot be judged.
    pub(crate) const PARTIAL: Self = Self(1 << 4);
    /// Something is said about it that does not come by a cycle.
    pub(crate) const PLAIN: Self = Self(1 << 5);
    /// Something is said about it that comes by a cycle.
    pub(crate) const CYCLIC: Self = Self(1 << 6);
    /// Something is said about it here, not by a reference.
    pub(crate) const GROUNDED: Self = Self(1 << 7);
    /// Known to hold no conflict.
    pub(crate) const SOUND: Self = Self(1 << 8);
    /// It is being written out or looked through.
    pub(crate) const VISITED: Self = Self(1 << 9);
    /// Its name is not allowed where it stands.
    pub(crate) const REFUSED: Self = Self(1 << 10);
    /// A variable: no part of the value.
    pub(crate) const LET: Self = Self(1 << 11);

    /// The result of the call that it is has been taken in.
    pub(crate) const BOUND: Self = Self(1 << 12);

    /// The value of an expression in the middle of another.
    pub(crate) const INLINE: Self = Self(1 << 13);

    /// A list literal is among its conjuncts.
    pub(crate) const LIST: Self = Self(1 << 14);

    /// It shares another node, but has its fields in the order of a struct that embeds that.
    pub(crate) const EMBEDS: Self = Self(1 << 15);

    const KEPT: u16 = Self::DEFINED.0 | Self::PARTIAL.0 | Self::LET.0;

    pub(crate) const fn has(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }

    pub(crate) fn set(&mut self, flag: Self) {
        self.0 |= flag.0;
    }

    pub(crate) fn clear(&mut self, flag: Self) {
        self.0 &= !flag.0;
    }

    /// What is noted when something is said that came by a chain of references.
    pub(crate) fn signed(is_cyclic: bool, chain: ChainId) -> Self {
        let said = match is_cyclic {
            true => Self::CYCLIC,
            false => Self::PLAIN,
        };
        match chain == DIRECT {
            true => said.with(Self::GROUNDED),
            false => said,
        }
    }

    /// What belongs to the node whatever is said about it.
    pub(crate) const fn kept(self) -> Self {
        Self(self.0 & Self::KEPT)
    }

    pub(crate) const fn with(self, flag: Self) -> Self {
        Self(self.0 | flag.0)
    }
}

// === impl Extra ===

impl<'d> Extra<'d> {
    pub(crate) fn followed(&self) -> &Trail {
        static EMPTY: Trail = Trail::EMPTY;
        self.trail.as_deref().unwrap_or(&EMPTY)
    }

    pub(crate) fn trail(&mut self) -> &mut Trail {
        self.trail.get_or_insert_default()
    }

    /// A label comes up while so many fields are there.
    pub(crate) fn announce(&mut self, label: Label, after: usize) {
        let announced = self.turns.announce(label, after);
        self.trail().announced.push(announced);
    }

    pub(crate) fn issue(&mut self) -> u32 {
        let (turn, nested) = self.turns.issue();
        if let Some(nested) = nested {
            self.trail().nested.push(nested);
        }
        turn
    }

    /// The turn of an alternative.
    pub(crate) fn issue_round(&mut self) -> u32 {
        let (turn, nested) = self.turns.issue_round();
        self.trail().nested.push(nested);
        turn
    }

    pub(crate) fn queue_expression(&mut self, conjunct: Conjunct<'d>) {
        let turn = self.issue();
        let work = Work::Conjunct(conjunct);
        if self.expressions.is_empty() {
            // There is hardly ever a second.
            self.expressions.reserve_exact(1);
        }
        self.expressions.push(Queued { turn, work });
    }

    pub(crate) fn queue_reference(&mut self, work: Work<'d>) {
        let turn = self.issue();
        self.references.push(Queued { turn, work });
    }
}

// === impl Node ===

impl<'d> Node<'d> {
    pub(crate) fn new(parent: Option<NodeId>, label: Label, flags: Flags, span: Range32) -> Self {
        Self {
            parent,
            label,
            state: State::Unseen,
            flags,
            running: 0,
            span,
            conjuncts: SmallVec::new(),
            arcs: Vec::new(),
            base: Base::Unknown,
            base_span: span,
            value: None,
            shared: None,
            copy_of: None,
            choices: None,
            extra: None,
        }
    }

    pub(crate) fn extra(&mut self) -> &mut Extra<'d> {
        self.extra.get_or_insert_default()
    }

    /// The time at which something is said about it.
    pub(crate) fn now(&self) -> u32 {
        self.extra.as_ref().map_or(0, |extra| extra.turns.now())
    }

    pub(crate) fn list(&self) -> Option<&ListState<'d>> {
        self.extra.as_ref()?.list.as_deref()
    }

    pub(crate) fn fault(&self) -> Option<&Rc<Fault>> {
        self.extra.as_ref()?.fault.as_ref()
    }

    pub(crate) fn waits(&self) -> Option<&Rc<Fault>> {
        self.extra.as_ref()?.waits.as_ref()
    }

    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, State::Expanding | State::Evaluating)
    }

    pub(crate) fn has_disjunctions(&self) -> bool {
        self.extra
            .as_ref()
            .is_some_and(|extra| !extra.disjunctions.is_empty())
    }

    /// Forgets everything but what is said about it.
    pub(crate) fn reset(&mut self) {
        self.state = State::Unseen;
        self.flags = self.flags.kept();
        self.arcs = Vec::new();
        self.base = Base::Unknown;
        self.value = None;
        self.shared = None;
        self.extra = None;
    }

    /// True when it has a field that must be given.
    pub(crate) fn asks_for_fields(&self) -> bool {
        let required = |arc: &Arc| arc.mark == Mark::Required && arc.label.is_regular();
        self.arcs.iter().any(required)
    }

    /// True when it has a field that is exported.
    pub(crate) fn has_fields(&self) -> bool {
        self.arcs
            .iter()
            .any(|arc| arc.mark.is_regular() && arc.label.is_regular())
    }
}

// === impl Mark ===

impl Mark {
    pub(crate) const fn is_regular(self) -> bool {
        matches!(self, Self::Regular)
    }

    /// What two declarations of one field make.
    pub(crate) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Regular, _) | (_, Self::Regular) => Self::Regular,
            (Self::Required, _) | (_, Self::Required) => Self::Required,
            (Self::Optional, Self::Optional) => Self::Optional,
        }
    }
}
