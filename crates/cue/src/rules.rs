//! The problems that CUE texts can have.

use burgee_source::{Rule, Severity, Text};

const fn error(code: &'static str, message: Text) -> Rule {
    Rule {
        code,
        severity: Severity::Error,
        message,
    }
}

/// CUE can do it, this evaluator does not.
pub static UNSUPPORTED: Rule = error(
    "cue/unsupported",
    Text::new(
        "{construct} cannot be evaluated here yet",
        "此处暂不支持对{construct}求值",
    ),
);
