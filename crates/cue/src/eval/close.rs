//! Closedness: which fields a definition or `close()` lets stand beside its own.
//!
//! Everything that is said about a node belongs to a *group*. A reference to a definition opens a group that
//! closes: a field of the node must then be declared by something in that group. The groups form a tree; where
//! a struct literal embeds something, what stands beside the embedding speaks for it as well, so that the
//! host of an embedded definition may add fields.

use smallvec::SmallVec;

use super::{
    Vm,
    node::{Conjunct, NodeId, What},
    order::Twin,
};
use crate::{
    Value,
    ir::{Decl, Expr, ExprId, Label, LabelKind},
};

/// A group of conjuncts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GroupId(pub(crate) u32);

/// The group of all that is said openly.
pub(crate) const OPEN: GroupId = GroupId(0);

/// The label of an item: no field has it.
const NO_FIELD: Label = Label::index(0);

#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    up: GroupId,
    depth: u32,
    kind: GroupKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GroupKind {
    /// A literal that embeds something.
    Host,
    /// What is embedded.
    Embedded,
    /// A definition: closes its node and all below.
    Definition,
    /// `close()`: closes this node only.
    Shallow(NodeId),
}

// === impl Group ===

impl Group {
    pub(crate) const ROOT: Self = Self {
        up: OPEN,
        depth: 0,
        kind: GroupKind::Host,
    };
}

// === impl Vm ===

impl<'d> Vm<'d> {
    fn group_at(&self, group: GroupId) -> Group {
        let place = (group.0 as usize).checked_sub(1);
        place.map_or(Group::ROOT, |place| self.groups[place])
    }

    pub(crate) fn group(&mut self, up: GroupId, kind: GroupKind) -> GroupId {
        let depth = self.group_at(up).depth + 1;
        self.groups.push(Group { up, depth, kind });
        GroupId(u32::try_from(self.groups.len()).unwrap_or(u32::MAX))
    }

    /// The groups that close a node, and whether each lets a label in.
    pub(crate) fn refuses(&mut self, id: NodeId, label: Label) -> bool {
        let closing = self.closing(id);
        closing
            .into_iter()
            .any(|group| !self.declares(id, label, group))
    }

    pub(crate) fn closing(&self, id: NodeId) -> SmallVec<[GroupId; 4]> {
        let mut found = SmallVec::new();
        let Some(extra) = &self.at(id).extra else {
            return found;
        };
        let literals = extra.leaves.iter().map(|leaf| leaf.group);
        let evidence = extra.evidence.iter().map(|(_, group)| *group);
        for mut group in literals.chain(evidence) {
            let before = found.len();
            while group != OPEN {
                let Group { up, kind, .. } = self.group_at(group);
                let closes = match kind {
                    GroupKind::Definition => true,
                    GroupKind::Shallow(node) if node == id => true,
                    // What stands around a `close()` does not reach below it.
                    GroupKind::Shallow(_) => break,
                    GroupKind::Host | GroupKind::Embedded => false,
                };
                if closes && found[..before].contains(&group) {
                    // All above it was found with it.
                    break;
                }
                if closes {
                    found.push(group);
                }
                group = up;
            }
        }
        found
    }

    /// True when what belongs to a group is closed by a definition.
    pub(crate) fn is_closing(&self, mut group: GroupId) -> bool {
        while group != OPEN {
            let Group { up, kind, .. } = self.group_at(group);
            match kind {
                GroupKind::Definition => return true,
                GroupKind::Shallow(_) => return false,
                GroupKind::Host | GroupKind::Embedded => group = up,
            }
        }
        false
    }

    fn declares(&mut self, id: NodeId, label: Label, closing: GroupId) -> bool {
        let Some(extra) = &self.at(id).extra else {
            return false;
        };
        let by_literal = extra.leaves.iter().any(|leaf| {
            let names = |decl: &Decl| match decl {
                Decl::Field(field) => {
                    field.label == label
                        && (!self.says_nothing(id, label, field.value) || self.mirrors(id))
                }
                _ => false,
            };
            (leaf.shape.open || leaf.shape.decls.iter().any(names))
                && self.speaks_for(leaf.group, closing)
        });
        let by_evidence = || {
            let mut evidence = extra.evidence.iter();
            evidence.any(|(there, group)| *there == label && self.speaks_for(*group, closing))
        };
        if by_literal || by_evidence() {
            return true;
        }
        let patterns: Vec<_> = extra
            .patterns
            .iter()
            .filter(|pattern| self.speaks_for(pattern.group, closing))
            .filter_map(|pattern| pattern.label.clone())
            .collect();
        patterns
            .iter()
            .any(|pattern| self.label_matches(pattern, label))
    }

    /// True for `a: a`, and for `a.b` as the value of `b` in `a`: it only says what is said elsewhere, which is not to
    /// say that the field may be there.
    pub(crate) fn says_nothing(&self, id: NodeId, label: Label, value: ExprId) -> bool {
        let (mut expr, mut label, mut at) = (value, label, id);
        let mut scopes = 0;
        loop {
            match self.ir.expr(expr) {
                Expr::Field { up, label: name } => return *up == scopes && *name == label,
                Expr::Select(base, _) | Expr::Index(base, _) if self.picks(expr, label) => {
                    let node = self.at(at);
                    let Some(around) = node.parent else {
                        return false;
                    };
                    // A list is no scope.
                    scopes += u16::from(label.kind() != LabelKind::Index);
                    (expr, label, at) = (*base, node.label, around);
                }
                _ => return false,
            }
        }
    }

