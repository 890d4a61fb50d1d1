//! Numbers, strings and what is put into them.

use super::Compiler;
use crate::{
    Value,
    ir::{Expr, Piece, number_literal},
    rules,
    syntax::{
        Quote, StringError,
        ast::{self, Range32},
        decode, quote_of,
    },
};

// === impl Compiler ===

impl<'a> Compiler<'a> {
    pub(super) fn number(&mut self, span: Range32) -> Value {
        let literal = self.ast.slice(span);
        match number_literal(literal) {
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

    pub(super) fn text(&mut self, span: Range32) -> Value {
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

    pub(super) fn decoded(&mut self, quote: Quote, parts: &[&str], span: Range32) -> Vec<Vec<u8>> {
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

    pub(super) fn interpolation(
        &mut self,
        span: Range32,
        parts: &[Range32],
        inner: &[ast::ExprId],
    ) -> Expr {
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
}
