//! What stands between two words: blanks, line breaks, comments.

use super::{
    line::{Form, Line},
    writer::{Level, Writer},
};

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

// === impl Writer ===

impl<'t> Writer<'t> {
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

    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.lines.push(line);
    }
}
