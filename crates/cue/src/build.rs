//! From texts to a program: parse, fetch what is imported, compile.
//!
//! All texts of a program share one numbering of places: each begins where the one before it ends, so that a place
//! alone says in which text it is.

use std::sync::Arc;

use burgee_source::{Diagnostic, SourceId, Span};
use ecow::EcoString;

use crate::{
    Loader, MAX_INPUT, Program,
    ir::{self, Unit},
    library, rules,
    syntax::{Problem, TokenKind, Tree, ast::Ast, parse_expression, parse_file, tree},
};

/// A text and where it stands among the others.
struct Text {
    text: Arc<str>,
    source: SourceId,
    base: u32,
    package: usize,
}

/// What is known so far.
struct Build<'b> {
    loader: Option<&'b dyn Loader>,
    is_file: bool,
    /// The import paths of the packages, the program's own first.
    paths: Vec<EcoString>,
    /// Where the next text begins.
    next: u32,
    texts: Vec<(u32, Arc<str>)>,
    files: Vec<(u32, SourceId)>,
    problems: Vec<Diagnostic>,
}

/// Compiles the files of a package, with what they import, and the expression that is asked for.
pub(crate) fn build(
    files: &[(&str, SourceId)],
    focus: Option<(&str, SourceId)>,
    loader: Option<&dyn Loader>,
    is_file: bool,
) -> Result<Program, Vec<Diagnostic>> {
    let mut build = Build {
        loader,
        is_file,
        paths: vec![EcoString::new()],
        next: 0,
        texts: Vec::with_capacity(files.len() + 1),
        files: Vec::with_capacity(files.len() + 1),
        problems: Vec::new(),
    };
    let focus = focus.and_then(|(text, source)| build.text(text.into(), source, 0));
    let own = files
        .iter()
        .filter_map(|(text, source)| build.text((*text).into(), *source, 0));
    let own = own.collect();
    build.round(own, &mut Vec::new(), focus.as_ref())
}

// === impl Build ===

