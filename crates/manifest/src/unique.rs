//! Names that must be unique.

use std::collections::HashMap;

use burgee_source::{Diagnostic, Rule, Severity, Span, Text};

use crate::limits::shown;

/// A name that two steps or two components have.
pub static DUPLICATE_NAME: Rule = Rule {
    code: "manifest/duplicate-name",
    severity: Severity::Error,
    message: Text::new(
        "two {what} are called `{name}`",
        "有两个{what_zh}都叫 `{name}`",
    ),
};

/// The names seen so far, and where.
pub(crate) struct Names {
    what: (&'static str, &'static str),
    seen: HashMap<String, Span>,
}

// === impl Names ===

impl Names {
    /// Names of components.
    pub(crate) fn components() -> Self {
        Self {
            what: ("components", "组件"),
            seen: HashMap::new(),
        }
    }

    /// Names of steps and sub-steps, which share one space.
    pub(crate) fn steps() -> Self {
        Self {
            what: ("steps", "步骤"),
            seen: HashMap::new(),
        }
    }

    /// Takes a name; a second one is reported. Names that are missing have been reported elsewhere.
    pub(crate) fn add(&mut self, name: &str, span: Span, out: &mut Vec<Diagnostic>) {
        if name.is_empty() {
            return;
        }
        let Some(first) = self.seen.get(name) else {
            self.seen.insert(name.to_owned(), span);
            return;
        };
        let (what, what_zh) = self.what;
        out.push(
            Diagnostic::new(&DUPLICATE_NAME)
                .arg("what", what)
                .arg("what_zh", what_zh)
                .arg("name", shown(name))
                .at(span)
                .also(*first, Text::new("the first one", "第一个"))
                .hint(Text::new("rename one of the two", "请为其中一个改名")),
        );
    }
}
