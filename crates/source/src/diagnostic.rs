//! A problem in somebody's file, as data.
//!
//! A [`Rule`] is a static: its code, how grave it is, and its message in every language. It stands next to
//! the check that raises it. A [`Diagnostic`] adds this one case: arguments, places and hints. It becomes
//! text only where it is shown.

use crate::{Lang, SourceId, Span, Text, Words};

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails anything.
    Hint,
    /// Looks wrong or is risky; fails under `--strict`.
    Warning,
    /// The file cannot be used as it is.
    Error,
}

/// One kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, `area/what-is-wrong`.
    pub code: &'static str,
    /// How grave it is unless the case says otherwise.
    pub severity: Severity,
    /// What is wrong, with `{argument}` places.
    pub message: Text,
}

/// What a [`Label`] points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The place where the problem is.
    Primary,
    /// The other party: the first definition, the constraint, the schema.
    Secondary,
}

/// A marked place and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it is to the problem.
    pub role: Role,
    /// A few words next to the mark.
    pub note: Option<Text>,
}

/// One problem. All texts share one list of arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    rule: &'static Rule,
    severity: Severity,
    args: Vec<(&'static str, Words)>,
    labels: Vec<Label>,
    hints: Vec<Text>,
}

// === impl Severity ===

impl Severity {
    /// The word shown to people and machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

// === impl Diagnostic ===

impl Diagnostic {
    /// A case of `rule`, without arguments or places yet.
    #[must_use]
    pub fn new(rule: &'static Rule) -> Self {
        Self {
            rule,
            severity: rule.severity,
            args: Vec::new(),
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Fills `{name}` in the message, the notes and the hints.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Words>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Where the problem is.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        self.label(span, Role::Primary, None)
    }

    /// Where the problem is, with a few words at the mark.
    #[must_use]
    pub fn at_noted(self, span: Span, note: Text) -> Self {
        self.label(span, Role::Primary, Some(note))
    }

    /// The other party to the problem.
    #[must_use]
    pub fn also(self, span: Span, note: Text) -> Self {
        self.label(span, Role::Secondary, Some(note))
    }

    /// What the user can do.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hints.push(hint);
        self
    }

    /// The same problem taken more or less gravely than its rule says.
    #[must_use]
    pub fn severe(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Moves the spans to other sources: a cached program is compiled once and reports wherever it is used.
    #[must_use]
    pub fn relocate(mut self, f: impl Fn(Span) -> Span) -> Self {
        for label in &mut self.labels {
            label.span = f(label.span);
        }
        self
    }

    /// The rule.
    #[must_use]
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// How grave this case is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The marked places; the primary ones say where the problem is.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// An argument's value, in English where it has words of its own.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.argument_in(name, Lang::En)
    }

    /// The first primary place, or [`Span::NONE`].
    #[must_use]
    pub fn span(&self) -> Span {
        let primary = self.labels.iter().find(|label| label.role == Role::Primary);
        primary.map_or(Span::NONE, |label| label.span)
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.render(self.rule.message, lang)
    }

    /// What the user can do, in words.
    #[must_use]
    pub fn hints(&self, lang: Lang) -> Vec<String> {
        let hints = self.hints.iter();
        hints.map(|hint| self.render(*hint, lang)).collect()
    }

    /// The words at a mark.
    #[must_use]
    pub fn note(&self, label: &Label, lang: Lang) -> Option<String> {
        Some(self.render(label.note?, lang))
    }

    /// Orders by place, then code: the order of a report.
    #[must_use]
    pub fn sort_key(&self) -> (SourceId, usize, &'static str) {
        let span = self.span();
        (span.source(), span.range().start, self.rule.code)
    }

    fn render(&self, text: Text, lang: Lang) -> String {
        text.render_with(lang, |name| self.argument_in(name, lang))
    }

    fn argument_in(&self, name: &str, lang: Lang) -> Option<&str> {
        let (_, value) = self.args.iter().find(|(key, _)| *key == name)?;
        Some(value.in_lang(lang))
    }

    fn label(mut self, span: Span, role: Role, note: Option<Text>) -> Self {
        if span.is_some() {
            self.labels.push(Label { span, role, note });
        }
        self
    }
}
