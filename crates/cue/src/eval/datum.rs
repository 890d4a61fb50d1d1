//! Data among what is said about a node: left alone as long as nothing else is said.

use super::{
    Vm,
    insert::onward,
    node::{Base, Below, Conjunct, Flags, NodeId, What},
    order::{Given, Way},
    val::Val,
};
use crate::{
    ir::{Expr, LabelKind},
    syntax::ast::{Constraint as Mark, Range32},
};

// === impl Vm ===

impl<'d> Vm<'d> {
    pub(super) fn insert_data(
        &mut self,
        id: NodeId,
        value: Val<'d>,
        conjunct: &Conjunct<'d>,
        span: Range32,
    ) {
        // What else is said may need its fields.
        let ir = self.ir;
        let says = |what: &What<'d>| !matches!(what, What::Expr(expr) if matches!(ir.expr(*expr), Expr::Top));
        let said = self.at(id).conjuncts.iter();
        let alone = said.filter(|said| says(&said.what)).count() <= 1;
        let node = self.at_mut(id);
        let untouched = alone
            && matches!(node.base, Base::Unknown)
            && node.arcs.is_empty()
            && !node.flags.has(Flags::STRUCT)
            && node
                .extra
                .as_ref()
                .is_none_or(|extra| extra.list.is_none() && extra.leaves.is_empty());
        if untouched {
            if conjunct.way != Way::HERE {
                node.extra().trail().data_way = conjunct.way;
            }
            node.base = Base::Data(Box::new(value));
            node.base_span = span;
            return;
        }
        self.materialize(id);
        self.spread(id, &value, conjunct, span);
    }

    /// Takes in what is said about a field or an item.
    pub(crate) fn insert_below(&mut self, id: NodeId, below: &Below<'d>, conjunct: &Conjunct<'d>) {
        let span = self.at(id).span;
        self.sign(id, conjunct);
        self.materialize(id);
        let inner = Conjunct {
            what: below.what.clone(),
            origin: onward(conjunct.origin, 1),
            ..*conjunct
        };
        match below.label.kind() {
            LabelKind::Index => {
                let index = below.label.name();
                if let Err(fault) = self.made(index, span) {
                    return self.fail(id, fault);
                }
                let anything = Conjunct::new(What::Value(Val::Top), super::OUTSIDE, 0);
                let mut items = vec![anything; index];
                items.push(inner);
                self.unify_list(id, items, false, None, span);
            }
            LabelKind::Regular => {
                let node = self.at_mut(id);
                node.flags.set(Flags::STRUCT);
                node.extra().evidence.push((below.label, conjunct.group));
                self.add_field(id, below.label, Mark::Regular, span, inner);
            }
            LabelKind::Definition | LabelKind::Hidden => {
                self.at_mut(id).flags.set(Flags::MAYBE_STRUCT);
                self.add_field(id, below.label, Mark::Regular, span, inner);
            }
        }
    }

    /// Makes nodes of the fields or items of data that more is said about.
    pub(crate) fn materialize(&mut self, id: NodeId) {
        let node = self.at_mut(id);
        if !matches!(node.base, Base::Data(_)) {
            return;
        }
        if let Base::Data(value) = std::mem::take(&mut node.base) {
            let span = node.base_span;
            let trail = self
                .at(id)
                .extra
                .as_ref()
                .and_then(|extra| extra.trail.as_ref());
            let way = trail.map_or(Way::HERE, |trail| trail.data_way);
            let conjunct = Conjunct {
                way,
                ..Conjunct::new(What::Value(Val::Top), super::OUTSIDE, 0)
            };
            self.spread(id, &value, &conjunct, span);
        }
    }

    pub(super) fn spread(
        &mut self,
        id: NodeId,
        value: &Val<'d>,
        whole: &Conjunct<'d>,
        span: Range32,
    ) {
        let conjunct = |what, step| Conjunct {
            group: whole.group,
            way: whole.way,
            ..Conjunct::new(what, super::OUTSIDE, onward(whole.origin, step))
        };
        if value.is_final_list() {
            let items = value.parts_in_list();
            let items = (1..).zip(items);
            let items = items.map(|(step, item)| conjunct(item, step)).collect();
            return self.unify_list(id, items, true, None, span);
        }
        self.at_mut(id).flags.set(Flags::STRUCT);
        let mut labels = Vec::new();
        for (step, (name, what)) in (1..).zip(value.parts_in_struct()) {
            let label = self.intern(&name);
            labels.push(label);
            let span = match &what {
                What::Data(data) => self.data_place(*data, span),
                What::Expr(_) | What::Value(_) | What::Below(_) => span,
            };
            self.at_mut(id).extra().evidence.push((label, whole.group));
            self.add_field(id, label, Mark::Regular, span, conjunct(what, step));
        }
        if !labels.is_empty() && !whole.way.is_repeated() {
            let way = whole.way;
            self.at_mut(id)
                .extra()
                .trail()
                .given
                .push(Given { way, labels });
        }
    }
}
