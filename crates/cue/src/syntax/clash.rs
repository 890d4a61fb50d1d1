//! Names that cannot stand together, as CUE's own reader sees it: an alias or `let` with the name of a field around
//! it, two aliases of one name in one scope, a pattern that refers to the fields it is matched with.
//!
//! Only `let`, aliases and patterns can be part of such a clash, so texts without any need no look.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ast::{Ast, Clause, Comprehension, Decl, Element, Expr, ExprId, Field, Label, Range32},
    problem::Problem,
};
use crate::rules;

/// Where one name of a scope was declared, and as what.
#[derive(Debug, Clone, Copy)]
struct Entry {
    span: Range32,
    kind: Kind,
}

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A field, or a variable of a clause.
    Field,
    /// A `let` or an alias.
    Alias,
    Import,
}

#[derive(Debug, Default)]
struct Scope<'s> {
    names: FxHashMap<&'s str, Entry>,
    /// The value of one of its fields is being looked at.
    in_field: bool,
}

struct Finder<'a> {
    ast: &'a Ast<'a>,
    /// The names that count; all others are passed over.
    bound: FxHashSet<&'a str>,
    scopes: Vec<Scope<'a>>,
    problems: Vec<Problem>,
}

/// Finds the names of a file that clash. Only those that stand in `bound` can.
pub(super) fn clashes(ast: &Ast<'_>, bound: &[Range32]) -> Vec<Problem> {
    let mut finder = Finder {
        ast,
        bound: bound.iter().map(|name| ast.slice(*name)).collect(),
        scopes: Vec::new(),
        problems: Vec::new(),
    };
    finder.scopes.push(Scope::default());
    for import in &ast.imports {
        let name = match import.name {
            Some(name) => ast.slice(name),
            None => package_name(&import.path),
        };
        finder.declare_as(name, import.span, Kind::Import);
    }
    finder.decls(&ast.decls);
    finder.problems
}

// === impl Finder ===

impl<'a> Finder<'a> {
    fn declare(&mut self, span: Range32, kind: Kind) {
        self.declare_as(self.ast.slice(span), span, kind);
    }

    fn declare_as(&mut self, name: &'a str, span: Range32, kind: Kind) {
        if !self.bound.contains(name) {
            return;
        }
        // `_` cannot be referred to, so it clashes with nothing.
        if name == "_" {
            return self.insert(name, span, kind);
        }
        let mut scopes = self.scopes.iter().rev().enumerate();
        let there = scopes.find_map(|(up, scope)| Some((up, *scope.names.get(name)?)));
        if let Some((up, there)) = there {
            let rule = if (kind == Kind::Alias) != (there.kind == Kind::Alias) {
                &rules::ALIAS_AND_FIELD
            } else if up == 0 && there.kind == Kind::Import {
                return;
            } else if up == 0 && kind == Kind::Alias {
                &rules::REDECLARED
            } else {
                return self.insert(name, span, kind);
            };
            let clash = Problem::new(rule, span.start, span.end).arg("name", name);
            self.problems
                .push(clash.also(there.span, rules::DECLARED_HERE));
            return;
        }
        self.insert(name, span, kind);
    }

