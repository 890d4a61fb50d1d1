//! Fields, items and slices, and what to say when there is nothing there.

use std::rc::Rc;

use burgee_source::{Diagnostic, Words, nearest};
use ecow::EcoString;

use super::{
    EnvId, Fault, FaultKind, Outcome, Vm,
    node::{Arc, Flags, NodeId, State, Task, TaskStatus},
    val::Val,
};
use crate::{
    View,
    ir::{Expr, ExprId, Label, LabelKind},
    kinds::Kinds,
    library::Special,
    operators::Operand,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

/// More names than this are not listed in a message.
const MAX_LISTED: usize = 12;

// === impl Vm ===

impl<'d> Vm<'d> {
    /// A value as an operator sees it.
    pub(crate) fn shape_of<'v>(&self, value: &'v Val<'d>) -> Operand<'v> {
        match value {
            Val::Node(node) if self.at(*node).list().is_some() => Operand::List,
            value => value.operand(),
        }
    }

    pub(crate) fn is_struct(&self, value: &Val<'d>) -> bool {
        matches!(self.shape_of(value), Operand::Struct)
    }

    /// How many items a list has; `None` for what is no list.
    pub(crate) fn list_len(&self, value: &Val<'d>) -> Option<usize> {
        match value {
            Val::Node(node) => Some(self.at(*node).list()?.items.len()),
            value => value.final_len(),
        }
    }

    /// An item of a list, not worked out; `None` beyond its end.
    pub(crate) fn item(&self, value: &Val<'d>, index: usize) -> Option<Val<'d>> {
        match value {
            Val::Node(node) => self
                .at(*node)
                .list()?
                .items
                .get(index)
                .copied()
                .map(Val::Node),
            value => value.final_item(index),
        }
    }

    /// The items of a list, not worked out; `None` for what is no list.
    pub(crate) fn items(&self, value: &Val<'d>) -> Outcome<Option<Vec<Val<'d>>>> {
        Ok(match value {
            Val::Node(node) => {
                let list = self.at(*node).list();
                list.map(|list| list.items.iter().copied().map(Val::Node).collect())
            }
            value if value.is_final_list() => Some(value.final_items()),
            _ => None,
        })
    }

    /// An item or field that has a node, worked out.
    pub(crate) fn force(&mut self, value: Val<'d>) -> Outcome<Val<'d>> {
        match value {
            Val::Node(node) => self.evaluate(node),
            value => Ok(value),
        }
    }

    /// The regular fields of a struct, by name, not worked out.
    pub(crate) fn fields(
        &mut self,
        owner: &Val<'d>,
        span: Range32,
    ) -> Outcome<Vec<(EcoString, Val<'d>)>> {
        let Val::Node(node) = owner else {
            return Ok(owner.final_fields());
        };
        if self.at(*node).state == State::Expanding {
            self.hurry(*node, None);
            if self.may_come(*node, None) {
                let own = self.at(*node).extra.as_ref().is_some_and(|extra| {
                    let mut tasks = (0..).zip(&extra.tasks);
                    let done = |task: &Task<'d>| matches!(task.status, TaskStatus::Done);
                    extra.running_task.is_some()
                        && extra.running_references == 0
                        && tasks
                            .all(|(index, task)| done(task) || Some(index) == extra.running_task)
                });
                if !own {
                    return Err(self.cycle_fault(span));
                }
                // A comprehension that goes over the struct that it stands in may not add to it.
                self.at_mut(*node).extra().listed = true;
            }
        }
        if let Some(fault) = self.at(*node).waits() {
            return Err(Rc::clone(fault));
        }
        let arcs = &self.at(*node).arcs;
        let mut fields = Vec::with_capacity(arcs.len());
        let exported = |arc: &&Arc| arc.mark.is_regular() && arc.label.is_regular();
        let named = |arc: &Arc| (self.name(arc.label).clone(), Val::Node(arc.node));
        fields.extend(arcs.iter().filter(exported).map(named));
        Ok(fields)
    }

    pub(crate) fn slice(
        &mut self,
        env: EnvId,
        base: ExprId,
        low: Option<ExprId>,
        high: Option<ExprId>,
        id: ExprId,
    ) -> Outcome<Val<'d>> {
        let owner = match self.sliced(env, base) {
            // Of what nothing is known there is no part, now or later.
            Err(fault) if fault.kind == FaultKind::Cycle && self.is_reference(base) => Val::Top,
            owner => owner?,
        };
        let span = self.ir.span(id);
        let length = match &owner {
            Val::Bytes(bytes) => bytes.len(),
            _ => match self.list_len(&owner) {
                Some(length) => length,
                None => {
                    let fault = self.not_selectable(&owner, "[:]", base);
                    return Err(fault.of(FaultKind::Eval));
                }
            },
        };
        let low = self.slice_bound(env, low, 0, &owner)?;
        let high = self.slice_bound(env, high, length, &owner)?;
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
        let items = range.filter_map(|index| self.item(&owner, index));
        Ok(Val::List(items.collect::<Vec<_>>().into()))
    }

    /// What a slice is taken from, the default of alternatives.
    fn sliced(&mut self, env: EnvId, base: ExprId) -> Outcome<Val<'d>> {
        if let Some(arguments) = self.conjunction(base) {
            self.listed(env, Special::And, arguments, base)?;
            return Ok(Val::Top);
        }
        match self.eval(env, base)? {
            value @ Val::Either(_) => self.concrete(value, self.ir.span(base)),
            value => Ok(value),
        }
    }

    fn slice_bound(
        &mut self,
        env: EnvId,
        bound: Option<ExprId>,
        default: usize,
        owner: &Val<'d>,
    ) -> Outcome<i64> {
        let Some(expr) = bound else {
            return Ok(i64::try_from(default).unwrap_or(i64::MAX));
        };
        let value = self.operand(env, expr)?;
        match &value {
            Val::Number(number) if number.is_integer() => Ok(number.as_i64().unwrap_or(i64::MAX)),
            _ => Err(self.bad_index(owner, &value, expr)),
        }
    }

    pub(crate) fn not_selectable(
        &self,
        owner: &Val<'d>,
        name: impl Into<Words>,
        base: ExprId,
    ) -> Rc<Fault> {
        let open =
            matches!(owner, Val::Top | Val::Constraint(_)) && owner.kinds().meets(Kinds::STRUCT);
        let kind = match open {
            true => FaultKind::Incomplete,
            false => FaultKind::Eval,
        };
        self.fault(
            kind,
            &rules::NOT_SELECTABLE,
            self.ir.span(base),
            |problem| {
                let is = self.type_name(owner);
                problem
                    .arg("name", name)
                    .arg("value", self.describe(owner))
                    .arg("type", &is)
                    .arg("left_type", is)
                    .also(self.place(self.ir.span(base)), rules::IS_TYPE_LEFT)
            },
        )
    }

    pub(crate) fn bad_index(&self, owner: &Val<'d>, key: &Val<'d>, index: ExprId) -> Rc<Fault> {
        self.eval_fault(&rules::BAD_INDEX, self.ir.span(index), |problem| {
            problem
                .arg("value", self.describe(key))
                .arg("type", self.type_name(key))
                .arg("owner", self.type_name(owner))
        })
    }

    /// An expression that leads somewhere, in short.
    pub(crate) fn words_of(&self, base: ExprId) -> String {
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

    /// Why a struct of the program has no such field.
    pub(crate) fn missing_field(&mut self, node: NodeId, label: Label, id: ExprId) -> Rc<Fault> {
        let there = self.at(node);
        if let Some(fault) = there.waits() {
            return Rc::clone(fault);
        }
        if self.may_come(node, Some(label)) {
            let fault = self.missing_in(&Val::Node(node), label, id);
            return match self.miss(node, label) {
                true => fault,
                false => Rc::new(Fault {
                    kind: FaultKind::Cycle,
                    ..Fault::clone(&fault)
                }),
            };
        }
        let fault = self.missing_in(&Val::Node(node), label, id);
        if let Some(path) = self.awaited(node, label) {
            return Rc::new(Fault {
                waits: Some(path),
                ..Fault::clone(&fault)
            });
        }
        let closed = label.is_regular()
            && self.is_named(id)
            && !self.closing(node).is_empty()
            && self.refuses(node, label);
        let closed = closed || (self.is_named(id) && self.is_final_in(node, label));
        match closed {
            true => Rc::new(Fault {
                kind: FaultKind::Eval,
                ..Fault::clone(&fault)
            }),
            false => fault,
        }
    }

    /// Notes that a condition of a struct found a field of it missing: it may not add that field then. False when
    /// another condition may add it.
    fn miss(&mut self, node: NodeId, label: Label) -> bool {
        let known = self.at(node);
        let Some(extra) = &known.extra else {
            return false;
        };
        let others = (0..).zip(&extra.tasks).any(|(index, task)| {
            Some(index) != extra.running_task
                && !matches!(task.status, TaskStatus::Done)
                && self.may_add(task, label)
        });
        let own = known.state == State::Expanding && extra.running_references == 0;
        if others || !own || extra.running_task.is_none() {
            return false;
        }
        self.at_mut(node).extra().missed.push(label);
        true
    }

    /// True when a definition says by itself that a field is not there.
    fn is_final_in(&mut self, node: NodeId, label: Label) -> bool {
        let there = self.at(node);
        let is_struct = there.flags.has(Flags::STRUCT) || there.flags.has(Flags::MAYBE_STRUCT);
        let around = there.parent;
        is_struct
            && label.is_regular()
            && there.flags.has(Flags::DEFINED)
            && !there.flags.has(Flags::TOP)
            && self.position(node, label).is_none()
            && !around.is_some_and(|around| self.is_beside(node, around))
            && !self.lets_in(node, label)
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
    fn awaited(&self, node: NodeId, label: Label) -> Option<String> {
        let results = self.results?;
        let named = |name: &str| {
            let mut arcs = self.at(node).arcs.iter();
            arcs.any(|arc| arc.label.is_regular() && self.name(arc.label) == name)
        };
        let modern = named("$params") && self.name(label) != "$returns";
        if modern || !label.is_regular() || !self.is_call(node) {
            return None;
        }
        let path = self.path(node);
        (!results.contains_key(&path)).then_some(path)
    }

    pub(crate) fn missing_in(&self, owner: &Val<'d>, label: Label, id: ExprId) -> Rc<Fault> {
        let span = self.ir.span(id);
        self.fault(
            FaultKind::Incomplete,
            &rules::MISSING_FIELD,
            span,
            |problem| {
                let name = self.name(label);
                let base = match self.ir.expr(id) {
                    Expr::Select(base, _) | Expr::Index(base, _) => self.words_of(*base),
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
                let names: Vec<&str> = names.iter().map(EcoString::as_str).collect();
                let problem = self.list_fields(problem, &names);
                match slip {
                    true => problem,
                    false => problem.hint(rules::TEST_FIRST),
                }
            },
        )
    }

    pub(crate) fn list_fields(&self, problem: Diagnostic, names: &[&str]) -> Diagnostic {
        if names.is_empty() {
            return problem.hint(rules::NO_FIELDS);
        }
        let mut listed: Vec<&str> = names.iter().copied().take(MAX_LISTED).collect();
        if names.len() > MAX_LISTED {
            listed.push("…");
        }
        problem
            .arg("fields", listed.join(", "))
            .hint(rules::FIELDS_ARE)
    }

    fn field_names(&self, owner: &Val<'d>, kind: LabelKind) -> Vec<EcoString> {
        match owner {
            Val::Node(node) => {
                let arcs = self.at(*node).arcs.iter();
                arcs.filter(|arc| arc.mark != Mark::Optional && arc.label.kind() == kind)
                    .map(|arc| self.name(arc.label).clone())
                    .collect()
            }
            Val::Data(data) => match data.view() {
                View::Map(map) => map.entries().map(|(key, _)| key.into()).collect(),
                _ => Vec::new(),
            },
            value => value
                .final_fields()
                .into_iter()
                .map(|(key, _)| key)
                .collect(),
        }
    }
}
