//! Evaluation over final data.
//!
//! A struct of the program is a *vertex*: the list of expressions that make it (its conjuncts), and its
//! fields, each a vertex of its own that is evaluated when first asked for. An expression is never copied;
//! it runs under an *environment*, the chain of vertices and variables that its names refer to. So
//! `b: a & {x: 2}` runs the expressions of `a` once more, with `b` in the place of `a`.
//!
//! Types, bounds, disjunctions, patterns and the unification of closed structs belong to the lattice. They
//! end in [`FaultKind::Unsupported`](fault::FaultKind), which no test for absence may take for an answer.

mod access;
mod build;
mod call;
mod comprehension;
mod export;
mod expr;
mod fault;
mod field;
mod merge;
mod pass;
mod sort;
mod val;

use burgee_source::SourceId;
use ecow::EcoString;
use rustc_hash::FxHashMap;

pub(crate) use fault::{Fault, FaultKind, Outcome};
use std::rc::Rc;
pub(crate) use val::{Val, VertexId};

use crate::{
    Data, Limits, Results,
    ir::{self, ExprId, Ir, Label, LabelKind},
    pattern::Patterns,
    syntax::ast::Range32,
};

/// One evaluation. Everything it makes goes with it.
pub(crate) struct Vm<'d> {
    ir: &'d Ir,
    patterns: &'d Patterns,
    source: SourceId,
    roots: Vec<&'d dyn Data>,
    results: Option<&'d Results>,
    limits: &'d Limits,
    steps: u64,
    depth: u32,
    output: usize,
    /// Above zero while only the presence of a value is asked for.
    quiet: u32,
    vertices: Vec<Vertex<'d>>,
    envs: Vec<Env<'d>>,
    /// Names that came up while evaluating, behind those of the program.
    names: Vec<EcoString>,
    by_name: FxHashMap<EcoString, u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EnvId(u32);

struct Env<'d> {
    up: EnvId,
    frame: Frame<'d>,
}

/// What the names of one scope refer to.
enum Frame<'d> {
    /// The outermost scope of all.
    Outside,
    Struct(VertexId, Box<[VertexId]>),
    Locals([Val<'d>; 2]),
}

/// A struct or a field.
struct Vertex<'d> {
    parent: Option<(VertexId, Label)>,
    conjuncts: Vec<Conjunct<'d>>,
    state: State,
    value: Option<Outcome<Val<'d>>>,
    arcs: Vec<Arc>,
    /// Finds arcs once there are many.
    index: FxHashMap<Label, u32>,
    pending: Vec<Task<'d>>,
    /// What a comprehension of it waits for.
    incomplete: Option<Rc<Fault>>,
    closed: bool,
    exporting: bool,
    span: Range32,
}

#[derive(Clone)]
enum Conjunct<'d> {
    Expr(EnvId, ExprId),
    Value(Val<'d>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    /// Being evaluated, and nothing known yet.
    Running,
    /// Known to be a struct; its plain fields are there.
    Expanding,
    Done,
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    label: Label,
    vertex: VertexId,
    present: bool,
    required: bool,
}

