//! The system's allocator, which can count what a piece of work allocates.
//!
//! The binary that wants to know makes [`Heap`] its global allocator and calls [`count`]. Outside of it an allocation
//! costs one more look at a flag. The crates that count (`stats_alloc`, `allocation-counter`) do so all the time, with
//! several locked instructions for each allocation or without the system's way of growing a block in its place.
//!
//! ```
//! use burgee_heap::{Heap, count};
//!
//! #[global_allocator]
//! static HEAP: Heap = Heap;
//!
//! let (text, bytes) = count(|| String::with_capacity(100));
//! assert_eq!((text.capacity(), bytes), (100, 100));
//! ```

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
};

/// The system's allocator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heap;

/// Whether anybody wants to know.
static COUNTING: AtomicBool = AtomicBool::new(false);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// Does the work, and says how many bytes were allocated meanwhile, freed since or not. A block that grows counts
/// with its whole new size, as a garbage collector that copies it would count it.
///
/// The whole process is counted: what other threads allocate meanwhile is part of it. Without [`Heap`] as the global
/// allocator it is nothing.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = BYTES.load(Relaxed);
    COUNTING.store(true, Relaxed);
    let done = work();
    COUNTING.store(false, Relaxed);
    (done, BYTES.load(Relaxed) - before)
}

fn note(size: usize) {
    if COUNTING.load(Relaxed) {
        BYTES.fetch_add(size as u64, Relaxed);
    }
}

// === impl Heap ===

// SAFETY: every call is handed to the system's allocator as it came, and its answer is given as it is; counting touches
// two atomic numbers and allocates nothing.
#[expect(unsafe_code, reason = "an allocator is an unsafe trait")]
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: the caller keeps the rules of this same function.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: the caller keeps the rules of this same function.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size);
        // SAFETY: the caller keeps the rules of this same function.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the rules of this same function.
        unsafe { System.dealloc(block, layout) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[global_allocator]
    static HEAP: Heap = Heap;

    // One test, so that no other thread of the tests allocates meanwhile.
    #[test]
    fn what_is_allocated_and_what_grows_is_counted_while_it_is_wanted() {
        let ((), none) = count(|| ());
        assert_eq!(none, 0);
        let (mut bytes, made) = count(|| Vec::<u8>::with_capacity(10));
        assert_eq!(made, 10);
        bytes.extend([0; 10]);
        bytes.reserve_exact(20);
        let (zeros, made) = count(|| {
            bytes.reserve_exact(30);
            vec![0u8; 1000]
        });
        assert_eq!((zeros.len(), made), (1000, 40 + 1000));
        let ((), freed) = count(|| drop(zeros));
        assert_eq!(freed, 0);
    }
}
