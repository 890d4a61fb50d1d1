//! Where imported packages come from.

use burgee_source::SourceId;

/// Finds the files of packages that are not standard.
pub trait Loader {
    /// The files of a package by its import path, each with the source that its problems are reported in;
    /// `None` when there is no such package.
    fn load(&self, path: &str) -> Option<Vec<(String, SourceId)>>;
}

/// A loader without any packages.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLoader;

// === impl NoLoader ===

impl Loader for NoLoader {
    fn load(&self, _: &str) -> Option<Vec<(String, SourceId)>> {
        None
    }
}
