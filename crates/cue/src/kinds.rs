//! The basic types, as sets.

use std::{fmt, ops};

/// A set of basic types: what a value may be.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Kinds(u16);

// === impl Kinds ===

impl Kinds {
    /// What can be put into a string.
    pub(crate) const TEXT: Self =
        Self(Self::BOOL.0 | Self::NUMBER.0 | Self::STRING.0 | Self::BYTES.0);
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOL: Self = Self(1 << 1);
    pub(crate) const INT: Self = Self(1 << 2);
    pub(crate) const FLOAT: Self = Self(1 << 3);
    pub(crate) const STRING: Self = Self(1 << 4);
    pub(crate) const BYTES: Self = Self(1 << 5);
    pub(crate) const LIST: Self = Self(1 << 6);
    pub(crate) const STRUCT: Self = Self(1 << 7);
    pub(crate) const FUNC: Self = Self(1 << 8);
    pub(crate) const NUMBER: Self = Self(1 << 2 | 1 << 3);
    pub(crate) const ANY: Self = Self(0x1ff);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The type that a predeclared name stands for.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "bool" => Self::BOOL,
            "int" => Self::INT,
            "float" => Self::FLOAT,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "bytes" => Self::BYTES,
            _ => return None,
        })
    }

    /// The names of its members, `number` for both kinds of number.
    pub(crate) fn names(self) -> Vec<&'static str> {
        const NAMED: [(Kinds, &str); 10] = [
            (Kinds::NULL, "null"),
            (Kinds::BOOL, "bool"),
            (Kinds::NUMBER, "number"),
            (Kinds::INT, "int"),
            (Kinds::FLOAT, "float"),
            (Kinds::STRING, "string"),
            (Kinds::BYTES, "bytes"),
            (Kinds::LIST, "list"),
            (Kinds::STRUCT, "struct"),
            (Kinds::FUNC, "func"),
        ];
        let mut rest = self;
        let mut names = Vec::new();
        for (kinds, name) in NAMED {
            if kinds.within(rest) {
                names.push(name);
                rest = rest.without(kinds);
            }
        }
        names
    }
}

impl ops::BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ANY => f.write_str("_"),
            kinds => f.write_str(&kinds.names().join(" | ")),
        }
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kinds({self})")
    }
}
