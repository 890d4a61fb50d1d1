//! Tree to compiled form.

mod decl;
mod literal;
mod name;

use super::{Binary, Element, Expr, ExprId, Ir, Label, LabelKind, Unary, scope::Scope};
use crate::{
    Value,
    library::{self, Member, Package},
    operators, rules,
    syntax::{
        Problem, TokenKind as T,
        ast::{self, Ast, Constraint, Range32},
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
}

// === impl Constraint ===

impl Constraint {
    pub(crate) const fn is_regular(self) -> bool {
        matches!(self, Self::Regular)
    }
}
