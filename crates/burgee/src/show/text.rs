//! A report for people, in rustc's look: message, the user's line with the place marked, hint.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use burgee_source::{Diagnostic, Label, Role, Severity, Span};

use super::Report;

/// How a report may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// ASCII, no colour: files, pipes, CI logs.
    Plain,
    /// Colour and box drawing: a terminal.
    Styled,
}

/// A line longer than this is shown as a window around the mark: a manifest may be one line of JSON.
pub(super) const LONGEST_LINE: usize = 240;
/// Bytes of context on each side of a mark in such a line.
const WINDOW: usize = 80;
/// Marks at most this many lines apart share one piece of source.
const NEAR_LINES: u32 = 8;

/// The report.
pub(crate) fn text(report: Report<'_>, look: Look) -> String {
    let renderer = match look {
        Look::Plain => Renderer::plain().decor_style(DecorStyle::Ascii),
        Look::Styled => Renderer::styled().decor_style(DecorStyle::Unicode),
    };
    let mut out = String::new();
    for problem in report.problems {
        out.push_str(&renderer.render(&groups(report, problem)));
        out.push_str("\n\n");
    }
    out
}

fn groups<'a>(report: Report<'a>, problem: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO,
    };
    let level = level.with_name(super::severity(problem.severity(), report.lang));
    let title = level.primary_title(problem.message(report.lang));
    let mut group = Group::with_title(title.id(problem.rule().code));
    for piece in pieces(report, problem) {
        group = group.element(piece.snippet(report, problem));
    }
    for hint in problem.hints(report.lang) {
        group = group.element(Level::HELP.message(hint));
    }
    vec![group]
}

/// Labels that are shown in one piece of source.
struct Piece<'a> {
    labels: Vec<(&'a Label, Span)>,
}

fn pieces<'a>(report: Report<'_>, problem: &'a Diagnostic) -> Vec<Piece<'a>> {
    let line = |span: Span| report.sources.line_at(span.start()).number;
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for label in problem.labels() {
        let span = report.sources.resolve(label.span);
        let near = |piece: &&mut Piece<'a>| {
            piece.labels.iter().all(|(_, other)| {
                other.source() == span.source() && line(*other).abs_diff(line(span)) <= NEAR_LINES
            })
        };
        match pieces.iter_mut().find(near) {
            Some(piece) => piece.labels.push((label, span)),
            None => pieces.push(Piece {
                labels: vec![(label, span)],
            }),
        }
    }
    pieces
}

// === impl Piece ===

impl Piece<'_> {
    fn snippet<'s>(
        &self,
        report: Report<'_>,
        problem: &Diagnostic,
    ) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let spans = || self.labels.iter().map(|(_, span)| *span);
        let first = spans().min().unwrap_or(Span::NONE);
        let source = first.source();
        let whole = report.sources.text(source);
        let head = report.sources.line_at(first.start());
        let last = spans().map(|span| span.range().start).max().unwrap_or(0);
        let tail = whole.get(last..).and_then(|rest| rest.find('\n'));
        let line_end = tail.map_or(whole.len(), |length| last + length);

        let (start, end) = if line_end - head.bytes.start > LONGEST_LINE {
            let near = first
                .range()
                .start
                .saturating_sub(WINDOW)
                .max(head.bytes.start);
            (near, line_end.min(last + 2 * WINDOW))
        } else {
            (head.bytes.start, line_end)
        };
        let start = floor_char(whole, start);
        let end = floor_char(whole, end).max(start);
        let shown = whole.get(start..end).unwrap_or("");

        let mut snippet = Snippet::source(shown.to_owned())
            .line_start(head.number as usize)
            .path(report.sources.name(source).to_owned())
            .fold(true);
        for (label, span) in &self.labels {
            let range = span.range();
            // A mark over many lines is shown on its first one.
            let first_line = shown.get(range.start.saturating_sub(start)..);
            let room = first_line
                .and_then(|rest| rest.find('\n'))
                .unwrap_or(shown.len());
            let from = (range.start - start).min(shown.len());
            let to = (range.end.max(range.start) - start)
                .min(from + room)
                .min(shown.len());
            let kind = match label.role {
                Role::Primary => AnnotationKind::Primary,
                Role::Secondary => AnnotationKind::Context,
            };
            let annotation = kind.span(from..ceil_char(shown, to));
            snippet = snippet.annotation(match problem.note(label, report.lang) {
                Some(note) => annotation.label(note),
                None => annotation,
            });
        }
        snippet
    }
}

fn floor_char(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_char(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
