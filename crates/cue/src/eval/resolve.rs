//! What a reference leads to.

use super::{
    EnvId, FaultKind, Frame, Outcome, Vm,
    node::{Base, Flags, NodeId, State},
    val::Val,
};
use crate::{
    View,
    ir::{Expr, ExprId, Label},
    kinds::Kinds,
    library::Member,
    operators::Operand,
    rules,
    syntax::ast::Constraint as Mark,
};

/// Where a reference leads: a node, or a value that has none.
#[derive(Clone)]
pub(crate) enum Target<'d> {
    Node(NodeId),
    Value(Val<'d>),
}

// === impl Target ===

impl<'d> From<Val<'d>> for Target<'d> {
    fn from(value: Val<'d>) -> Self {
        match value {
            Val::Node(node) => Self::Node(node),
            value => Self::Value(value),
        }
    }
}

// === impl Vm ===

impl<'d> Vm<'d> {
    /// Where an expression leads, without working out the value there.
    pub(crate) fn resolve(&mut self, env: EnvId, id: ExprId) -> Outcome<Target<'d>> {
        let ir = self.ir;
        match ir.expr(id) {
            Expr::Field { up, label } => match self.frame(env, *up) {
                Frame::Struct(node, _) => {
                    let node = *node;
                    self.lookup(node, *label, id)
                }
                _ => Err(self.cycle_fault(ir.span(id))),
            },
            Expr::Local { up, slot } => Ok(match self.frame(env, *up) {
                Frame::Struct(_, lets) => Target::Node(lets[usize::from(*slot)]),
                Frame::For(key, _) if *slot == 0 => key.clone().into(),
                Frame::For(_, value) => value.clone().into(),
                Frame::Let(node) | Frame::Itself(node) => Target::Node(*node),
                Frame::Outside | Frame::Label(_) => Target::Value(Val::Top),
            }),
            Expr::Itself { up } => Ok(match self.frame(env, *up) {
                Frame::Itself(node) => Target::Node(*node),
                Frame::Label(label) => Target::Value(Val::String(self.name(*label).clone())),
                Frame::Struct(..) | Frame::For(..) | Frame::Let(_) | Frame::Outside => {
                    Target::Value(Val::Top)
                }
            }),
            Expr::Dynamic { up, label } => {
                let scope = self.outer(env, *up);
                let node = match self.frame(scope, 0) {
                    Frame::Struct(node, _) => *node,
                    _ => return Err(self.cycle_fault(ir.span(id))),
                };
                let label = self.dynamic_label(scope, *label)?;
                self.lookup(node, label, id)
            }
            Expr::Root(root) => match self.roots[usize::from(*root)] {
                Some(data) => Ok(Target::Value(self.number_in_range(Val::of_data(data), id)?)),
                None => Ok(Target::Value(Val::Top)),
            },
            Expr::Package(index) => Ok(Target::Node(self.package(usize::from(*index)))),
            Expr::Select(base, label) => {
                if let Some(arguments) = self.conjunction(*base) {
                    return Err(self.unmet(env, arguments, *base));
                }
                self.enter(ir.span(id))?;
                let target = self.resolve(env, *base);
                let found = target.and_then(|target| self.select(&target, *label, *base, id));
                self.leave();
                found
            }
            Expr::Index(base, index) => {
                if let Some(arguments) = self.conjunction(*base) {
                    return Err(self.unmet(env, arguments, *base));
                }
                self.enter(ir.span(id))?;
                let found = self.index(env, *base, *index, id);
                self.leave();
                found
            }
            _ => Ok(self.eval(env, id)?.into()),
        }
    }

    /// A number that is out of range has no value.
    pub(crate) fn number_in_range(&self, value: Option<Val<'d>>, id: ExprId) -> Outcome<Val<'d>> {
        let span = self.ir.span(id);
        value.ok_or_else(|| self.limit("exponent of a number", "±100000", span))
    }

    /// The value of where a reference leads.
    pub(crate) fn value_at(&mut self, target: Target<'d>) -> Outcome<Val<'d>> {
        match target {
            Target::Node(node) => self.evaluate(node),
            Target::Value(value) => Ok(value),
        }
    }

    /// The field of a node that has been found to be a struct.
    fn lookup(&mut self, node: NodeId, label: Label, id: ExprId) -> Outcome<Target<'d>> {
        match self.find(node, label) {
            Some(arc) if arc.mark != Mark::Optional => Ok(Target::Node(arc.node)),
            None if self.is_unknown_name(node, id) => Err(self.eval_fault(
                &rules::UNRESOLVED,
                self.ir.span(id),
                |problem| problem.arg("name", self.name(label)),
            )),
            Some(_) | None => Err(self.missing_field(node, label, id)),
        }
    }

    /// True for a name beside a file that nothing in the file stands for.
    fn is_unknown_name(&self, node: NodeId, id: ExprId) -> bool {
        self.packages.first() == Some(&Some(node))
            && self.ir.focus.is_some()
            && !self.at(node).is_open()
            && matches!(self.ir.expr(id), Expr::Field { .. })
    }

    pub(crate) fn select(
        &mut self,
        owner: &Target<'d>,
        label: Label,
        base: ExprId,
        id: ExprId,
    ) -> Outcome<Target<'d>> {
        let value = match owner {
            Target::Node(node) => match self.owner(*node, base)? {
                Target::Node(node) => {
                    let known = self.at(node);
                    let is_list = known.list().is_some();
                    if !is_list || !label.is_regular() {
                        return self.lookup(node, label, id);
                    }
                    Val::Node(node)
                }
                Target::Value(value) => value,
            },
            Target::Value(value) => self.concrete(value.clone(), self.ir.span(base))?,
        };
        if let Val::Node(node) = value
            && self.at(node).list().is_none()
        {
            return self.select(&Target::Node(node), label, base, id);
        }
        if let Val::Package(package) = value {
            return match package.member(self.name(label)) {
                Some(Member::Function(function)) => Ok(Val::Function(function).into()),
                Some(Member::Special(special)) => Ok(Val::Special(special).into()),
                Some(Member::Constant(constant)) => Ok(Val::of_value(constant.value()).into()),
                None => Err(self.missing_in(&value, label, id)),
            };
        }
        if let Val::Data(data) = &value
            && let View::Map(map) = data.view()
        {
            return match map.get(self.name(label)).filter(|_| label.is_regular()) {
                Some(field) => Ok(self.number_in_range(Val::of_data(field), id)?.into()),
                None => Err(self.missing_in(&value, label, id)),
            };
        }
        if value.is_final_struct() {
            return match value
                .final_field(self.name(label))
                .filter(|_| label.is_regular())
            {
                Some(field) => Ok(field.into()),
                None => Err(self.missing_in(&value, label, id)),
            };
        }
        if !label.is_regular() && value.is_atom() {
            return Err(self.missing_in(&value, label, id));
        }
        let name = self.name(label).clone();
        Err(self.not_selectable(&value, &name, base))
    }

    /// The node that has the fields of another, whatever stands between: shared values, alternatives, defaults.
    /// What holds a conflict has no fields.
    pub(crate) fn owner(&mut self, node: NodeId, base: ExprId) -> Outcome<Target<'d>> {
        let owner = self.find_owner(node, base)?;
        if let Target::Node(node) = owner
            && !self.at(node).is_open()
            && !self.at(node).flags.has(Flags::INLINE)
        {
            self.sound_node(node, self.ir.span(base))?;
        }
        Ok(owner)
    }

    fn find_owner(&mut self, node: NodeId, base: ExprId) -> Outcome<Target<'d>> {
        self.expand(node);
        if let Some(shared) = self.at(node).shared {
            return self.find_owner(shared, base);
        }
        if self.at(node).flags.has(Flags::REFUSED) {
            return Err(self.refused(node));
        }
        let there = self.at(node);
        if there.has_disjunctions() {
            if there.state == State::Evaluating {
                self.lean_on(node);
                return Ok(Target::Node(node));
            }
            let value = self.evaluate(node)?;
            return match self.concrete(value, self.ir.span(base))? {
                Val::Node(owner) => Ok(Target::Node(owner)),
                value if self.at(node).arcs.is_empty() => Ok(Target::Value(value)),
                _ => Ok(Target::Node(node)),
            };
        }
        let open = there.state == State::Expanding;
        let is_scalar = matches!(there.base, Base::Atom(_));
        let known = !there.arcs.is_empty()
            || there.flags.has(Flags::STRUCT)
            || (there.flags.has(Flags::MAYBE_STRUCT) && !is_scalar)
            || there.list().is_some();
        if let Some(fault) = there.fault()
            && !(open && known)
        {
            return Err(fault.clone());
        }
        if !open && let Some(fault) = there.waits() {
            return Err(fault.clone());
        }
        if known {
            return Ok(Target::Node(node));
        }
        match &there.base {
            Base::Data(value) => Ok(Target::Value((**value).clone())),
            Base::Atom(value) => Ok(Target::Value(value.clone())),
            Base::Constraint(constraint) => {
                let value = Val::Constraint(constraint.clone());
                Ok(Target::Value(value))
            }
            Base::Unknown if open => {
                self.hurry(node, None);
                self.lean_on(node);
                Ok(Target::Node(node))
            }
            Base::Unknown => Ok(Target::Node(node)),
        }
    }

    /// True when a node is asked for by something that is said about the struct around it.
    pub(crate) fn is_beside(&self, node: NodeId, around: NodeId) -> bool {
        self.at(around).state == State::Expanding
            && !self.at(node).has_disjunctions()
            && !self.is_adding_fields(around)
    }

    fn index(
        &mut self,
        env: EnvId,
        base: ExprId,
        index: ExprId,
        id: ExprId,
    ) -> Outcome<Target<'d>> {
        let mut is_sibling = false;
        let owner = self.resolve(env, base).and_then(|target| match target {
            Target::Node(node) => {
                let owner = self.owner(node, base);
                // What stands beside a list may not judge it, as long as their struct is being put together.
                let around = self.at(node).parent;
                is_sibling = around.is_some_and(|around| self.is_beside(node, around));
                owner
            }
            Target::Value(value) => Ok(Target::Value(self.concrete(value, self.ir.span(base))?)),
        });
        let owner = match owner {
            Ok(Target::Node(node)) => Ok(Val::Node(node)),
            Ok(Target::Value(value)) => Ok(value),
            Err(fault) => Err(fault),
        };
        if let Ok(Val::Node(node)) = &owner {
            let node = self.at(*node);
            let unknown =
                node.list().is_none() && !node.flags.has(Flags::STRUCT) && !node.has_fields();
            let nothing = unknown && matches!(node.base, Base::Unknown) && node.arcs.is_empty();
            if node.state == State::Expanding && unknown {
                return Err(self.cycle_fault(self.ir.span(id)));
            }
            if nothing && !node.flags.has(Flags::MAYBE_STRUCT) {
                return Err(self.not_concrete(&Val::Top, self.ir.span(base)));
            }
        }
        if let Ok(value) = &owner
            && !matches!(self.shape_of(value), Operand::List | Operand::Struct)
        {
            let open = matches!(value, Val::Top | Val::Constraint(_))
                && value.kinds().meets(Kinds::LIST | Kinds::STRUCT);
            if !open {
                return Err(self.not_selectable(value, "[…]", base));
            }
        }
        let (owner, key) = match (owner, self.operand(env, index)) {
            (Ok(owner), Ok(key)) => (owner, key),
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => return Err(fault),
            (Err(a), Err(b)) => return Err(if b.kind > a.kind { b } else { a }),
        };
        let Some(length) = self.list_len(&owner) else {
            return match key.as_str() {
                Some(name) => {
                    let label = self.intern(name);
                    self.select(&owner.into(), label, base, id)
                }
                None if matches!(self.shape_of(&owner), Operand::Struct) => {
                    let fault = self.bad_index(&owner, &key, index);
                    let is_position = is_sibling && key.kinds() == Kinds::INT;
                    Err(if is_position {
                        fault.of(FaultKind::Incomplete)
                    } else {
                        fault
                    })
                }
                None => {
                    let key = self.describe(&key);
                    Err(self.not_selectable(&owner, key, base))
                }
            };
        };
        let position = match &key {
            Val::Number(number) if number.is_integer() => number
                .as_i64()
                .and_then(|index| usize::try_from(index).ok()),
            _ => None,
        };
        let Some(position) = position else {
            return Err(self.bad_index(&owner, &key, index));
        };
        match self.item(&owner, position) {
            Some(item) => Ok(item.into()),
            None => {
                let may_grow = match &owner {
                    Val::Node(node) => self.at(*node).list().is_some_and(|list| !list.closed),
                    _ => false,
                };
                let kind = match may_grow || is_sibling {
                    true => FaultKind::Incomplete,
                    false => FaultKind::Eval,
                };
                let span = self.ir.span(index);
                Err(self.fault(kind, &rules::MISSING_ITEM, span, |problem| {
                    problem
                        .arg("index", self.describe(&key))
                        .arg("length", length)
                        .arg("owner", self.words_of(base))
                        .also(owner.data_span(), rules::IN_DATA)
                }))
            }
        }
    }
}