    /// An alternative that is its own field declares nothing in it: what else is said has no parts then, where a
    /// definition closes the field.
    pub(crate) fn close_over(&mut self, id: NodeId, arm: &Conjunct<'d>) {
        let (What::Expr(expr), Some(around)) = (&arm.what, self.at(id).parent) else {
            return;
        };
        let is_itself = self.says_nothing(around, self.at(id).label, *expr);
        if is_itself && self.is_closing(arm.group) && !self.mirrors(id) {
            self.at_mut(id).extra().evidence.push((NO_FIELD, arm.group));
        }
    }

    /// True for a list that an alternative which declares nothing closes.
    pub(crate) fn refuses_items(&self, id: NodeId) -> bool {
        let node = self.at(id);
        let extra = node.extra.as_ref();
        let mut evidence = extra.iter().flat_map(|extra| &extra.evidence);
        node.list().is_some_and(|list| !list.items.is_empty())
            && evidence.any(|(label, _)| *label == NO_FIELD)
    }

    /// True for an expression that takes this field or item of something.
    fn picks(&self, expr: ExprId, label: Label) -> bool {
        match self.ir.expr(expr) {
            Expr::Select(_, name) => *name == label,
            Expr::Index(_, index) => match self.ir.expr(*index) {
                Expr::Const(Value::Number(number)) => {
                    let place = number
                        .as_i64()
                        .and_then(|place| usize::try_from(place).ok());
                    label.kind() == LabelKind::Index && place == Some(label.name())
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// True for what is another node, or stands in one: that has been looked at where it stands itself.
    fn mirrors(&self, id: NodeId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            let node = self.at(id);
            let twin = node.extra.as_ref().map(|extra| extra.twin);
            if matches!(twin, Some(Twin::Same(_) | Twin::Always(_))) {
                return true;
            }
            at = node.parent;
        }
        false
    }

    /// True when a struct has room for a field that it does not name.
    pub(crate) fn lets_in(&mut self, id: NodeId, label: Label) -> bool {
        let Some(extra) = &self.at(id).extra else {
            return false;
        };
        let is_open = extra.leaves.iter().any(|leaf| leaf.shape.open);
        let patterns = extra.patterns.iter();
        let patterns: Vec<_> = patterns.map(|pattern| pattern.label.clone()).collect();
        is_open
            || patterns.iter().any(|pattern| {
                pattern
                    .as_ref()
                    .is_none_or(|known| self.label_matches(known, label))
            })
    }

    /// True when what a group declares counts for another that closes.
    fn speaks_for(&self, mut group: GroupId, closing: GroupId) -> bool {
        let depth = |group: GroupId| self.group_at(group).depth;
        let up = |group: GroupId| self.group_at(group).up;
        let embedded = |group: GroupId| self.group_at(group).kind == GroupKind::Embedded;
        let (mut below, mut at, mut hosted) = (closing, closing, false);
        while depth(at) > depth(group) {
            hosted |= embedded(at);
            below = at;
            at = up(at);
        }
        while depth(group) > depth(at) {
            group = up(group);
        }
        if at == group && at == closing {
            return true;
        }
        while at != group {
            hosted |= embedded(at);
            below = at;
            (at, group) = (up(at), up(group));
        }
        // They part here. Beside an embedding everything of its host counts; where the host is embedded itself,
        // so does what it is met with there.
        embedded(below) || (hosted && self.is_embedded(at))
    }

    fn is_embedded(&self, mut group: GroupId) -> bool {
        while group != OPEN {
            let Group { up, kind, .. } = self.group_at(group);
            if kind == GroupKind::Embedded {
                return true;
            }
            group = up;
        }
        false
    }

    /// The group around another.
    pub(crate) fn above(&self, group: GroupId) -> GroupId {
        self.group_at(group).up
    }

    /// True when what a reference leads to is closed: its path names a definition.
    pub(crate) fn closes(&self, conjunct: &Conjunct<'d>) -> bool {
        let What::Expr(expr) = conjunct.what else {
            return false;
        };
        // `#D.a` closes where it is written, and no longer where that is referred to.
        match self.ir.expr(expr) {
            Expr::Field { label, .. } | Expr::Select(_, label) if label.is_definition() => true,
            Expr::Select(base, _) | Expr::Index(base, _) => {
                conjunct.chain == super::cycle::DIRECT && self.names_definition(*base)
            }
            _ => false,
        }
    }

    fn names_definition(&self, mut expr: ExprId) -> bool {
        loop {
            expr = match self.ir.expr(expr) {
                Expr::Field { label, .. } => return label.is_definition(),
                Expr::Select(_, label) if label.is_definition() => return true,
                Expr::Select(base, _) | Expr::Index(base, _) => *base,
                _ => return false,
            };
        }
    }

    pub(crate) fn closed_conjunct(
        &mut self,
        id: NodeId,
        conjunct: &Conjunct<'d>,
        what: What<'d>,
    ) -> Conjunct<'d> {
        let group = self.group(conjunct.group, GroupKind::Shallow(id));
        Conjunct {
            what,
            group,
            ..conjunct.clone()
        }
    }
}
