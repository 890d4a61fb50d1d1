//! Fields of decoded data, of which several may have one name.

use ecow::EcoString;
use indexmap::{IndexMap, map::Entry};

use super::{CallError, failed};
use crate::Value;

/// The fields of a struct that is being read. Equal names have to agree, as in CUE itself.
#[derive(Debug, Default)]
pub(super) struct Fields(IndexMap<EcoString, Several>);

/// All that is said of one field; most are said once.
#[derive(Debug)]
struct Several {
    first: Value,
    more: Vec<Value>,
}

// === impl Fields ===

impl Fields {
    pub(super) fn add(&mut self, key: EcoString, value: Value) {
        match self.0.entry(key) {
            Entry::Occupied(mut there) => there.get_mut().more.push(value),
            Entry::Vacant(free) => {
                free.insert(Several::of(value));
            }
        }
    }

    /// A later value in the place of an earlier one.
    pub(super) fn replace(&mut self, key: EcoString, value: Value) {
        match self.0.entry(key) {
            Entry::Occupied(mut there) => there.get_mut().first = value,
            Entry::Vacant(free) => {
                free.insert(Several::of(value));
            }
        }
    }

    /// The struct, if all that is said agrees.
    pub(super) fn finish(self) -> Result<Value, CallError> {
        let fields = self.0.into_iter().map(|(key, several)| {
            let value = several.agreed();
            let value = value.ok_or_else(|| failed(format!("conflicting values for {key:?}")))?;
            Ok((key, value))
        });
        Ok(Value::Struct(fields.collect::<Result<_, CallError>>()?))
    }
}

// === impl Several ===

impl Several {
    const fn of(first: Value) -> Self {
        Self {
            first,
            more: Vec::new(),
        }
    }

    /// What all of it says together: all fields of structs, each item of lists of one length, the same scalar.
    fn agreed(self) -> Option<Value> {
        let Self { first, more } = self;
        if more.is_empty() {
            return Some(first);
        }
        match &first {
            Value::Struct(fields) => {
                let mut all = Fields::default();
                let others = more.iter().map(|value| match value {
                    Value::Struct(fields) => Some(fields),
                    _ => None,
                });
                let others: Vec<_> = others.collect::<Option<_>>()?;
                for (key, value) in others.into_iter().fold(fields.to_vec(), |mut list, more| {
                    list.extend(more.iter().cloned());
                    list
                }) {
                    all.add(key, value);
                }
                all.finish().ok()
            }
            Value::List(items) => {
                let mut columns: Vec<Self> = items.iter().cloned().map(Self::of).collect();
                for value in &more {
                    let Value::List(items) = value else {
                        return None;
                    };
                    if items.len() != columns.len() {
                        return None;
                    }
                    for (column, item) in columns.iter_mut().zip(items.iter()) {
                        column.more.push(item.clone());
                    }
                }
                let items = columns.into_iter().map(Self::agreed);
                Some(Value::List(items.collect::<Option<_>>()?))
            }
            scalar => more.iter().all(|value| value == scalar).then_some(first),
        }
    }
}
