//! What is known of a value, concrete or not, as a [`Term`].

use std::rc::Rc;

use burgee_source::Lang;
use ecow::{EcoString, eco_format};

use super::{
    Fault, Outcome, Vm,
    constraint::{Constraint, Validator},
    deep,
    node::{Conjunct, ListState, NodeId, TaskKind, TaskStatus, What},
    val::Val,
};
use crate::{
    FieldKind, Mark as TermMark, Role, Term, TermField, TermOptions,
    ir::{Bound, Decl, DynamicField, Expr, ExprId, Label, LabelKind},
    kinds::Kinds,
    rules,
    syntax::ast::{Constraint as Mark, Range32},
};

/// What is being described: inside of itself it has no end.
#[derive(Default)]
pub(super) struct Described {
    nodes: Vec<NodeId>,
    /// Constraints on fields and items to come.
    constraints: Vec<ExprId>,
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// The term of a value; `origin` is the node that has it.
    pub(crate) fn term(
        &mut self,
        value: Outcome<Val<'d>>,
        origin: Option<NodeId>,
        options: &TermOptions,
    ) -> Term {
        let span = origin.map_or(Range32::default(), |node| self.at(node).span);
        let reason = |fault: Rc<Fault>| Term::Bottom(fault.diagnostic.message(Lang::En));
        if let Ok(Val::Node(node)) = value
            && self.described.nodes.contains(&node)
        {
            let endless = self.eval_fault(&rules::STRUCTURAL_CYCLE, span, |problem| problem);
            return reason(endless);
        }
        // Terms are printed and dropped by recursion, as values are.
        if let Err(fault) = self.deeper(span) {
            return reason(fault);
        }
        let term = deep(|| self.term_inner(value, origin, options));
        self.shallower();
        term
    }

    fn term_inner(
        &mut self,
        value: Outcome<Val<'d>>,
        origin: Option<NodeId>,
        options: &TermOptions,
    ) -> Term {
        let value = match value {
            Ok(value) => value,
            Err(fault) if fault.kind.is_open() => {
                return match origin {
                    Some(node) if self.at(node).waits().is_some() => self.node_term(node, options),
                    Some(node) => self.source_of(node),
                    None => Term::Bottom(fault.diagnostic.message(Lang::En)),
                };
            }
            Err(fault) => return Term::Bottom(fault.diagnostic.message(Lang::En)),
        };
        match value {
            Val::Top => Term::Top,
            Val::Constraint(constraint) => self.constraint_term(&constraint, options),
            Val::Either(either) => {
                if options.final_
                    && let Some(default) = either.default()
                {
                    let default = default.clone();
                    return self.term(Ok(default), None, options);
                }
                // Of several defaults none is the value, but all that is left.
                let defaults_only =
                    options.final_ && either.alternatives.iter().any(|(_, default)| *default);
                let alternatives = either.alternatives.iter();
                let alternatives = alternatives.filter(|(_, default)| *default || !defaults_only);
                let alternatives: Vec<_> = alternatives
                    .map(|(value, default)| (*default && !defaults_only, value.clone()))
                    .collect();
                let terms = alternatives
                    .into_iter()
                    .map(|(default, value)| (default, self.term(Ok(value), None, options)));
                Term::Or(terms.collect())
            }
            Val::Node(node) => {
                self.described.nodes.push(node);
                let term = self.node_term(node, options);
                self.described.nodes.pop();
                term
            }
            Val::List(items) => {
                let items = items.iter().map(|item| {
                    let origin = match item {
                        Val::Node(node) => Some(*node),
                        _ => None,
                    };
                    let value = self.force(item.clone());
                    self.term(value, origin, options)
                });
                Term::List {
                    items: items.collect(),
                    rest: None,
                }
            }
            Val::Function(function) => Term::Text(function.full_name().into()),
            Val::Special(special) => Term::Text(special.name().into()),
            Val::Package(package) => Term::Text(package.path.into()),
            value => match self.finish(&value, Range32::default()) {
                Ok(value) => Term::from(value),
                Err(fault) => Term::Bottom(fault.diagnostic.message(Lang::En)),
            },
        }
    }

    fn node_term(&mut self, node: NodeId, options: &TermOptions) -> Term {
        match self.at(node).list().cloned() {
            Some(list) => self.list_term(&list, options),
            None => self.struct_term(node, options),
        }
    }

    fn list_term(&mut self, list: &ListState<'d>, options: &TermOptions) -> Term {
        let items = list.items.iter();
        let items = items.map(|item| {
            let value = self.evaluate(*item);
            self.term(value, Some(*item), options)
        });
        let items = items.collect();
        let rest = match (list.closed || options.final_, list.tails.last()) {
            (true, _) => None,
            (false, None) => Some(Box::new(Term::Top)),
            (false, Some((_, tail))) => Some(Box::new(self.conjunct_term(tail, options))),
        };
        Term::List { items, rest }
    }

