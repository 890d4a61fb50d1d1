//! What templates work with.

use std::{cmp::Ordering, collections::BTreeMap, rc::Rc};

use crate::{Value, library::strconv};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Datum {
    /// A field that is not there.
    Missing,
    Nil,
    Bool(bool),
    /// An integer of the data.
    Int(i64),
    /// One of the template.
    Literal(i64),
    /// An integer of more than 64 bits, as text.
    Big(Rc<str>),
    Float(f64),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    List(Rc<[Datum]>),
    /// In the order of names.
    Map(Rc<BTreeMap<String, Datum>>),
}

// === impl Datum ===

impl Datum {
    pub(super) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Nil,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) if number.is_integer() => match number.as_i64() {
                Some(value) => Self::Int(value),
                None => Self::Big(number.to_string().into()),
            },
            Value::Number(number) => Self::Float(number.to_f64().unwrap_or(f64::NAN)),
            Value::String(text) => Self::Text(text.as_str().into()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec().into()),
            Value::List(items) => Self::List(items.iter().map(Self::of_value).collect()),
            Value::Struct(fields) => {
                let fields = fields.iter();
                let fields = fields.map(|(name, value)| (name.to_string(), Self::of_value(value)));
                Self::Map(Rc::new(fields.collect()))
            }
        }
    }

    pub(super) fn text(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Missing | Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(value) | Self::Literal(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(fields) => !fields.is_empty(),
            Self::Big(_) => true,
        }
    }

    /// As `%v` shows it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Missing | Self::Nil => "<nil>".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) | Self::Literal(value) => value.to_string(),
            Self::Big(digits) => digits.to_string(),
            Self::Float(value) => float(*value, 'g', -1),
            Self::Text(text) => text.to_string(),
            Self::Bytes(bytes) => listed(bytes.iter().map(u8::to_string)),
            Self::List(items) => listed(items.iter().map(Self::shown)),
            Self::Map(fields) => {
                let fields = fields.iter();
                let fields = fields.map(|(name, value)| format!("{name}:{}", value.shown()));
                format!("map{}", listed(fields))
            }
        }
    }

    /// As an action shows it.
    pub(super) fn printed(&self) -> String {
        match self {
            Self::Missing | Self::Nil => "<no value>".to_owned(),
            other => other.shown(),
        }
    }

    /// The name of its type in Go.
    pub(super) const fn type_name(&self) -> &'static str {
        match self {
            Self::Missing | Self::Nil => "<nil>",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int64",
            Self::Literal(_) => "int",
            Self::Big(_) => "*big.Int",
            Self::Float(_) => "float64",
            Self::Text(_) => "string",
            Self::Bytes(_) => "[]uint8",
            Self::List(_) => "[]interface {}",
            Self::Map(_) => "map[string]interface {}",
        }
    }

    /// The order of two values of one basic kind.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a) | Self::Literal(a), Self::Int(b) | Self::Literal(b)) => Some(a.cmp(b)),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// A double by one of Go's verbs.
pub(super) fn float(value: f64, verb: char, digits: i64) -> String {
    strconv::format_double(value, verb, digits).unwrap_or_default()
}

fn listed(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(" "))
}
