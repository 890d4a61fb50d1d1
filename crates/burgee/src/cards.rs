//! Messages as their readers see them, on a terminal.

use std::io::IsTerminal as _;

use burgee_inbox::{Received, Style, render};
use burgee_source::Lang;

/// The width of a card where nothing tells the terminal's.
const WIDTH: usize = 72;

/// One message as a card.
pub(crate) fn card(received: &Received, lang: Lang) -> String {
    let stdout = std::io::stdout();
    let colour = stdout.is_terminal()
        && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    let style = Style {
        width: WIDTH,
        colour,
        lang,
        zone: jiff::tz::TimeZone::system(),
    };
    let mut text = render(received, &style);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
