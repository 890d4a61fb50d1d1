//! What names refer to: fields, imports, what comes from outside.

use ecow::EcoString;

use super::{Compiler, Import, Imported};
use crate::{
    Value,
    ir::{Expr, LabelKind, Range, Root, scope::Binding},
    kinds::Kinds,
    library::{self, Member},
    rules,
    syntax::ast::{self, Range32},
};

/// The predeclared types with bounds.
static RANGES: [Range; 14] = [
    range("uint", true, "0", ""),
    range("uint8", true, "0", "255"),
    range("uint16", true, "0", "65535"),
    range("uint32", true, "0", "4294967295"),
    range("uint64", true, "0", "18446744073709551615"),
    range(
        "uint128",
        true,
        "0",
        "340282366920938463463374607431768211455",
    ),
    range("int8", true, "-128", "127"),
    range("int16", true, "-32768", "32767"),
    range("int32", true, "-2147483648", "2147483647"),
    range("int64", true, "-9223372036854775808", "9223372036854775807"),
    range(
        "int128",
        true,
        "-170141183460469231731687303715884105728",
        "170141183460469231731687303715884105727",
    ),
    range("rune", true, "0", "1114111"),
    range(
        "float32",
        false,
        "-3.40282346638528859811704183484516925440e+38",
        "3.40282346638528859811704183484516925440e+38",
    ),
    range(
        "float64",
        false,
        "-1.797693134862315708145274237317043567981e+308",
        "1.797693134862315708145274237317043567981e+308",
    ),
];

const fn range(
    name: &'static str,
    is_integer: bool,
    low: &'static str,
    high: &'static str,
) -> Range {
    Range {
        name,
        is_integer,
        low,
        high,
    }
}

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
            let package = match explicit.is_empty() || library::package(path).is_none() {
                true => self.imported(path),
                false => Imported::Unknown,
            };
            if matches!(package, Imported::Unknown) {
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

    fn imported(&self, path: &str) -> Imported {
        let mut files = self.ir.packages.iter().skip(1);
        match files.position(|package| package.path == path) {
            Some(index) => Imported::Files(u16::try_from(index + 1).unwrap_or(u16::MAX)),
            None => library::package(path).map_or(Imported::Unknown, Imported::Standard),
        }
    }

    pub(super) fn ident(&mut self, span: Range32) -> Expr {
        let name = self.ast.slice(span);
        match self.scopes.find(name) {
            Some((up, Binding::Field(label) | Binding::Alias(label))) => {
                return Expr::Field { up, label };
            }
            Some((up, Binding::Local(slot))) => return Expr::Local { up, slot },
            Some((up, Binding::Itself)) => return Expr::Itself { up },
            Some((up, Binding::Dynamic(label))) => return self.dynamic(up, label, span),
            None => {}
        }
        if self.shared.contains(name) && !self.scopes.is_empty() {
            let label = self.label(name, LabelKind::of(name));
            let up = self.scopes.outer();
            return Expr::Field { up, label };
        }
        if let Some(import) = self.imports.iter_mut().find(|import| import.name == name) {
            import.used = true;
            return match import.package {
                Imported::Files(index) => Expr::Package(index),
                Imported::Standard(package) => Expr::Standard(package),
                Imported::Unknown => Expr::Bottom,
            };
        }
        let plain = name.strip_prefix("__").unwrap_or(name);
        match library::predeclared(plain) {
            Some(Member::Function(function)) => return Expr::Function(function),
            Some(Member::Special(special)) => return Expr::Special(special),
            Some(Member::Constant(constant)) => return Expr::Const(constant.value()),
            None => {}
        }
        if name == "_" {
            return Expr::Top;
        }
        if let Some(kinds) = Kinds::of_name(plain) {
            return Expr::Type(kinds);
        }
        match RANGES.iter().find(|range| range.name == plain) {
            Some(range) => Expr::Range(range),
            // Beside a file also what its conditions add can be named.
            None if self.infer => {
                let label = self.label(name, LabelKind::of(name));
                let up = self.scopes.outer();
                Expr::Field { up, label }
            }
            None => self.root(name, span),
        }
    }

    /// A field with a computed label, by its alias.
    fn dynamic(&mut self, up: u16, label: ast::ExprId, span: Range32) -> Expr {
        if self.labels.contains(&label) {
            self.problem(&rules::CYCLE, span, |problem| problem);
            return Expr::Bottom;
        }
        // The label is worked out where the field stands.
        let inner = self.scopes.hide(up);
        self.labels.push(label);
        let compiled = self.expr(label);
        self.labels.pop();
        self.scopes.restore(inner);
        Expr::Dynamic {
            up,
            label: compiled,
        }
    }

    fn root(&mut self, name: &str, span: Range32) -> Expr {
        let known = self.ir.roots.iter().position(|root| root.name == name);
        let index = known.unwrap_or_else(|| {
            let name = EcoString::from(name);
            let span = self.shift(span);
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
    fn member(&mut self, base: Range32, name: &str, span: Range32) -> Option<Expr> {
        let package = self.ast.slice(base);
        if self.shared.contains(package) || self.scopes.find(package).is_some() {
            return None;
        }
        let import = self
            .imports
            .iter_mut()
            .find(|import| import.name == package);
        let package = match import {
            Some(import) => {
                import.used = true;
                match import.package {
                    Imported::Standard(package) => package,
                    Imported::Unknown => return Some(Expr::Bottom),
                    Imported::Files(_) => return None,
                }
            }
            None if self.infer => library::by_name(package)?,
            None => return None,
        };
        Some(match package.member(name) {
            Some(Member::Function(function)) => Expr::Function(function),
            Some(Member::Special(special)) => Expr::Special(special),
            Some(Member::Constant(constant)) => Expr::Const(constant.value()),
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