/// What remains to be added to a struct.
#[derive(Clone)]
enum Task<'d> {
    Conjunct(Conjunct<'d>),
    Comprehension(EnvId, &'d ir::Comprehension),
    Dynamic(EnvId, &'d ir::DynamicField),
}

/// What a program is run with.
pub(crate) struct Setting<'d> {
    pub(crate) ir: &'d Ir,
    pub(crate) patterns: &'d Patterns,
    pub(crate) source: SourceId,
    pub(crate) results: Option<&'d Results>,
    pub(crate) limits: &'d Limits,
}

const OUTSIDE: EnvId = EnvId(0);

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Binds the names that the program does not declare.
    pub(crate) fn new(setting: &Setting<'d>, scope: &[(&str, &'d dyn Data)]) -> Outcome<Self> {
        let mut vm = Self {
            ir: setting.ir,
            patterns: setting.patterns,
            source: setting.source,
            roots: Vec::with_capacity(setting.ir.roots.len()),
            results: setting.results,
            limits: setting.limits,
            steps: 0,
            depth: 0,
            output: 0,
            quiet: 0,
            vertices: Vec::new(),
            envs: vec![Env {
                up: OUTSIDE,
                frame: Frame::Outside,
            }],
            names: Vec::new(),
            by_name: FxHashMap::default(),
        };
        for root in &setting.ir.roots {
            let bound = scope.iter().find(|(name, _)| root.name == *name);
            match bound {
                Some((_, data)) => vm.roots.push(*data),
                None => return Err(vm.unresolved(root, scope)),
            }
        }
        Ok(vm)
    }

    fn unresolved(&self, root: &ir::Root, scope: &[(&str, &dyn Data)]) -> Rc<Fault> {
        self.eval_fault(&crate::rules::UNRESOLVED, root.span, |problem| {
            let problem = problem.arg("name", &root.name);
            let names = || scope.iter().map(|(name, _)| *name);
            match burgee_source::nearest(&root.name, names()) {
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

    /// The whole program. The vertex is that of a file; an expression has none.
    pub(crate) fn root(
        &mut self,
        data: &[(&str, &'d dyn Data)],
    ) -> Outcome<(Val<'d>, Option<VertexId>)> {
        let root = self.ir.root;
        if !matches!(self.ir.expr(root), ir::Expr::Struct(_)) {
            return Ok((self.eval(OUTSIDE, root)?, None));
        }
        let vertex = self.vertex(None, Conjunct::Expr(OUTSIDE, root), self.ir.span(root));
        self.declared_data(vertex, data);
        let value = self.evaluate(vertex)?;
        Ok((value, Some(vertex)))
    }

    /// Data under a name that the file declares as well meets the declaration.
    fn declared_data(&mut self, vertex: VertexId, data: &[(&str, &'d dyn Data)]) {
        let ir::Expr::Struct(shape) = self.ir.expr(self.ir.root) else {
            return;
        };
        for field in &shape.fields {
            let name = self.name(field.label);
            let bound = data.iter().find(|(key, _)| name == key);
            let value = bound.and_then(|(_, data)| Val::of_data(*data));
            if let Some(value) = value
                && field.label.is_regular()
            {
                let conjunct = Conjunct::Value(value);
                // The vertex has just been made: nothing was evaluated, so nothing can clash yet.
                let added =
                    self.add_field(vertex, field.label, conjunct, field.constraint, field.span);
                debug_assert!(added.is_ok());
            }
        }
    }

    fn name(&self, label: Label) -> &EcoString {
        let index = label.name();
        let known = self.ir.names.get(index);
        known.unwrap_or_else(|| &self.names[index - self.ir.names.len()])
    }

    /// The label of a regular field whose name came up while evaluating.
    fn intern(&mut self, name: &str) -> Label {
        if self.by_name.is_empty() {
            for (index, name) in (0..).zip(&self.ir.names) {
                self.by_name.insert(name.clone(), index);
            }
        }
        if let Some(index) = self.by_name.get(name) {
            return Label::new(*index, LabelKind::Regular);
        }
        let index = self.ir.names.len() + self.names.len();
        let index = u32::try_from(index).unwrap_or(u32::MAX >> 2);
        self.names.push(name.into());
        self.by_name.insert(name.into(), index);
        Label::new(index, LabelKind::Regular)
    }

    fn env(&mut self, up: EnvId, frame: Frame<'d>) -> EnvId {
        self.envs.push(Env { up, frame });
        EnvId(u32::try_from(self.envs.len() - 1).unwrap_or(u32::MAX))
    }

    fn vertex(
        &mut self,
        parent: Option<(VertexId, Label)>,
        conjunct: Conjunct<'d>,
        span: Range32,
    ) -> VertexId {
        let closed = parent.is_some_and(|(parent, label)| {
            self.at(parent).closed || label.kind() == LabelKind::Definition
        });
        self.vertices.push(Vertex {
            parent,
            conjuncts: vec![conjunct],
            state: State::Unseen,
            value: None,
            arcs: Vec::new(),
            index: FxHashMap::default(),
            pending: Vec::new(),
            incomplete: None,
            closed,
            exporting: false,
            span,
        });
        VertexId(u32::try_from(self.vertices.len() - 1).unwrap_or(u32::MAX))
    }

    fn at(&self, id: VertexId) -> &Vertex<'d> {
        &self.vertices[id.0 as usize]
    }

    fn at_mut(&mut self, id: VertexId) -> &mut Vertex<'d> {
        &mut self.vertices[id.0 as usize]
    }

    /// Counts one operation, and one level until [`Vm::leave`].
    fn enter(&mut self, span: Range32) -> Outcome<()> {
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

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn spend(&mut self, steps: u64, span: Range32) -> Outcome<()> {
        self.steps = self.steps.saturating_add(steps);
        match self.steps > self.limits.steps {
            true => Err(self.limit("steps", self.limits.steps, span)),
            false => Ok(()),
        }
    }

    /// Counts bytes or entries made.
    fn made(&mut self, amount: usize, span: Range32) -> Outcome<()> {
        self.output = self.output.saturating_add(amount);
        match self.output > self.limits.output {
            true => Err(self.limit("output", self.limits.output, span)),
            false => Ok(()),
        }
    }

    /// The CUE path of a vertex.
    pub(crate) fn path(&self, mut vertex: VertexId) -> String {
        let mut steps = Vec::new();
        while let Some((parent, label)) = self.at(vertex).parent {
            steps.push(label);
            vertex = parent;
        }
        let mut path = String::new();
        for label in steps.into_iter().rev() {
            let name = self.name(label);
            if !path.is_empty() {
                path.push('.');
            }
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
