//! From the evaluation to finished values.

use std::rc::Rc;

use super::{
    Vm,
    fault::{Fault, FaultKind, Outcome, graver},
    val::{Val, VertexId},
};
use crate::{Data, Value, View, ir::ExprId, rules, syntax::ast::Range32, value::Number};

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The finished value of an expression.
    pub(crate) fn export(&mut self, value: &Val<'d>, at: ExprId) -> Outcome<Value> {
        let span = self.ir.span(at);
        self.finish(value, span)
    }

    /// The finished value; every regular field must have one.
    pub(crate) fn finish(&mut self, value: &Val<'d>, span: Range32) -> Outcome<Value> {
        self.enter(span)?;
        let finished = self.finish_inner(value, span);
        self.leave();
        finished
    }

    fn finish_inner(&mut self, value: &Val<'d>, span: Range32) -> Outcome<Value> {
        match value {
            Val::Null => Ok(Value::Null),
            Val::Bool(value) => Ok(Value::Bool(*value)),
            Val::Number(number) => Ok(Value::Number(number.clone())),
            Val::Str(text) => {
                self.made(text.len(), span)?;
                Ok(Value::String((*text).into()))
            }
            Val::String(text) => Ok(Value::String(text.clone())),
            Val::Bytes(bytes) => Ok(Value::Bytes(bytes.clone())),
            Val::Final(value) => Ok(value.clone()),
            Val::Data(data) => self.copy(*data, span),
            Val::List(items) => self.finish_list(items, span),
            Val::Node(vertex) => match self.evaluate(*vertex)? {
                Val::Node(target) => self.finish_struct(target),
                Val::List(items) => self.finish_item_list(*vertex, &items, span),
                value => self.finish_inner(&value, span),
            },
            Val::Function(_) | Val::Special(_) => Err(self.fault(
                FaultKind::Incomplete,
                &rules::NO_VALUE,
                span,
                |problem| problem.arg("value", value.describe()),
            )),
        }
    }

    fn finish_list(&mut self, items: &[Val<'d>], span: Range32) -> Outcome<Value> {
        self.made(items.len(), span)?;
        let mut worst = None;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            match self.finish(item, span) {
                Ok(value) => list.push(value),
                Err(fault) => graver(&mut worst, fault),
            }
        }
        match worst {
            None => Ok(Value::List(list.into())),
            Some(fault) => Err(fault),
        }
    }

    /// A list may contain itself as well.
    fn finish_item_list(
        &mut self,
        id: VertexId,
        items: &[Val<'d>],
        span: Range32,
    ) -> Outcome<Value> {
        if self.at(id).exporting {
            return Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
        }
        self.at_mut(id).exporting = true;
        let result = self.finish_list(items, span);
        self.at_mut(id).exporting = false;
        result
    }

    fn finish_struct(&mut self, id: VertexId) -> Outcome<Value> {
        let span = self.at(id).span;
        if self.at(id).exporting {
            return Err(self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem));
        }
        self.at_mut(id).exporting = true;
        let result = self.finish_fields(id);
        self.at_mut(id).exporting = false;
        result
    }

    fn finish_fields(&mut self, id: VertexId) -> Outcome<Value> {
        let mut worst = self.at(id).incomplete.clone();
        let arcs = self.at(id).arcs.clone();
        self.made(arcs.len(), self.at(id).span)?;
        let mut fields = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let span = self.at(arc.vertex).span;
            if !arc.present {
                if arc.required {
                    let name = self.name(arc.label).clone();
                    let kind = FaultKind::Incomplete;
                    let fault = self.fault(kind, &rules::REQUIRED_FIELD, span, |problem| {
                        problem.arg("field", name)
                    });
                    graver(&mut worst, fault);
                }
                continue;
            }
            let value = self.finish(&Val::Node(arc.vertex), span);
            match value {
                Ok(value) if arc.label.is_regular() => {
                    fields.push((self.name(arc.label).clone(), value));
                }
                Ok(_) => {}
                // What is not exported may be left open, but it may not be wrong.
                Err(fault) if !arc.label.is_regular() && fault.kind == FaultKind::Incomplete => {}
                Err(fault) => graver(&mut worst, fault),
            }
        }
        match worst {
            None => Ok(Value::Struct(fields.into())),
            Some(fault) => Err(fault),
        }
    }

    /// The fields that stand beside a scalar are part of a file too.
    pub(crate) fn finish_root(
        &mut self,
        value: &Val<'d>,
        root: Option<VertexId>,
    ) -> Outcome<Value> {
        let span = self.ir.span(self.ir.root);
        let finished = self.finish(value, span);
        let Some(root) = root.filter(|root| !matches!(value, Val::Node(node) if node == root))
        else {
            return finished;
        };
        match (finished, self.finish_fields(root)) {
            (Ok(value), Ok(_)) => Ok(value),
            (Ok(value), Err(fault)) if fault.kind == FaultKind::Incomplete => {
                let _: Rc<Fault> = fault;
                Ok(value)
            }
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => Err(fault),
            (Err(a), Err(b)) => {
                let mut worst = Some(a);
                graver(&mut worst, b);
                worst.map_or(Ok(Value::Null), Err)
            }
        }
    }

    fn copy(&mut self, data: &dyn Data, span: Range32) -> Outcome<Value> {
        self.enter(span)?;
        let copied = self.copy_inner(data, span);
        self.leave();
        copied
    }

    fn copy_inner(&mut self, data: &dyn Data, span: Range32) -> Outcome<Value> {
        Ok(match data.view() {
            View::Null => Value::Null,
            View::Bool(value) => Value::Bool(value),
            View::Number(text) => match Number::parse(&text) {
                Some(number) => Value::Number(number),
                None => return Err(self.limit("exponent of a number", "±100000", span)),
            },
            View::String(text) => {
                self.made(text.len(), span)?;
                Value::String(text.into())
            }
            View::Bytes(bytes) => Value::Bytes(bytes.into()),
            View::List(items) => {
                self.made(items.len(), span)?;
                let items = (0..items.len()).filter_map(|index| items.at(index));
                let items = items.map(|item| self.copy(item, span));
                Value::List(items.collect::<Outcome<Vec<_>>>()?.into())
            }
            View::Map(map) => {
                self.made(map.len(), span)?;
                let fields = map.entries();
                let fields = fields.map(|(key, value)| Ok((key.into(), self.copy(value, span)?)));
                Value::Struct(fields.collect::<Outcome<Vec<_>>>()?.into())
            }
        })
    }

    /// Fails when something in the value can never be right; what is only missing does not count.
    pub(super) fn sound(&mut self, value: &Val<'d>) -> Outcome<()> {
        match value {
            Val::Node(_) | Val::List(_) => {}
            _ => return Ok(()),
        }
        if let Val::Node(vertex) = value
            && self.at(*vertex).exporting
        {
            return Ok(());
        }
        if let Val::Node(vertex) = value
            && self.at(*vertex).state == super::State::Expanding
        {
            return Err(self.unsupported("a struct in its own condition", self.at(*vertex).span));
        }
        match self.finish(value, self.ir.span(self.ir.root)) {
            Ok(_) => Ok(()),
            Err(fault) if fault.kind == FaultKind::Incomplete => Ok(()),
            Err(fault) => Err(fault),
        }
    }
}
