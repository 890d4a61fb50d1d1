//! Lines as they are written, before columns are aligned.

/// One line of the result, or several that belong to one string.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// True when its indentation is settled.
    pub(super) begun: bool,
    /// Tabs in front.
    pub(super) indent: usize,
    pub(super) text: String,
    /// True when a string of several lines is among it, one without expressions inside: those have no columns.
    pub(super) block: bool,
    /// Where a column ends and the next begins, in bytes of the text: one blank, unless there are neighbours.
    pub(super) cells: Vec<usize>,
    pub(super) form: Form,
    /// Labels in front of the value: `a: b: 1` has two.
    pub(super) labels: usize,
}

/// What a line has to do with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    /// Nothing is known of it yet; at its end, nothing is aligned.
    #[default]
    Open,
    /// One field or one item: its columns are those of its neighbours.
    Row,
    /// Several declarations on one line, or one that has a struct of its own: nothing is aligned.
    Plain,
}

// === impl Line ===

impl Line {
    /// True when its columns count.
    pub(super) fn is_row(&self) -> bool {
        self.form == Form::Row && !self.cells.is_empty() && !self.block
    }

    /// The columns: a text each, the last one without an end.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.cells.iter().copied());
        let ends = self.cells.iter().copied().chain([self.text.len()]);
        starts
            .zip(ends)
            .map(|(start, end)| self.text.get(start..end).unwrap_or(""))
    }
}
