//! Which names a text declares, roughly: enough to tell that a name is not among them.

/// A set that may take a name for one of its own, and never misses one of them.
#[derive(Debug, Default)]
pub(super) struct Declared([u64; 8]);

// === impl Declared ===

impl Declared {
    pub(super) fn add(&mut self, name: &str) {
        let (word, bit) = place(name);
        self.0[word] |= bit;
    }

    pub(super) fn may_have(&self, name: &str) -> bool {
        let (word, bit) = place(name);
        self.0[word] & bit != 0
    }
}

/// One bit of 512, by the length of a name and three of its letters.
fn place(name: &str) -> (usize, u64) {
    let bytes = name.as_bytes();
    let at = |index: usize| bytes.get(index).copied().map_or(0, usize::from);
    let last = bytes.len().saturating_sub(1);
    let mixed = bytes.len() * 131 + at(0) * 31 + at(last / 2) * 17 + at(last);
    (mixed / 64 % 8, 1 << (mixed % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_name_is_never_missed() {
        let mut declared = Declared::default();
        let names = ["", "a", "string", "é工", "#D", "a_long_name"];
        assert!(!names.iter().any(|name| declared.may_have(name)));
        names.iter().for_each(|name| declared.add(name));
        assert!(names.iter().all(|name| declared.may_have(name)));
    }
}
