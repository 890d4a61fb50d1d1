//! Looks at JSON objects field by field and says what is wrong with which one.
//!
//! `null` counts as absent, as the services take it: the first generation of KubeVela's step sends `null` for
//! every optional field.

use std::fmt;

use serde_json::{Map, Value};

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field's path, such as `blocks[2].text`.
    pub(crate) path: String,
    /// What is wrong with it.
    pub(crate) what: What,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// Required and not there.
    Missing,
    /// Of another type.
    NotA(&'static str),
    /// Anything else.
    Other(String),
}

/// An object at a path.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    path: String,
    object: &'a Map<String, Value>,
}

// === impl At ===

impl<'a> At<'a> {
    /// Takes a value that has to be an object.
    pub(crate) fn new(path: impl Into<String>, value: &'a Value) -> Result<Self, Fault> {
        let path = path.into();
        match value {
            Value::Object(object) => Ok(Self { path, object }),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Err(Fault::new(path, What::NotA("object"))),
        }
    }

    /// The path of a field.
    pub(crate) fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// A problem with a field.
    pub(crate) fn fault(&self, key: &str, what: impl Into<String>) -> Fault {
        Fault::new(self.path(key), What::Other(what.into()))
    }

    /// The field's absence as a problem.
    pub(crate) fn missing(&self, key: &str) -> Fault {
        Fault::new(self.path(key), What::Missing)
    }

    /// A field, `null` left out.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.object.get(key).filter(|value| !value.is_null())
    }

    /// True when the field is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// A string that may be absent.
    pub(crate) fn string(&self, key: &str) -> Result<Option<&'a str>, Fault> {
        self.typed(key, "string", Value::as_str)
    }

    /// A string of at most `max` characters that may be absent.
    pub(crate) fn text(&self, key: &str, max: usize) -> Result<Option<&'a str>, Fault> {
        let text = self.string(key)?;
        match text {
            Some(text) if text.chars().count() > max => {
                Err(self.fault(key, format!("longer than {max} characters")))
            }
            Some(_) | None => Ok(text),
        }
    }

    /// A string of one to `max` characters that has to be there.
    pub(crate) fn need_text(&self, key: &str, max: usize) -> Result<&'a str, Fault> {
        let text = self.text(key, max)?;
        text.filter(|text| !text.is_empty())
            .ok_or_else(|| self.missing(key))
    }

    /// A string that has to be there and not empty.
    pub(crate) fn need_string(&self, key: &str) -> Result<&'a str, Fault> {
        self.need_text(key, usize::MAX)
    }

    /// A boolean that may be absent.
    pub(crate) fn boolean(&self, key: &str) -> Result<Option<bool>, Fault> {
        self.typed(key, "boolean", Value::as_bool)
    }

    /// An object that may be absent.
    pub(crate) fn object(&self, key: &str) -> Result<Option<At<'a>>, Fault> {
        let value = self.get(key);
        value
            .map(|value| At::new(self.path(key), value))
            .transpose()
    }

    /// An object that has to be there.
    pub(crate) fn need_object(&self, key: &str) -> Result<At<'a>, Fault> {
        self.object(key)?.ok_or_else(|| self.missing(key))
    }

    /// The items of a list with their paths, if there is one.
    pub(crate) fn list(&self, key: &str) -> Result<Option<Vec<(String, &'a Value)>>, Fault> {
        let Some(items) = self.typed(key, "list", Value::as_array)? else {
            return Ok(None);
        };
        let path = self.path(key);
        let items = items.iter().enumerate();
        let items = items.map(|(index, item)| (format!("{path}[{index}]"), item));
        Ok(Some(items.collect()))
    }

    /// The objects of a list that has to be there, `min` to `max` of them.
    pub(crate) fn need_objects(
        &self,
        key: &str,
        min: usize,
        max: usize,
    ) -> Result<Vec<At<'a>>, Fault> {
        let items = self.list(key)?.ok_or_else(|| self.missing(key))?;
        if items.len() < min || items.len() > max {
            return Err(self.fault(key, format!("has to have {min} to {max} items")));
        }
        let items = items.into_iter();
        items.map(|(path, item)| At::new(path, item)).collect()
    }

    /// Refuses fields that are not in `known`.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Fault> {
        let unknown = self
            .object
            .keys()
            .find(|key| !known.contains(&key.as_str()));
        unknown.map_or(Ok(()), |key| Err(self.fault(key, "unknown property")))
    }

    fn typed<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(Fault::new(self.path(key), What::NotA(expected))),
        }
    }
}

// === impl Fault ===

impl Fault {
    pub(crate) const fn new(path: String, what: What) -> Self {
        Self { path, what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Missing => write!(f, "{}: required and not there", self.path),
            What::NotA(expected) => write!(f, "{}: has to be of type {expected}", self.path),
            What::Other(what) => write!(f, "{}: {what}", self.path),
        }
    }
}
