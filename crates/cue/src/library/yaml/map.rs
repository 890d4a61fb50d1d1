//! A map that is being read, and what `<<` does to it.

use ecow::EcoString;

use crate::{
    Value,
    library::{CallError, failed, fields::Fields},
};

/// A map so far.
#[derive(Default)]
pub(super) struct Map {
    pub(super) fields: Fields,
    pub(super) key: Option<Key>,
    /// A `<<` has been seen: from here on a later value replaces an earlier one.
    merging: bool,
}

pub(super) enum Key {
    Field(EcoString),
    Merge,
}

// === impl Map ===

impl Map {
    pub(super) fn insert(&mut self, key: EcoString, value: Value) {
        match self.merging {
            true => self.fields.replace(key, value),
            false => self.fields.add(key, value),
        }
    }

    pub(super) fn merge(&mut self, value: &Value) -> Result<(), CallError> {
        self.merging = true;
        match value {
            Value::Struct(fields) => {
                for (key, value) in fields.iter() {
                    self.insert(key.clone(), value.clone());
                }
                Ok(())
            }
            // The first map of a list counts most.
            Value::List(maps) => maps.iter().rev().try_for_each(|map| self.merge(map)),
            _ => Err(failed("`<<` takes a map or a list of maps")),
        }
    }
}
