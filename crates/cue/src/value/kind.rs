//! The sorts of values.

use std::fmt;

use super::Value;

/// What sort of value a concrete one is.
///
/// ```
/// use burgee_cue::{Kind, Number, Value};
///
/// assert_eq!(Value::Number(Number::from(3)).kind(), Kind::Int);
/// assert_eq!(Kind::Int.to_string(), "int");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number without a fraction by its making: `1`, and not `1.0`.
    Int,
    /// Any other number.
    Float,
    /// A string.
    String,
    /// Bytes.
    Bytes,
    /// A list.
    List,
    /// A struct.
    Struct,
}

// === impl Kind ===

impl Kind {
    /// The word for it in CUE.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::String => "string",
            Self::Bytes => "bytes",
            Self::List => "list",
            Self::Struct => "struct",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// === impl Value ===

impl Value {
    /// What sort of value it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(number) if number.is_integer() => Kind::Int,
            Self::Number(_) => Kind::Float,
            Self::String(_) => Kind::String,
            Self::Bytes(_) => Kind::Bytes,
            Self::List(_) => Kind::List,
            Self::Struct(_) => Kind::Struct,
        }
    }
}
