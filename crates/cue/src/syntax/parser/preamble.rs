//! What a file begins with: attributes, the package clause, imports.

use super::{Parsed, Parser};
use crate::{
    rules,
    syntax::{
        ast::{Decl, Import, Range32},
        clash::package_name,
        letter::is_printable,
        problem::Problem,
        token::TokenKind as T,
        tree::{Listener, NodeKind},
        unquote,
    },
};

/// What `@experiment(…)` may name in this version of CUE.
const EXPERIMENTS: [&str; 2] = ["structcmp", "testing"];

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    /// Attributes, package clause, attributes, imports, in this order.
    pub(super) fn preamble(&mut self) {
        self.leading_attributes();
        self.experiments();
        if self.word(0) == "package" && self.package().is_err() {
            self.recover(T::End);
        }
        self.leading_attributes();
        while self.word(0) == "import" {
            if self.imports().is_err() {
                self.recover(T::End);
            }
        }
    }

    /// Imports in front of an expression, where `import` may also be a name.
    pub(super) fn imports_of_expression(&mut self) {
        while self.word(0) == "import"
            && matches!(self.kind_at(1), T::String | T::OpenParen | T::Ident)
        {
            if self.imports().is_err() {
                self.recover(T::End);
            }
        }
    }

    fn leading_attributes(&mut self) {
        while self.kind() == T::Attribute {
            let attribute = self.bump();
            self.ast.decls.push(Decl::Attribute(attribute));
            if self.separator().is_err() {
                self.recover(T::End);
            }
        }
    }

    /// `@experiment(a, b)` turns on what CUE tries out, and names nothing else.
    fn experiments(&mut self) {
        let mut unknown = Vec::new();
        for decl in &self.ast.decls {
            let Decl::Attribute(attribute) = decl else {
                continue;
            };
            let text = self.ast.slice(*attribute);
            let names = text
                .strip_prefix("@experiment(")
                .and_then(|text| text.strip_suffix(')'));
            let names = names.filter(|names| !names.is_empty());
            let names = names.into_iter().flat_map(|names| names.split(','));
            let names = names
                .map(str::trim)
                .filter(|name| !EXPERIMENTS.contains(name));
            unknown.extend(names.map(|name| {
                Problem::new(&rules::UNKNOWN_EXPERIMENT, attribute.start, attribute.end)
                    .arg("name", name)
                    .arg("names", EXPERIMENTS.join(", "))
                    .hint(rules::EXPERIMENTS_ARE)
            }));
        }
        for problem in unknown {
            let _: super::Reported = self.report(problem);
        }
    }

    fn package(&mut self) -> Parsed<()> {
        let first = self.at;
        self.ast.docs = self.comments_above(self.range().start);
        self.bump();
        let name = self.ident()?;
        self.ast.package = Some(name);
        if self.is_definition(name) {
            let wrong = Problem::new(&rules::DEFINITION_AS_PACKAGE, name.start, name.end);
            return Err(self.report(wrong.arg("name", self.ast.slice(name))));
        }
        self.read(NodeKind::Package, first);
        self.separator()
    }

    /// What `import` says, at that word.
    fn imports(&mut self) -> Parsed<()> {
        let first = self.at;
        self.bump();
        let Some(open) = self.eat(T::OpenParen) else {
            self.import_spec()?;
            self.read(NodeKind::Import, first);
            return self.separator();
        };
        while self.kind() != T::CloseParen && self.kind() != T::End {
            self.import_spec()?;
            self.separator()?;
        }
        self.close(T::CloseParen, open)?;
        self.read(NodeKind::Import, first);
        self.separator()
    }

    fn import_spec(&mut self) -> Parsed<()> {
        let first = self.at;
        let start = self.range();
        let name = match self.kind() {
            T::Ident => Some(self.ident()?),
            _ => None,
        };
        if let Some(name) = name.filter(|name| self.is_definition(*name)) {
            let wrong = Problem::new(&rules::DEFINITION_AS_PACKAGE, name.start, name.end);
            let _: super::Reported = self.report(wrong.arg("name", self.ast.slice(name)));
        }
        let literal = self.expect(T::String, &rules::EXPECTED_IMPORT)?;
        let path = unquote(self.ast.slice(literal));
        let path = path.and_then(|path| String::from_utf8(path).ok());
        let path = path.unwrap_or_default();
        if !is_import_path(&path) {
            let wrong = Problem::new(&rules::BAD_IMPORT_PATH, literal.start, literal.end);
            let _: super::Reported = self.report(wrong);
        }
        self.read(NodeKind::ImportSpec, first);
        match name {
            Some(name) => self.declares(name),
            None => self.declared.add(package_name(&path)),
        }
        self.ast.imports.push(Import {
            name,
            path,
            span: start.to(literal),
        });
        Ok(())
    }

    fn is_definition(&self, name: Range32) -> bool {
        let name = self.ast.slice(name);
        name.starts_with('#') || name.starts_with("_#")
    }
}

/// True for the path of a package, `:name` apart: letters that can be seen, and no punctuation with a meaning.
fn is_import_path(path: &str) -> bool {
    let path = path.rsplit_once(':').map_or(path, |(path, _)| path);
    let forbidden = |c| "!\"#$%&'()*,:;<=>?[\\]^{|}`\u{fffd}".contains(c);
    !path.is_empty()
        && path
            .chars()
            .all(|c| is_printable(c) && c != ' ' && !forbidden(c))
}
