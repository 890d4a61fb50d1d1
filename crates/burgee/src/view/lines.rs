//! A line per event: for pipes, files and CI logs.

use burgee_model::{RunState, Stamped};
use burgee_source::Lang;

use super::{View, words::line};
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
    fn event(&self, stamped: &Stamped, state: &RunState) {
        if let Some(line) = line(&stamped.event, state, self.lang) {
            self.console.say(&line);
        }
    }

    fn finish(&self) {}
}
