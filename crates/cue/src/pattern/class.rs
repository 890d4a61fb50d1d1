//! What stands between brackets.

use super::escape::{self, Escape};

/// Matches no text.
pub(super) const NOTHING: &str = "[^\\x00-\\x{10FFFF}]";

/// The classes of POSIX, as the crate writes them.
const POSIX: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
];

/// A set of characters.
#[derive(Debug, Default)]
pub(super) struct Class {
    negated: bool,
    /// As between brackets of the crate; empty when nothing is in it.
    items: String,
}

// === impl Class ===

impl Class {
    pub(super) fn add_set(&mut self, set: &str) {
        self.items.push_str(set);
    }

    /// Surrogates are in no text, so that they only bound a range.
    fn add_range(&mut self, low: u32, high: u32) {
        let low = char::from_u32(low).unwrap_or('\u{e000}');
        let high = char::from_u32(high).unwrap_or('\u{d7ff}');
        if low <= high {
            let (low, high) = (u32::from(low), u32::from(high));
            self.items
                .push_str(&format!("\\x{{{low:X}}}-\\x{{{high:X}}}"));
        }
    }

    pub(super) fn text(&self, fold: bool) -> String {
        let text = match (self.items.is_empty(), self.negated) {
            (true, false) => NOTHING.to_owned(),
            (true, true) => "[\\x00-\\x{10FFFF}]".to_owned(),
            (false, false) => format!("[{}]", self.items),
            (false, true) => format!("[^{}]", self.items),
        };
        match fold {
            true => format!("(?i:{text})"),
            false => text,
        }
    }
}

/// Reads a class from its bracket on; what stands behind it comes second.
pub(super) fn read(whole: &str) -> Result<(Class, &str), String> {
    let mut class = Class::default();
    let mut rest = whole.strip_prefix('[').unwrap_or(whole);
    if let Some(negated) = rest.strip_prefix('^') {
        class.negated = true;
        rest = negated;
    }
    let mut first = true;
    loop {
        if let Some(behind) = rest.strip_prefix(']')
            && !first
        {
            return Ok((class, behind));
        }
        first = false;
        if let Some(named) = rest.strip_prefix("[:")
            && let Some((name, behind)) = named.split_once(":]")
        {
            if !POSIX.contains(&name.strip_prefix('^').unwrap_or(name)) {
                return Err(format!("invalid character class range: `[:{name}:]`"));
            }
            class.add_set(&format!("[:{name}:]"));
            rest = behind;
            continue;
        }
        let (low, behind) = match item(rest, whole)? {
            (Escape::Set(set), behind) => {
                class.add_set(&set);
                rest = behind;
                continue;
            }
            (Escape::Char(low), behind) => (low, behind),
        };
        let (high, behind) = match behind.strip_prefix('-') {
            Some(behind) if !behind.is_empty() && !behind.starts_with(']') => {
                match item(behind, whole)? {
                    (Escape::Char(high), behind) => (high, behind),
                    (Escape::Set(_), _) => {
                        return Err(format!("invalid character class range: `{rest}`"));
                    }
                }
            }
            Some(_) | None => (low, behind),
        };
        if high < low {
            let range = &rest[..rest.len() - behind.len()];
            return Err(format!("invalid character class range: `{range}`"));
        }
        class.add_range(low, high);
        rest = behind;
    }
}

fn item<'p>(text: &'p str, whole: &str) -> Result<(Escape, &'p str), String> {
    match text.chars().next() {
        None => Err(format!("missing closing ]: `{whole}`")),
        Some('\\') => escape::read(text),
        Some(c) => Ok((Escape::Char(c.into()), &text[c.len_utf8()..])),
    }
}
