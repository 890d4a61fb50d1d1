//! Expressions: precedence climbing, operands, what follows an operand.

use smallvec::SmallVec;

use super::{Parsed, Parser, Reported, boxed};
use crate::{
    rules,
    syntax::{
        ast::{Expr, ExprId, Interpolation, Range32},
        problem::Problem,
        token::TokenKind as T,
        tree::{Listener, NodeKind},
    },
};

// === impl Parser ===

impl<L: Listener> Parser<'_, L> {
    pub(super) fn expr(&mut self) -> Parsed<ExprId> {
        self.nested(|parser| parser.binary(1))
    }

    fn binary(&mut self, least: u8) -> Parsed<ExprId> {
        // What stands in parentheses begins at them, so that `(a | b) | c` can be told from `a | b | c`.
        let start = self.range();
        let first = self.at;
        let mut left = self.unary()?;
        let mut choice = false;
        loop {
            let kind = self.kind();
            let word = matches!(self.word(0), "div" | "mod" | "quo" | "rem");
            let binds = if word { 7 } else { kind.precedence() };
            if binds == 0 || binds < least {
                return Ok(left);
            }
            let operator = self.bump();
            let right = self.nested(|parser| parser.binary(binds + 1))?;
            let span = self.since(start);
            let mut height = self.above(&[left, right]);
            if choice && kind == T::Or {
                // However many there are, `a | b | c` is one disjunction, and nobody goes down on its left.
                height = self.height(left).max(self.above(&[right]));
            }
            choice = kind == T::Or;
            let expr = match word {
                true => Expr::Word(operator, left, right),
                false => Expr::Binary(kind, left, right),
            };
            let node = match kind {
                T::Or => NodeKind::Or,
                _ => NodeKind::Binary,
            };
            self.read(node, first);
            left = self.push(expr, span, height)?;
        }
    }

    fn unary(&mut self) -> Parsed<ExprId> {
        let kind = self.kind();
        match kind {
            T::Plus
            | T::Minus
            | T::Not
            | T::Star
            | T::Less
            | T::LessEqual
            | T::Greater
            | T::GreaterEqual
            | T::NotEqual
            | T::Match
            | T::NotMatch => {
                let first = self.at;
                let operator = self.bump();
                let operand = self.nested(Self::unary)?;
                let span = self.since(operator);
                let height = self.above(&[operand]);
                self.read(NodeKind::Unary, first);
                self.push(Expr::Unary(kind, operand), span, height)
            }
            _ => self.postfix(),
        }
    }

    fn postfix(&mut self) -> Parsed<ExprId> {
        let start = self.range();
        let first = self.at;
        let mut left = self.operand()?;
        loop {
            let (node, (expr, height)) = match self.kind() {
                T::Dot => {
                    self.bump();
                    let name = match self.kind() {
                        T::Ident => self.bump(),
                        T::String if self.is_plain_string() => self.bump(),
                        _ => return Err(self.unexpected(&rules::EXPECTED_NAME)),
                    };
                    let height = self.above(&[left]);
                    (NodeKind::Select, (Expr::Select(left, name), height))
                }
                T::OpenBracket => {
                    let open = self.bump();
                    let read = |parser: &mut Self| parser.index(left, open);
                    (NodeKind::Index, self.between(T::CloseBracket, read)?)
                }
                T::OpenParen => {
                    let open = self.bump();
                    let read = |parser: &mut Self| parser.arguments(open);
                    let arguments = self.between(T::CloseParen, read)?;
                    let height = self.above(&[left]).max(self.above(&arguments));
                    let call = Expr::Call(left, boxed(arguments));
                    (NodeKind::Call, (call, height))
                }
                _ => return Ok(left),
            };
            self.read(node, first);
            left = self.push(expr, self.since(start), height)?;
        }
    }

    /// `"a"`, and neither an empty string nor one in other quotes: what may follow a dot.
    fn is_plain_string(&self) -> bool {
        let text = self.ast.slice(self.range());
        text.starts_with('"') && !text.starts_with("\"\"")
    }

    fn index(&mut self, left: ExprId, open: Range32) -> Parsed<(Expr, u16)> {
        let low = match self.kind() {
            T::Colon => None,
            _ => Some(self.expr()?),
        };
        if self.eat(T::Colon).is_none() {
            self.close(T::CloseBracket, open)?;
            return match low {
                Some(index) => Ok((Expr::Index(left, index), self.above(&[left, index]))),
                None => Err(self.unexpected(&rules::EXPECTED_EXPRESSION)),
            };
        }
        let high = match self.kind() {
            T::CloseBracket => None,
            _ => Some(self.expr()?),
        };
        self.close(T::CloseBracket, open)?;
        let below = [Some(left), low, high].into_iter().flatten();
        let height = below.fold(0, |height, id| height.max(self.above(&[id])));
        Ok((Expr::Slice(left, low, high), height))
    }

    /// Arguments up to the parenthesis; a line break separates them too.
    fn arguments(&mut self, open: Range32) -> Parsed<SmallVec<[ExprId; 4]>> {
        let mut list = SmallVec::new();
        while self.kind() != T::CloseParen && self.kind() != T::End {
            list.push(self.expr()?);
            let last = self.kind() == T::Newline && self.field_follows();
            if !self.kind().is_comma() || last {
                break;
            }
            self.bump();
        }
        self.close(T::CloseParen, open)?;
        Ok(list)
    }

    pub(super) fn operand(&mut self) -> Parsed<ExprId> {
        let range = self.range();
        match self.kind() {
            T::Ident => self.name(range),
            T::Number => self.leaf(Expr::Number),
            T::String => self.leaf(Expr::Text),
            T::Bottom => self.leaf(Expr::Bottom),
            T::StringStart => self.nested(Self::interpolation),
            T::OpenParen => {
                let start = self.at;
                self.bump();
                let inner = self.between(T::CloseParen, |parser| {
                    let inner = parser.binary(1)?;
                    parser.close(T::CloseParen, range)?;
                    Ok(inner)
                })?;
                self.read(NodeKind::Parens, start);
                self.parens = (start, self.at);
                Ok(inner)
            }
            T::OpenBracket => self.between(T::CloseBracket, |parser| parser.list(range)),
            T::OpenBrace => self.nested(|parser| parser.struct_literal(range)),
            _ => Err(self.unexpected(&rules::EXPECTED_EXPRESSION)),
        }
    }

    fn leaf(&mut self, expr: Expr) -> Parsed<ExprId> {
        let range = self.bump();
        self.push(expr, range, 0)
    }

    fn name(&mut self, range: Range32) -> Parsed<ExprId> {
        let expr = match self.ast.slice(range) {
            "null" => Expr::Null,
            "true" => Expr::Bool(true),
            "false" => Expr::Bool(false),
            _ => Expr::Ident,
        };
        self.leaf(expr)
    }

    fn interpolation(&mut self) -> Parsed<ExprId> {
        let first = self.at;
        let start = self.bump();
        let mut parts = vec![start];
        let mut inner = Vec::new();
        loop {
            inner.push(self.expr()?);
            let more = self.kind() == T::StringMiddle;
            if !more && self.kind() != T::StringEnd {
                return Err(self.unclosed_part(start));
            }
            let part = self.bump();
            parts.push(part);
            if !more {
                self.read(NodeKind::Interpolation, first);
                let height = inner
                    .iter()
                    .fold(0, |height, id| height.max(self.above(&[*id])));
                return self.push(
                    Expr::String(Box::new(Interpolation {
                        parts: parts.into(),
                        inner: inner.into(),
                    })),
                    start.to(part),
                    height,
                );
            }
        }
    }

    /// An interpolation without its parenthesis. When the string has no end either, that was reported.
    fn unclosed_part(&mut self, part: Range32) -> Reported {
        let endless = |problem: &Problem| problem.rule.code == rules::UNTERMINATED_STRING.code;
        if self.problems.iter().any(endless) {
            return Reported;
        }
        self.unclosed(Range32 {
            start: part.end.saturating_sub(1),
            end: part.end,
        })
    }

    /// A struct, at its opening brace.
    pub(super) fn struct_literal(&mut self, open: Range32) -> Parsed<ExprId> {
        let first = self.at;
        self.bump();
        let from = self.heights.len();
        let decls = self.decls(T::CloseBrace);
        let end = self.close(T::CloseBrace, open)?;
        let height = self.height_from(from);
        self.read(NodeKind::Struct, first);
        self.push(Expr::Struct(decls), open.to(end), height)
    }
}
