//! Words to lines: what stands between two words, comments above all.

use super::{
    column::align,
    line::{Form, Line},
    number, string,
};
use crate::syntax::{TokenKind, Tree};

/// What stands in front of a word, where the author did not break the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing, whatever the author did.
    Tight,
    /// One blank, whatever the author did.
    Blank,
    /// Nothing, or the author's line break.
    TightOrBreak,
    /// One blank, or the author's line break.
    BlankOrBreak,
    /// The border of a column.
    Cell,
    /// A line break, and the author's blank line.
    Break,
    /// A blank line.
    BlankLine,
    /// A line break in front of a closing bracket, where no blank line stays.
    LastBreak,
    /// Nothing in front of a closing bracket, or the author's line break.
    LastTightOrBreak,
}

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
    tree: &'t Tree<'t>,
    lines: Vec<Line>,
    /// The line at hand.
    pub(super) line: Line,
    /// What is open, and how far the line where it was opened is indented.
    levels: Vec<(Level, usize)>,
    /// Up to where the text has been written, in bytes.
    written: usize,
    /// The next comment.
    comment: usize,
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

    /// True when the author broke the line in front of a word, or a comment did.
    pub(super) fn breaks_before(&self, at: usize) -> bool {
        self.between(at).contains('\n')
    }

    /// True when there is a line break from one word to another, or in them.
    pub(super) fn spans_lines(&self, first: usize, last: usize) -> bool {
        let [Some(first), Some(last)] = [first, last].map(|at| self.tree.tokens.get(at)) else {
            return false;
        };
        let text = self.tree.text.get(first.range().start..last.range().end);
        text.is_some_and(|text| text.contains('\n'))
    }

    /// True when the author broke the line between the word in front of `end` and the word `first`.
    pub(super) fn has_break(&self, end: usize, first: usize) -> bool {
        let tokens = &self.tree.tokens;
        let from = end.checked_sub(1).and_then(|last| tokens.get(last));
        let [Some(from), Some(to)] = [from, tokens.get(first)] else {
            return false;
        };
        let between = from.range().end..to.range().start;
        self.tree.text.get(between).unwrap_or("").contains('\n')
    }

    /// The text between what was written last and a word.
    fn between(&self, at: usize) -> &'t str {
        let token = self.tree.tokens.get(at);
        let until = token.map_or(self.tree.text.len(), |token| token.range().start);
        self.tree.text.get(self.written..until).unwrap_or("")
    }

    /// Writes the comments in front of a word, and what else stands there.
    pub(super) fn gap(&mut self, at: usize, gap: Gap) {
        let until = match self.tree.tokens.get(at) {
            Some(token) => token.range().start,
            None => self.tree.text.len(),
        };
        let mut commented = false;
        // A blank line that must be there stands in front of comments rather than behind them.
        let mut owed = gap == Gap::BlankLine;
        while let Some(comment) = self.tree.comments.get(self.comment) {
            let (start, end) = (comment.start as usize, comment.end as usize);
            if start >= until {
                break;
            }
            owed &= !self.one_comment(start, end, commented, owed);
            self.comment += 1;
            commented = true;
        }
        let breaks = self.between(at).matches('\n').count();
        match gap {
            Gap::LastBreak => self.line_break(false),
            Gap::LastTightOrBreak if commented || breaks > 0 => self.line_break(false),
            Gap::LastTightOrBreak => {}
            _ if commented => self.line_break(breaks > 1 || owed),
            Gap::Tight => {}
            Gap::Blank => self.blank(),
            Gap::TightOrBreak | Gap::BlankOrBreak if breaks > 0 => self.line_break(breaks > 1),
            Gap::TightOrBreak => {}
            Gap::BlankOrBreak => self.blank(),
            Gap::Cell => self.cell(),
            Gap::Break => self.line_break(breaks > 1),
            Gap::BlankLine => self.line_break(true),
        }
    }

    /// A comment behind something stays on its line, any other one begins a line, if wanted behind a blank one. True for such.
    fn one_comment(&mut self, start: usize, end: usize, further: bool, blank: bool) -> bool {
        let text = self.tree.text;
        let breaks = text
            .get(self.written..start)
            .unwrap_or("")
            .matches('\n')
            .count();
        let begins = breaks > 0 || further;
        if begins {
            self.line_break(breaks > 1 || blank);
        }
        if !self.line.text.is_empty() {
            let in_brackets = matches!(self.levels.last(), Some((Level::Brackets, _)));
            if in_brackets && self.line.form == Form::Open {
                self.line.form = Form::Row;
            }
            self.cell();
        }
        self.start_line();
        self.line.text.push_str(text.get(start..end).unwrap_or(""));
        self.written = end;
        begins
    }

    fn blank(&mut self) {
        if !self.line.text.is_empty() {
            self.line.text.push(' ');
        }
    }

    fn cell(&mut self) {
        self.line.cells.push(self.line.text.len());
    }

    /// Ends the line; at the beginning of the text and behind a blank line there is nothing to end.
    fn line_break(&mut self, blank_line: bool) {
        if !self.line.text.is_empty() {
            self.end_line();
        }
        let after_blank = self.lines.last().is_none_or(|line| line.text.is_empty());
        if blank_line && !after_blank {
            self.lines.push(Line::default());
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.lines.push(line);
    }

    /// Indents a line that begins.
    fn start_line(&mut self) {
        if !self.line.begun {
            self.line.begun = true;
            self.line.indent = self.levels.last().map_or(0, |(_, indent)| indent + 1);
        }
    }
}
