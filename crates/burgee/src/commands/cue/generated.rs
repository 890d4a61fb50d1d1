//! CUE text put together from what other texts say, and the way back from its places to theirs.
//!
//! Data files become CUE text so that they meet the schema inside the evaluator; what is wrong is shown in the file that
//! the user wrote.

use burgee_source::{Diagnostic, SourceId, Sources, Span};

/// A text and where its pieces come from.
#[derive(Debug, Default)]
pub(super) struct Generated {
    text: String,
    /// In the order of the text; an inner piece stands behind the one around it.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    start: u32,
    end: u32,
    origin: Span,
    /// True when the piece is the origin letter for letter.
    verbatim: bool,
}

/// A text that is known by an id of its own.
#[derive(Debug)]
pub(super) struct Placed {
    generated: Generated,
    id: SourceId,
}

// === impl Generated ===

impl Generated {
    /// Adds text that nobody wrote.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds text exactly as it stands at a place.
    pub(super) fn verbatim(&mut self, text: &str, origin: Span) {
        let start = self.at();
        self.text.push_str(text);
        self.pieces.push(Piece {
            start,
            end: self.at(),
            origin,
            verbatim: true,
        });
    }

    /// Adds what `write` adds, as the form that something at `origin` has here.
    pub(super) fn piece(&mut self, origin: Span, write: impl FnOnce(&mut Self)) {
        let place = self.pieces.len();
        let start = self.at();
        self.pieces.push(Piece {
            start,
            end: start,
            origin,
            verbatim: false,
        });
        write(self);
        self.pieces[place].end = self.at();
    }

    /// Adds another text with its pieces.
    pub(super) fn append(&mut self, other: &Self) {
        let shift = self.at();
        self.text.push_str(&other.text);
        let moved = other.pieces.iter().map(|piece| Piece {
            start: piece.start + shift,
            end: piece.end + shift,
            ..*piece
        });
        self.pieces.extend(moved);
    }

    /// Gives the text an id in the table.
    pub(super) fn place(self, sources: &mut Sources) -> Placed {
        let id = sources.add("<generated>", self.text.as_str());
        Placed {
            generated: self,
            id,
        }
    }

    fn at(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// Where bytes of the text come from: the innermost piece over them.
    fn origin(&self, start: u32, end: u32) -> Option<Span> {
        let over = |piece: &&Piece| piece.start <= start && end <= piece.end;
        let piece = self.pieces.iter().rev().find(over)?;
        if !piece.verbatim {
            return Some(piece.origin);
        }
        let base = u32::try_from(piece.origin.range().start).ok()?;
        let shift = |at: u32| base + (at - piece.start);
        Some(Span::new(piece.origin.source(), shift(start), shift(end)))
    }
}

// === impl Placed ===

impl Placed {
    /// The text and its id, as the evaluator takes it.
    pub(super) fn file(&self) -> (&str, SourceId) {
        (&self.generated.text, self.id)
    }

    /// The same problem, in the texts that the user wrote.
    pub(super) fn relocate(&self, problem: Diagnostic) -> Diagnostic {
        problem.relocate(|span| {
            if span.source() != self.id {
                return span;
            }
            let range = span.range();
            let bytes = u32::try_from(range.start)
                .ok()
                .zip(u32::try_from(range.end).ok());
            bytes
                .and_then(|(start, end)| self.generated.origin(start, end))
                .unwrap_or(Span::NONE)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_innermost_piece() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "port: 80\n");
        let mut inner = Generated::default();
        inner.piece(sources.span(file, 0..8), |out| {
            out.push("{\"port\": ");
            out.piece(sources.span(file, 6..8), |out| out.push("80"));
            out.push("}");
        });
        let schema = sources.add("-d", "#S");
        let mut whole = Generated::default();
        whole.push("(");
        whole.verbatim("#S", sources.span(schema, 0..2));
        whole.push(") & ");
        whole.append(&inner);
        assert_eq!(whole.text, "(#S) & {\"port\": 80}");
        assert_eq!(whole.origin(16, 18), Some(sources.span(file, 6..8)));
        assert_eq!(whole.origin(7, 9), Some(sources.span(file, 0..8)));
        assert_eq!(whole.origin(2, 3), Some(sources.span(schema, 1..2)));
        assert_eq!(whole.origin(3, 4), None);
    }
}
