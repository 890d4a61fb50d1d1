//! Looking around in an evaluation that is kept: what an [`Instance`](crate::Instance) answers with.
//!
//! Each question is asked of something *found* before. Failures stay where they are: what else is found
//! beside them can be looked at all the same.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    Fault, FaultKind, Outcome, Vm,
    close::{GroupKind, OPEN},
    insert::onward,
    node::{Below, Conjunct, Flags, NodeId, What},
    order::Arcs,
    val::Val,
};
use crate::{
    Data, Error, ErrorKind, Term, TermOptions, Value,
    ir::{Label, LabelKind},
    syntax::ast::{Constraint as Mark, Range32},
    value::Kind,
};

/// Something that was asked for.
#[derive(Clone)]
pub(crate) enum Found<'d> {
    Node(NodeId),
    Value(Val<'d>),
    /// There is no value, and nothing in it.
    Fault(Rc<Fault>),
}

/// A field that was asked for.
pub(crate) struct Part<'d> {
    pub(crate) name: EcoString,
    pub(crate) kind: LabelKind,
    pub(crate) mark: Mark,
    pub(crate) found: Found<'d>,
}

/// More steps from one shared value to the next than this lead nowhere.
const MAX_SHARED: u32 = 1000;

// === impl Found ===

impl Found<'_> {
    /// What went wrong outside of the evaluation.
    pub(crate) fn failed(error: Error) -> Self {
        let kind = match error.kind {
            ErrorKind::Incomplete => FaultKind::Incomplete,
            ErrorKind::Syntax | ErrorKind::Eval => FaultKind::Eval,
            ErrorKind::Limit => FaultKind::Limit,
        };
        Self::Fault(Rc::new(Fault {
            kind,
            diagnostic: *error.diagnostic,
            waits: None,
            is_difference: false,
            is_required: false,
        }))
    }
}

impl<'d> From<Val<'d>> for Found<'d> {
    fn from(value: Val<'d>) -> Self {
        match value {
            Val::Node(node) => Self::Node(node),
            value => Self::Value(value),
        }
    }
}

