//! Which ways of writing a text are open to it.

/// What a text holds that rules a way of writing out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) plain: bool,
    pub(super) single_quoted: bool,
    pub(super) block: bool,
    pub(super) several_lines: bool,
}

/// True for what ends a line in YAML 1.1; the two others of them are never written as they are.
pub(super) const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// True for what may stand in a document without an escape. Nothing beyond the basic plane may.
pub(super) const fn is_printable(c: char) -> bool {
    matches!(
        c,
        '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}'
    )
}

/// Looks at every character once.
pub(super) fn allowed(text: &str) -> Allowed {
    let mut found = Found {
        indicators: text.starts_with("---") || text.starts_with("..."),
        ..Found::default()
    };
    let mut before = Before::Start;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let followed_by_space = matches!(characters.peek(), None | Some(' ' | '\t'));
        found.indicators |= match (before, c) {
            (
                Before::Start,
                '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
                | '@' | '`',
            ) => true,
            (Before::Start, '?' | ':' | '-') | (_, ':') => followed_by_space,
            (Before::Space | Before::Tab | Before::Break, '#') => true,
            _ => false,
        };
        found.tab |= c == '\t';
        found.special |= c != '\t' && !is_printable(c);
        let last = characters.peek().is_none();
        let now = match c {
            ' ' => Before::Space,
            '\t' => Before::Tab,
            c if is_break(c) => Before::Break,
            _ => Before::Text,
        };
        match now {
            Before::Space => {
                found.outer_space |= before == Before::Start || last;
                found.trailing_space |= last;
                found.break_space |= before == Before::Break;
            }
            Before::Break => {
                found.breaks = true;
                found.space_break |= before == Before::Space;
            }
            Before::Start | Before::Tab | Before::Text => {}
        }
        before = now;
    }
    let odd = found.space_break || found.special;
    Allowed {
        plain: !(found.indicators
            || found.outer_space
            || found.break_space
            || found.breaks
            || found.tab
            || odd),
        single_quoted: !(found.break_space || found.tab || odd),
        block: !(text.is_empty() || found.trailing_space || odd),
        several_lines: found.breaks,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Space,
    Tab,
    Break,
    Text,
}

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "findings, each on its own")]
struct Found {
    indicators: bool,
    outer_space: bool,
    trailing_space: bool,
    breaks: bool,
    space_break: bool,
    break_space: bool,
    tab: bool,
    special: bool,
}

/// True for texts that readers of YAML 1.1 take for a boolean, a date, a time or a number: `yes`, `12:30`, `0x1f`.
pub(super) fn is_legacy(text: &str) -> bool {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "n" | "N" | "t" | "T" | "f" | "F" | "no" | "No"
        | "NO" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE" | "on" | "On" | "ON"
        | "off" | "Off" | "OFF" | ".Nan" => true,
        text => is_clock(text) || is_hexadecimal(text),
    }
}

fn is_hexadecimal(text: &str) -> bool {
    let digits = text.strip_prefix("0x").unwrap_or("");
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Figures and signs around a `-`, a `:` or one `T`, with a `Z` at the end or without it.
fn is_clock(text: &str) -> bool {
    let text = text.strip_suffix(['z', 'Z']).unwrap_or(text).as_bytes();
    let is_part =
        |byte: &u8| matches!(byte, b'-' | b'+' | b'0'..=b'9' | b':' | b'.' | b' ' | b'\t');
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or(&[]);
    let foreign = text.iter().filter(|byte| !is_part(byte)).count();
    match foreign {
        0 => inner.iter().any(|byte| matches!(byte, b'-' | b':')),
        1 => inner.iter().any(|byte| matches!(byte, b't' | b'T')),
        _ => false,
    }
}
