//! A value while evaluating: final, or a struct whose fields are worked out when asked for.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use ecow::EcoString;

use crate::{
    Data, Number, Value, View,
    library::{Builtin, Special},
    operators::Operand,
};

/// A struct, or a field, of this evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct VertexId(pub(crate) u32);

/// A value of this evaluation; `'d` is the data and the program.
#[derive(Clone)]
pub(crate) enum Val<'d> {
    Null,
    Bool(bool),
    Number(Number),
    /// A string of the data.
    Str(&'d str),
    String(EcoString),
    Bytes(Arc<[u8]>),
    List(Rc<[Val<'d>]>),
    /// A struct of the program; among the items of a list also any value not worked out yet.
    Node(VertexId),
    /// A list or struct of the data.
    Data(&'d dyn Data),
    /// A list or struct that a function made.
    Final(Value),
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
            Value::List(_) | Value::Struct(_) => Self::Data(value),
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
            Self::Data(_) | Self::Final(_) => match self.is_list() {
                true => Operand::List,
                false => Operand::Struct,
            },
            Self::Function(_) | Self::Special(_) => Operand::Function,
        }
    }

    pub(crate) fn is_list(&self) -> bool {
        self.list_len().is_some()
    }

    /// True for structs of the data and of functions.
    pub(crate) fn is_final_struct(&self) -> bool {
        match self {
            Self::Data(data) => matches!(data.view(), View::Map(_)),
            Self::Final(value) => matches!(value, Value::Struct(_)),
            _ => false,
        }
    }

    pub(crate) fn is_scalar(&self) -> bool {
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

    /// How many items a list has; `None` for what is no list.
    pub(crate) fn list_len(&self) -> Option<usize> {
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

    /// An item of a list; `None` beyond its end.
    pub(crate) fn item(&self, index: usize) -> Option<Self> {
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
    pub(crate) fn field(&self, name: &str) -> Option<Self> {
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
    pub(crate) fn entries(&self) -> Vec<(EcoString, Self)> {
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

    /// Where the data was written.
    pub(crate) fn data_span(&self) -> burgee_source::Span {
        match self {
            Self::Data(data) => data.span(),
            _ => burgee_source::Span::NONE,
        }
    }

    /// The word for its type in CUE.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.operand() {
            Operand::Null => "null",
            Operand::Bool(_) => "bool",
            Operand::Number(number) if number.is_integer() => "int",
            Operand::Number(_) => "float",
            Operand::String(_) => "string",
            Operand::Bytes(_) => "bytes",
            Operand::List => "list",
            Operand::Struct => "struct",
            Operand::Function => "func",
        }
    }

    /// A few words for messages.
    pub(crate) fn describe(&self) -> String {
        const LONGEST: usize = 40;
        match self.operand() {
            Operand::Null => "null".to_owned(),
            Operand::Bool(value) => value.to_string(),
            Operand::Number(number) => number.to_string(),
            Operand::String(text) => {
                let short: String = text.chars().take(LONGEST).collect();
                let more = if short.len() < text.len() { "…" } else { "" };
                format!("{short:?}{more}")
            }
            Operand::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Operand::List => match self.list_len() {
                Some(1) => "a list of 1 item".to_owned(),
                Some(length) => format!("a list of {length} items"),
                None => "a list".to_owned(),
            },
            Operand::Struct => "a struct".to_owned(),
            Operand::Function => match self {
                Self::Function(function) => format!("`{}`", function.full_name()),
                _ => "a function".to_owned(),
            },
        }
    }
}
