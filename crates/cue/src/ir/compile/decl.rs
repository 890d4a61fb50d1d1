//! Structs, their fields, and comprehensions.

use super::Compiler;
use crate::{
    Value,
    ir::{
        Clause, Comprehension, Decl, DynamicField, Expr, ExprId, Field, Label, LabelKind, Notes,
        Pattern, Shape, scope::Binding,
    },
    rules,
    syntax::ast::{self, Range32},
};

// === impl Compiler ===

impl<'a> Compiler<'a> {
    fn declare(&mut self, name: Range32, binding: Binding) {
        self.scopes.declare(self.ast.slice(name), binding, name);
    }

    pub(super) fn shape(&mut self, decls: &'a [ast::Decl]) -> Shape {
        self.scopes.open_for(decls.len());
        let mut lets = 0;
        for decl in decls {
            match decl {
                ast::Decl::Field(field) => self.declare_field(field),
                ast::Decl::Let(name, _) => {
                    self.declare(*name, Binding::Local(lets));
                    lets = lets.saturating_add(1);
                }
                _ => {}
            }
        }
        let mut shape = Shape::default();
        let mut list = Vec::with_capacity(decls.len());
        let mut lets = Vec::new();
        let mut attributes = Vec::new();
        for decl in decls {
            match decl {
                ast::Decl::Field(field) => list.push(self.field(field)),
                ast::Decl::Let(_, value) => lets.push(self.expr(*value)),
                ast::Decl::Embed(expr) => {
                    shape.embeds = true;
                    list.push(Decl::Embed(self.expr(*expr)));
                }
                ast::Decl::Comprehension(comprehension) => {
                    shape.embeds = true;
                    list.push(Decl::Comprehension(self.comprehension(comprehension)));
                }
                ast::Decl::Ellipsis => shape.open = true,
                ast::Decl::Attribute(range) => attributes.push(*range),
            }
        }
        shape.decls = list.into();
        shape.lets = lets.into();
        shape.attributes = attributes
            .into_iter()
            .map(|range| self.shift(range))
            .collect();
        self.close_scope();
        shape
    }

    fn close_scope(&mut self) {
        for (name, span) in self.scopes.close() {
            self.problem(&rules::UNUSED_NAME, span, |problem| {
                problem.arg("name", name).hint(rules::REMOVE_IT)
            });
        }
    }

    fn declare_field(&mut self, field: &ast::Field) {
        let binding = match field.label {
            ast::Label::Ident(name) => {
                let text = self.ast.slice(name);
                let label = self.label(text, LabelKind::of(text));
                // `true`, `false` and `null` name fields, but as references they are values.
                if !matches!(text, "true" | "false" | "null") {
                    self.declare(name, Binding::Field(label));
                }
                Binding::Alias(label)
            }
            ast::Label::Quoted(expr) => match self.ast.expr(expr) {
                ast::Expr::Text => match self.text(self.ast.span(expr)) {
                    Value::String(name) => Binding::Alias(self.label(&name, LabelKind::Regular)),
                    _ => Binding::Dynamic(expr),
                },
                _ => Binding::Dynamic(expr),
            },
            ast::Label::Dynamic(expr) => Binding::Dynamic(expr),
            // The alias in front of a pattern is known to its value alone.
            ast::Label::Pattern(..) => return,
        };
        if let Some(alias) = field.alias {
            self.declare(alias, binding);
        }
    }

    fn field(&mut self, field: &'a ast::Field) -> Decl {
        let (span, constraint) = (field.span, field.constraint);
        let label = match field.label {
            ast::Label::Ident(name) => {
                let text = self.ast.slice(name);
                if text == "_" {
                    self.problem(&rules::TOP_LABEL, name, |problem| problem);
                }
                let label = self.label(text, LabelKind::of(text));
                return self.static_field(label, field);
            }
            ast::Label::Quoted(expr) | ast::Label::Dynamic(expr) => self.expr(expr),
            ast::Label::Pattern(name, pattern) => return self.pattern(field, name, pattern),
        };
        // A label that is computed, be it from constants, makes its field later than one that is written.
        let is_written = match field.label {
            ast::Label::Quoted(expr) => matches!(self.ast.expr(expr), ast::Expr::Text),
            _ => false,
        };
        let name = match self.ir.expr(label) {
            Expr::Const(Value::String(name)) if is_written => Some(name.clone()),
            Expr::Const(Value::Bytes(bytes)) if is_written => {
                Some(String::from_utf8_lossy(bytes).as_ref().into())
            }
            _ => None,
        };
        if let Some(name) = name {
            let label = self.label(&name, LabelKind::Regular);
            return self.static_field(label, field);
        }
        Decl::Dynamic(DynamicField {
            label,
            constraint,
            value: self.value(field.value),
            span: self.shift(span),
            notes: self.notes(field),
        })
    }

