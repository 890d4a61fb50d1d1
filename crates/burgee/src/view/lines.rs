//! A line per event: for pipes, files and CI logs.

use burgee_model::{Report, Stamped};
use burgee_source::Lang;

use super::{View, line};
use crate::console::Console;

/// Prints each event as it happens.
pub(crate) struct Lines {
    console: Console,
    lang: Lang,
}

// === impl Lines ===

impl Lines {
    /// Lines on the console's talk stream.
    pub(crate) const fn new(console: Console, lang: Lang) -> Self {
        Self { console, lang }
    }
}

impl View for Lines {
    fn event(&self, stamped: &Stamped, report: &Report) {
        self.console.say(&line(&stamped.event, report, self.lang));
    }

    fn finish(&self) {}
}
