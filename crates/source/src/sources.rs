//! The table of texts, and where a byte stands in them for a person: file, line, column.
//!
//! A text may lie inside another one: a CUE expression is the value of a YAML scalar. It has a span space
//! of its own (the reader of expressions need not know of YAML), and [`Sources::resolve`] finds the place
//! in the file that the user edits.

use std::{borrow::Cow, fmt, ops::Range, sync::Arc};

use crate::{Place, SourceId, Span};

/// All texts of one invocation.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

#[derive(Debug, Clone)]
struct Source {
    name: Arc<str>,
    text: Arc<str>,
    lines: Arc<[u32]>,
    hidden: Vec<Range<usize>>,
    host: Option<Host>,
}

/// Where an embedded text stands in its host.
#[derive(Debug, Clone, Copy)]
struct Host {
    span: Span,
    /// The host's byte where the text begins letter for letter; `None` when escapes or folding changed it.
    verbatim: Option<u32>,
}

/// A place as people say it. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The name of the text, as the user gave it.
    pub file: Arc<str>,
    /// The line.
    pub line: u32,
    /// The column in characters.
    pub column: u32,
}

/// One line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: u32,
    /// Its text without the line break.
    pub text: &'a str,
    /// The bytes of it in its source.
    pub bytes: Range<usize>,
}

// === impl Sources ===

impl Sources {
    /// Adds a text under the name shown to the user.
    ///
    /// # Panics
    ///
    /// When the text has more than 4 GiB; readers bound their input far below that.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.push(name.into(), text.into(), None)
    }

    /// Adds a text that is the value written at `span` of another text.
    pub fn embed(&mut self, text: impl Into<Arc<str>>, span: Span) -> SourceId {
        let text = text.into();
        let written = self.slice(span);
        let verbatim = written
            .find(&*text)
            .filter(|skip| !text.is_empty() && *skip <= 1)
            .and_then(|skip| u32::try_from(span.range().start + skip).ok());
        let name = self.get(span.source()).map(|host| Arc::clone(&host.name));
        let host = Host { span, verbatim };
        self.push(name.unwrap_or_default(), text, Some(host))
    }

    /// Marks a span whose text is never to be shown, whatever it says: a Secret's values.
    pub fn hide(&mut self, span: Span) {
        if let Some(source) = self.list.get_mut(span.source().0 as usize) {
            source.hidden.push(span.range());
        }
    }

    /// The same table with hidden spans covered and every text changed by `f`, which must keep each text's length in bytes, so that
    /// all spans stay good: how secrets are covered before lines are shown.
    ///
    /// # Panics
    ///
    /// When `f` changes a length.
    #[must_use]
    pub fn covered(&self, f: impl Fn(&str) -> String) -> Self {
        let mut covered = self.clone();
        for source in &mut covered.list {
            let text = f(&source.shown());
            assert_eq!(text.len(), source.text.len(), "spans must stay good");
            source.text = text.into();
        }
        covered
    }

    /// A span of `source`, cut to its length.
    #[must_use]
    pub fn span(&self, source: SourceId, range: Range<usize>) -> Span {
        let length = self.text(source).len();
        let cut = |at: usize| u32::try_from(at.min(length)).unwrap_or(u32::MAX);
        Span::new(source, cut(range.start), cut(range.end))
    }

    /// The whole text; empty for an unknown id.
    #[must_use]
    pub fn text(&self, source: SourceId) -> &str {
        self.get(source).map_or("", |source| &source.text)
    }

    /// The name a text was added under.
    #[must_use]
    pub fn name(&self, source: SourceId) -> &str {
        self.get(source).map_or("", |source| &source.name)
    }

    /// The bytes of a span as text; empty where there is none.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.source()).get(span.range()).unwrap_or("")
    }

    /// The span in the file that the user edits: leaves embedded texts for their hosts.
    #[must_use]
    pub fn resolve(&self, span: Span) -> Span {
        let Some(host) = self.get(span.source()).and_then(|source| source.host) else {
            return span;
        };
        let outer = match host.verbatim {
            Some(base) => {
                let shift = |at: usize| base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                let range = span.range();
                Span::new(host.span.source(), shift(range.start), shift(range.end))
            }
            None => host.span,
        };
        self.resolve(outer)
    }

    /// The place as people say it, in the file that the user edits.
    #[must_use]
    pub fn position(&self, place: Place) -> Position {
        let at = self.resolve(Span::new(place.source, place.offset, place.offset));
        let line = self.line_at(at.start());
        let before = self
            .text(at.source())
            .get(line.bytes.start..at.range().start);
        let column = before.map_or(0, |text| text.chars().count());
        Position {
            file: self
                .get(at.source())
                .map(|source| Arc::clone(&source.name))
                .unwrap_or_default(),
            line: line.number,
            column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
        }
    }

    /// The line that holds a byte.
    #[must_use]
    pub fn line_at(&self, place: Place) -> Line<'_> {
        let Some(source) = self.get(place.source) else {
            return Line {
                number: 0,
                text: "",
                bytes: 0..0,
            };
        };
        let after = source.lines.partition_point(|start| *start <= place.offset);
        let start = source
            .lines
            .get(after.wrapping_sub(1))
            .map_or(0, |s| *s as usize);
        let rest = source.text.get(start..).unwrap_or("");
        let text = rest.split(['\n', '\r']).next().unwrap_or("");
        Line {
            number: u32::try_from(after).unwrap_or(u32::MAX).max(1),
            text,
            bytes: start..start + text.len(),
        }
    }

    fn get(&self, source: SourceId) -> Option<&Source> {
        self.list.get(source.0 as usize)
    }

    fn push(&mut self, name: Arc<str>, text: Arc<str>, host: Option<Host>) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).expect("fewer than 2^32 sources"));
        u32::try_from(text.len()).expect("readers bound their input below 4 GiB");
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0)
            .chain(starts)
            .map(|at| u32::try_from(at).expect("the text's length fits, so its offsets do"))
            .collect();
        self.list.push(Source {
            name,
            text,
            lines,
            hidden: Vec::new(),
            host,
        });
        id
    }
}