    fn static_field(&mut self, label: Label, field: &'a ast::Field) -> Decl {
        Decl::Field(Field {
            label,
            constraint: field.constraint,
            value: self.value(field.value),
            span: self.shift(field.span),
            notes: self.notes(field),
        })
    }

    fn notes(&self, field: &ast::Field) -> Option<Box<Notes>> {
        let notes = field.notes.as_ref()?;
        // What stands behind the value on its line says nothing to a reader of markers.
        let lines = notes.docs.iter().map(|range| {
            let text = self.ast.slice(*range);
            text.strip_prefix("//").unwrap_or(text).into()
        });
        let attributes = notes.attributes.iter();
        Some(Box::new(Notes {
            docs: lines.collect(),
            attributes: attributes
                .map(|range| self.ast.slice(*range).into())
                .collect(),
        }))
    }

    fn pattern(
        &mut self,
        field: &'a ast::Field,
        name: Option<Range32>,
        pattern: ast::ExprId,
    ) -> Decl {
        let label = self.expr(pattern);
        let inner = |this: &mut Self| match name {
            Some(name) => this.scoped(name, true, |this| this.value(field.value)),
            None => this.value(field.value),
        };
        let value = match field.alias {
            Some(alias) => {
                let value = self.scoped(alias, false, inner);
                let span = self.ast.span(field.value);
                self.push(Expr::Aliased(value), span)
            }
            None => inner(self),
        };
        Decl::Pattern(Pattern {
            label,
            value,
            names_label: name.is_some(),
        })
    }

    /// The value of a field, which may have an alias of its own.
    fn value(&mut self, id: ast::ExprId) -> ExprId {
        match self.ast.expr(id) {
            ast::Expr::Alias(name, inner) => {
                let value = self.scoped(*name, false, |this| this.expr(*inner));
                let span = self.ast.span(id);
                self.push(Expr::Aliased(value), span)
            }
            _ => self.expr(id),
        }
    }

    /// Compiles in a scope that knows what it was opened for by a name.
    fn scoped<T>(
        &mut self,
        name: Range32,
        may_idle: bool,
        inner: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.scopes.open();
        self.declare(name, Binding::Itself);
        if may_idle {
            self.scopes.use_all();
        }
        let result = inner(self);
        self.close_scope();
        result
    }

    pub(super) fn comprehension(&mut self, comprehension: &'a ast::Comprehension) -> Comprehension {
        let mut clauses = Vec::with_capacity(comprehension.clauses.len());
        let mut opened = 0;
        for clause in &comprehension.clauses {
            match clause {
                ast::Clause::If(condition) => {
                    clauses.push(Clause::If(self.expr(*condition)));
                    continue;
                }
                ast::Clause::For(key, value, source) => {
                    clauses.push(Clause::For(self.expr(*source)));
                    self.scopes.open();
                    if let Some(key) = key
                        && self.ast.slice(*key) != "_"
                    {
                        self.declare(*key, Binding::Local(0));
                    }
                    if self.ast.slice(*value) != "_" {
                        self.declare(*value, Binding::Local(1));
                    }
                }
                ast::Clause::Let(name, value) => {
                    clauses.push(Clause::Let(self.expr(*value)));
                    self.scopes.open();
                    self.declare(*name, Binding::Local(0));
                }
            }
            self.scopes.use_all();
            opened += 1;
        }
        let body = self.expr(comprehension.body);
        for _ in 0..opened {
            self.close_scope();
        }
        Comprehension {
            clauses: clauses.into(),
            body,
            span: self.shift(comprehension.span),
        }
    }
}
