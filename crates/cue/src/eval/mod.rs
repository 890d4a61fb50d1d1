//! The evaluator: what a program's values are, given its data.
//!
//! A struct, a field or an item is a *node*: the list of what is said about it (its conjuncts), and its
//! fields, each a node of its own that is worked out when first asked for. An expression is never copied; it
//! runs under an *environment*, the chain of nodes and variables that its names refer to. So `b: a & {x: 2}`
//! takes in the conjuncts of `a` once more, with `b` in the place of `a`, and alternatives are weighed by taking in
//! all conjuncts of a node anew with one of the alternatives among them.
//!
//! A node goes through states: its conjuncts are taken in (literals first, then what references lead to, then
//! expressions, then fields that depend on conditions), so that its fields are known; then its
//! alternatives are weighed, so that its value is known. What is asked about a node in the middle of that is
//! answered with what is known so far, and whatever was worked out from such an answer is forgotten when the node
//! is done.

mod access;
mod arena;
mod call;
mod close;
mod comprehension;
mod constraint;
mod cycle;
mod datum;
mod describe;
mod disjunction;
mod env;
mod evaluate;
mod expand;
mod export;
mod expr;
mod fault;
mod field;
mod include;
mod insert;
mod list;
mod look;
mod meet;
mod node;
mod order;
mod pass;
mod report;
mod resolve;
mod same;
mod sort;
mod special;
mod task;
mod term;
mod val;

use std::{rc::Rc, time::Instant};

use burgee_source::{SourceId, Span};
use ecow::EcoString;
use rustc_hash::FxHashMap;

pub(crate) use env::{EnvId, Frame, OUTSIDE};
pub(crate) use fault::{Fault, FaultKind, Outcome};
pub(crate) use look::{Found, Part};
pub(crate) use node::NodeId;
pub(crate) use val::Val;

use crate::{
    Data, Limits, Results,
    ir::{self, ExprId, Ir, Label, LabelKind},
    kinds::Kinds,
    pattern::Patterns,
    syntax::ast::Range32,
};
use arena::Arena;
use close::Group;
use constraint::Constraint;
use cycle::{Chain, ChainId, DIRECT};
use env::Env;
use node::{Below, Conjunct, Flags, Node, What};

/// One evaluation. Everything it makes goes with it.
pub(crate) struct Vm<'d> {
    ir: &'d Ir,
    patterns: &'d Patterns,
    /// Where the texts of the program begin in their common numbering.
    files: &'d [(u32, SourceId)],
    /// The texts themselves, where they begin.
    texts: &'d [(u32, std::sync::Arc<str>)],
    roots: Vec<Option<&'d dyn Data>>,
    /// Where values of the data were written, those that have a place in the common numbering.
    data_places: Vec<Span>,
    results: Option<&'d Results>,
    limits: Limits,
    /// When it began, once that is of interest.
    started: Option<Instant>,
    steps: u64,
    depth: u32,
    /// How deep the value that is being finished nests here.
    nesting: u32,
    described: term::Described,
    output: usize,
    /// Failures say why. They need not as long as nobody reads them.
    words: bool,
    nodes: Arena<Node<'d>>,
    envs: Arena<Env<'d>>,
    groups: Vec<Group>,
    chains: Vec<Chain>,
    packages: Vec<Option<NodeId>>,
    /// The nodes that are being worked on, the innermost last.
    stack: Vec<NodeId>,
    /// The outermost node in the middle of its work that the present answer depends on.
    low: u32,
    /// Nodes that were worked out with the help of one in the middle of its work.
    provisional: Vec<(NodeId, u32)>,
    /// The expressions at work, and the nodes that they are worked out for.
    active: Vec<(EnvId, ExprId, NodeId)>,
    /// A node in the middle of its work that was met with something else before it was known.
    unchecked: Option<NodeId>,
    /// The disjunctions that are being weighed, and the nodes that they are weighed for.
    weighed: Vec<(EnvId, Range32, NodeId)>,
    /// The way by which the expression at work came.
    chain: ChainId,
    /// A required field is being looked through for conflicts.
    requiring: bool,
    /// What is written out stands in a struct that only embeds it.
    embedded: bool,
    /// The constraints of the basic types, made once as long as nobody asks where they stand.
    types: Vec<(Kinds, Rc<Constraint<'d>>)>,
    /// Names that came up while evaluating, behind those of the program.
    names: Vec<EcoString>,
    by_name: FxHashMap<EcoString, u32>,
}

