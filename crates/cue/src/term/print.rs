//! Terms to CUE text.

use super::{Term, label};

// === impl Term ===

impl Term {
    /// The term as CUE text: one field a line, tabs, and a line break at the end of a struct's fields only.
    #[must_use]
    pub fn to_cue(&self) -> String {
        let mut out = String::new();
        if let Self::Struct(fields, _) = self {
            for field in fields {
                label::write_name(field, &mut out);
            }
        }
        out
    }
}
