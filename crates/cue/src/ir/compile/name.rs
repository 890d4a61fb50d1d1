//! What names refer to: fields, imports, what comes from outside.

use ecow::EcoString;

use super::{Compiler, Import};
use crate::{
    Number, Value,
    ir::{Expr, LabelKind, Root, scope::Binding},
    library::{self, Member},
    rules,
    syntax::ast::{self, Range32},
};

// === impl Compiler ===

impl<'a> Compiler<'a> {
    pub(super) fn imports(&mut self) {
        for import in &self.ast.imports {
            let (path, explicit) = import.path.split_once(':').unwrap_or((&import.path, ""));
            let last = path.rsplit('/').next().unwrap_or("");
            let name = match import.name {
                Some(name) => self.ast.slice(name),
                None if !explicit.is_empty() => explicit,
                None => last,
            };
            let package = library::package(path);
            if package.is_none() {
                self.problem(&rules::UNKNOWN_PACKAGE, import.span, |problem| {
                    problem
                        .arg("package", path)
                        .arg("packages", library::names().join(", "))
                        .hint(rules::PACKAGES_ARE)
                });
            }
            self.imports.push(Import {
                name,
                package,
                span: import.span,
                used: false,
            });
        }
    }

    pub(super) fn ident(&mut self, span: Range32) -> Expr {
        let name = self.ast.slice(span);
        let mut up = 0;
        for scope in self.scopes.iter_mut().rev() {
            match scope.find(name) {
                Some(Binding::Field(label) | Binding::Alias(label)) => {
                    return Expr::Field { up, label };
                }
                Some(Binding::Local(slot)) => return Expr::Local { up, slot },
                Some(Binding::DynamicAlias) => {
                    return Expr::Unsupported("the alias of a dynamic field");
                }
                None => up += 1,
            }
        }
        if let Some(import) = self.imports.iter_mut().find(|import| import.name == name) {
            import.used = true;
            return Expr::Unsupported("a package as a value");
        }
        match library::predeclared(name.strip_prefix("__").unwrap_or(name)) {
            Some(Member::Function(function)) => return Expr::Function(function),
            Some(Member::Special(special)) => return Expr::Special(special),
            Some(Member::Number(number)) => return Expr::Const(Value::Number(number.into())),
            None => {}
        }
        if name == "_" {
            return Expr::Top;
        }
        if library::is_type(name.strip_prefix("__").unwrap_or(name)) {
            return Expr::Unsupported("a type");
        }
        self.root(name, span)
    }

    pub(super) fn root(&mut self, name: &str, span: Range32) -> Expr {
        let known = self.ir.roots.iter().position(|root| root.name == name);
        let index = known.unwrap_or_else(|| {
            let name = EcoString::from(name);
            self.ir.roots.push(Root { name, span });
            self.ir.roots.len() - 1
        });
        Expr::Root(u16::try_from(index).unwrap_or(u16::MAX))
    }

    pub(super) fn select(&mut self, base: ast::ExprId, name: Range32, span: Range32) -> Expr {
        let text = self.ast.slice(name);
        let quoted = text.starts_with(['"', '\'', '#'])
            && text.ends_with(['"', '\'', '#'])
            && text.len() > 1;
        if !quoted
            && let ast::Expr::Ident = self.ast.expr(base)
            && let Some(member) = self.member(self.ast.span(base), text, span)
        {
            return member;
        }
        let base = self.expr(base);
        let label = match quoted {
            true => match self.text(name) {
                Value::String(name) => self.label(&name, LabelKind::Regular),
                _ => self.label("", LabelKind::Regular),
            },
            false => self.label(text, LabelKind::of(text)),
        };
        Expr::Select(base, label)
    }

    /// `strings.ToUpper`, when `strings` is an import and nothing nearer.
    pub(super) fn member(&mut self, base: Range32, name: &str, span: Range32) -> Option<Expr> {
        let package = self.ast.slice(base);
        let index = self
            .imports
            .iter()
            .position(|import| import.name == package)?;
        if self
            .scopes
            .iter_mut()
            .any(|scope| scope.find(package).is_some())
        {
            return None;
        }
        self.imports[index].used = true;
        let package = self.imports[index].package?;
        Some(match package.member(name) {
            Some(Member::Function(function)) => Expr::Function(function),
            Some(Member::Special(special)) => Expr::Special(special),
            Some(Member::Number(number)) => Expr::Const(Value::Number(Number::from(number))),
            None => {
                self.problem(&rules::UNKNOWN_FUNCTION, span, |problem| {
                    let problem = problem.arg("package", package.path).arg("name", name);
                    match burgee_source::nearest(name, package.names()) {
                        Some(near) => problem.arg("suggestion", near).hint(rules::DID_YOU_MEAN),
                        None => problem,
                    }
                });
                Expr::Bottom
            }
        })
    }
}
