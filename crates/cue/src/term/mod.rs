//! What is known of a value, concrete or not, in a form to look at and to print.
//!
//! A [`Term`] is finished: it refers to nothing, and evaluating its text gives the value it came from. A field of one
//! keeps what a reader of definitions asks for: its kind, its mark, its comments and its attributes.

mod expr;
mod label;
mod print;
mod string;
#[cfg(test)]
mod tests;

use ecow::EcoString;

use crate::Value;

/// A finished value, which may be less than concrete.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A concrete value.
    Value(Value),
    /// `_`: anything.
    Top,
    /// `_|_`, with the reason.
    Bottom(String),
    /// A type by its name: `int`, `string`, `uint8`.
    Type(EcoString),
    /// An operator (`>=`, `=~`, …) and what it compares with.
    Bound(&'static str, Box<Term>),
    /// A validator and its arguments: `strings.MinRunes(3)`.
    Call(EcoString, Vec<Term>),
    /// All of these at once.
    And(Vec<Term>),
    /// One of these; the flag marks a default.
    Or(Vec<(bool, Term)>),
    /// A list.
    List {
        /// The items that are there.
        items: Vec<Term>,
        /// What further items must be; a list without it has no further ones.
        rest: Option<Box<Term>>,
    },
    /// The fields of a struct, and whether it ends in `...`.
    Struct(Vec<TermField>, bool),
    /// An expression that cannot be evaluated yet, as it was written.
    Text(EcoString),
}

/// A field of a [`Term::Struct`].
#[derive(Debug, Clone, PartialEq)]
pub struct TermField {
    /// The name, with the `#` or `_` of definitions and hidden fields, without quotes.
    pub name: EcoString,
    /// Who sees it.
    pub kind: FieldKind,
    /// Whether it has to be there.
    pub mark: Mark,
    /// What it is.
    pub role: Role,
    /// The value.
    pub value: Term,
    /// The lines of its comments, as they were written; one without `//` gets it.
    pub docs: Vec<EcoString>,
    /// Its attributes, as they were written: `@go(Name)`.
    pub attributes: Vec<EcoString>,
}

/// What a [`TermField`] is. Only a named one has a name, a kind and a mark.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Role {
    /// A field.
    #[default]
    Named,
    /// A constraint on all fields whose names fit this.
    Pattern(Term),
    /// A comprehension or a computed field that waits for more: the value is its text.
    Pending,
}

/// Who sees a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// Everybody; it is exported.
    #[default]
    Regular,
    /// `#x` and `_#x`: a definition.
    Definition,
    /// `_x`: its own package.
    Hidden,
}

/// Whether a field has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// It is there.
    #[default]
    None,
    /// `name?`: a constraint for when it is there.
    Optional,
    /// `name!`: somebody has to give it.
    Required,
}

/// What a [`Term`] shows of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TermOptions {
    /// Definitions.
    pub definitions: bool,
    /// Hidden fields.
    pub hidden: bool,
    /// Optional fields.
    pub optional: bool,
    /// Constraints on fields by patterns, and `...`.
    pub patterns: bool,
    /// Comments.
    pub docs: bool,
    /// Attributes.
    pub attributes: bool,
    /// Defaults are taken, and lists are no longer than their items.
    pub final_: bool,
}

// === impl Term ===

impl Term {
    /// The value, if it is concrete through and through: definitions, hidden fields and constraints that
    /// nobody met with a field are left out.
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value.clone()),
            Self::List { items, .. } => {
                let items = items.iter().map(Self::to_value);
                Some(Value::List(items.collect::<Option<_>>()?))
            }
            Self::Struct(fields, _) => {
                let fields = fields.iter().filter(|field| field.is_exported());
                let fields =
                    fields.map(|field| Some((field.name.clone(), field.value.to_value()?)));
                Some(Value::Struct(fields.collect::<Option<_>>()?))
            }
            Self::Top
            | Self::Bottom(_)
            | Self::Type(_)
            | Self::Bound(..)
            | Self::Call(..)
            | Self::And(_)
            | Self::Or(_)
            | Self::Text(_) => None,
        }
    }

    /// The field of this name, of whatever kind, if this is a struct that has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&TermField> {
        let Self::Struct(fields, _) = self else {
            return None;
        };
        let mut fields = fields.iter();
        fields.find(|field| field.role == Role::Named && field.name == name)
    }
}

impl From<Value> for Term {
    /// Lists and structs become terms of their own kind.
    fn from(value: Value) -> Self {
        match value {
            Value::List(items) => Self::List {
                items: items.iter().cloned().map(Self::from).collect(),
                rest: None,
            },
            Value::Struct(fields) => {
                let fields = fields.iter().cloned();
                let fields = fields.map(|(name, value)| TermField::new(name, value.into()));
                Self::Struct(fields.collect(), false)
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Bytes(_) => Self::Value(value),
        }
    }
}

// === impl TermField ===

impl TermField {
    /// A regular field that is there, without comments and attributes.
    pub fn new(name: impl Into<EcoString>, value: Term) -> Self {
        Self {
            name: name.into(),
            kind: FieldKind::Regular,
            mark: Mark::None,
            role: Role::Named,
            value,
            docs: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// A constraint on all fields whose names fit a pattern.
    #[must_use]
    pub fn constraint(pattern: Term, value: Term) -> Self {
        Self {
            role: Role::Pattern(pattern),
            ..Self::new("", value)
        }
    }

    /// A comprehension or a computed field that waits for more.
    pub fn pending(text: impl Into<EcoString>) -> Self {
        Self {
            role: Role::Pending,
            ..Self::new("", Term::Text(text.into()))
        }
    }

    /// True for what an export shows, or would show if it waited for nothing.
    #[must_use]
    pub fn is_exported(&self) -> bool {
        match self.role {
            Role::Named => self.kind == FieldKind::Regular && self.mark == Mark::None,
            Role::Pattern(_) => false,
            Role::Pending => true,
        }
    }
}