impl Build<'_> {
    fn text(&mut self, text: Arc<str>, source: SourceId, package: usize) -> Option<Text> {
        if let Err(long) = within_bounds(&text, source) {
            self.problems.extend(long);
            return None;
        }
        let base = self.next;
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.next = base.saturating_add(length).saturating_add(1);
        self.texts.push((base, Arc::clone(&text)));
        self.files.push((base, source));
        Some(Text {
            text,
            source,
            base,
            package,
        })
    }

    /// Parses texts, and then those of the packages that they import.
    fn round<'t>(
        mut self,
        texts: Vec<Text>,
        parsed: &mut Vec<(Ast<'t>, u32, usize)>,
        focus: Option<&Text>,
    ) -> Result<Program, Vec<Diagnostic>> {
        // Those of this round live no longer than it: it ends when the program is compiled.
        let mut all: Vec<(Ast<'_>, u32, usize)> = std::mem::take(parsed);
        let parse = match self.is_file {
            true => parse_file,
            false => parse_expression,
        };
        let mut fresh = Vec::new();
        all.reserve_exact(texts.len());
        for text in &texts {
            let (ast, problems) = parse(&text.text);
            self.report(problems, text);
            fresh.extend(self.fetch(&ast));
            all.push((ast, text.base, text.package));
        }
        match fresh.is_empty() {
            true => self.compile(&all, focus),
            false => self.round(fresh, &mut all, focus),
        }
    }

    fn report(&mut self, problems: Vec<Problem>, text: &Text) {
        let problems = problems
            .into_iter()
            .map(|problem| diagnostic(problem, 0, text.source));
        self.problems.extend(problems);
    }

    /// The texts of the packages that a file imports and that are not known yet.
    fn fetch(&mut self, ast: &Ast<'_>) -> Vec<Text> {
        let mut texts = Vec::new();
        let Some(loader) = self.loader else {
            return texts;
        };
        for import in &ast.imports {
            let path = import.path.split(':').next().unwrap_or_default();
            if library::package(path).is_some() || self.paths.iter().any(|known| known == path) {
                continue;
            }
            if let Some(files) = loader.load(&import.path) {
                self.paths.push(path.into());
                let package = self.paths.len() - 1;
                for (text, source) in files {
                    texts.extend(self.text(text.into(), source, package));
                }
            }
        }
        texts
    }

    fn compile(
        mut self,
        parsed: &[(Ast<'_>, u32, usize)],
        focus: Option<&Text>,
    ) -> Result<Program, Vec<Diagnostic>> {
        let focus = focus.map(|text| {
            let (ast, problems) = parse_expression(&text.text);
            self.report(problems, text);
            (ast, text.base)
        });
        if !self.problems.is_empty() {
            return Err(sorted(self.problems));
        }
        let units: Vec<Unit<'_>> = parsed
            .iter()
            .map(|(ast, base, package)| Unit {
                ast,
                base: *base,
                package: *package,
            })
            .collect();
        let focus = focus.as_ref().map(|(ast, base)| Unit {
            ast,
            base: *base,
            package: 0,
        });
        let (ir, problems) = ir::compile(&units, &self.paths, focus.as_ref(), self.is_file);
        if problems.is_empty() {
            return Ok(Program::new(ir, self.texts.into(), self.files.into()));
        }
        let located = problems.into_iter().map(|problem| {
            let file = self
                .files
                .iter()
                .rev()
                .find(|(base, _)| *base <= problem.start);
            let (base, source) = file.copied().unwrap_or((0, SourceId(0)));
            diagnostic(problem, base, source)
        });
        Err(sorted(located.collect()))
    }
}

/// The lossless tree of a file.
pub(crate) fn lossless(text: &str, source: SourceId) -> Result<Tree<'_>, Vec<Diagnostic>> {
    within_bounds(text, source)?;
    let tree = tree(text).and_then(|tree| match cut_short(&tree) {
        problems if problems.is_empty() => Ok(tree),
        problems => Err(problems),
    });
    tree.map_err(|problems| {
        let problems = problems.into_iter();
        problems
            .map(|problem| diagnostic(problem, 0, source))
            .collect()
    })
}

/// Numbers that stop in the middle, such as `1e`: what is written behind them would become a part of them.
fn cut_short(tree: &Tree<'_>) -> Vec<Problem> {
    let numbers = tree
        .tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Number);
    let literals = numbers.map(|token| (token.range(), &tree.text[token.range()]));
    let cut = literals.filter(|(_, literal)| {
        literal.ends_with(['e', 'E']) && ir::number_literal(literal).is_none()
    });
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    cut.map(|(range, literal)| {
        Problem::new(&rules::INVALID_NUMBER, place(range.start), place(range.end))
            .arg("number", literal)
    })
    .collect()
}

/// Refuses texts that are too long.
fn within_bounds(text: &str, source: SourceId) -> Result<(), Vec<Diagnostic>> {
    if text.len() <= MAX_INPUT {
        return Ok(());
    }
    let long = Diagnostic::new(&rules::TOO_LONG)
        .arg("size", text.len())
        .arg("limit", MAX_INPUT)
        .at(Span::new(source, 0, 0));
    Err(vec![long])
}

fn diagnostic(problem: Problem, base: u32, source: SourceId) -> Diagnostic {
    let place = |start: u32, end: u32| Span::new(source, start - base, end - base);
    let mut diagnostic = Diagnostic::new(problem.rule).at(place(problem.start, problem.end));
    if let Some((other, note)) = problem.also {
        diagnostic = diagnostic.also(place(other.start, other.end), note);
    }
    for (name, value) in problem.args {
        diagnostic = diagnostic.arg(name, value);
    }
    match problem.hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

fn sorted(mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    list.sort_by_key(Diagnostic::sort_key);
    list
}
