//! Maps of the located tree: string keys in the order written, each with its place.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use crate::{Entry, Node, Span};

/// More entries than this are found by an index. Nearly all maps of a manifest are smaller, and a look at each key is
/// quicker then, and takes no room.
const FEW: usize = 16;

/// A map with string keys in the order written; each key has a place too.
#[derive(Debug, Clone, Default)]
pub struct Map {
    entries: Vec<(Box<str>, Entry)>,
    index: Option<Box<Index>>,
}

/// Where each key stands.
#[derive(Debug, Clone, Default)]
struct Index {
    hasher: RandomState,
    places: HashTable<usize>,
}

// === impl Map ===

impl Map {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        Some(&self.entry(key)?.value)
    }

    /// The value of a key, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let place = self.place(key)?;
        Some(&mut self.entries[place].1.value)
    }

    /// The value of a key and where the key stands.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.place(key).map(|place| &self.entries[place].1)
    }

    /// Sets a key, keeping its place in the order if it exists; gives back what was there.
    pub fn insert(
        &mut self,
        key: impl Into<Box<str>>,
        key_span: Span,
        value: Node,
    ) -> Option<Entry> {
        let (key, entry) = (key.into(), Entry { key_span, value });
        if let Some(place) = self.place(&key) {
            return Some(std::mem::replace(&mut self.entries[place].1, entry));
        }
        self.entries.push((key, entry));
        match &mut self.index {
            Some(index) => index.add(&self.entries, self.entries.len() - 1),
            None if self.entries.len() > FEW => self.index = Some(Index::of(&self.entries)),
            None => {}
        }
        None
    }

    /// Removes a key, keeping the order of the others.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let place = self.place(key)?;
        let (_, entry) = self.entries.remove(place);
        if self.index.is_some() {
            self.index = (self.entries.len() > FEW).then(|| Index::of(&self.entries));
        }
        Some(entry)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Entry)> + ExactSizeIterator {
        self.entries.iter().map(|(key, entry)| (&**key, entry))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| &**key)
    }

    /// Gives room back that was kept for more entries.
    pub fn shrink(&mut self) {
        self.entries.shrink_to_fit();
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.find(&self.entries, key),
            None => self.entries.iter().position(|(there, _)| **there == *key),
        }
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        let same = |(key, entry): (&str, &Entry)| other.get(key) == Some(&entry.value);
        self.len() == other.len() && self.iter().all(same)
    }
}

impl FromIterator<(String, Node)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let mut map = Self::default();
        map.entries.reserve_exact(entries.size_hint().0);
        for (key, value) in entries {
            map.insert(key, Span::NONE, value);
        }
        map
    }
}

// === impl Index ===

impl Index {
    fn of(entries: &[(Box<str>, Entry)]) -> Box<Self> {
        let mut index = Box::<Self>::default();
        for place in 0..entries.len() {
            index.add(entries, place);
        }
        index
    }

    fn add(&mut self, entries: &[(Box<str>, Entry)], place: usize) {
        let hash = |place: &usize| self.hasher.hash_one(&*entries[*place].0);
        self.places.insert_unique(hash(&place), place, hash);
    }

    fn find(&self, entries: &[(Box<str>, Entry)], key: &str) -> Option<usize> {
        let is_it = |place: &usize| *entries[*place].0 == *key;
        self.places.find(self.hasher.hash_one(key), is_it).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is done to a map: a key is set to a number, or removed.
    fn deeds() -> impl Strategy<Value = Vec<(String, Option<u8>)>> {
        let key = (0_u8..40).prop_map(|key| format!("k{key}"));
        prop::collection::vec((key, any::<Option<u8>>()), 0..120)
    }

    proptest! {
        #[test]
        fn map_of_any_size_behaves_as_an_ordered_map(deeds in deeds()) {
            let (mut map, mut model) = (Map::default(), indexmap::IndexMap::new());
            for (key, value) in deeds {
                match value {
                    Some(value) => {
                        let node = Node::string(value.to_string());
                        let before = map.insert(key.as_str(), Span::NONE, node.clone());
                        prop_assert_eq!(before.map(|entry| entry.value), model.insert(key, node));
                    }
                    None => {
                        let before = map.remove(&key);
                        prop_assert_eq!(before.map(|entry| entry.value), model.shift_remove(&key));
                    }
                }
                prop_assert!(map.keys().eq(model.keys().map(String::as_str)));
            }
            for (key, value) in &model {
                prop_assert_eq!(map.get(key), Some(value));
            }
            prop_assert_eq!(map.get("absent"), None);
        }
    }
}
