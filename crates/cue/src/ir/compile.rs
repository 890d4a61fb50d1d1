//! Tree to compiled form.

use ecow::EcoString;

use super::{
    Binary, Clause, Comprehension, DynamicField, Element, Expr, ExprId, Field, Ir, Label,
    LabelKind, Piece, Root, Shape, Unary,
    scope::{Binding, Scope},
};
use crate::{
    Number, Value,
    library::{self, Member, Package},
    operators, rules,
    syntax::{
        Problem, StringError, TokenKind as T,
        ast::{self, Ast, Constraint, Range32},
        decode, quote_of,
    },
};

struct Compiler<'a> {
    ast: &'a Ast<'a>,
    ir: Ir,
    scopes: Vec<Scope<'a>>,
    imports: Vec<Import<'a>>,
    problems: Vec<Problem>,
}

struct Import<'a> {
    name: &'a str,
    package: Option<&'static Package>,
    span: Range32,
    used: bool,
}

/// Compiles a tree. Whatever is wrong is in the list; the result is of use only when that is empty.
pub(crate) fn compile<'a>(ast: &'a Ast<'a>, is_file: bool) -> (Ir, Vec<Problem>) {
    let ir = Ir {
        exprs: Vec::with_capacity(ast.exprs.len() + 1),
        spans: Vec::with_capacity(ast.exprs.len() + 1),
        names: Vec::new(),
        roots: Vec::new(),
        root: ExprId(0),
    };
    let mut compiler = Compiler {
        ast,
        ir,
        scopes: Vec::new(),
        imports: Vec::new(),
        problems: Vec::new(),
    };
    compiler.imports();
    compiler.ir.root = match &*ast.decls {
        [ast::Decl::Embed(expr)] if !is_file => compiler.expr(*expr),
        decls => {
            let shape = compiler.shape(decls);
            let end = u32::try_from(ast.text.len()).unwrap_or(u32::MAX);
            compiler.push(Expr::Struct(Box::new(shape)), Range32 { start: 0, end })
        }
    };
    for import in &compiler.imports {
        if !import.used && import.package.is_some() {
            let unused = Problem::new(&rules::UNUSED_IMPORT, import.span.start, import.span.end);
            let unused = unused.arg("name", import.name).hint(rules::REMOVE_IT);
            compiler.problems.push(unused);
        }
    }
    (compiler.ir, compiler.problems)
}

// === impl Compiler ===

