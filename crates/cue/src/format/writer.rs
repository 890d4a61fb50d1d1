//! Words to lines.

use super::{column::align, gap::Gap, line::Line, number, string};
use crate::syntax::{TokenKind, Tree};

/// What lines are indented by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Inside braces.
    Braces,
    /// Inside other brackets.
    Brackets,
    /// On the further lines of one declaration.
    Continued,
}

pub(super) struct Writer<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) lines: Vec<Line>,
    /// The line at hand.
    pub(super) line: Line,
    /// What is open, and how far the line where it was opened is indented.
    pub(super) levels: Vec<(Level, usize)>,
    /// Up to where the text has been written, in bytes.
    pub(super) written: usize,
    /// The next comment.
    pub(super) comment: usize,
}

// === impl Writer ===

impl<'t> Writer<'t> {
    pub(super) fn new(tree: &'t Tree<'t>) -> Self {
        Self {
            tree,
            lines: Vec::new(),
            line: Line::default(),
            levels: Vec::new(),
            written: 0,
            comment: 0,
        }
    }

    pub(super) fn finish(mut self) -> String {
        if !self.line.text.is_empty() {
            self.end_line();
        }
        align(&self.lines)
    }

    pub(super) fn kind(&self, at: usize) -> TokenKind {
        self.tree
            .tokens
            .get(at)
            .map_or(TokenKind::End, |token| token.kind)
    }

    /// The number of the line at hand.
    pub(super) fn line_number(&self) -> usize {
        self.lines.len()
    }

    /// Writes a word with what stands in front of it.
    pub(super) fn word(&mut self, at: usize, gap: Gap) {
        self.gap(at, gap);
        self.put(at);
    }

    /// Writes a word behind its gap.
    pub(super) fn put(&mut self, at: usize) {
        self.verbatim(at, at);
    }

    /// Writes everything from one word to another as it stands in the text; a string of several lines moves along.
    pub(super) fn verbatim(&mut self, first: usize, last: usize) {
        let tokens = &self.tree.tokens;
        let [Some(first), Some(last)] = [first, last].map(|at| tokens.get(at)) else {
            return;
        };
        let (start, end) = (first.range().start, last.range().end);
        let text = self.tree.text.get(start..end).unwrap_or("");
        self.start_line();
        match first.kind {
            TokenKind::String => {
                let moved = string::moved(text, self.line.indent + 1);
                self.line.block |= moved.contains('\n');
                self.line.text.push_str(&moved);
            }
            TokenKind::Number => self.line.text.push_str(&number::spelled(text)),
            _ => self.line.text.push_str(text),
        }
        self.written = end;
        while let Some(comment) = self.tree.comments.get(self.comment)
            && (comment.start as usize) < end
        {
            self.comment += 1;
        }
    }

    /// Writes punctuation that the formatter puts there.
    pub(super) fn punctuation(&mut self, text: &str) {
        self.start_line();
        self.line.text.push_str(text);
    }

    /// Opens brackets, or begins what may go on in further lines.
    pub(super) fn enter(&mut self, level: Level) {
        self.levels.push((level, self.line.indent));
    }

    pub(super) fn leave(&mut self) {
        self.levels.pop();
    }

    /// Runs `write` with the further lines of what it writes indented, unless they are so already.
    pub(super) fn continued(&mut self, write: impl FnOnce(&mut Self)) {
        if let Some((Level::Brackets | Level::Continued, _)) = self.levels.last() {
            return write(self);
        }
        self.start_line();
        self.enter(Level::Continued);
        write(self);
        self.leave();
    }

    /// Writes the bracket that closes the level at hand.
    pub(super) fn close(&mut self, at: usize, gap: Gap) {
        self.gap(at, gap);
        let opened = self.levels.pop();
        if !self.line.begun {
            self.line.begun = true;
            self.line.indent = opened.map_or(0, |(_, indent)| indent);
        }
        self.put(at);
    }

    /// Indents a line that begins.
    pub(super) fn start_line(&mut self) {
        if !self.line.begun {
            self.line.begun = true;
            self.line.indent = self.levels.last().map_or(0, |(_, indent)| indent + 1);
        }
    }
}
