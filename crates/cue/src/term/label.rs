//! The names of fields as they are written.

use super::{FieldKind, TermField, string};

/// Writes the name of a field; quotes stand where it would read as something else without them.
pub(super) fn write_name(field: &TermField, out: &mut String) {
    match field.kind == FieldKind::Regular && !is_bare(&field.name) {
        true => string::write_string(&field.name, out),
        false => out.push_str(&field.name),
    }
}

/// True when a regular field may be written without quotes: an identifier that is neither hidden nor a definition.
fn is_bare(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    first.is_some_and(|c| c.is_alphabetic() || c == '$')
        && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
}