    /// The value of something said elsewhere, by itself.
    fn conjunct_term(&mut self, conjunct: &Conjunct<'d>, options: &TermOptions) -> Term {
        let written = match conjunct.what {
            What::Expr(expr) => Some(expr),
            What::Value(_) | What::Data(_) | What::Below(_) => None,
        };
        let node = self.inline(conjunct.clone(), Range32::default());
        let value = self.evaluate(node);
        // `#Tree: [string]: #Tree` has no end: inside of itself it is as it was written.
        let endless = match &value {
            Ok(Val::Node(node)) => self.described.nodes.contains(node),
            Ok(_) => false,
            Err(fault) => fault.is_endless(),
        };
        if let Some(expr) = written
            && (endless || self.described.constraints.contains(&expr))
        {
            return Term::Text(self.text_of(expr));
        }
        self.described.constraints.extend(written);
        let term = self.term(value, Some(node), options);
        if written.is_some() {
            self.described.constraints.pop();
        }
        term
    }

    /// What cannot be worked out yet, as it was written.
    fn source_of(&self, node: NodeId) -> Term {
        let exprs = self.at(node).conjuncts.iter();
        let exprs = exprs.filter_map(|conjunct| match conjunct.what {
            What::Expr(expr) => Some(expr),
            What::Value(_) | What::Data(_) | What::Below(_) => None,
        });
        let mut said: Vec<(ExprId, EcoString)> = Vec::new();
        for expr in exprs {
            let text = self.text_of(expr);
            if said.iter().all(|(_, there)| *there != text) {
                said.push((expr, text));
            }
        }
        match said.len() {
            0 => Term::Top,
            1 => Term::Text(said.swap_remove(0).1),
            _ => {
                let texts = said
                    .into_iter()
                    .map(|(expr, text)| match self.ir.expr(expr) {
                        // In the middle of an expression there are no aliases.
                        Expr::Aliased(inner) => self.text_of(*inner),
                        _ => text,
                    });
                Term::And(texts.map(Term::Text).collect())
            }
        }
    }

    fn text_of(&self, expr: ExprId) -> EcoString {
        let text = self.text_at(self.ir.span(expr));
        // The struct in `a: b: 1` has no braces; that of a file needs none.
        let is_file = || {
            let mut packages = self.ir.packages.iter();
            packages.any(|package| package.files.contains(&expr))
        };
        match self.ir.expr(expr) {
            Expr::Struct(_) if !text.starts_with('{') && !is_file() => eco_format!("{{{text}}}"),
            _ => text,
        }
    }

    /// The text of a place in the program.
    pub(crate) fn text_at(&self, span: Range32) -> EcoString {
        let text = self
            .texts
            .iter()
            .rev()
            .find(|(base, _)| *base <= span.start);
        let slice = text.and_then(|(base, text)| {
            text.get((span.start - base) as usize..(span.end - base) as usize)
        });
        slice.unwrap_or("_").into()
    }

    fn constraint_term(&mut self, constraint: &Constraint<'d>, options: &TermOptions) -> Term {
        if let Some(name) = constraint.name {
            return Term::Type(name.into());
        }
        let mut parts = Vec::new();
        for (bound, value) in &constraint.bounds {
            let value = self.term(Ok(value.clone()), None, options);
            parts.push(Term::Bound(bound.as_str(), Box::new(value)));
        }
        for validator in &constraint.validators {
            parts.push(self.validator_term(validator));
        }
        let implied = constraint
            .bounds
            .iter()
            .fold(Kinds::ANY, |kinds, (bound, value)| match (bound, value) {
                (Bound::Not, Val::Null) => kinds.without(Kinds::NULL),
                (_, Val::Number(_)) => kinds.and(Kinds::NUMBER),
                (_, value) => kinds.and(value.kinds()),
            });
        let implied =
            constraint
                .validators
                .iter()
                .fold(implied, |kinds, validator| match validator {
                    Validator::Builtin(builtin, _) => kinds.and(
                        builtin
                            .params
                            .first()
                            .map_or(Kinds::ANY, |param| param.kinds()),
                    ),
                    Validator::Special(..) => kinds,
                });
        if parts.is_empty() || implied != constraint.kinds {
            let names = constraint.kinds.names();
            let mut names: Vec<_> = names
                .into_iter()
                .map(|name| (false, Term::Type(name.into())))
                .collect();
            let kinds = match names.len() {
                1 => names.swap_remove(0).1,
                _ => Term::Or(names),
            };
            parts.insert(0, kinds);
        }
        match parts.len() {
            1 => parts.swap_remove(0),
            _ => Term::And(parts),
        }
    }

    fn validator_term(&self, validator: &Validator<'d>) -> Term {
        match validator {
            Validator::Builtin(builtin, arguments) => {
                let arguments = arguments.iter().cloned().map(Term::from);
                Term::Call(builtin.full_name().into(), arguments.collect())
            }
            Validator::Special(special, _, arguments, _) => {
                let arguments = arguments
                    .iter()
                    .map(|argument| Term::Text(self.text_of(*argument)));
                Term::Call(special.name().into(), arguments.collect())
            }
        }
    }