impl<'a> Compiler<'a> {
    fn imports(&mut self) {
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

    fn problem(
        &mut self,
        rule: &'static burgee_source::Rule,
        span: Range32,
        with: impl FnOnce(Problem) -> Problem,
    ) {
        self.problems
            .push(with(Problem::new(rule, span.start, span.end)));
    }

    fn push(&mut self, expr: Expr, span: Range32) -> ExprId {
        let id = ExprId(u32::try_from(self.ir.exprs.len()).unwrap_or(u32::MAX));
        self.ir.exprs.push(expr);
        self.ir.spans.push(span);
        id
    }

    fn name(&mut self, text: &str) -> u32 {
        let known = self.ir.names.iter().position(|name| name == text);
        let index = known.unwrap_or_else(|| {
            self.ir.names.push(text.into());
            self.ir.names.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn label(&mut self, text: &str, kind: LabelKind) -> Label {
        Label::new(self.name(text), kind)
    }

    fn expr(&mut self, id: ast::ExprId) -> ExprId {
        let span = self.ast.span(id);
        let ast = self.ast;
        let expr = match ast.expr(id) {
            ast::Expr::Bottom | ast::Expr::Bad => Expr::Bottom,
            ast::Expr::Null => Expr::Const(Value::Null),
            ast::Expr::Bool(value) => Expr::Const(Value::Bool(*value)),
            ast::Expr::Number => Expr::Const(self.number(span)),
            ast::Expr::Text => Expr::Const(self.text(span)),
            ast::Expr::String(parts, inner) => self.interpolation(span, parts, inner),
            ast::Expr::Ident => self.ident(span),
            ast::Expr::List(elements) => self.list(elements),
            ast::Expr::Struct(decls) => Expr::Struct(Box::new(self.shape(decls))),
            ast::Expr::Unary(operator, operand) => self.unary(*operator, *operand),
            ast::Expr::Binary(operator, left, right) => self.binary(*operator, *left, *right),
            ast::Expr::Word(word, left, right) => {
                let function = library::predeclared(ast.slice(*word));
                let arguments = [self.expr(*left), self.expr(*right)];
                match function {
                    Some(Member::Function(function)) => {
                        let function = self.push(Expr::Function(function), *word);
                        Expr::Call(function, arguments.into())
                    }
                    Some(Member::Special(_) | Member::Number(_)) | None => Expr::Bottom,
                }
            }
            ast::Expr::Select(base, name) => self.select(*base, *name, span),
            ast::Expr::Index(base, index) => {
                let base = self.expr(*base);
                Expr::Index(base, self.expr(*index))
            }
            ast::Expr::Slice(base, low, high) => {
                let base = self.expr(*base);
                let low = low.map(|low| self.expr(low));
                Expr::Slice(base, low, high.map(|high| self.expr(high)))
            }
            ast::Expr::Call(function, arguments) => {
                let function = self.expr(*function);
                let arguments = arguments.iter().map(|argument| self.expr(*argument));
                Expr::Call(function, arguments.collect())
            }
            ast::Expr::Alias(_, value) => return self.expr(*value),
        };
        self.push(expr, span)
    }

    fn number(&mut self, span: Range32) -> Value {
        let literal = self.ast.slice(span);
        match super::number_literal(literal) {
            Some(number) => Value::Number(number),
            None => {
                let short: String = literal.chars().take(40).collect();
                self.problem(&rules::INVALID_NUMBER, span, |problem| {
                    problem.arg("number", short)
                });
                Value::Null
            }
        }
    }

    fn text(&mut self, span: Range32) -> Value {
        let literal = self.ast.slice(span);
        let quote = quote_of(literal);
        let length = quote.hashes + if quote.triple { 3 } else { 1 };
        let inner = literal
            .get(length..literal.len().saturating_sub(length))
            .unwrap_or("");
        // Nearly all strings are what they look like.
        if !quote.triple && quote.mark == b'"' && !inner.contains('\\') {
            return Value::String(inner.into());
        }
        let pieces = self.decoded(quote, &[inner], span);
        let bytes = pieces.into_iter().next().unwrap_or_default();
        match quote.mark {
            b'\'' => Value::Bytes(bytes.into()),
            _ => Value::String(String::from_utf8_lossy(&bytes).as_ref().into()),
        }
    }

    fn decoded(
        &mut self,
        quote: crate::syntax::Quote,
        parts: &[&str],
        span: Range32,
    ) -> Vec<Vec<u8>> {
        decode(quote, parts).unwrap_or_else(|error| {
            let reason = match error {
                StringError::Escape => "an escape in it names no character",
                StringError::Indent => {
                    "a line does not begin with the white space of the closing quotes"
                }
            };
            self.problem(&rules::INVALID_STRING, span, |problem| {
                problem.arg("reason", reason)
            });
            Vec::new()
        })
    }

    fn interpolation(&mut self, span: Range32, parts: &[Range32], inner: &[ast::ExprId]) -> Expr {
        let texts: Vec<&str> = parts.iter().map(|part| self.ast.slice(*part)).collect();
        let quote = quote_of(texts.first().copied().unwrap_or(""));
        let delimiter = quote.hashes + if quote.triple { 3 } else { 1 };
        let opening = quote.hashes + 2;
        let last = texts.len().saturating_sub(1);
        let cut = |(index, text): (usize, &&'a str)| -> &'a str {
            let start = if index == 0 { delimiter } else { 1 };
            let end = if index == last { delimiter } else { opening };
            text.get(start..text.len().saturating_sub(end))
                .unwrap_or("")
        };
        let texts: Vec<&str> = texts.iter().enumerate().map(cut).collect();
        let mut texts = self.decoded(quote, &texts, span).into_iter();
        let mut pieces = Vec::with_capacity(parts.len() * 2);
        let mut inner = inner.iter();
        loop {
            if let Some(text) = texts.next()
                && !text.is_empty()
            {
                pieces.push(Piece::Text(text.into()));
            }
            match inner.next() {
                Some(expr) => pieces.push(Piece::Expr(self.expr(*expr))),
                None => break,
            }
        }
        Expr::Interpolation(quote.mark == b'\'', pieces.into())
    }

    fn ident(&mut self, span: Range32) -> Expr {
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

    fn root(&mut self, name: &str, span: Range32) -> Expr {
        let known = self.ir.roots.iter().position(|root| root.name == name);
        let index = known.unwrap_or_else(|| {
            let name = EcoString::from(name);
            self.ir.roots.push(Root { name, span });
            self.ir.roots.len() - 1
        });
        Expr::Root(u16::try_from(index).unwrap_or(u16::MAX))
    }

    fn select(&mut self, base: ast::ExprId, name: Range32, span: Range32) -> Expr {
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

    fn list(&mut self, elements: &'a [ast::Element]) -> Expr {
        let mut list = Vec::with_capacity(elements.len());
        for element in elements {
            list.push(match element {
                ast::Element::Expr(expr) => Element::Expr(self.expr(*expr)),
                ast::Element::Comprehension(comprehension) => {
                    Element::Comprehension(self.comprehension(comprehension))
                }
                ast::Element::Ellipsis(kind) => {
                    if let Some(kind) = kind {
                        self.expr(*kind);
                    }
                    return Expr::Unsupported("an open list");
                }
            });
        }
        let constant = list
            .iter()
            .map(|element| match self.ir.expr(element.as_expr()?) {
                Expr::Const(value) => Some(value.clone()),
                _ => None,
            });
        match constant.collect::<Option<Vec<Value>>>() {
            Some(values) => Expr::Const(Value::List(values.into())),
            None => Expr::List(list.into()),
        }
    }

    fn unary(&mut self, operator: T, operand: ast::ExprId) -> Expr {
        let operand = self.expr(operand);
        let operator = match operator {
            T::Plus => Unary::Plus,
            T::Minus => Unary::Minus,
            T::Not => Unary::Not,
            T::Star => return Expr::Unsupported("a default"),
            _ => return Expr::Unsupported("a bound"),
        };
        match (operator, self.ir.expr(operand)) {
            (Unary::Minus, Expr::Const(Value::Number(number))) => {
                Expr::Const(Value::Number(number.negate()))
            }
            (Unary::Plus | Unary::Minus | Unary::Not, _) => Expr::Unary(operator, operand),
        }
    }

    fn binary(&mut self, operator: T, left: ast::ExprId, right: ast::ExprId) -> Expr {
        let is_bottom = |id| matches!(self.ast.expr(id), ast::Expr::Bottom);
        if matches!(operator, T::Equal | T::NotEqual) && (is_bottom(left) || is_bottom(right)) {
            let operand = if is_bottom(right) { left } else { right };
            return Expr::Present(self.expr(operand), operator == T::NotEqual);
        }
        let (left, right) = (self.expr(left), self.expr(right));
        let operator = match operator {
            T::Plus => Binary::Add,
            T::Minus => Binary::Subtract,
            T::Star => Binary::Multiply,
            T::Slash => Binary::Divide,
            T::Equal => Binary::Equal,
            T::NotEqual => Binary::NotEqual,
            T::Less => Binary::Less,
            T::LessEqual => Binary::LessEqual,
            T::Greater => Binary::Greater,
            T::GreaterEqual => Binary::GreaterEqual,
            T::Match => Binary::Match,
            T::NotMatch => Binary::NotMatch,
            T::AndAnd => Binary::And,
            T::OrOr => Binary::Or,
            T::And => return Expr::Meet(left, right),
            _ => return Expr::Unsupported("a disjunction"),
        };
        if let (Expr::Const(a), Expr::Const(b)) = (self.ir.expr(left), self.ir.expr(right))
            && let Some(value) = operators::fold(operator, a, b)
        {
            return Expr::Const(value);
        }
        Expr::Binary(operator, left, right)
    }

    fn declare(&mut self, scope: &mut Scope<'a>, name: Range32, binding: Binding) {
        let text = self.ast.slice(name);
        if scope.declare(text, binding, name).is_err() {
            self.problem(&rules::REDECLARED, name, |problem| {
                problem.arg("name", text)
            });
        }
    }

    fn shape(&mut self, decls: &'a [ast::Decl]) -> Shape {
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
                | ast::Decl::Attribute => {}
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
                ast::Decl::Ellipsis | ast::Decl::Attribute => {}
            }
        }
        self.close_scope();
        shape
    }

    fn close_scope(&mut self) {
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

    fn declare_field(&mut self, scope: &mut Scope<'a>, field: &ast::Field) {
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

    fn field(&mut self, shape: &mut Shape, field: &'a ast::Field) {
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

    fn static_field(&mut self, shape: &mut Shape, label: Label, field: &'a ast::Field) {
        let value = self.expr(field.value);
        shape.fields.push(Field {
            label,
            constraint: field.constraint,
            value,
            span: field.span,
        });
    }

    fn comprehension(&mut self, comprehension: &'a ast::Comprehension) -> Comprehension {
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

// === impl Constraint ===

impl Constraint {
    pub(crate) const fn is_regular(self) -> bool {
        matches!(self, Self::Regular)
    }
}
