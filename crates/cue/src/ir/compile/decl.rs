//! Structs, their fields, and comprehensions.

use super::Compiler;
use crate::{
    Value,
    ir::{
        Clause, Comprehension, DynamicField, Expr, Field, Label, LabelKind, Shape,
        scope::{Binding, Scope},
    },
    rules,
    syntax::ast::{self, Range32},
};

// === impl Compiler ===

impl<'a> Compiler<'a> {
    pub(super) fn declare(&mut self, scope: &mut Scope<'a>, name: Range32, binding: Binding) {
        let text = self.ast.slice(name);
        if scope.declare(text, binding, name).is_err() {
            self.problem(&rules::REDECLARED, name, |problem| {
                problem.arg("name", text)
            });
        }
    }

    pub(super) fn shape(&mut self, decls: &'a [ast::Decl]) -> Shape {
        let mut scope = Scope::default();
        let mut lets = 0;
        for decl in decls {
            match decl {
                ast::Decl::Field(field) => self.declare_field(&mut scope, field),
                ast::Decl::Let(name, _) => {
                    self.declare(&mut scope, *name, Binding::Local(lets));
                    lets = lets.saturating_add(1);
                }
                ast::Decl::Embed(_)
                | ast::Decl::Comprehension(_)
                | ast::Decl::Ellipsis
                | ast::Decl::Attribute(_) => {}
            }
        }
        self.scopes.push(scope);
        let mut shape = Shape::default();
        for decl in decls {
            match decl {
                ast::Decl::Field(field) => self.field(&mut shape, field),
                ast::Decl::Let(_, value) => shape.lets.push(self.expr(*value)),
                ast::Decl::Embed(expr) => shape.embeds.push(self.expr(*expr)),
                ast::Decl::Comprehension(comprehension) => {
                    shape.comprehensions.push(self.comprehension(comprehension));
                }
                ast::Decl::Ellipsis | ast::Decl::Attribute(_) => {}
            }
        }
        self.close_scope();
        shape
    }

    pub(super) fn close_scope(&mut self) {
        let Some(scope) = self.scopes.pop() else {
            return;
        };
        let mut unused: Vec<_> = scope.unused().collect();
        unused.sort_by_key(|(_, span)| span.start);
        for (name, span) in unused {
            self.problem(&rules::UNUSED_NAME, span, |problem| {
                problem.arg("name", name).hint(rules::REMOVE_IT)
            });
        }
    }

    pub(super) fn declare_field(&mut self, scope: &mut Scope<'a>, field: &ast::Field) {
        let label = match field.label {
            ast::Label::Ident(name) => {
                let text = self.ast.slice(name);
                let label = self.label(text, LabelKind::of(text));
                // `true`, `false` and `null` name fields, but as references they are values.
                if !matches!(text, "true" | "false" | "null") {
                    self.declare(scope, name, Binding::Field(label));
                }
                Some(label)
            }
            ast::Label::Quoted(expr) => match self.ast.expr(expr) {
                ast::Expr::Text => match self.text(self.ast.span(expr)) {
                    Value::String(name) => Some(self.label(&name, LabelKind::Regular)),
                    _ => None,
                },
                _ => None,
            },
            ast::Label::Dynamic(_) | ast::Label::Pattern(..) => None,
        };
        let binding = label.map_or(Binding::DynamicAlias, Binding::Alias);
        if let Some(alias) = field.alias {
            self.declare(scope, alias, binding);
        }
        if let ast::Label::Pattern(Some(name), _) = field.label {
            self.declare(scope, name, Binding::DynamicAlias);
        }
        if let ast::Expr::Alias(name, _) = self.ast.expr(field.value) {
            self.declare(scope, *name, binding);
        }
    }

    pub(super) fn field(&mut self, shape: &mut Shape, field: &'a ast::Field) {
        let (span, constraint) = (field.span, field.constraint);
        let dynamic = match field.label {
            ast::Label::Ident(name) => {
                let text = self.ast.slice(name);
                let label = self.label(text, LabelKind::of(text));
                return self.static_field(shape, label, field);
            }
            ast::Label::Quoted(expr) | ast::Label::Dynamic(expr) => self.expr(expr),
            ast::Label::Pattern(_, pattern) => {
                self.expr(pattern);
                self.expr(field.value);
                shape.pattern = Some(span);
                return;
            }
        };
        if let Expr::Const(Value::String(name)) = self.ir.expr(dynamic) {
            let name = name.clone();
            let label = self.label(&name, LabelKind::Regular);
            return self.static_field(shape, label, field);
        }
        let value = self.expr(field.value);
        shape.dynamic.push(DynamicField {
            label: dynamic,
            constraint,
            value,
            span,
        });
    }

    pub(super) fn static_field(&mut self, shape: &mut Shape, label: Label, field: &'a ast::Field) {
        let value = self.expr(field.value);
        shape.fields.push(Field {
            label,
            constraint: field.constraint,
            value,
            span: field.span,
        });
    }

    pub(super) fn comprehension(&mut self, comprehension: &'a ast::Comprehension) -> Comprehension {
        let mut clauses = Vec::with_capacity(comprehension.clauses.len());
        let mut opened = 0;
        for clause in &comprehension.clauses {
            let mut scope = Scope::default();
            match clause {
                ast::Clause::If(condition) => {
                    clauses.push(Clause::If(self.expr(*condition)));
                    continue;
                }
                ast::Clause::For(key, value, source) => {
                    clauses.push(Clause::For(self.expr(*source)));
                    if let Some(key) = key
                        && self.ast.slice(*key) != "_"
                    {
                        self.declare(&mut scope, *key, Binding::Local(0));
                    }
                    if self.ast.slice(*value) != "_" {
                        self.declare(&mut scope, *value, Binding::Local(1));
                    }
                    scope.use_all();
                }
                ast::Clause::Let(name, value) => {
                    clauses.push(Clause::Let(self.expr(*value)));
                    self.declare(&mut scope, *name, Binding::Local(0));
                }
            }
            self.scopes.push(scope);
            opened += 1;
        }
        let body = self.expr(comprehension.body);
        for _ in 0..opened {
            self.close_scope();
        }
        Comprehension {
            clauses: clauses.into(),
            body,
        }
    }
}