    fn insert(&mut self, name: &'a str, span: Range32, kind: Kind) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.insert(name, Entry { span, kind });
        }
    }

    fn within(&mut self, look: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope::default());
        look(self);
        self.scopes.pop();
    }

    fn decls(&mut self, decls: &'a [Decl]) {
        for decl in decls {
            match decl {
                Decl::Field(field) => self.declare_field(field),
                Decl::Let(name, _) => self.declare(*name, Kind::Alias),
                Decl::Embed(_) | Decl::Comprehension(_) | Decl::Ellipsis | Decl::Attribute(_) => {}
            }
        }
        for decl in decls {
            match decl {
                Decl::Field(field) => self.field(field),
                // The name is not in scope in its own value.
                Decl::Let(name, value) => {
                    let name = self.ast.slice(*name);
                    let saved = self
                        .scopes
                        .last_mut()
                        .and_then(|scope| scope.names.remove(name));
                    self.expr(*value);
                    if let Some(entry) = saved {
                        self.insert(name, entry.span, entry.kind);
                    }
                }
                Decl::Embed(expr) => self.expr(*expr),
                Decl::Comprehension(comprehension) => self.comprehension(comprehension),
                Decl::Ellipsis | Decl::Attribute(_) => {}
            }
        }
    }

    fn declare_field(&mut self, field: &Field) {
        let pattern = matches!(field.label, Label::Pattern(..));
        if let Some(alias) = field.alias.filter(|_| !pattern) {
            self.declare(alias, Kind::Alias);
        }
        if let Label::Ident(name) = field.label
            && !matches!(self.ast.slice(name), "true" | "false" | "null")
        {
            self.declare(name, Kind::Field);
        }
    }

    fn field(&mut self, field: &'a Field) {
        match field.label {
            Label::Ident(_) => self.value(field),
            Label::Quoted(label) | Label::Dynamic(label) => {
                self.expr(label);
                self.value(field);
            }
            Label::Pattern(name, pattern) => self.within(|finder| {
                for name in field.alias.into_iter().chain(name) {
                    finder.declare(name, Kind::Alias);
                }
                finder.matched(pattern);
                finder.expr(pattern);
                finder.value(field);
            }),
        }
    }

    fn value(&mut self, field: &'a Field) {
        if let Expr::Alias(name, value) = self.ast.expr(field.value) {
            self.within(|finder| {
                finder.declare(*name, Kind::Alias);
                finder.inside_field(*value);
            });
        } else {
            self.inside_field(field.value);
        }
    }

    fn inside_field(&mut self, value: ExprId) {
        let at = self.scopes.len().saturating_sub(1);
        let mark = |finder: &mut Self, inside| {
            if let Some(scope) = finder.scopes.get_mut(at) {
                scope.in_field = inside;
            }
        };
        mark(self, true);
        self.expr(value);
        mark(self, false);
    }

    /// The names in a pattern must not be those of the fields beside it.
    fn matched(&mut self, pattern: ExprId) {
        let mut names = Vec::new();
        names_in(self.ast, pattern, &mut names);
        for name in names {
            let text = self.ast.slice(name);
            let near = self.scopes.iter().rev();
            let mut near = near.take_while(|scope| !scope.in_field);
            if let Some(there) = near.find_map(|scope| scope.names.get(text)).copied() {
                let problem = Problem::new(&rules::PATTERN_OF_ITSELF, name.start, name.end);
                let problem = problem.arg("name", text);
                self.problems
                    .push(problem.also(there.span, rules::DECLARED_HERE));
            }
        }
    }

    fn expr(&mut self, mut id: ExprId) {
        // A disjunction may be longer than anything may be deep.
        while let Expr::Binary(_, left, right) = self.ast.expr(id) {
            self.expr(*right);
            id = *left;
        }
        match self.ast.expr(id) {
            Expr::Struct(decls) => self.within(|finder| finder.decls(decls)),
            Expr::List(elements) => {
                for element in elements {
                    match element {
                        Element::Expr(expr) | Element::Ellipsis(Some(expr)) => self.expr(*expr),
                        Element::Comprehension(comprehension) => self.comprehension(comprehension),
                        Element::Ellipsis(None) => {}
                    }
                }
            }
            _ => operands(self.ast, id, &mut |operand| self.expr(operand)),
        }
    }

    /// Each clause sees the names of those before it, and the body those of all.
    fn comprehension(&mut self, comprehension: &'a Comprehension) {
        let outside = self.scopes.len();
        for clause in &comprehension.clauses {
            match clause {
                Clause::For(key, value, source) => {
                    self.expr(*source);
                    self.scopes.push(Scope::default());
                    for name in key.iter().chain([value]) {
                        self.declare(*name, Kind::Field);
                    }
                }
                Clause::If(condition) => self.expr(*condition),
                Clause::Let(name, value) => {
                    self.expr(*value);
                    self.scopes.push(Scope::default());
                    self.declare(*name, Kind::Field);
                }
            }
        }
        self.expr(comprehension.body);
        self.scopes.truncate(outside);
    }
}

/// The name that an import has by its path: what follows `:`, or the last part without its version.
pub(crate) fn package_name(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    match last.rsplit_once(':') {
        Some((_, name)) => name,
        None => last.split('@').next().unwrap_or(last),
    }
}

/// Finds the names in a pattern. CUE takes those of fields, `b` in `a.b`, for such, too.
pub(super) fn names_in(ast: &Ast<'_>, mut pattern: ExprId, names: &mut Vec<Range32>) {
    while let Expr::Binary(_, left, right) = ast.expr(pattern) {
        names_in(ast, *right, names);
        pattern = *left;
    }
    match ast.expr(pattern) {
        Expr::Ident => names.push(ast.span(pattern)),
        Expr::Select(_, name) => names.push(*name),
        Expr::List(elements) => {
            for element in elements {
                if let Element::Expr(expr) | Element::Ellipsis(Some(expr)) = element {
                    names_in(ast, *expr, names);
                }
            }
        }
        _ => {}
    }
    operands(ast, pattern, &mut |operand| names_in(ast, operand, names));
}

/// Looks at the operands of an expression that is neither list nor struct.
fn operands(ast: &Ast<'_>, id: ExprId, look: &mut dyn FnMut(ExprId)) {
    match ast.expr(id) {
        Expr::Bottom
        | Expr::Null
        | Expr::Bool(_)
        | Expr::Number
        | Expr::Text
        | Expr::Ident
        | Expr::List(_)
        | Expr::Struct(_)
        | Expr::Bad => {}
        Expr::String(string) => string.inner.iter().for_each(|expr| look(*expr)),
        Expr::Unary(_, operand) | Expr::Select(operand, _) | Expr::Alias(_, operand) => {
            look(*operand);
        }
        Expr::Binary(_, left, right) | Expr::Word(_, left, right) | Expr::Index(left, right) => {
            look(*left);
            look(*right);
        }
        Expr::Slice(base, low, high) => {
            look(*base);
            low.iter().chain(high).for_each(|expr| look(*expr));
        }
        Expr::Call(function, arguments) => {
            look(*function);
            arguments.iter().for_each(|expr| look(*expr));
        }
    }
}
