//! Makes text from outside fit to be shown: nothing in it steers a terminal or turns the reading direction.

/// The text with its control characters made visible; line breaks stay.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\0'..='\u{1f}' => out.push(picture(c)),
            '\u{7f}' => out.push('␡'),
            // C1 controls, marks that turn or isolate the reading direction.
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(c),
        }
    }
    out
}

/// The sign that Unicode has for a control character.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn escape_sequences_become_visible_text() {
        assert_eq!(clean("a\x1b[2Jb\x07\x7f\u{9b}1m"), "a␛[2Jb␇␡\u{fffd}1m");
    }

    #[test]
    fn line_breaks_and_tabs_are_plain_layout() {
        assert_eq!(clean("a\r\nb\tc\u{2028}d\re"), "a\nb    c\nd␍e");
    }

    #[test]
    fn reading_direction_cannot_be_turned() {
        assert_eq!(clean("x\u{202e}gpj.exe"), "x\u{fffd}gpj.exe");
    }

    #[test]
    fn chinese_and_emoji_stay() {
        assert_eq!(clean("🚨工作流运行完成"), "🚨工作流运行完成");
    }
}
