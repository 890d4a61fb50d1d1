//! Secrets: where they are named, and what a `Secret` document holds.

use std::fmt;

use burgee_source::{Span, Spanned};
use indexmap::IndexMap;
use secrecy::SecretString;

/// `secretRef: {name, key}`: a value kept in a `Secret` of the application's namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRef {
    /// The Secret's name.
    pub name: String,
    /// The key in it.
    pub key: String,
}

/// A `Secret` document. `Debug` shows names and keys, never values.
#[derive(Debug, Clone)]
pub struct SecretManifest {
    /// The whole document.
    pub span: Span,
    /// `metadata.name`.
    pub name: Spanned<String>,
    /// `metadata.namespace`, if given.
    pub namespace: Option<Spanned<String>>,
    /// The blocks `data` and `stringData` as a whole, good or bad: never to be shown.
    pub hidden: Vec<Span>,
    /// `data` decoded and `stringData`, which wins where both have a key.
    pub values: IndexMap<String, SecretValue>,
}

/// One value of a Secret.
#[derive(Debug, Clone)]
pub struct SecretValue {
    /// Where it was written.
    pub span: Span,
    /// The value, exactly as stored: a trailing newline is still there.
    pub value: SecretString,
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.name, self.key)
    }
}