impl<'d> From<Outcome<Val<'d>>> for Found<'d> {
    fn from(value: Outcome<Val<'d>>) -> Self {
        match value {
            Ok(value) => value.into(),
            Err(fault) => Self::Fault(fault),
        }
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Each question may do as much as the first, and take as long; memory is that of all of them.
    pub(crate) fn renew(&mut self) {
        self.steps = 0;
        self.output = 0;
        self.started = None;
    }

    /// What the program is asked for.
    pub(crate) fn found_root(&mut self, data: &[(&str, &'d dyn Data)]) -> Found<'d> {
        let value = self.root(data);
        match self.origin() {
            Some(node) => Found::Node(node),
            None => value.into(),
        }
    }

    /// The label of a field that somebody names.
    pub(crate) fn label_of(&mut self, name: &str, kind: LabelKind) -> Label {
        let name = self.intern(name).name();
        Label::new(u32::try_from(name).unwrap_or(u32::MAX >> 2), kind)
    }

    /// Its value, alternatives and all.
    fn value_of(&mut self, found: &Found<'d>) -> Outcome<Val<'d>> {
        match found {
            Found::Node(node) => self.evaluate(*node),
            Found::Value(value) => Ok(value.clone()),
            Found::Fault(fault) => Err(Rc::clone(fault)),
        }
    }

    /// Its value, defaults taken; a failure when there is none.
    pub(crate) fn known(&mut self, found: &Found<'d>) -> Outcome<Val<'d>> {
        let span = self.written(found);
        let value = self.value_of(found)?;
        match self.concrete(value, span)? {
            value @ (Val::Package(_) | Val::Function(_) | Val::Special(_)) => {
                self.finish(&value, span).map(Val::of_value)
            }
            value => Ok(value),
        }
    }

    /// What has its fields or items: a node, or a value that has none. Something may be there even if it
    /// holds a conflict, or waits for more.
    fn seat(&mut self, found: &Found<'d>) -> Option<Val<'d>> {
        let own = match found {
            Found::Node(node) => Some(*node),
            Found::Value(_) | Found::Fault(_) => None,
        };
        match self.known(found) {
            Ok(value @ (Val::Node(_) | Val::Data(_) | Val::Final(_) | Val::List(_))) => Some(value),
            Ok(_) | Err(_) => own.map(|node| Val::Node(self.followed(node))),
        }
    }

    fn followed(&self, mut node: NodeId) -> NodeId {
        for _ in 0..MAX_SHARED {
            match self.at(node).shared {
                Some(shared) => node = shared,
                None => break,
            }
        }
        node
    }

    /// All its fields, in the order of an export.
    pub(crate) fn parts(&mut self, found: &Found<'d>) -> Vec<Part<'d>> {
        match self.seat(found) {
            Some(Val::Node(node)) => {
                let arcs = self.ordered_as(found, node).into_iter();
                let parts = arcs.map(|arc| Part {
                    name: self.name(arc.label).clone(),
                    kind: arc.label.kind(),
                    mark: arc.mark,
                    found: Found::Node(arc.node),
                });
                parts.collect()
            }
            Some(value) => {
                let fields = value.final_fields().into_iter();
                let parts = fields.map(|(name, value)| Part {
                    name,
                    kind: LabelKind::Regular,
                    mark: Mark::Regular,
                    found: value.into(),
                });
                parts.collect()
            }
            None => Vec::new(),
        }
    }

    /// The fields in the order of an export, which depends on how the node was come by.
    fn ordered_as(&mut self, found: &Found<'d>, node: NodeId) -> Arcs {
        let embedded = match found {
            Found::Node(own) if *own != node => self.at(*own).flags.has(Flags::EMBEDS),
            Found::Node(_) | Found::Value(_) | Found::Fault(_) => false,
        };
        let inherited = std::mem::replace(&mut self.embedded, embedded);
        let arcs = self.ordered(node);
        self.embedded = inherited;
        arcs
    }

    /// One of its fields.
    pub(crate) fn part(
        &mut self,
        found: &Found<'d>,
        name: &str,
        kind: LabelKind,
    ) -> Option<Part<'d>> {
        let (mark, found) = match self.seat(found)? {
            Val::Node(node) => {
                let label = self.label_of(name, kind);
                let arc = self.find(node, label)?;
                (arc.mark, Found::Node(arc.node))
            }
            value if kind == LabelKind::Regular => (Mark::Regular, value.final_field(name)?.into()),
            _ => return None,
        };
        Some(Part {
            name: name.into(),
            kind,
            mark,
            found,
        })
    }

    /// One of its items.
    pub(crate) fn element(&mut self, found: &Found<'d>, index: usize) -> Option<Found<'d>> {
        let seat = self.seat(found)?;
        self.item(&seat, index).map(Found::from)
    }

    /// How many items it has.
    pub(crate) fn length(&mut self, found: &Found<'d>) -> usize {
        let seat = self.seat(found);
        seat.and_then(|seat| self.list_len(&seat)).unwrap_or(0)
    }

    /// What sort of value it is; `None` as long as there is none.
    pub(crate) fn kind(&mut self, found: &Found<'d>) -> Option<Kind> {
        Some(match self.known(found).ok()? {
            Val::Null => Kind::Null,
            Val::Bool(_) => Kind::Bool,
            Val::Number(number) if number.is_integer() => Kind::Int,
            Val::Number(_) => Kind::Float,
            Val::Str(_) | Val::String(_) => Kind::String,
            Val::Bytes(_) => Kind::Bytes,
            value if self.list_len(&value).is_some() => Kind::List,
            Val::List(_) => Kind::List,
            Val::Node(_) | Val::Data(_) | Val::Final(_) => Kind::Struct,
            Val::Top
            | Val::Constraint(_)
            | Val::Either(_)
            | Val::Package(_)
            | Val::Function(_)
            | Val::Special(_) => return None,
        })
    }

    /// The default among its alternatives.
    pub(crate) fn default_of(&mut self, found: &Found<'d>) -> Option<Found<'d>> {
        match self.value_of(found).ok()? {
            Val::Either(either) => either.default().cloned().map(Found::from),
            _ => None,
        }
    }

    /// The finished value.
    pub(crate) fn finished(&mut self, found: &Found<'d>) -> Outcome<Value> {
        let span = self.written(found);
        match found {
            Found::Node(node) if self.origin() == Some(*node) => {
                let value = self.evaluate(*node);
                self.finish_root(value)
            }
            Found::Node(node) => self.finish(&Val::Node(*node), span),
            Found::Value(value) => self.finish(value, span),
            Found::Fault(fault) => Err(Rc::clone(fault)),
        }
    }

    /// What is known of it.
    pub(crate) fn term_of(&mut self, found: &Found<'d>, options: &TermOptions) -> Term {
        let value = self.value_of(found);
        let origin = match found {
            Found::Node(node) => Some(*node),
            Found::Value(_) | Found::Fault(_) => None,
        };
        self.term(value, origin, options)
    }

    /// Where it was written.
    pub(crate) fn written(&self, found: &Found<'d>) -> Range32 {
        match found {
            Found::Node(node) => self.at(*node).span,
            Found::Value(_) | Found::Fault(_) => Range32::default(),
        }
    }

    /// The same in the source it was written in; data says itself where that was.
    pub(crate) fn place_of(&self, found: &Found<'d>) -> burgee_source::Span {
        match found {
            Found::Node(node) => self.place(self.at(*node).span),
            Found::Value(value) => value.data_span(),
            Found::Fault(fault) => fault.diagnostic.span(),
        }
    }

    /// The comments and the attributes of one of its fields.
    pub(crate) fn field_notes(
        &mut self,
        owner: &Found<'d>,
        name: &str,
        kind: LabelKind,
    ) -> (Vec<EcoString>, Vec<EcoString>) {
        let Some(Val::Node(node)) = self.seat(owner) else {
            return Default::default();
        };
        let label = self.label_of(name, kind);
        let options = TermOptions {
            docs: true,
            attributes: true,
            ..TermOptions::default()
        };
        self.notes_of(node, label, &options)
    }

    /// The attributes among its declarations.
    pub(crate) fn own_attributes(&mut self, found: &Found<'d>) -> Vec<EcoString> {
        let Some(Val::Node(node)) = self.seat(found) else {
            return Vec::new();
        };
        let Some(extra) = &self.at(node).extra else {
            return Vec::new();
        };
        let leaves = extra.leaves.iter();
        let ranges = leaves.flat_map(|leaf| leaf.shape.attributes.iter());
        ranges.map(|range| self.text_at(*range)).collect()
    }

    // --- Putting together ---

    /// Everything that is said about two things at once. `closed` tells of which of them the path names a
    /// definition.
    pub(crate) fn both_of(
        &mut self,
        left: (&Found<'d>, bool),
        right: (&Found<'d>, bool),
    ) -> Found<'d> {
        let mut conjuncts = Vec::new();
        if let Err(fault) = self.check_resources(self.written(left.0)) {
            return Found::Fault(fault);
        }
        let node = self.node(
            None,
            Label::new(0, LabelKind::Hidden),
            Flags::default(),
            self.written(left.0),
        );
        for (step, (found, closed)) in [(1, left), (2, right)] {
            if let Err(fault) = self.said_of(node, found, closed, step, &mut conjuncts) {
                return Found::Fault(fault);
            }
        }
        self.at_mut(node).conjuncts = conjuncts.into();
        Found::Node(node)
    }

    /// The same with a value at a place below.
    pub(crate) fn filled(
        &mut self,
        found: (&Found<'d>, bool),
        path: &[Label],
        value: Value,
    ) -> Found<'d> {
        let mut what = What::Value(Val::of_value(value));
        for label in path.iter().rev() {
            what = What::Below(Rc::new(Below {
                label: *label,
                what,
            }));
        }
        let span = self.written(found.0);
        let node = self.inline(Conjunct::new(what, super::OUTSIDE, 3), span);
        self.at_mut(node).flags.clear(Flags::INLINE);
        self.both_of(found, (&Found::Node(node), false))
    }

    fn said_of(
        &mut self,
        node: NodeId,
        found: &Found<'d>,
        closed: bool,
        step: u64,
        conjuncts: &mut Vec<Conjunct<'d>>,
    ) -> Outcome<()> {
        let way = onward(0, step);
        let from = match found {
            Found::Node(from) => *from,
            Found::Value(value) => {
                let what = What::Value(value.clone());
                conjuncts.push(Conjunct::new(what, super::OUTSIDE, way));
                return Ok(());
            }
            Found::Fault(fault) => return Err(Rc::clone(fault)),
        };
        if self.at(from).flags.has(Flags::REFUSED) {
            return Err(self.refused(from));
        }
        let mut flags = self.at(from).flags.kept();
        flags.clear(Flags::LET);
        self.at_mut(node).flags.set(flags);
        let choices = self.at(from).choices.clone();
        if let Some(choices) = &choices {
            self.adopt(node, choices);
        }
        let group = match closed {
            true => self.group(OPEN, GroupKind::Definition),
            false => OPEN,
        };
        let said = self.at(from).conjuncts.clone();
        for (step, said) in (1..).zip(said) {
            let origin = match choices {
                Some(_) => said.origin,
                None => onward(way, step),
            };
            let group = match closed {
                true => group,
                false => said.group,
            };
            conjuncts.push(Conjunct {
                origin,
                group,
                ..said
            });
        }
        Ok(())
    }
}
