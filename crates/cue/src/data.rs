//! Data that a program reads, whatever holds it.
//!
//! The evaluator never copies the data it is given: it asks for a view of one value at a time and goes
//! only where an expression leads.

use std::borrow::Cow;

use burgee_source::{Kind, Node, Span};

/// A value that a program can read.
///
/// It is there for located nodes, `serde_json::Value` and [`Value`](crate::Value). Own types lend what they hold:
///
/// ```
/// use burgee_cue::{Data, Limits, Program, View, source::SourceId};
///
/// struct Names(Vec<Name>);
/// struct Name(&'static str);
///
/// impl Data for Name {
///     fn view(&self) -> View<'_> {
///         View::String(self.0)
///     }
/// }
///
/// impl Data for Names {
///     fn view(&self) -> View<'_> {
///         View::List(&self.0) // a `Vec` of data is a list
///     }
/// }
///
/// let names = Names(vec![Name("tea"), Name("rice")]);
/// let program = Program::expression(r#""\(len(names)): \(names[1])""#, SourceId(0)).expect("CUE");
/// let value = program.evaluate(&[("names", &names)], &Limits::default()).expect("a value");
/// assert_eq!(value.as_str(), Some("2: rice"));
/// ```
pub trait Data {
    /// Its shape, and what is in it.
    fn view(&self) -> View<'_>;

    /// Where it was written; [`Span::NONE`] when nobody did.
    fn span(&self) -> Span {
        Span::NONE
    }
}

/// One look at a value.
#[derive(Clone)]
pub enum View<'a> {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number in JSON's or CUE's decimal grammar, digits as they were written.
    Number(Cow<'a, str>),
    /// A string.
    String(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A list.
    List(&'a dyn Items),
    /// A struct.
    Map(&'a dyn Fields),
}

/// The items of a list.
pub trait Items {
    /// How many there are.
    fn len(&self) -> usize;

    /// The item at a position.
    fn at(&self, index: usize) -> Option<&dyn Data>;

    /// True when there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The fields of a struct.
pub trait Fields {
    /// How many there are.
    fn len(&self) -> usize;

    /// The value of a field.
    fn get(&self, key: &str) -> Option<&dyn Data>;

    /// All fields, in order.
    fn entries<'a>(&'a self) -> Box<dyn Iterator<Item = (&'a str, &'a dyn Data)> + 'a>;

    /// True when there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

// === impl Node ===

impl Data for Node {
    fn view(&self) -> View<'_> {
        match &self.kind {
            Kind::Null => View::Null,
            Kind::Bool(value) => View::Bool(*value),
            Kind::Number(number) => View::Number(Cow::Borrowed(number.as_str())),
            Kind::String(text) => View::String(text),
            Kind::List(items) => View::List(items),
            Kind::Map(map) => View::Map(map),
        }
    }

    fn span(&self) -> Span {
        self.span
    }
}

impl Fields for burgee_source::Map {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<&dyn Data> {
        Some(self.get(key)?)
    }

    fn entries<'a>(&'a self) -> Box<dyn Iterator<Item = (&'a str, &'a dyn Data)> + 'a> {
        let field = |(key, entry): (&'a str, &'a burgee_source::Entry)| {
            let value: &dyn Data = &entry.value;
            (key, value)
        };
        Box::new(self.iter().map(field))
    }
}

// === impl serde_json::Value ===

impl Data for serde_json::Value {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Number(number) => View::Number(Cow::Owned(number.to_string())),
            Self::String(text) => View::String(text),
            Self::Array(items) => View::List(items),
            Self::Object(map) => View::Map(map),
        }
    }
}

impl<T: Data> Items for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Option<&dyn Data> {
        Some(self.get(index)?)
    }
}

impl Fields for serde_json::Map<String, serde_json::Value> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<&dyn Data> {
        Some(self.get(key)?)
    }

    fn entries<'a>(&'a self) -> Box<dyn Iterator<Item = (&'a str, &'a dyn Data)> + 'a> {
        let field = |(key, value): (&'a String, &'a serde_json::Value)| {
            let value: &dyn Data = value;
            (key.as_str(), value)
        };
        Box::new(self.iter().map(field))
    }
}
