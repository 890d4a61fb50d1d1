//! A value while evaluating.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use ecow::EcoString;

use super::{
    constraint::Constraint,
    disjunction::Disjoined,
    node::{NodeId, What},
};
use crate::{
    Data, Number, Value, View,
    kinds::Kinds,
    library::{Builtin, Package, Special},
    operators::Operand,
};

/// A value of this evaluation; `'d` is the data and the program.
#[derive(Clone)]
pub(crate) enum Val<'d> {
    /// `_`.
    Top,
    Null,
    Bool(bool),
    Number(Number),
    /// A string of the data.
    Str(&'d str),
    String(EcoString),
    Bytes(Arc<[u8]>),
    List(Rc<[Val<'d>]>),
    /// A struct or list of the program; among the items of a list also any value not worked out yet.
    Node(NodeId),
    /// A list or struct of the data.
    Data(&'d dyn Data),
    /// A list or struct that a function made.
    Final(Value),
    /// A type, bounds, validators.
    Constraint(Rc<Constraint<'d>>),
    /// Alternatives that are still open.
    Either(Rc<Disjoined<'d>>),
    Package(&'static Package),
    Function(&'static Builtin),
    Special(Special),
}

// === impl Val ===

impl<'d> Val<'d> {
    /// Data as it is; `None` for a number that is out of range.
    pub(crate) fn of_data(data: &'d dyn Data) -> Option<Self> {
        Some(match data.view() {
            View::Null => Self::Null,
            View::Bool(value) => Self::Bool(value),
            View::Number(text) => Self::Number(Number::parse(&text)?),
            View::String(text) => Self::Str(text),
            View::Bytes(bytes) => Self::Bytes(bytes.into()),
            View::List(_) | View::Map(_) => Self::Data(data),
        })
    }

    /// A constant of the program.
    pub(crate) fn of_const(value: &'d Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Str(text),
            Value::Bytes(bytes) => Self::Bytes(Arc::clone(bytes)),
            Value::List(_) | Value::Struct(_) => Self::Final(value.clone()),
        }
    }

    /// What an operator or a function made.
    pub(crate) fn of_value(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::String(text),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::List(_) | Value::Struct(_) => Self::Final(value),
        }
    }

    pub(crate) fn operand(&self) -> Operand<'_> {
        match self {
            Self::Null => Operand::Null,
            Self::Bool(value) => Operand::Bool(*value),
            Self::Number(number) => Operand::Number(Cow::Borrowed(number)),
            Self::Str(text) => Operand::String(text),
            Self::String(text) => Operand::String(text),
            Self::Bytes(bytes) => Operand::Bytes(bytes),
            Self::List(_) => Operand::List,
            Self::Node(_) => Operand::Struct,
            Self::Data(_) | Self::Final(_) => match self.is_final_list() {
                true => Operand::List,
                false => Operand::Struct,
            },
            Self::Top
            | Self::Constraint(_)
            | Self::Either(_)
            | Self::Package(_)
            | Self::Function(_)
            | Self::Special(_) => Operand::Function,
        }
    }

    /// True for lists of the data, of functions, and those without nodes.
    pub(crate) fn is_final_list(&self) -> bool {
        match self {
            Self::List(_) => true,
            Self::Data(data) => matches!(data.view(), View::List(_)),
            Self::Final(value) => matches!(value, Value::List(_)),
            _ => false,
        }
    }

    /// True for structs of the data and of functions.
    pub(crate) fn is_final_struct(&self) -> bool {
        match self {
            Self::Data(data) => matches!(data.view(), View::Map(_)),
            Self::Final(value) => matches!(value, Value::Struct(_)),
            _ => false,
        }
    }

    pub(crate) fn is_atom(&self) -> bool {
        matches!(
            self,
            Self::Null
                | Self::Bool(_)
                | Self::Number(_)
                | Self::Str(_)
                | Self::String(_)
                | Self::Bytes(_)
        )
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list that has no node.
    pub(crate) fn final_items(&self) -> Vec<Self> {
        match self {
            Self::List(items) => items.to_vec(),
            Self::Data(data) => match data.view() {
                View::List(items) => (0..items.len())
                    .filter_map(|index| Self::of_data(items.at(index)?))
                    .collect(),
                _ => Vec::new(),
            },
            Self::Final(Value::List(items)) => items.iter().cloned().map(Self::of_value).collect(),
            _ => Vec::new(),
        }
    }

    /// How many items a list without a node has.
    pub(crate) fn final_len(&self) -> Option<usize> {
        match self {
            Self::List(items) => Some(items.len()),
            Self::Data(data) => match data.view() {
                View::List(items) => Some(items.len()),
                _ => None,
            },
            Self::Final(Value::List(items)) => Some(items.len()),
            _ => None,
        }
    }

    /// An item of a list without a node; `None` beyond its end.
    pub(crate) fn final_item(&self, index: usize) -> Option<Self> {
        match self {
            Self::List(items) => items.get(index).cloned(),
            Self::Data(data) => match data.view() {
                View::List(items) => Self::of_data(items.at(index)?),
                _ => None,
            },
            Self::Final(Value::List(items)) => items.get(index).cloned().map(Self::of_value),
            _ => None,
        }
    }

    /// A field of a final struct.
    pub(crate) fn final_field(&self, name: &str) -> Option<Self> {
        match self {
            Self::Data(data) => match data.view() {
                View::Map(map) => Self::of_data(map.get(name)?),
                _ => None,
            },
            Self::Final(value) => value.get(name).cloned().map(Self::of_value),
            _ => None,
        }
    }

    /// The fields of a final struct.
    pub(crate) fn final_fields(&self) -> Vec<(EcoString, Self)> {
        match self {
            Self::Data(data) => match data.view() {
                View::Map(map) => {
                    let entries = map.entries();
                    entries
                        .filter_map(|(key, value)| Some((key.into(), Self::of_data(value)?)))
                        .collect()
                }
                _ => Vec::new(),
            },
            Self::Final(Value::Struct(fields)) => {
                let fields = fields.iter();
                fields
                    .map(|(key, value)| (key.clone(), Self::of_value(value.clone())))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is said about the items of a list that has no node.
    pub(crate) fn parts_in_list(&self) -> Vec<What<'d>> {
        match self {
            Self::Data(data) => match data.view() {
                View::List(items) => (0..items.len())
                    .filter_map(|index| items.at(index).map(What::Data))
                    .collect(),
                _ => Vec::new(),
            },
            value => value.final_items().into_iter().map(What::Value).collect(),
        }
    }

    /// What is said about the fields of a struct that has no node.
    pub(crate) fn parts_in_struct(&self) -> Vec<(EcoString, What<'d>)> {
        match self {
            Self::Data(data) => match data.view() {
                View::Map(map) => {
                    let entries = map.entries();
                    entries
                        .map(|(key, value)| (key.into(), What::Data(value)))
                        .collect()
                }
                _ => Vec::new(),
            },
            value => {
                let fields = value.final_fields().into_iter();
                fields
                    .map(|(name, value)| (name, What::Value(value)))
                    .collect()
            }
        }
    }

    /// Where the data was written.
    pub(crate) fn data_span(&self) -> burgee_source::Span {
        match self {
            Self::Data(data) => data.span(),
            _ => burgee_source::Span::NONE,
        }
    }

    /// The types that it may be; a node counts as a struct, which the caller looks into.
    pub(crate) fn kinds(&self) -> Kinds {
        match self {
            Self::Top => Kinds::ANY,
            Self::Null => Kinds::NULL,
            Self::Bool(_) => Kinds::BOOL,
            Self::Number(number) if number.is_integer() => Kinds::INT,
            Self::Number(_) => Kinds::FLOAT,
            Self::Str(_) | Self::String(_) => Kinds::STRING,
            Self::Bytes(_) => Kinds::BYTES,
            Self::List(_) => Kinds::LIST,
            Self::Node(_) => Kinds::STRUCT,
            Self::Data(_) | Self::Final(_) => match self.is_final_list() {
                true => Kinds::LIST,
                false => Kinds::STRUCT,
            },
            Self::Constraint(constraint) => constraint.kinds,
            Self::Either(either) => {
                let kinds = either.alternatives.iter().map(|(value, _)| value.kinds());
                kinds.fold(Kinds::NONE, Kinds::or)
            }
            Self::Package(_) => Kinds::STRUCT,
            Self::Function(_) | Self::Special(_) => Kinds::FUNC,
        }
    }
}