    fn struct_term(&mut self, node: NodeId, options: &TermOptions) -> Term {
        let leaves = self
            .at(node)
            .extra
            .as_ref()
            .map(|extra| extra.leaves.clone())
            .unwrap_or_default();
        let open = options.patterns && leaves.iter().any(|leaf| leaf.shape.open);
        let mut fields = Vec::new();
        for arc in self.ordered(node) {
            let kind = match arc.label.kind() {
                LabelKind::Regular | LabelKind::Index => FieldKind::Regular,
                LabelKind::Definition => FieldKind::Definition,
                LabelKind::Hidden => FieldKind::Hidden,
            };
            let mark = match arc.mark {
                Mark::Regular => TermMark::None,
                Mark::Optional => TermMark::Optional,
                Mark::Required => TermMark::Required,
            };
            let shown = match kind {
                FieldKind::Regular => true,
                FieldKind::Definition => {
                    options.definitions
                        && (options.hidden || !self.name(arc.label).starts_with('_'))
                }
                FieldKind::Hidden => options.hidden,
            };
            if !shown || (mark == TermMark::Optional && !options.optional) {
                continue;
            }
            let value = match self.evaluate(arc.node) {
                // An optional field may well be of the kind of what it is in.
                Err(fault) if mark == TermMark::Optional && fault.is_endless() => {
                    self.source_of(arc.node)
                }
                value => self.term(value, Some(arc.node), options),
            };
            let (docs, attributes) = self.notes_of(node, arc.label, options);
            fields.push(TermField {
                name: self.name(arc.label).clone(),
                kind,
                mark,
                role: Role::Named,
                value,
                docs,
                attributes,
            });
        }
        if options.patterns {
            let patterns = self
                .at(node)
                .extra
                .as_ref()
                .map(|extra| extra.patterns.clone())
                .unwrap_or_default();
            for pattern in patterns {
                let Some(label) = pattern.label.clone() else {
                    continue;
                };
                let conjunct = Conjunct {
                    what: What::Expr(pattern.decl.value),
                    env: pattern.env,
                    group: pattern.group,
                    chain: pattern.chain,
                    way: pattern.way,
                    origin: pattern.origin,
                };
                // What names the matched label has no value of its own.
                let value = match pattern.decl.names_label {
                    true => Term::Text(self.text_of(pattern.decl.value)),
                    false => self.conjunct_term(&conjunct, options),
                };
                let pattern = self.term(Ok(label), None, options);
                fields.push(TermField::constraint(pattern, value));
            }
        }
        fields.extend(self.pending_of(node));
        Term::Struct(fields, open)
    }

    /// Comprehensions and computed fields that wait for more, as they were written, each once.
    fn pending_of(&self, node: NodeId) -> Vec<TermField> {
        let mut fields: Vec<TermField> = Vec::new();
        let tasks = self.at(node).extra.iter().flat_map(|extra| &extra.tasks);
        for task in tasks {
            let text = match (&task.status, &task.what) {
                (TaskStatus::Done, _) => continue,
                (_, TaskKind::Comprehension(comprehension)) => self.text_at(comprehension.span),
                (_, TaskKind::Dynamic(field)) => self.text_of_field(field),
            };
            let field = TermField::pending(text);
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }

    /// A field whose label is computed.
    fn text_of_field(&self, field: &DynamicField) -> EcoString {
        let label = self.text_of(field.label);
        let value = self.text_of(field.value);
        let mark = match field.constraint {
            Mark::Regular => "",
            Mark::Optional => "?",
            Mark::Required => "!",
        };
        match label.starts_with(['"', '#', '\'']) {
            true => format!("{label}{mark}: {value}").into(),
            false => format!("({label}){mark}: {value}").into(),
        }
    }

    /// What was written about a field, in all places that declare it.
    pub(crate) fn notes_of(
        &self,
        node: NodeId,
        label: Label,
        options: &TermOptions,
    ) -> (Vec<EcoString>, Vec<EcoString>) {
        let (mut docs, mut attributes) = (Vec::new(), Vec::new());
        let Some(extra) = &self.at(node).extra else {
            return (docs, attributes);
        };
        let literals = extra.leaves.iter().flat_map(|leaf| &leaf.shape.decls);
        let written = literals.filter_map(|decl| match decl {
            Decl::Field(field) if field.label == label => field.notes.as_deref(),
            _ => None,
        });
        let computed = extra.notes.iter().filter(|(there, _)| *there == label);
        for notes in written.chain(computed.map(|(_, notes)| *notes)) {
            for (wanted, from, to) in [
                (options.docs, &notes.docs, &mut docs),
                (options.attributes, &notes.attributes, &mut attributes),
            ] {
                if wanted {
                    for text in from {
                        if !to.contains(text) {
                            to.push(text.clone());
                        }
                    }
                }
            }
        }
        (docs, attributes)
    }
}
