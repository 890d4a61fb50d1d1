//! Selectors, indices, slices, and what to say when there is nothing there.

use std::rc::Rc;

use burgee_source::{Diagnostic, nearest};
use ecow::EcoString;

use super::{
    EnvId, State, Vm,
    fault::{Fault, FaultKind, Outcome, PendingOn},
    val::{Val, VertexId},
};
use crate::{
    View,
    ir::{Expr, ExprId, Label, LabelKind},
    operators::Operand,
    rules,
    syntax::ast::Range32,
};

/// More names than this are not listed in a message.
const MAX_LISTED: usize = 12;

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn select(
        &mut self,
        env: EnvId,
        base: ExprId,
        label: Label,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let owner = self.eval(env, base)?;
        self.field(&owner, label, base, id)
    }

    fn field(
        &mut self,
        owner: &Val<'d>,
        label: Label,
        base: ExprId,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        match owner {
            Val::Node(vertex) => return self.lookup(*vertex, label, id),
            Val::Data(data) => {
                if let View::Map(map) = data.view() {
                    let name = self.name(label);
                    return match map.get(name).filter(|_| label.is_regular()) {
                        Some(value) => self.data(Val::of_data(value), id),
                        None => Err(self.missing(owner, label, id)),
                    };
                }
            }
            Val::Final(_) if owner.is_final_struct() => {
                return match owner.field(self.name(label)).filter(|_| label.is_regular()) {
                    Some(value) => Ok(value),
                    None => Err(self.missing(owner, label, id)),
                };
            }
            _ => {}
        }
        if !label.is_regular() {
            return Err(self.unsupported("a definition beside a scalar", self.ir.span(id)));
        }
        Err(self.not_selectable(owner, self.name(label), base, id))
    }

    fn not_selectable(&self, owner: &Val<'d>, name: &str, base: ExprId, id: ExprId) -> Rc<Fault> {
        self.eval_fault(&rules::NOT_SELECTABLE, self.ir.span(id), |problem| {
            problem
                .arg("name", name)
                .arg("value", owner.describe())
                .arg("type", owner.type_name())
                .arg("left_type", owner.type_name())
                .also(self.place(self.ir.span(base)), rules::IS_TYPE_LEFT)
        })
    }

    pub(super) fn index(
        &mut self,
        env: EnvId,
        base: ExprId,
        index: ExprId,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let owner = self.eval(env, base);
        if let Ok(owner) = &owner
            && !matches!(owner.operand(), Operand::List | Operand::Struct)
        {
            return Err(self.not_selectable(owner, "[…]", base, id));
        }
        let (owner, key) = match (owner, self.eval(env, index)) {
            (Ok(owner), Ok(key)) => (owner, key),
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => return Err(fault),
            (Err(a), Err(b)) => return Err(if b.kind > a.kind { b } else { a }),
        };
        let length = owner.list_len();
        match (&key, length) {
            (Val::Number(number), Some(length)) if number.is_integer() => {
                let position = number
                    .as_i64()
                    .and_then(|index| usize::try_from(index).ok());
                if position.is_none() {
                    return Err(self.bad_index(&owner, &key, index));
                }
                match position.and_then(|position| owner.item(position)) {
                    Some(item) => self.resolve(item),
                    None if position.is_some_and(|position| position < length) => {
                        self.data(None, id)
                    }
                    None => {
                        let span = self.ir.span(index);
                        // A literal or a list of the data never grows.
                        Err(self.eval_fault(&rules::MISSING_ITEM, span, |problem| {
                            problem
                                .arg("index", number)
                                .arg("length", length)
                                .arg("owner", self.ir_text(base))
                                .also(owner.data_span(), rules::IN_DATA)
                        }))
                    }
                }
            }
            (_, Some(_)) => Err(self.bad_index(&owner, &key, index)),
            (_, None) => match key.as_str() {
                Some(name) if matches!(owner, Val::Node(_)) || owner.is_final_struct() => {
                    let label = self.intern(name);
                    self.field(&owner, label, base, id)
                }
                Some(name) => Err(self.not_selectable(&owner, name, base, id)),
                None if matches!(owner, Val::Node(_)) || owner.is_final_struct() => {
                    Err(self.bad_index(&owner, &key, index))
                }
                None => Err(self.not_selectable(&owner, &key.describe(), base, id)),
            },
        }
    }

    fn ir_text(&self, base: ExprId) -> String {
        let mut steps = Vec::new();
        let mut at = base;
        loop {
            match self.ir.expr(at) {
                Expr::Select(base, label) => {
                    steps.push(format!(".{}", self.name(*label)));
                    at = *base;
                }
                Expr::Index(base, index) => {
                    let shown = match self.ir.expr(*index) {
                        Expr::Const(value) => value.to_json_text(),
                        _ => "…".to_owned(),
                    };
                    steps.push(format!("[{shown}]"));
                    at = *base;
                }
                Expr::Root(root) => {
                    steps.push(self.ir.roots[usize::from(*root)].name.to_string());
                    break;
                }
                Expr::Field { label, .. } => {
                    steps.push(self.name(*label).to_string());
                    break;
                }
                _ => {
                    steps.push("this".to_owned());
                    break;
                }
            }
        }
        steps.reverse();
        steps.concat()
    }

    fn bad_index(&self, owner: &Val<'d>, key: &Val<'d>, index: ExprId) -> Rc<Fault> {
        self.eval_fault(&rules::BAD_INDEX, self.ir.span(index), |problem| {
            problem
                .arg("value", key.describe())
                .arg("type", key.type_name())
                .arg("owner", owner.type_name())
        })
    }

    pub(super) fn slice(
        &mut self,
        env: EnvId,
        base: ExprId,
        low: Option<ExprId>,
        high: Option<ExprId>,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let owner = self.eval(env, base)?;
        let span = self.ir.span(id);
        let length = match &owner {
            Val::Bytes(bytes) => bytes.len(),
            _ => match owner.list_len() {
                Some(length) => length,
                None => return Err(self.not_selectable(&owner, "[:]", base, id)),
            },
        };
        let low = self.bound(env, low, 0, &owner)?;
        let high = self.bound(env, high, length, &owner)?;
        let range = match (usize::try_from(low), usize::try_from(high)) {
            (Ok(low), Ok(high)) if low <= high && high <= length => low..high,
            _ => {
                return Err(self.eval_fault(&rules::BAD_SLICE, span, |problem| {
                    problem
                        .arg("low", low)
                        .arg("high", high)
                        .arg("length", length)
                }));
            }
        };
        self.made(range.len(), span)?;
        if let Val::Bytes(bytes) = &owner {
            return Ok(Val::Bytes(bytes[range].into()));
        }
        let items = range.map(|index| self.data(owner.item(index), id));
        Ok(Val::List(items.collect::<Outcome<Vec<_>>>()?.into()))
    }

    fn bound(
        &mut self,
        env: EnvId,
        bound: Option<ExprId>,
        default: usize,
        owner: &Val<'d>,
    ) -> Outcome<i64> {
        let Some(expr) = bound else {
            return Ok(i64::try_from(default).unwrap_or(i64::MAX));
        };
        let value = self.eval(env, expr)?;
        match &value {
            Val::Number(number) if number.is_integer() => Ok(number.as_i64().unwrap_or(i64::MAX)),
            _ => Err(self.bad_index(owner, &value, expr)),
        }
    }

    /// Why a struct of the program has no such field.
    pub(super) fn missing_arc(&self, vertex: VertexId, label: Label, id: ExprId) -> Rc<Fault> {
        let span = self.ir.span(id);
        let there = self.at(vertex);
        if there.state != State::Done && self.may_come(vertex, label) {
            let kind = FaultKind::Pending(PendingOn(vertex));
            return self.fault(kind, &rules::UNSUPPORTED, span, |problem| {
                problem.arg("construct", "a field that depends on itself")
            });
        }
        if let Some(fault) = &there.incomplete {
            return Rc::clone(fault);
        }
        let fault = self.missing(&Val::Node(vertex), label, id);
        match self.waiting(vertex, label) {
            Some(path) => Rc::new(Fault {
                waits: Some(path),
                ..Fault::clone(&fault)
            }),
            None if there.closed && self.is_named(id) => Rc::new(Fault {
                kind: FaultKind::Eval,
                ..Fault::clone(&fault)
            }),
            None => fault,
        }
    }

    /// True when a field is taken from something that has a name: only there a closed struct is final.
    fn is_named(&self, id: ExprId) -> bool {
        match self.ir.expr(id) {
            Expr::Select(base, _) | Expr::Index(base, _) => {
                !matches!(self.ir.expr(*base), Expr::Call(..))
            }
            _ => true,
        }
    }

    /// The path of the call whose result may have the field.
    fn waiting(&self, vertex: VertexId, label: Label) -> Option<String> {
        let results = self.results?;
        let named = |name: &str| {
            let mut arcs = self.at(vertex).arcs.iter();
            arcs.any(|arc| arc.label.is_regular() && self.name(arc.label) == name)
        };
        let modern = named("$params") && self.name(label) != "$returns";
        if modern || !label.is_regular() || !self.is_call(vertex) {
            return None;
        }
        let path = self.path(vertex);
        (!results.contains_key(&path)).then_some(path)
    }

    fn missing(&self, owner: &Val<'d>, label: Label, id: ExprId) -> Rc<Fault> {
        let span = self.ir.span(id);
        self.fault(
            FaultKind::Incomplete,
            &rules::MISSING_FIELD,
            span,
            |problem| {
                let name = self.name(label);
                let base = match self.ir.expr(id) {
                    Expr::Select(base, _) | Expr::Index(base, _) => self.ir_text(*base),
                    _ => "this struct".to_owned(),
                };
                let path = match name
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '_' || c == '$')
                {
                    true => format!("{base}.{name}"),
                    false => format!("{base}[{name:?}]"),
                };
                let problem = problem
                    .arg("field", name)
                    .arg("owner", format!("`{base}`"))
                    .arg("path", path)
                    .also(owner.data_span(), rules::IN_DATA);
                let names = self.field_names(owner, label.kind());
                let problem = match nearest(name, names.iter().map(EcoString::as_str)) {
                    Some(near) => problem.arg("suggestion", near).hint(rules::DID_YOU_MEAN),
                    None => problem,
                };
                let slip = problem.argument("suggestion").is_some();
                let problem = self.list_fields(problem, &names);
                match slip {
                    true => problem,
                    false => problem.hint(rules::TEST_FIRST),
                }
            },
        )
    }

    fn list_fields(&self, problem: Diagnostic, names: &[EcoString]) -> Diagnostic {
        if names.is_empty() {
            return problem.hint(rules::NO_FIELDS);
        }
        let mut listed: Vec<&str> = names
            .iter()
            .take(MAX_LISTED)
            .map(EcoString::as_str)
            .collect();
        if names.len() > MAX_LISTED {
            listed.push("…");
        }
        problem
            .arg("fields", listed.join(", "))
            .hint(rules::FIELDS_ARE)
    }

    fn field_names(&self, owner: &Val<'d>, kind: LabelKind) -> Vec<EcoString> {
        match owner {
            Val::Node(vertex) => {
                let arcs = self.at(*vertex).arcs.iter();
                arcs.filter(|arc| arc.present && arc.label.kind() == kind)
                    .map(|arc| self.name(arc.label).clone())
                    .collect()
            }
            Val::Data(data) => match data.view() {
                View::Map(map) => map.entries().map(|(key, _)| key.into()).collect(),
                _ => Vec::new(),
            },
            value => value.entries().into_iter().map(|(key, _)| key).collect(),
        }
    }

    /// The present regular fields of a struct, by name.
    pub(super) fn fields(
        &mut self,
        owner: &Val<'d>,
        span: Range32,
    ) -> Outcome<Vec<(EcoString, Val<'d>)>> {
        let Val::Node(vertex) = owner else {
            return Ok(owner.entries());
        };
        if self.at(*vertex).state == State::Expanding {
            let kind = FaultKind::Pending(PendingOn(*vertex));
            return Err(self.fault(kind, &rules::UNSUPPORTED, span, |problem| {
                problem.arg("construct", "a struct that is extended by its own fields")
            }));
        }
        if let Some(fault) = &self.at(*vertex).incomplete {
            return Err(Rc::clone(fault));
        }
        let arcs = self.at(*vertex).arcs.iter();
        Ok(arcs
            .filter(|arc| arc.present && arc.label.is_regular())
            .map(|arc| (self.name(arc.label).clone(), Val::Node(arc.vertex)))
            .collect())
    }
}
