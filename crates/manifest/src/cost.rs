//! What an alias costs: it copies a whole value, and values of aliases multiply.

/// What copying a value costs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Values in it, itself included.
    pub(crate) nodes: usize,
    /// Bytes of text in it, keys included.
    pub(crate) bytes: usize,
    /// Levels of lists and maps.
    pub(crate) height: usize,
}

// === impl Cost ===

impl Cost {
    /// A scalar.
    pub(crate) const fn one(bytes: usize) -> Self {
        Self {
            nodes: 1,
            bytes,
            height: 0,
        }
    }

    /// A collection with one more value in it.
    pub(crate) fn with(self, value: Self) -> Self {
        Self {
            nodes: self.nodes + value.nodes,
            bytes: self.bytes + value.bytes,
            height: self.height.max(value.height),
        }
    }

    /// The collection itself, once it is complete.
    pub(crate) const fn closed(self) -> Self {
        Self {
            nodes: self.nodes + 1,
            bytes: self.bytes,
            height: self.height + 1,
        }
    }
}
