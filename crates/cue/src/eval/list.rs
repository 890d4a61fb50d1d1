//! Lists: items by position, and what is said about those that may follow.

use super::{
    Frame, Outcome, Vm,
    insert::onward,
    node::{Conjunct, Flags, ListState, NodeId, What},
};
use crate::{
    ir::{Decl, Element, Expr, ExprId, Label, List, Rest, Shape},
    rules,
    syntax::ast::Range32,
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(crate) fn insert_list(
        &mut self,
        id: NodeId,
        list: &'d List,
        conjunct: &Conjunct<'d>,
        expr: ExprId,
    ) -> Outcome<()> {
        let span = self.ir.span(expr);
        self.spend(1 + list.elements.len() as u64, span)?;
        self.sign(id, conjunct);
        let conjunct = &conjunct.apart();
        let mut items = Vec::with_capacity(list.elements.len());
        for (step, element) in (1..).zip(&list.elements) {
            match element {
                Element::Expr(expr) => items.push(Conjunct {
                    origin: onward(conjunct.origin, step),
                    ..conjunct.expr(*expr)
                }),
                Element::Comprehension(comprehension) => {
                    let envs = self.run_clauses(conjunct.env, &comprehension.clauses)?;
                    let body = self.body(comprehension.body);
                    let origin = onward(conjunct.origin, step);
                    for (turn, env) in (1..).zip(envs) {
                        // The scope of the body, in which nothing is declared.
                        let env = match body == comprehension.body {
                            true => env,
                            false => self.env(env, Frame::Outside),
                        };
                        // It is more than what it refers to: a struct around that.
                        let way = match body == comprehension.body {
                            true => conjunct.way,
                            false => conjunct.way.embedded(),
                        };
                        items.push(Conjunct {
                            what: What::Expr(body),
                            env,
                            way,
                            origin: onward(origin, turn),
                            ..*conjunct
                        });
                    }
                }
            }
        }
        self.made(items.len(), span)?;
        let closed = list.rest == Rest::None;
        let tail = match list.rest {
            Rest::Of(expr) => Some(conjunct.expr(expr)),
            Rest::None | Rest::Any => None,
        };
        self.materialize(id);
        self.unify_list(id, items, closed, tail, span);
        Ok(())
    }

    /// A body that only holds a value is that value.
    fn body(&self, body: ExprId) -> ExprId {
        match self.ir.expr(body) {
            Expr::Struct(shape) => match &**shape {
                Shape {
                    decls,
                    lets,
                    open: false,
                    ..
                } if lets.is_empty() => match &**decls {
                    [Decl::Embed(inner)] => *inner,
                    _ => body,
                },
                _ => body,
            },
            _ => body,
        }
    }

    /// Meets the list that a node is so far with another one.
    pub(crate) fn unify_list(
        &mut self,
        id: NodeId,
        items: Vec<Conjunct<'d>>,
        closed: bool,
        tail: Option<Conjunct<'d>>,
        span: Range32,
    ) {
        let count = items.len();
        let mut state = match self.at_mut(id).extra().list.take() {
            Some(state) => state,
            None => Box::new(ListState {
                span,
                ..ListState::default()
            }),
        };
        let there = state.items.len();
        if (closed && there > count) || (state.closed && count > there) {
            let first = self.place(state.span);
            let fault = self.eval_fault(&rules::LIST_LENGTH, span, |problem| {
                problem
                    .arg("left", there)
                    .arg("right", count)
                    .also(first, rules::THE_OTHER)
            });
            self.at_mut(id).extra().list = Some(state);
            return self.fail(id, fault);
        }
        let before = state.closed;
        state.closed |= closed;
        let mut flags = self.at(id).flags.kept();
        flags.clear(Flags::LET);
        for index in there..count {
            let label = Label::index(index);
            let node = self.node(Some(id), label, flags, span);
            state.items.push(node);
        }
        debug_assert!(!before || state.items.len() == there);
        for (index, item) in items.into_iter().enumerate() {
            let node = state.items[index];
            match item.what {
                What::Expr(expr) => self.at_mut(node).span = self.ir.span(expr),
                What::Data(data) => self.at_mut(node).span = self.data_place(data, span),
                What::Value(_) | What::Below(_) => {}
            }
            self.add_conjunct(node, item);
            if index < there {
                continue;
            }
            let tails = state.tails.iter().filter(|(from, _)| *from <= index);
            let tails: Vec<_> = tails.map(|(_, tail)| tail.clone()).collect();
            for tail in tails {
                self.add_conjunct(node, tail);
            }
        }
        if let Some(tail) = tail {
            for node in state.items.iter().skip(count) {
                self.add_conjunct(*node, tail.clone());
            }
            state.tails.push((count, tail));
        }
        let extra = self.at_mut(id).extra();
        extra.list = Some(state);
        extra.version += 1;
    }
}
