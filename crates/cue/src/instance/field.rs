//! The fields of a struct.

use ecow::EcoString;

use super::Item;
use crate::{Attribute, FieldKind, Mark};

/// A field of an [`Item`].
#[derive(Debug, Clone)]
pub struct Field<'i> {
    /// The name, with the `#` or `_` of definitions and hidden fields, without quotes.
    pub name: EcoString,
    /// Who sees it.
    pub kind: FieldKind,
    /// Whether it has to be there.
    pub mark: Mark,
    /// What it holds.
    pub item: Item<'i>,
}

// === impl Field ===

impl Field<'_> {
    /// The lines of its comments: see [`Item::docs`].
    #[must_use]
    pub fn docs(&self) -> Vec<EcoString> {
        self.item.docs()
    }

    /// Its attributes: see [`Item::attributes`].
    #[must_use]
    pub fn attributes(&self) -> Vec<Attribute> {
        self.item.attributes()
    }

    /// True for what an export shows.
    #[must_use]
    pub fn is_exported(&self) -> bool {
        self.kind == FieldKind::Regular && self.mark == Mark::None
    }
}
