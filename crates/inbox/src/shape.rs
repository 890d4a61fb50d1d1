//! Looks at JSON objects field by field and says what is wrong with which one.
//!
//! `null` counts as absent, as the services take it: the first generation of KubeVela's step sends `null` for
//! every optional field.

use burgee_source::Text;
use serde_json::{Map, Value};

use crate::Reason;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Whether the field is not there, or not right.
    pub(crate) kind: FaultKind,
    /// The field's path, such as `blocks[2].text`, and what is wrong with it.
    pub(crate) reason: Reason,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Required and not there.
    Missing,
    /// There, and not right.
    Wrong,
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
            | Value::Array(_) => Err(Fault::not_a(path, "object")),
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
    pub(crate) fn fault(&self, key: &str, what: impl Into<Reason>) -> Fault {
        Fault {
            kind: FaultKind::Wrong,
            reason: what.into().at(self.path(key)),
        }
    }

    /// The field's absence as a problem.
    pub(crate) fn missing(&self, key: &str) -> Fault {
        Fault {
            kind: FaultKind::Missing,
            reason: Reason::from(Text::new("required and not there", "缺少该必填字段"))
                .at(self.path(key)),
        }
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
            Some(text) if text.chars().count() > max => Err(self.fault(key, longer_than(max))),
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
        self.count(key, items.len(), min, max)?;
        let items = items.into_iter();
        items.map(|(path, item)| At::new(path, item)).collect()
    }

    /// Checks how many items a list has.
    pub(crate) fn count(
        &self,
        key: &str,
        count: usize,
        min: usize,
        max: usize,
    ) -> Result<(), Fault> {
        let (text, bound) = if count < min {
            (
                Text::new("fewer than {bound} items", "少于 {bound} 项"),
                min,
            )
        } else if count > max {
            (Text::new("more than {bound} items", "多于 {bound} 项"), max)
        } else {
            return Ok(());
        };
        Err(self.fault(key, Reason::from(text).arg("bound", bound)))
    }

    /// Refuses fields that are not in `known`.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Fault> {
        let unknown = self
            .object
            .keys()
            .find(|key| !known.contains(&key.as_str()));
        unknown.map_or(Ok(()), |key| {
            Err(self.fault(key, Text::new("unknown property", "未知的属性")))
        })
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
            None => Err(Fault::not_a(self.path(key), expected)),
        }
    }
}

// === impl Fault ===

impl Fault {
    /// A value of another type than `expected`.
    pub(crate) fn not_a(path: String, expected: &'static str) -> Self {
        let text = Text::new("has to be of type {expected}", "应为 {expected} 类型");
        Self {
            kind: FaultKind::Wrong,
            reason: Reason::from(text).arg("expected", expected).at(path),
        }
    }
}

/// Too many characters.
pub(crate) fn longer_than(max: usize) -> Reason {
    let text = Text::new("longer than {max} characters", "超过 {max} 个字符");
    Reason::from(text).arg("max", max)
}
