//! A list that only grows, and never moves what it holds: growing a vector of nodes would copy all of them, again
//! and again, and leave half of it empty.

use std::ops::{Index, IndexMut};

/// So many values lie side by side where there are more than expected.
const CHUNK: usize = 16;

/// Values by the order in which they came.
pub(super) struct Arena<T> {
    len: usize,
    /// The most that are expected.
    expected: usize,
    /// As many as that.
    first: Vec<T>,
    /// The others. All chunks but the last are full.
    rest: Vec<Vec<T>>,
}

// === impl Arena ===

impl<T> Arena<T> {
    /// With room for as many as are expected, once there is any.
    pub(super) const fn expecting(expected: usize) -> Self {
        Self {
            len: 0,
            expected,
            first: Vec::new(),
            rest: Vec::new(),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, value: T) {
        self.len += 1;
        match self.first.len() < self.first.capacity() {
            true => self.first.push(value),
            false => self.rest(value),
        }
    }

    // Out of line, so that the common way stays short wherever it is taken.
    #[inline(never)]
    fn later(&self, place: usize) -> &T {
        let place = place - self.first.len();
        &self.rest[place / CHUNK][place % CHUNK]
    }

    #[inline(never)]
    fn later_mut(&mut self, place: usize) -> &mut T {
        let place = place - self.first.len();
        &mut self.rest[place / CHUNK][place % CHUNK]
    }

    #[cold]
    fn rest(&mut self, value: T) {
        if self.first.is_empty() && self.expected > 0 {
            self.first.reserve_exact(self.expected);
            return self.first.push(value);
        }
        match self.rest.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(value),
            Some(_) | None => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(value);
                self.rest.push(chunk);
            }
        }
    }
}

impl<T> Index<usize> for Arena<T> {
    type Output = T;

    fn index(&self, place: usize) -> &T {
        match self.first.get(place) {
            Some(value) => value,
            None => self.later(place),
        }
    }
}

impl<T> IndexMut<usize> for Arena<T> {
    fn index_mut(&mut self, place: usize) -> &mut T {
        match place < self.first.len() {
            true => &mut self.first[place],
            false => self.later_mut(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_numbers_however_many_were_expected() {
        for room in [0, 3, 16, 2000] {
            let mut arena = Arena::expecting(room);
            assert_eq!(arena.len(), 0);
            for value in 0..1000 {
                arena.push(value);
            }
            assert_eq!(arena.len(), 1000);
            assert!((0..1000).all(|place| arena[place] == place));
            arena[777] = 0;
            assert_eq!((arena[777], arena[778]), (0, 778));
        }
    }
}
