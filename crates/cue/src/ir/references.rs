//! Which parts of the data from outside a program reads.

use burgee_source::{SourceId, Span};

use super::{Element, Expr, ExprId, Ir};
use crate::{Reference, Step, Value, syntax::ast::Range32};

/// The longest static path of each use of a name from outside, in the order of the text.
pub(crate) fn references(ir: &Ir, files: &[(u32, SourceId)]) -> Vec<Reference> {
    let mut inner = vec![false; ir.exprs.len()];
    let mut tested = vec![false; ir.exprs.len()];
    for expr in &ir.exprs {
        match expr {
            Expr::Select(base, _) => inner[base.0 as usize] = true,
            Expr::Index(base, index) if static_step(ir, *index).is_some() => {
                inner[base.0 as usize] = true;
            }
            Expr::Present(operand, _) => tested[operand.0 as usize] = true,
            _ => {}
        }
    }
    let mut found = Vec::new();
    for index in 0..ir.exprs.len() {
        let id = ExprId(u32::try_from(index).unwrap_or(u32::MAX));
        if inner[index] {
            continue;
        }
        if let Some((root, path)) = chain(ir, id) {
            let span = ir.span(id);
            found.push(Reference {
                root: ir.roots[root].name.to_string(),
                path,
                span: place(files, span),
                tested: tested[index],
            });
        }
    }
    found.sort_by_key(|reference| reference.span);
    found
}

fn place(files: &[(u32, SourceId)], span: Range32) -> Span {
    let file = files.iter().rev().find(|(base, _)| *base <= span.start);
    let (base, source) = file.copied().unwrap_or((0, SourceId(0)));
    Span::new(source, span.start - base, span.end - base)
}

fn chain(ir: &Ir, mut id: ExprId) -> Option<(usize, Vec<Step>)> {
    let mut path = Vec::new();
    loop {
        match ir.expr(id) {
            Expr::Select(base, label) => {
                path.push(Step::Field(ir.names[label.name()].to_string()));
                id = *base;
            }
            Expr::Index(base, index) => {
                path.push(static_step(ir, *index)?);
                id = *base;
            }
            Expr::Root(root) => {
                path.reverse();
                return Some((usize::from(*root), path));
            }
            _ => return None,
        }
    }
}

fn static_step(ir: &Ir, index: ExprId) -> Option<Step> {
    match ir.expr(index) {
        Expr::Const(Value::String(name)) => Some(Step::Field(name.to_string())),
        Expr::Const(Value::Number(number)) => {
            Some(Step::Index(usize::try_from(number.as_i64()?).ok()?))
        }
        _ => None,
    }
}

impl Element {
    pub(crate) const fn as_expr(&self) -> Option<ExprId> {
        match self {
            Self::Expr(id) => Some(*id),
            Self::Comprehension(_) => None,
        }
    }
}
