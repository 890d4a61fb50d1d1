//! Trees to compiled form.

mod decl;
mod expr;
mod literal;
mod name;

use ecow::EcoString;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::{Expr, ExprId, Ir, Label, LabelKind, Package, scope::Scopes};
use crate::{
    library, rules,
    syntax::{
        Problem,
        ast::{self, Ast, Range32},
    },
};

/// A parsed file of a package.
pub(crate) struct Unit<'a> {
    pub(crate) ast: &'a Ast<'a>,
    /// Where its text begins among all texts of the program.
    pub(crate) base: u32,
    /// The package that it belongs to.
    pub(crate) package: usize,
}

struct Compiler<'a> {
    ast: &'a Ast<'a>,
    base: u32,
    ir: Ir,
    scopes: Scopes<'a>,
    /// The computed labels that are being compiled for their aliases.
    labels: Vec<ast::ExprId>,
    /// The top-level names of all files of the package.
    shared: FxHashSet<&'a str>,
    imports: Vec<Import<'a>>,
    /// Unresolved names may be packages: in an expression beside its file.
    infer: bool,
    problems: Vec<Problem>,
}

struct Import<'a> {
    name: &'a str,
    package: Imported,
    span: Range32,
    used: bool,
}

/// What an import path leads to.
#[derive(Clone, Copy)]
enum Imported {
    Standard(&'static library::Package),
    /// Files that the loader had.
    Files(u16),
    Unknown,
}

/// Compiles the files of all packages, the program's own first, and the expression that is asked for.
/// `paths` names the packages. Whatever is wrong is in the list, with places in the common text.
pub(crate) fn compile(
    units: &[Unit<'_>],
    paths: &[EcoString],
    focus: Option<&Unit<'_>>,
    is_file: bool,
) -> (Ir, Vec<Problem>) {
    let size: usize = units.iter().map(|unit| unit.ast.exprs.len() + 1).sum();
    // Large programs say their names more than once, small ones do not.
    let names = size / 4 + size.min(8);
    let mut ir = Ir {
        exprs: Vec::with_capacity(size),
        spans: Vec::with_capacity(size),
        packages: paths
            .iter()
            .map(|path| Package {
                path: path.clone(),
                files: Vec::new(),
            })
            .collect(),
        names: Vec::with_capacity(names),
        by_name: FxHashMap::with_capacity_and_hasher(names, FxBuildHasher),
        ..Ir::default()
    };
    let mut problems = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        let shared = units
            .iter()
            .enumerate()
            .filter(|(other, unit_)| *other != index && unit_.package == unit.package);
        let shared = shared.flat_map(|(_, unit)| top_level(unit.ast)).collect();
        let mut compiler = Compiler::new(unit, ir, shared);
        compiler.imports();
        let root = match &*unit.ast.decls {
            [ast::Decl::Embed(expr)] if !is_file => compiler.expr(*expr),
            decls => compiler.file(decls),
        };
        compiler.ir.packages[unit.package].files.push(root);
        compiler.unused_imports();
        problems.extend(compiler.problems);
        ir = compiler.ir;
    }
    if let Some(focus) = focus {
        let own = units.iter().filter(|unit| unit.package == 0);
        let shared = own.flat_map(|unit| top_level(unit.ast)).collect();
        let mut compiler = Compiler::new(focus, ir, shared);
        compiler.infer = true;
        compiler.imports();
        compiler.scopes.open();
        let root = match &*focus.ast.decls {
            [ast::Decl::Embed(expr)] => compiler.expr(*expr),
            decls => compiler.file(decls),
        };
        compiler.scopes.close();
        compiler.ir.focus = Some(root);
        problems.extend(compiler.problems);
        ir = compiler.ir;
    }
    (ir, problems)
}

/// The names that the other files of the package may use.
fn top_level<'a>(ast: &'a Ast<'a>) -> impl Iterator<Item = &'a str> {
    ast.decls.iter().filter_map(|decl| match decl {
        ast::Decl::Field(field) => match field.label {
            ast::Label::Ident(name) => Some(ast.slice(name)),
            ast::Label::Quoted(_) | ast::Label::Dynamic(_) | ast::Label::Pattern(..) => None,
        },
        _ => None,
    })
}

// === impl Compiler ===

impl<'a> Compiler<'a> {
    fn new(unit: &Unit<'a>, ir: Ir, shared: FxHashSet<&'a str>) -> Self {
        Self {
            ast: unit.ast,
            base: unit.base,
            ir,
            scopes: Scopes::default(),
            labels: Vec::new(),
            shared,
            imports: Vec::new(),
            infer: false,
            problems: Vec::new(),
        }
    }

    fn file(&mut self, decls: &'a [ast::Decl]) -> ExprId {
        let shape = self.shape(decls);
        let end = u32::try_from(self.ast.text.len()).unwrap_or(u32::MAX);
        self.push(Expr::Struct(Box::new(shape)), Range32 { start: 0, end })
    }

    fn unused_imports(&mut self) {
        let unused = self
            .imports
            .iter()
            .filter(|import| !import.used && !matches!(import.package, Imported::Unknown));
        let unused: Vec<_> = unused.map(|import| (import.name, import.span)).collect();
        for (name, span) in unused {
            self.problem(&rules::UNUSED_IMPORT, span, |problem| {
                problem.arg("name", name).hint(rules::REMOVE_IT)
            });
        }
    }

    fn problem(
        &mut self,
        rule: &'static burgee_source::Rule,
        span: Range32,
        with: impl FnOnce(Problem) -> Problem,
    ) {
        let span = self.shift(span);
        self.problems
            .push(with(Problem::new(rule, span.start, span.end)));
    }

    /// A range of this text as one of the whole program.
    fn shift(&self, span: Range32) -> Range32 {
        Range32 {
            start: span.start.saturating_add(self.base),
            end: span.end.saturating_add(self.base),
        }
    }

    fn push(&mut self, expr: Expr, span: Range32) -> ExprId {
        let id = ExprId(u32::try_from(self.ir.exprs.len()).unwrap_or(u32::MAX));
        let span = self.shift(span);
        self.ir.exprs.push(expr);
        self.ir.spans.push(span);
        id
    }

    fn name(&mut self, text: &str) -> u32 {
        if let Some(index) = self.ir.by_name.get(text) {
            return *index;
        }
        let index = u32::try_from(self.ir.names.len()).unwrap_or(u32::MAX);
        let name = EcoString::from(text);
        self.ir.names.push(name.clone());
        self.ir.by_name.insert(name, index);
        index
    }

    fn label(&mut self, text: &str, kind: LabelKind) -> Label {
        Label::new(self.name(text), kind)
    }
}