// === impl Source ===

impl Source {
    /// The text with its hidden spans covered byte by byte; line breaks stay.
    fn shown(&self) -> Cow<'_, str> {
        if self.hidden.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut shown = self.text.as_bytes().to_vec();
        for range in &self.hidden {
            // Whole characters, so that what is left is text.
            let start = self.text.floor_char_boundary(range.start);
            let end = self.text.ceil_char_boundary(range.end).max(start);
            let hidden = shown[start..end].iter_mut();
            hidden
                .filter(|byte| !matches!(byte, b'\n' | b'\r'))
                .for_each(|byte| *byte = b'*');
        }
        let shown = String::from_utf8(shown).expect("whole characters were covered");
        Cow::Owned(shown)
    }
}

// === impl Position ===

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "x: 1\n流程: y\n");
        let at = sources.span(file, 13..14);
        assert_eq!(sources.slice(at), "y");
        assert_eq!(sources.position(at.start()).to_string(), "a.yaml:2:5");
    }

    #[test]
    fn embedded_text_is_found_in_its_host() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "valueFrom: output.x + 1\n");
        let inner = sources.embed("output.x + 1", sources.span(file, 11..23));
        let x = sources.span(inner, 7..8);
        assert_eq!(sources.position(x.start()).to_string(), "a.yaml:1:19");
        assert_eq!(sources.slice(sources.resolve(x)), "x");
    }

    #[test]
    fn embedded_text_behind_a_quote_is_found_in_its_host() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "v: 'a.b'\n");
        let inner = sources.embed("a.b", sources.span(file, 3..8));
        assert_eq!(
            sources.position(sources.span(inner, 2..3).start()).column,
            7
        );
    }

    #[test]
    fn embedded_text_that_was_escaped_points_at_the_whole_value() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "v: \"a\\tb\"\n");
        let inner = sources.embed("a\tb", sources.span(file, 3..9));
        assert_eq!(
            sources.position(sources.span(inner, 2..3).start()).column,
            4
        );
    }

    #[test]
    fn hidden_spans_are_covered_and_every_place_stays_good() {
        let mut sources = Sources::default();
        let file = sources.add("s.yaml", "a: 密\r\nb: x\n");
        sources.hide(sources.span(file, 3..6));
        let covered = sources.covered(str::to_owned);
        assert_eq!(covered.text(file), "a: ***\r\nb: x\n");
        assert_eq!(covered.slice(covered.span(file, 11..12)), "x");
    }

    #[test]
    fn carriage_returns_are_no_part_of_a_line() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "a\r\nb\r\n");
        assert_eq!(sources.line_at(sources.span(file, 3..4).start()).text, "b");
    }
}
