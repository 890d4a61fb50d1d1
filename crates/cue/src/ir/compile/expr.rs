//! Expressions.

use smallvec::SmallVec;

use super::Compiler;
use crate::{
    Value,
    ir::{Binary, Bound, Element, Expr, ExprId, List, Rest, Unary},
    library::{self, Member},
    operators, rules,
    syntax::{TokenKind as T, ast},
};

/// The alternatives of a disjunction, and which are marked.
type Arms = SmallVec<[(bool, ExprId); 4]>;

// === impl Compiler ===

impl<'a> Compiler<'a> {
    pub(super) fn expr(&mut self, id: ast::ExprId) -> ExprId {
        let span = self.ast.span(id);
        let ast = self.ast;
        let expr = match ast.expr(id) {
            ast::Expr::Bottom | ast::Expr::Bad => Expr::Bottom,
            ast::Expr::Null => Expr::Const(Value::Null),
            ast::Expr::Bool(value) => Expr::Const(Value::Bool(*value)),
            ast::Expr::Number => Expr::Const(self.number(span)),
            ast::Expr::Text => Expr::Const(self.text(span)),
            ast::Expr::String(string) => self.interpolation(span, &string.parts, &string.inner),
            ast::Expr::Ident => self.ident(span),
            ast::Expr::List(elements) => self.list(elements),
            ast::Expr::Struct(decls) => Expr::Struct(Box::new(self.shape(decls))),
            ast::Expr::Unary(T::Star, _) => {
                self.problem(&rules::MISPLACED_DEFAULT, span, |problem| problem);
                Expr::Bottom
            }
            ast::Expr::Unary(operator, operand) => self.unary(*operator, *operand),
            ast::Expr::Binary(T::Or, _, _) => self.either(id),
            ast::Expr::Binary(operator, left, right) => self.binary(*operator, *left, *right),
            ast::Expr::Word(word, left, right) => {
                let function = library::predeclared(ast.slice(*word));
                let arguments = [self.expr(*left), self.expr(*right)];
                match function {
                    Some(Member::Function(function)) => {
                        let function = self.push(Expr::Function(function), *word);
                        Expr::Call(function, arguments.into())
                    }
                    Some(Member::Special(_) | Member::Constant(_)) | None => Expr::Bottom,
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

    /// `a | *b | c` is one disjunction, in parentheses or behind a name it is another.
    fn either(&mut self, id: ast::ExprId) -> Expr {
        let mut arms = Arms::new();
        self.arms(id, &mut arms);
        Expr::Either(arms[..].into())
    }

    fn arms(&mut self, id: ast::ExprId, arms: &mut Arms) {
        // To the left it nests as deep as it is long: no recursion there.
        let mut rest: SmallVec<[ast::ExprId; 4]> = SmallVec::new();
        let mut at = id;
        while let ast::Expr::Binary(T::Or, left, right) = self.ast.expr(at) {
            rest.push(*right);
            // What begins before its left side has that in parentheses.
            let parenthesized = self.ast.span(at).start < self.ast.span(*left).start;
            at = *left;
            if parenthesized {
                break;
            }
        }
        rest.push(at);
        for arm in rest.into_iter().rev() {
            let arm = match self.ast.expr(arm) {
                ast::Expr::Unary(T::Star, inner) => (true, self.expr(*inner)),
                _ => (false, self.expr(arm)),
            };
            arms.push(arm);
        }
    }

    fn list(&mut self, elements: &'a [ast::Element]) -> Expr {
        let mut list = Vec::with_capacity(elements.len());
        let mut rest = Rest::None;
        for element in elements {
            match element {
                ast::Element::Expr(expr) => list.push(Element::Expr(self.expr(*expr))),
                ast::Element::Comprehension(comprehension) => {
                    list.push(Element::Comprehension(self.comprehension(comprehension)));
                }
                ast::Element::Ellipsis(None) => rest = Rest::Any,
                ast::Element::Ellipsis(Some(kind)) => rest = Rest::Of(self.expr(*kind)),
            }
        }
        let constant = list
            .iter()
            .map(|element| match self.ir.expr(element.as_expr()?) {
                Expr::Const(value) => Some(value.clone()),
                _ => None,
            });
        match constant.collect::<Option<Vec<Value>>>() {
            Some(values) if rest == Rest::None => Expr::Const(Value::List(values.into())),
            Some(_) | None => Expr::List(Box::new(List {
                elements: list.into(),
                rest,
            })),
        }
    }

    fn unary(&mut self, operator: T, operand: ast::ExprId) -> Expr {
        let operand = self.expr(operand);
        let bound = match operator {
            T::Plus => return self.sign(Unary::Plus, operand),
            T::Minus => return self.sign(Unary::Minus, operand),
            T::Not => return Expr::Unary(Unary::Not, operand),
            T::Less => Bound::Less,
            T::LessEqual => Bound::LessEqual,
            T::Greater => Bound::Greater,
            T::GreaterEqual => Bound::GreaterEqual,
            T::NotEqual => Bound::Not,
            T::Match => Bound::Match,
            T::NotMatch => Bound::NotMatch,
            // The parser lets a mark stand only in front of an alternative.
            _ => return Expr::Bottom,
        };
        Expr::Bound(bound, operand)
    }

    fn sign(&mut self, sign: Unary, operand: ExprId) -> Expr {
        match (sign, self.ir.expr(operand)) {
            (Unary::Minus, Expr::Const(Value::Number(number))) => {
                Expr::Const(Value::Number(number.negate()))
            }
            _ => Expr::Unary(sign, operand),
        }
    }

    fn binary(&mut self, operator: T, left: ast::ExprId, right: ast::ExprId) -> Expr {
        let is_bottom = |id| matches!(self.ast.expr(id), ast::Expr::Bottom);
        if matches!(operator, T::Equal | T::NotEqual) && (is_bottom(left) || is_bottom(right)) {
            let operand = if is_bottom(right) { left } else { right };
            let is_present = operator == T::NotEqual;
            let tested = self.expr(operand);
            let operator = if is_present { "!=" } else { "==" };
            self.must_be_value(tested, operand, operator);
            return Expr::Present(tested, is_present);
        }
        let places = [left, right];
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
            // `&`: the only operator that is left.
            _ => return Expr::Meet(left, right),
        };
        for (operand, place) in [left, right].into_iter().zip(places) {
            self.must_be_value(operand, place, operator.as_str());
        }
        if let (Expr::Const(a), Expr::Const(b)) = (self.ir.expr(left), self.ir.expr(right))
            && let Some(value) = operators::fold(operator, a, b)
        {
            return Expr::Const(value);
        }
        Expr::Binary(operator, left, right)
    }

    /// A type or bound where only a value makes sense is wrong even where nobody looks.
    fn must_be_value(&mut self, operand: ExprId, place: ast::ExprId, operator: &'static str) {
        if let Some(word) = self.ir.expr(operand).as_type() {
            let span = self.ast.span(place);
            self.problem(&rules::BAD_OPERAND, span, |problem| {
                let problem = problem.arg("operator", operator);
                problem.arg("value", format!("`{word}`")).arg("type", word)
            });
        }
    }
}
