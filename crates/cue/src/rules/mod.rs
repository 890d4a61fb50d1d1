//! The problems that CUE texts can have, and the words for them in both languages.

mod hint;
mod syntax;
mod value;
mod word;

use burgee_source::{Rule, Severity, Text};

pub(crate) use hint::*;
pub use syntax::*;
pub use value::*;
pub(crate) use word::*;

const fn error(code: &'static str, en: &'static str, zh: &'static str) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        message: Text::new(en, zh),
    }
}
