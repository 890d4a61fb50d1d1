//! Texts, bytes and numbers as YAML scalars.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    meaning,
    resolve::Meaning,
    style::{allowed, is_break, is_legacy, is_printable},
};
use crate::Number;

/// Longer keys, in bytes, are written behind a `?`.
const MAX_SIMPLE_KEY: usize = 128;

/// Bytes that are no text are broken into lines of this length by the writer that CUE uses, and what has lines is
/// written as a block.
const BASE64_LINE: usize = 70;

/// True for a key that stands in front of its `:` on one line.
pub(super) fn is_simple_key(key: &str) -> bool {
    key.len() <= MAX_SIMPLE_KEY && !allowed(key).several_lines
}

/// A number: its text. A float without a point gets one, so that it stays a float.
pub(super) fn write_number(number: &Number, out: &mut String) {
    let text = number.to_string();
    match (number.is_integer(), text.contains(['.', 'E'])) {
        // An integer of more digits than are kept: only the other form of the `e` makes it one for CUE.
        (true, true) => out.push_str(&text.replace('E', "e")),
        (false, false) => {
            out.push_str(&text);
            out.push('.');
        }
        (true, false) | (false, true) => out.push_str(&text),
    }
}

pub(super) fn write_bytes(bytes: &[u8], indent: usize, out: &mut String) {
    let encoded = STANDARD.encode(bytes);
    out.push_str("!!binary");
    let has_lines = match std::str::from_utf8(bytes) {
        Ok(text) => text.contains('\n'),
        Err(_) => encoded.len() >= BASE64_LINE,
    };
    if !encoded.is_empty() {
        out.push(' ');
    }
    match has_lines {
        true => write_block(&encoded, indent, out),
        false => out.push_str(&encoded),
    }
}

/// A text in the first of these ways that is open to it: as a block if it has lines, in double quotes if it would be
/// read as something else, plain, in single quotes, in double quotes.
pub(super) fn write_text(text: &str, indent: usize, out: &mut String) {
    let allowed = allowed(text);
    if text.contains('\n') {
        match allowed.block {
            true => write_block(text, indent, out),
            false => write_double_quoted(text, out),
        }
    } else if is_legacy(text) || meaning(text) != Meaning::Text {
        write_double_quoted(text, out);
    } else if allowed.plain {
        out.push_str(text);
    } else if allowed.single_quoted {
        write_single_quoted(text, indent, out);
    } else {
        write_double_quoted(text, out);
    }
}

/// `|` with what says how the text begins and ends: an indent when it begins with space, `-` when it ends
/// without a line break, `+` when it ends with more than one.
fn write_block(text: &str, indent: usize, out: &mut String) {
    out.push('|');
    if text.starts_with(|c| c == ' ' || is_break(c)) {
        out.push('2');
    }
    let mut ending = text.chars().rev();
    match (ending.next().is_some_and(is_break), ending.next()) {
        (false, _) => out.push('-'),
        (true, None) => out.push('+'),
        (true, Some(c)) if is_break(c) => out.push('+'),
        (true, Some(_)) => {}
    }
    if !text.starts_with(is_break) {
        out.push('\n');
    }
    let mut begins = true;
    for c in text.chars() {
        let breaks = is_break(c);
        if begins && !breaks {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push(c);
        begins = breaks;
    }
}

fn write_single_quoted(text: &str, indent: usize, out: &mut String) {
    out.push('\'');
    let mut broken = false;
    for c in text.chars() {
        let breaks = is_break(c);
        if broken && !breaks {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        broken = breaks;
        if c == '\'' {
            out.push('\'');
        }
        out.push(c);
    }
    out.push('\'');
}

fn write_double_quoted(text: &str, out: &mut String) {
    // Behind a byte order mark every character is escaped.
    let escape_all = text.starts_with('\u{feff}');
    out.push('"');
    for c in text.chars() {
        let plain = is_printable(c) && !is_break(c) && !matches!(c, '"' | '\\') && !escape_all;
        if plain {
            out.push(c);
            continue;
        }
        out.push('\\');
        match c {
            '\0' => out.push('0'),
            '\u{7}' => out.push('a'),
            '\u{8}' => out.push('b'),
            '\t' => out.push('t'),
            '\n' => out.push('n'),
            '\u{b}' => out.push('v'),
            '\u{c}' => out.push('f'),
            '\r' => out.push('r'),
            '\u{1b}' => out.push('e'),
            '"' | '\\' => out.push(c),
            '\u{85}' => out.push('N'),
            '\u{a0}' => out.push('_'),
            '\u{2028}' => out.push('L'),
            '\u{2029}' => out.push('P'),
            c => {
                let code = u32::from(c);
                let written = match code {
                    0..=0xff => write!(out, "x{code:02X}"),
                    0x100..=0xffff => write!(out, "u{code:04X}"),
                    _ => write!(out, "U{code:08X}"),
                };
                written.expect("a string takes everything");
            }
        }
    }
    out.push('"');
}
