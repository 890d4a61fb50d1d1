//! Diagnostics as people and machines want them: the edge where data becomes text.

mod github;
mod json;
mod sarif;
mod text;

use burgee_source::{Diagnostic, Lang, Position, Severity, Sources, Span};

pub(crate) use github::github;
pub(crate) use json::json;
pub(crate) use sarif::sarif;
pub(crate) use text::{Look, text};

/// What every form of a report needs.
#[derive(Clone, Copy)]
pub(crate) struct Report<'a> {
    /// The texts that spans point into, secrets covered.
    pub(crate) sources: &'a Sources,
    /// The problems, in the order shown.
    pub(crate) problems: &'a [Diagnostic],
    /// The language.
    pub(crate) lang: Lang,
}

/// A range as people say it: the place of its first character and the one after its last.
struct Region {
    start: Position,
    end: Position,
}

// === impl Region ===

impl Region {
    fn of(sources: &Sources, span: Span) -> Option<Self> {
        let span = sources.resolve(span);
        let end = Span::new(
            span.source(),
            u32::try_from(span.range().end).unwrap_or(u32::MAX),
            u32::MAX,
        );
        span.is_some().then(|| Self {
            start: sources.position(span.start()),
            end: sources.position(end.start()),
        })
    }
}

/// A problem in one line: `app.yaml:3:7: warning: …`.
pub(crate) fn brief(report: Report<'_>) -> String {
    let lines = report.problems.iter().map(|problem| {
        let place = Region::of(report.sources, problem.span());
        let place = place.map_or_else(String::new, |region| format!("{}: ", region.start));
        let severity = severity(problem.severity(), report.lang);
        format!("{place}{severity}: {}", problem.message(report.lang))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts problems in the order of the user's file.
pub(crate) fn in_source_order(problems: &mut [Diagnostic], sources: &Sources) {
    problems.sort_by_key(|problem| {
        let place = sources.resolve(problem.span());
        (place.source(), place.range().start)
    });
}

/// The word for a severity.
fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::En, severity) => severity.as_str(),
        (Lang::Zh, Severity::Error) => "错误",
        (Lang::Zh, Severity::Warning) => "警告",
        (Lang::Zh, Severity::Hint) => "提示",
    }
}

/// How many problems of each severity there are, in words: `1 error, 2 warnings`.
pub(crate) fn count(problems: &[Diagnostic], lang: Lang) -> String {
    let of = |severity| problems.iter().filter(|p| p.severity() == severity).count();
    let parts = [Severity::Error, Severity::Warning, Severity::Hint]
        .into_iter()
        .map(|severity| (of(severity), severity))
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| match (lang, kind) {
            (Lang::Zh, kind) => format!("{count} 个{}", severity(kind, lang)),
            (Lang::En, _) if count == 1 => format!("1 {}", severity(kind, lang)),
            (Lang::En, _) => format!("{count} {}s", severity(kind, lang)),
        });
    parts.collect::<Vec<_>>().join(", ")
}