/// What a program is run with.
pub(crate) struct Setting<'d> {
    pub(crate) ir: &'d Ir,
    pub(crate) patterns: &'d Patterns,
    pub(crate) files: &'d [(u32, SourceId)],
    pub(crate) texts: &'d [(u32, std::sync::Arc<str>)],
    pub(crate) results: Option<&'d Results>,
    pub(crate) limits: Limits,
    /// Failures say why.
    pub(crate) words: bool,
}

/// What a node takes with its conjuncts, its fields and its queues, on average.
const NODE_SIZE: usize = 2 * std::mem::size_of::<Node<'static>>();

/// Works on deep things: makes more stack when there is little left.
pub(crate) fn deep<T>(work: impl FnOnce() -> T) -> T {
    const RED_ZONE: usize = 128 << 10;
    const SEGMENT: usize = 2 << 20;
    stacker::maybe_grow(RED_ZONE, SEGMENT, work)
}

/// Where nothing depends on a node in the middle of its work.
const SETTLED: u32 = u32::MAX;

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Binds the names that the program does not declare.
    pub(crate) fn new(setting: &Setting<'d>, scope: &[(&str, &'d dyn Data)]) -> Outcome<Self> {
        let exprs = setting.ir.exprs.len();
        let mut vm = Self {
            ir: setting.ir,
            patterns: setting.patterns,
            files: setting.files,
            texts: setting.texts,
            roots: Vec::with_capacity(setting.ir.roots.len()),
            data_places: Vec::new(),
            results: setting.results,
            limits: setting.limits.clone(),
            started: None,
            steps: 0,
            depth: 0,
            nesting: 0,
            described: term::Described::default(),
            output: 0,
            words: setting.words,
            // About half of a program's expressions become nodes, and half of those are structs.
            nodes: Arena::expecting(exprs / 2 + (exprs / 8).min(8)),
            envs: Arena::expecting(exprs / 4 + 4),
            groups: Vec::new(),
            chains: Vec::new(),
            packages: vec![None; setting.ir.packages.len()],
            stack: Vec::new(),
            low: SETTLED,
            provisional: Vec::new(),
            active: Vec::new(),
            unchecked: None,
            weighed: Vec::new(),
            chain: DIRECT,
            requiring: false,
            embedded: false,
            types: Vec::new(),
            names: Vec::new(),
            by_name: FxHashMap::default(),
        };
        for root in &setting.ir.roots {
            let bound = scope.iter().find(|(name, _)| root.name == *name);
            match bound {
                Some((_, data)) => vm.roots.push(Some(*data)),
                None => return Err(vm.unresolved(root, scope)),
            }
        }
        Ok(vm)
    }

    fn unresolved(&self, root: &ir::Root, scope: &[(&str, &dyn Data)]) -> Rc<Fault> {
        self.eval_fault(&crate::rules::UNRESOLVED, root.span, |problem| {
            let problem = problem.arg("name", &root.name);
            let names = || scope.iter().map(|(name, _)| *name);
            // What the texts name elsewhere may be what was meant.
            let written = self.ir.names.iter().map(EcoString::as_str);
            let known = names().chain(written).filter(|name| *name != root.name);
            match burgee_source::nearest(&root.name, known) {
                Some(near) => {
                    let problem = problem.arg("suggestion", near);
                    problem.hint(crate::rules::DID_YOU_MEAN)
                }
                None if scope.is_empty() => problem,
                None => {
                    let names: Vec<&str> = names().collect();
                    let problem = problem.arg("names", names.join(", "));
                    problem.hint(crate::rules::NAMES_ARE)
                }
            }
        })
    }

    /// What the program is asked for: its package, or an expression.
    pub(crate) fn root(&mut self, data: &[(&str, &'d dyn Data)]) -> Outcome<Val<'d>> {
        let Some(root) = self.ir.root() else {
            return Ok(Val::Top);
        };
        if self.ir.focus.is_none() && !matches!(self.ir.expr(root), ir::Expr::Struct(_)) {
            return self.eval(OUTSIDE, root);
        }
        let package = self.package(0);
        self.declared_data(package, data);
        match self.ir.focus {
            None => self.evaluate(package),
            Some(focus) => {
                let env = self.env(OUTSIDE, Frame::Struct(package, Box::default()));
                self.eval(env, focus)
            }
        }
    }

    /// The node that the program's value is the value of, if it has one.
    pub(crate) fn origin(&self) -> Option<NodeId> {
        match self.ir.focus {
            None => self.packages.first().copied().flatten(),
            Some(_) => None,
        }
    }

    /// The node of a package: all its files together.
    pub(crate) fn package(&mut self, index: usize) -> NodeId {
        if let Some(node) = self.packages[index] {
            return node;
        }
        let ir = self.ir;
        let files = &ir.packages[index].files;
        let span = files
            .first()
            .map_or(Range32::default(), |file| ir.span(*file));
        let label = Label::new(0, LabelKind::Hidden);
        let node = self.node(None, label, Flags::default(), span);
        for (origin, file) in (1..).zip(files) {
            let conjunct = Conjunct::new(What::Expr(*file), OUTSIDE, origin);
            self.at_mut(node).conjuncts.push(conjunct);
        }
        self.packages[index] = Some(node);
        node
    }

    /// Data under a name that the program declares as well meets the declaration.
    fn declared_data(&mut self, package: NodeId, data: &[(&str, &'d dyn Data)]) {
        let ir = self.ir;
        let declared = |name: &str| {
            let files = ir
                .packages
                .first()
                .map_or(&[][..], |package| &package.files);
            files.iter().any(|file| match ir.expr(*file) {
                ir::Expr::Struct(shape) => shape.decls.iter().any(|decl| match decl {
                    ir::Decl::Field(field) => {
                        field.label.is_regular() && ir.names[field.label.name()] == name
                    }
                    _ => false,
                }),
                _ => false,
            })
        };
        for (origin, (name, data)) in (1 << 32..).zip(data) {
            if !declared(name) {
                continue;
            }
            let label = self.intern(name);
            let what = What::Below(Rc::new(Below {
                label,
                what: What::Data(*data),
            }));
            let conjunct = Conjunct::new(what, OUTSIDE, origin);
            self.at_mut(package).conjuncts.push(conjunct);
        }
    }

    /// The constraint that a basic type is.
    pub(crate) fn type_of(&mut self, kinds: Kinds, span: Range32) -> Rc<Constraint<'d>> {
        if self.words {
            return Rc::new(Constraint::of_kinds(kinds, span));
        }
        if let Some((_, known)) = self.types.iter().find(|(known, _)| *known == kinds) {
            return Rc::clone(known);
        }
        let constraint = Rc::new(Constraint::of_kinds(kinds, span));
        self.types.push((kinds, Rc::clone(&constraint)));
        constraint
    }

    pub(crate) fn name(&self, label: Label) -> &EcoString {
        let index = label.name();
        let known = self.ir.names.get(index);
        known.unwrap_or_else(|| &self.names[index - self.ir.names.len()])
    }

    /// The label of a regular field whose name came up while evaluating.
    pub(crate) fn intern(&mut self, name: &str) -> Label {
        let known = self.ir.by_name.get(name).or_else(|| self.by_name.get(name));
        if let Some(index) = known {
            return Label::new(*index, LabelKind::Regular);
        }
        let index = self.ir.names.len() + self.names.len();
        let index = u32::try_from(index).unwrap_or(u32::MAX >> 2);
        let name = EcoString::from(name);
        self.names.push(name.clone());
        self.by_name.insert(name, index);
        Label::new(index, LabelKind::Regular)
    }

    pub(crate) fn node(
        &mut self,
        parent: Option<NodeId>,
        label: Label,
        flags: Flags,
        span: Range32,
    ) -> NodeId {
        let id = NodeId::nth(self.nodes.len());
        self.nodes.push(Node::new(parent, label, flags, span));
        id
    }

    /// A node that is no field: the value of an expression in the middle of another.
    pub(crate) fn inline(&mut self, conjunct: Conjunct<'d>, span: Range32) -> NodeId {
        let label = Label::new(0, LabelKind::Hidden);
        let node = self.node(None, label, Flags::INLINE, span);
        self.at_mut(node).conjuncts.push(conjunct);
        node
    }

    pub(crate) fn at(&self, id: NodeId) -> &Node<'d> {
        &self.nodes[id.place()]
    }

    pub(crate) fn at_mut(&mut self, id: NodeId) -> &mut Node<'d> {
        &mut self.nodes[id.place()]
    }

    /// Starts to work on a node; the answer is for [`Vm::end`].
    fn begin(&mut self, id: NodeId) -> u32 {
        let place = u32::try_from(self.stack.len()).unwrap_or(u32::MAX);
        self.at_mut(id).running = place;
        self.stack.push(id);
        std::mem::replace(&mut self.low, SETTLED)
    }

    fn end(&mut self, id: NodeId, before: u32) {
        self.stack.pop();
        let place = self.at(id).running;
        let low = self.low;
        if low < place {
            self.provisional.push((id, low));
        } else {
            // What leaned on this node can be worked out properly now.
            while let Some((node, leans_on)) = self.provisional.last().copied()
                && leans_on >= place
            {
                self.provisional.pop();
                if node != id && !self.at(node).is_open() {
                    self.at_mut(node).reset();
                }
            }
        }
        self.low = before.min(if low < place { low } else { SETTLED });
    }

    /// Notes that the answer depends on a node in the middle of its work.
    pub(crate) fn lean_on(&mut self, id: NodeId) {
        self.low = self.low.min(self.at(id).running);
    }

    /// Counts one operation, and one level until [`Vm::leave`].
    pub(crate) fn enter(&mut self, span: Range32) -> Outcome<()> {
        self.spend(1, span)?;
        self.depth += 1;
        match self.depth > self.limits.depth {
            true => {
                self.depth -= 1;
                Err(self.limit("depth", self.limits.depth, span))
            }
            false => Ok(()),
        }
    }

    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(crate) fn spend(&mut self, steps: u64, span: Range32) -> Outcome<()> {
        // What costs time itself is looked at now and then.
        const SOMETIMES: u64 = 1024;
        let before = self.steps / SOMETIMES;
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.limits.steps {
            return Err(self.limit("steps", self.limits.steps, span));
        }
        match self.steps / SOMETIMES == before {
            true => Ok(()),
            false => self.check_resources(span),
        }
    }

    #[cold]
    pub(crate) fn check_resources(&mut self, span: Range32) -> Outcome<()> {
        let made = |count: usize, size: usize| count.saturating_mul(size);
        let memory = made(self.nodes.len(), NODE_SIZE)
            .saturating_add(made(self.envs.len(), std::mem::size_of::<Env<'_>>()))
            .saturating_add(made(self.chains.len(), std::mem::size_of::<Chain>()))
            .saturating_add(made(self.groups.len(), std::mem::size_of::<Group>()))
            .saturating_add(self.output);
        if memory > self.limits.memory {
            return Err(self.limit("memory", self.limits.memory, span));
        }
        let started = *self.started.get_or_insert_with(Instant::now);
        match started.elapsed() > self.limits.time {
            true => Err(self.limit("time", format!("{:?}", self.limits.time), span)),
            false => Ok(()),
        }
    }

    /// Counts bytes or entries made.
    pub(crate) fn made(&mut self, amount: usize, span: Range32) -> Outcome<()> {
        self.output = self.output.saturating_add(amount);
        match self.output > self.limits.output {
            true => Err(self.limit("output", self.limits.output, span)),
            false => Ok(()),
        }
    }

    /// The CUE path of a node.
    pub(crate) fn path(&self, mut node: NodeId) -> String {
        let mut steps = Vec::new();
        while let Some(parent) = self.at(node).parent {
            steps.push(self.at(node).label);
            node = parent;
        }
        let mut path = String::new();
        for label in steps.into_iter().rev() {
            if !path.is_empty() {
                path.push('.');
            }
            if label.kind() == LabelKind::Index {
                path.push_str(&label.name().to_string());
                continue;
            }
            let name = self.name(label);
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
            let starts_well = !name.starts_with(|c: char| c.is_numeric());
            match !name.is_empty() && starts_well && name.chars().all(plain) {
                true => path.push_str(name),
                false => crate::value::write_string(name, &mut path),
            }
        }
        path
    }
}
