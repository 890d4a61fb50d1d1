//! Messages as their readers see them, on a terminal.

use std::io::IsTerminal as _;

use burgee_inbox::{Received, Style, render};
use burgee_source::Lang;
use jiff::tz::TimeZone;

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
        zone: zone(),
    };
    let mut text = render(received, &style);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The zone of the machine. Jiff looks through the whole database for it, to know its name; no card shows that, so the
/// file is enough where no `TZ` says otherwise.
fn zone() -> TimeZone {
    let said = std::env::var_os("TZ").is_some();
    let file = || TimeZone::tzif("local", &std::fs::read("/etc/localtime").ok()?).ok();
    let local = if said { None } else { file() };
    local.unwrap_or_else(TimeZone::system)
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, ToSpan as _};

    use super::*;

    #[test]
    fn the_zone_is_the_one_of_the_system_in_summer_and_in_winter() {
        let start: Timestamp = "2026-01-15T12:00:00Z".parse().expect("a time");
        for months in 0..12 {
            let at = start + (months * 30 * 24).hours();
            assert_eq!(zone().to_offset(at), TimeZone::system().to_offset(at));
        }
    }
}
