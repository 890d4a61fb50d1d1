//! The order of a struct's fields where it is written out, as CUE v0.14.1 has it.
//!
//! Fields made in one literal keep their order. Where several literals make a struct, each has a place: that of
//! the reference it came by or, without one, that of its last field. Literals in one place, and those that met in
//! an `&`, have no order among them; the others follow each other. Where that leaves a choice, names decide.
//!
//! A `for` goes by another order: the one in which fields came up.

mod chain;
mod graph;
mod way;

pub(crate) use way::{Turns, Twin, Way};

use rustc_hash::FxHashMap;

use chain::{Chains, Computed, Entry, Name, Place};

use super::{
    Vm,
    node::{Arc, Extra, Leaf, Node, NodeId, What},
};
use crate::ir::{self, Decl, Expr, ExprId, Ir, Label, Shape};

/// A struct of data that is part of a node: what it declares.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) way: Way,
    pub(crate) labels: Vec<Label>,
}

/// A label that was computed.
#[derive(Clone, Copy)]
pub(crate) struct Made {
    /// The value of the field that declares it.
    pub(crate) decl: ExprId,
    pub(crate) label: Label,
    pub(crate) turn: u32,
}

/// Which declarations of a literal an entry is about. The body of a comprehension says the names of fields for all
/// its runs at once, and the rest for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Named,
    Rest,
}

/// A literal, all of whose occurrences have one place.
struct Literal<'d> {
    /// Data have none.
    text: Option<(ExprId, &'d Shape)>,
    run: Option<u32>,
    part: Part,
    place: Place,
    is_met: bool,
}

/// A field that a literal makes: where it is written, and by which reference it came.
struct Visit {
    /// Which field it is, in which turn, and whether by a pattern.
    time: (u32, u32, bool),
    literal: u32,
    place: Place,
    reference: Option<ExprId>,
}

/// The references by which literals came.
#[derive(Default)]
struct References {
    all: Vec<(ExprId, Vec<u32>)>,
}

/// The entries of a node, as they are found.
#[derive(Default)]
struct Collected<'d> {
    literals: Vec<Literal<'d>>,
    references: References,
    entries: Vec<Entry>,
    /// The literal of each entry.
    owners: Vec<u32>,
    names: Vec<Name>,
    /// The declarations with computed labels, by their values.
    declarations: Vec<ExprId>,
    computed: Vec<Computed>,
    /// When each of those labels was made.
    turns: Vec<Vec<u32>>,
    visits: Vec<Visit>,
    /// Labels that are declared but no fields.
    absent: Vec<Label>,
}

/// The node whose fields are put in order.
struct View<'v, 'd> {
    vm: &'v Vm<'d>,
    id: NodeId,
    node: &'v Node<'d>,
}

// === impl Part ===

impl Part {
    const fn has(self, decl: &Decl) -> bool {
        match self {
            Self::Whole => true,
            Self::Named => is_named(decl),
            Self::Rest => !is_named(decl),
        }
    }
}

// === impl Literal ===

