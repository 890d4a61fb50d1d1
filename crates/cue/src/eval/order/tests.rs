//! The order of fields, as CUE v0.14.1 gives it.
