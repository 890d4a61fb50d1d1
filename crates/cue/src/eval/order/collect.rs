//! Which literals make a struct, what each declares, and in which place each stands.

use smallvec::SmallVec;

use super::{
    Given, Made,
    chain::{Computed, Entry, Name, Place},
};
use crate::{
    eval::{
        NodeId, Vm,
        node::{Extra, Leaf, Node, What},
    },
    ir::{self, Decl, Expr, ExprId, Ir, Label, Shape},
};

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
    all: SmallVec<[(ExprId, SmallVec<[u32; 2]>); 4]>,
}

/// The entries of a node, as they are found.
#[derive(Default)]
pub(super) struct Collected<'d> {
    literals: SmallVec<[Literal<'d>; 4]>,
    references: References,
    pub(super) entries: SmallVec<[Entry; 4]>,
    /// The literal of each entry.
    owners: SmallVec<[u32; 4]>,
    pub(super) names: SmallVec<[Name; 16]>,
    /// The declarations with computed labels, by their values.
    declarations: Vec<ExprId>,
    pub(super) computed: Vec<Computed>,
    /// When each of those labels was made.
    turns: Vec<Vec<u32>>,
    visits: SmallVec<[Visit; 16]>,
    /// Labels that are declared but no fields.
    pub(super) absent: Vec<Label>,
}

/// The node whose fields are put in order.
pub(super) struct View<'v, 'd> {
    pub(super) vm: &'v Vm<'d>,
    pub(super) id: NodeId,
    pub(super) node: &'v Node<'d>,
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

// === impl Collected ===

impl<'d> Collected<'d> {
    /// Everything that declares fields of a node.
    pub(super) fn of(view: &View<'_, 'd>, extra: &Extra<'d>) -> Self {
        let literals = extra.leaves.len();
        let mut collected = Self {
            entries: SmallVec::with_capacity(literals),
            owners: SmallVec::with_capacity(literals),
            names: SmallVec::with_capacity(literals),
            visits: SmallVec::with_capacity(literals),
            ..Self::default()
        };
        let trail = extra.followed();
        let computed = trail.computed.iter();
        let position = |made: &'_ Made| view.position(made.label);
        let mut made: Vec<(u32, &Made)> = Vec::with_capacity(computed.len());
        made.extend(computed.filter_map(|made| Some((position(made)?, made))));
        made.sort_by_key(|(position, _)| *position);
        for (position, made) in made {
            let which = collected.declaration(made.decl);
            collected.computed[which].labels.push(position);
            collected.turns[which].push(made.turn);
        }
        for leaf in &extra.leaves {
            collected.leaf(view, leaf);
        }
        for (number, given) in trail.given.iter().enumerate() {
            collected.given(view, given, number);
        }
        collected
    }

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
                    self.visit(
                        leaf,
                        literal,
                        field.span.start,
                        (label * 2, leaf.turn, false),
                    );
                }
                Decl::Dynamic(field) => {
                    let mut declarations = self.declarations.iter();
                    let Some(which) = declarations.position(|there| *there == field.value) else {
                        continue;
                    };
                    is_computed = true;
                    self.names.push(Name::Computed(which));
                    // All occurrences have the same place, so one says it.
                    for index in 0..if is_new {
                        self.computed[which].labels.len()
                    } else {
                        0
                    } {
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
        let start = view.vm.ir.span(pattern.label).start;
        for (label, arc) in (0..).zip(&view.node.arcs) {
            let mut conjuncts = view.vm.at(arc.node).conjuncts.iter();
            let is_said =
                |what: &What<'_>| matches!(what, What::Expr(expr) if *expr == pattern.value);
            if conjuncts.any(|there| is_said(&there.what)) {
                let time = (label * 2, turn.max(arc.turn), true);
                self.visit(leaf, literal, start, time);
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
    pub(super) fn place(&mut self, ir: &Ir) {
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
    pub(super) fn mark_met(&mut self, ir: &Ir, node: &Node<'d>) {
        let said = node
            .conjuncts
            .iter()
            .filter_map(|conjunct| match conjunct.what {
                What::Expr(expr) => Some(expr),
                What::Value(_) | What::Data(_) | What::Below(_) => None,
            });
        let mut exprs: SmallVec<[ExprId; 8]> =
            said.chain(self.literals.iter().flat_map(embeds)).collect();
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
            self.all.push((reference, SmallVec::new()));
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
