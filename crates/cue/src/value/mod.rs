//! Finished values: final, immutable, cheap to clone.

mod copy;
mod export;
mod kind;
mod number;
mod serde;
mod yaml;

use std::sync::Arc;

use ecow::EcoString;

pub(crate) use export::{write_json, write_string};
pub use kind::Kind;
pub(crate) use number::ArithmeticError;
pub use number::Number;
pub(crate) use number::{Parts, digit_count, ten_to_the};
pub use serde::SerdeError;
pub(crate) use yaml::{Meaning, meaning, write_yaml};

/// What an evaluation ends in.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, digits kept.
    Number(Number),
    /// A string.
    String(EcoString),
    /// Bytes; exported as base64.
    Bytes(Arc<[u8]>),
    /// A list.
    List(Arc<[Value]>),
    /// A struct: its regular fields in order.
    Struct(Arc<[(EcoString, Value)]>),
}

// === impl Value ===

impl Value {
    /// The word for its type in CUE.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Number(number) if number.is_integer() => "int",
            Self::Number(_) => "float",
            Self::String(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Struct(_) => "struct",
        }
    }

    /// The value of a field, if this is a struct that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Struct(fields) = self else {
            return None;
        };
        let (_, value) = fields.iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Bytes(_)
            | Self::List(_)
            | Self::Struct(_) => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Null
            | Self::Number(_)
            | Self::String(_)
            | Self::Bytes(_)
            | Self::List(_)
            | Self::Struct(_) => None,
        }
    }
}