impl Literal<'_> {
    fn is(&self, expr: ExprId) -> bool {
        self.text.is_some_and(|(there, _)| there == expr)
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The fields of a node in the order in which they are written out.
    pub(crate) fn ordered(&self, id: NodeId) -> Vec<Arc> {
        let node = self.at(id);
        let extra = match &node.extra {
            Some(extra) if node.arcs.len() > 1 => extra,
            _ => return node.arcs.clone(),
        };
        let is_single = extra.leaves.len() + extra.given.len() == 1 && extra.computed.is_empty();
        if is_single && !extra.turns.is_disordered() {
            return node.arcs.clone();
        }
        if let Some(twin) = twin(extra) {
            return self.as_ordered(node, twin);
        }
        let mut collected = self.collect(&View { vm: self, id, node }, extra);
        if self.embedded {
            // All came by one reference.
            for entry in &mut collected.entries {
                entry.place = Place::text(0);
            }
        } else if collected.entries.len() > 1 {
            collected.place(self.ir);
            collected.mark_met(self.ir, node);
        }
        let fields = node.arcs.iter().map(|arc| arc.label);
        let labels: Vec<Label> = fields.chain(collected.absent).collect();
        let files: Vec<u32> = self.files.iter().map(|(start, _)| *start).collect();
        let mut chains = Chains {
            entries: collected.entries,
            names: collected.names,
            computed: collected.computed,
            files: &files,
        };
        let order = chains.sort(labels.len(), || self.ranks(&labels));
        let arcs = order.into_iter().filter_map(|label| node.arcs.get(label as usize));
        arcs.copied().collect()
    }

    /// The fields in the order of another node.
    fn as_ordered(&self, node: &Node<'d>, other: NodeId) -> Vec<Arc> {
        let order: FxHashMap<Label, usize> = self.ordered(other).iter().map(|arc| arc.label).zip(0..).collect();
        let mut arcs = node.arcs.clone();
        arcs.sort_by_key(|arc| order.get(&arc.label).copied().unwrap_or(usize::MAX));
        arcs
    }

    /// The place of each label's name among all names.
    fn ranks(&self, labels: &[Label]) -> Vec<u32> {
        let mut sorted: Vec<u32> = (0..).take(labels.len()).collect();
        sorted.sort_by_key(|index| self.name(labels[*index as usize]));
        let mut ranks = vec![0; labels.len()];
        for (rank, index) in (0..).zip(sorted) {
            ranks[index as usize] = rank;
        }
        ranks
    }

    fn collect(&self, view: &View<'_, 'd>, extra: &Extra<'d>) -> Collected<'d> {
        let mut collected = Collected::default();
        let computed = extra.computed.iter();
        let made = computed.filter_map(|made| Some((view.position(made.label)?, made)));
        let mut made: Vec<(u32, &Made)> = made.collect();
        made.sort_by_key(|(position, _)| *position);
        for (position, made) in made {
            let which = collected.declaration(made.decl);
            collected.computed[which].labels.push(position);
            collected.turns[which].push(made.turn);
        }
        for leaf in &extra.leaves {
            collected.leaf(view, leaf);
        }
        for (number, given) in extra.given.iter().enumerate() {
            collected.given(view, given, number);
        }
        collected
    }

    /// Puts the fields of a node in the order in which they came up.
    pub(crate) fn settle_order(&mut self, id: NodeId) {
        let node = self.at_mut(id);
        let Some(extra) = &mut node.extra else {
            return;
        };
        if !extra.turns.is_disordered() {
            return;
        }
        let ranks = extra.turns.ranks();
        let made = node.arcs.iter().map(|arc| (arc.label, arc.turn));
        let order = extra.turns.order(&ranks, made);
        node.arcs = order.into_iter().map(|index| node.arcs[index as usize]).collect();
        if !extra.index.is_empty() {
            extra.index = node.arcs.iter().map(|arc| arc.label).zip(0..).collect();
        }
        let settle = |turn: &mut u32| *turn = ranks.get(*turn as usize).copied().unwrap_or(0);
        node.arcs.iter_mut().for_each(|arc| settle(&mut arc.turn));
        extra.leaves.iter_mut().for_each(|leaf| settle(&mut leaf.turn));
        extra.patterns.iter_mut().for_each(|pattern| settle(&mut pattern.turn));
        extra.computed.iter_mut().for_each(|made| settle(&mut made.turn));
        extra.leaves.sort_by_key(|leaf| leaf.turn);
    }
}

// === impl Collected ===

impl<'d> Collected<'d> {
    fn declaration(&mut self, decl: ExprId) -> usize {
        let known = self.declarations.iter().rposition(|there| *there == decl);
        known.unwrap_or_else(|| {
            self.declarations.push(decl);
            self.computed.push(Computed::default());
            self.turns.push(Vec::new());
            self.computed.len() - 1
        })
    }

    /// Takes in one occurrence of a literal.
    fn leaf(&mut self, view: &View<'_, 'd>, leaf: &Leaf<'d>) {
        let shape = leaf.shape;
        match leaf.way.run() {
            _ if leaf.way.is_repeated() => {}
            Some(run) if shape.decls.iter().any(is_named) || !shape.lets.is_empty() => {
                let known = self.literals.iter().rev().any(|there| {
                    there.is(leaf.expr) && there.run == Some(run) && there.part == Part::Named
                });
                if !known {
                    self.entry(view, leaf, Part::Named);
                }
                if !shape.decls.iter().all(is_named) {
                    self.entry(view, leaf, Part::Rest);
                }
            }
            _ => self.entry(view, leaf, Part::Whole),
        }
    }

    fn entry(&mut self, view: &View<'_, 'd>, leaf: &Leaf<'d>, part: Part) {
        let (literal, is_new) = self.literal(view, leaf, part);
        let start = self.names.len();
        let mut is_computed = false;
        for decl in leaf.shape.decls.iter().filter(|decl| part.has(decl)) {
            match decl {
                Decl::Field(field) => {
                    let label = self.label(view, field.label);
                    self.names.push(Name::Label(label));
                    self.visit(leaf, literal, field.span.start, (label * 2, leaf.turn, false));
                }
                Decl::Dynamic(field) => {
                    let mut declarations = self.declarations.iter();
                    let Some(which) = declarations.position(|there| *there == field.value) else {
                        continue;
                    };
                    is_computed = true;
                    self.names.push(Name::Computed(which));
                    // All occurrences have the same place, so one says it.
                    for index in 0..if is_new { self.computed[which].labels.len() } else { 0 } {
                        let label = self.computed[which].labels[index];
                        let time = (label * 2, self.turns[which][index], false);
                        self.visit(leaf, literal, field.span.start, time);
                    }
                }
                Decl::Pattern(pattern) => self.pattern(view, leaf, literal, pattern),
                Decl::Embed(_) | Decl::Comprehension(_) => {}
            }
        }
        if part != Part::Rest {
            self.lets(view, leaf, literal);
        }
        self.push_entry(literal, start, is_computed);
    }

    /// A pattern declares what it matched, once it was known.
    fn pattern(
        &mut self,
        view: &View<'_, 'd>,
        leaf: &Leaf<'d>,
        literal: u32,
        pattern: &ir::Pattern,
    ) {
        let extra = view.node.extra.iter();
        let mut patterns = extra.flat_map(|extra| &extra.patterns);
        let known = patterns.find(|there| std::ptr::eq(there.decl, pattern));
        let turn = known.map_or(0, |there| there.turn);
        for (label, arc) in (0..).zip(&view.node.arcs) {
            let mut conjuncts = view.vm.at(arc.node).conjuncts.iter();
            let is_said = |what: &What<'_>| matches!(what, What::Expr(expr) if *expr == pattern.value);
            if conjuncts.any(|there| is_said(&there.what)) {
                let time = (label * 2, turn.max(arc.turn), true);
                self.visit(leaf, literal, pattern.span.start, time);
            }
        }
    }

    /// Variables count as fields where it comes to the last one that was made.
    fn lets(&mut self, view: &View<'_, 'd>, leaf: &Leaf<'d>, literal: u32) {
        for expr in &leaf.shape.lets {
            let start = view.vm.ir.span(*expr).start;
            let before = leaf.shape.decls.iter().filter_map(|decl| match decl {
                Decl::Field(field) if field.span.start < start => view.position(field.label),
                _ => None,
            });
            let last = before.max().max(leaf.made.checked_sub(1));
            let time = (last.map_or(0, |last| last * 2 + 1), leaf.turn, false);
            self.visit(leaf, literal, start, time);
        }
    }

    fn visit(&mut self, leaf: &Leaf<'d>, literal: u32, start: u32, time: (u32, u32, bool)) {
        self.visits.push(Visit {
            time,
            literal,
            place: Place::text(start),
            reference: leaf.way.reference(),
        });
    }

    /// The literal that a leaf is an occurrence of, and whether it is the first one.
    fn literal(&mut self, view: &View<'_, 'd>, leaf: &Leaf<'d>, part: Part) -> (u32, bool) {
        let run = match part {
            Part::Whole => None,
            Part::Named | Part::Rest => leaf.way.run(),
        };
        let known = self
            .literals
            .iter()
            .rposition(|there| there.is(leaf.expr) && there.run == run && there.part == part);
        let index = known.unwrap_or(self.literals.len());
        if known.is_none() {
            self.literals.push(Literal {
                text: Some((leaf.expr, leaf.shape)),
                run,
                part,
                place: match part {
                    Part::Whole | Part::Named => Place::text(view.vm.ir.span(leaf.expr).start),
                    Part::Rest => Place::NOWHERE,
                },
                is_met: false,
            });
        }
        (u32::try_from(index).unwrap_or(u32::MAX), known.is_none())
    }

    /// The number of a label: that of its field, or one behind those.
    fn label(&mut self, view: &View<'_, 'd>, label: Label) -> u32 {
        view.position(label).unwrap_or_else(|| {
            let known = self.absent.iter().position(|there| *there == label);
            let index = known.unwrap_or(self.absent.len());
            if known.is_none() {
                self.absent.push(label);
            }
            u32::try_from(view.node.arcs.len() + index).unwrap_or(u32::MAX)
        })
    }

    /// Takes in a struct of data.
    fn given(&mut self, view: &View<'_, 'd>, given: &Given, number: usize) {
        let literal = u32::try_from(self.literals.len()).unwrap_or(u32::MAX);
        self.literals.push(Literal {
            text: None,
            run: None,
            part: Part::Whole,
            place: Place::NOWHERE,
            is_met: false,
        });
        let start = self.names.len();
        for (index, label) in given.labels.iter().enumerate() {
            let Some(position) = view.position(*label) else {
                continue;
            };
            self.names.push(Name::Label(position));
            self.visits.push(Visit {
                time: (position * 2, view.node.arcs[position as usize].turn, false),
                literal,
                place: Place::data(index, number),
                reference: given.way.reference(),
            });
        }
        self.push_entry(literal, start, false);
    }

    fn push_entry(&mut self, literal: u32, start: usize, is_computed: bool) {
        self.entries.push(Entry {
            place: Place::NOWHERE,
            is_met: false,
            is_computed,
            names: start..self.names.len(),
        });
        self.owners.push(literal);
    }

    /// Finds the place of every literal: the last field that was made decides.
    fn place(&mut self, ir: &Ir) {
        let mut references = References::default();
        for (literal, there) in (0..).zip(&self.literals) {
            for embedded in embeds(there) {
                references.add(embedded, literal);
            }
        }
        self.visits.sort_by_key(|visit| visit.time);
        for visit in &self.visits {
            self.literals[visit.literal as usize].place = visit.place;
            if let Some(reference) = visit.reference {
                let place = Place::text(ir.span(reference).start);
                for literal in references.add(reference, visit.literal) {
                    self.literals[*literal as usize].place = place;
                }
            }
        }
        self.references = references;
        for (entry, owner) in self.entries.iter_mut().zip(&self.owners) {
            entry.place = self.literals[*owner as usize].place;
        }
    }

    /// Finds the literals that met others in an `&`.
    fn mark_met(&mut self, ir: &Ir, node: &Node<'d>) {
        let said = node.conjuncts.iter().filter_map(|conjunct| match conjunct.what {
            What::Expr(expr) => Some(expr),
            What::Value(_) => None,
        });
        let mut exprs: Vec<ExprId> = said.chain(self.literals.iter().flat_map(embeds)).collect();
        while let Some(expr) = exprs.pop() {
            match ir.expr(expr) {
                Expr::Aliased(inner) => exprs.push(*inner),
                Expr::Meet(left, right) => {
                    for operand in [*left, *right] {
                        self.met(ir, operand);
                        exprs.push(operand);
                    }
                }
                _ => {}
            }
        }
        for (entry, owner) in self.entries.iter_mut().zip(&self.owners) {
            entry.is_met = self.literals[*owner as usize].is_met;
        }
    }

    fn met(&mut self, ir: &Ir, mut operand: ExprId) {
        while let Expr::Aliased(inner) = ir.expr(operand) {
            operand = *inner;
        }
        for literal in &mut self.literals {
            literal.is_met |= literal.is(operand) && literal.part != Part::Rest;
        }
        for literal in self.references.of(operand) {
            self.literals[*literal as usize].is_met = true;
        }
    }
}

// === impl References ===

impl References {
    fn of(&self, reference: ExprId) -> &[u32] {
        let mut all = self.all.iter();
        let found = all.find(|(there, _)| *there == reference);
        found.map_or(&[], |(_, literals)| literals)
    }

    /// Notes that a literal came by a reference. Returns all that did.
    fn add(&mut self, reference: ExprId, literal: u32) -> &[u32] {
        let known = self.all.iter().position(|(there, _)| *there == reference);
        let index = known.unwrap_or(self.all.len());
        if known.is_none() {
            self.all.push((reference, Vec::new()));
        }
        let literals = &mut self.all[index].1;
        if !literals.contains(&literal) {
            literals.push(literal);
        }
        literals
    }
}

// === impl View ===

impl View<'_, '_> {
    fn position(&self, label: Label) -> Option<u32> {
        let position = self.vm.position(self.id, label)?;
        u32::try_from(position).ok()
    }
}

/// The node that a node is the same as.
pub(crate) fn twin(extra: &Extra<'_>) -> Option<NodeId> {
    let Twin::Always(twin) = extra.twin else {
        return None;
    };
    let mut ways = extra.leaves.iter().map(|leaf| leaf.way).chain(extra.given.iter().map(|given| given.way));
    ways.all(|way| way.reference().is_some() || way.is_repeated()).then_some(twin)
}

const fn is_named(decl: &Decl) -> bool {
    matches!(decl, Decl::Field(_))
}

/// What a literal embeds.
fn embeds<'d>(literal: &Literal<'d>) -> impl Iterator<Item = ExprId> + use<'d> {
    let part = literal.part;
    let decls = literal.text.map_or(&[][..], |(_, shape)| &shape.decls);
    decls.iter().filter_map(move |decl| match decl {
        Decl::Embed(expr) if part.has(decl) => Some(*expr),
        _ => None,
    })
}
