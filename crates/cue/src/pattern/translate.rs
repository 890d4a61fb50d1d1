//! From RE2's grammar to that of the `regex` crate.
//!
//! What is read is kept as a list of parts of which each stands for itself, so that a repetition takes the last one,
//! as in RE2. Open groups wait on a stack. (`class` reads what is between brackets, `escape` what follows a backslash.)

use super::{
    MAX_DEPTH,
    class::{self, Class},
    escape::{self, Escape},
};

/// A pattern of the `regex` crate.
#[derive(Debug, Default)]
pub(super) struct Translated {
    pub(super) text: String,
    /// The names of the groups in order.
    pub(super) names: Vec<Option<String>>,
}

/// The most that a part may repeat, repetitions around it counted in.
const MAX_REPEAT: u32 = 1000;

#[derive(Debug, Clone, Copy)]
pub(super) struct Flags {
    /// `i`
    pub(super) fold: bool,
    /// `m`
    lines: bool,
    /// `s`
    dot_all: bool,
    /// `U`
    lazy: bool,
}

/// A part of a pattern that an operator may take.
#[derive(Debug)]
struct Part {
    text: String,
    /// How often its innermost part repeats at most.
    repeats: u32,
}

/// A group that is not closed yet.
#[derive(Debug)]
struct Group {
    opening: &'static str,
    /// Those outside of it.
    flags: Flags,
    /// The alternatives before this one, with their `|`.
    before: String,
    before_repeats: u32,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Reader<'p> {
    rest: &'p str,
    flags: Flags,
    groups: Vec<Group>,
    names: Vec<Option<String>>,
}

pub(super) fn translate(pattern: &str) -> Result<Translated, String> {
    let flags = Flags {
        fold: false,
        lines: false,
        dot_all: false,
        lazy: false,
    };
    let mut reader = Reader {
        rest: pattern,
        flags,
        groups: vec![Group::new("", flags)],
        names: Vec::new(),
    };
    reader.read()?;
    let Reader {
        mut groups, names, ..
    } = reader;
    match (groups.pop(), groups.is_empty()) {
        (Some(whole), true) => Ok(Translated {
            text: whole.close().text,
            names,
        }),
        _ => Err(format!("missing closing ): `{pattern}`")),
    }
}

// === impl Group ===

impl Group {
    fn new(opening: &'static str, flags: Flags) -> Self {
        Self {
            opening,
            flags,
            before: String::new(),
            before_repeats: 0,
            parts: Vec::new(),
        }
    }

    /// Ends an alternative.
    fn bar(&mut self) {
        for part in self.parts.drain(..) {
            self.before.push_str(&part.text);
            self.before_repeats = self.before_repeats.max(part.repeats);
        }
    }

    fn close(mut self) -> Part {
        self.bar();
        let end = if self.opening.is_empty() { "" } else { ")" };
        Part {
            text: format!("{}{}{end}", self.opening, self.before),
            repeats: self.before_repeats,
        }
    }
}

// === impl Reader ===

impl<'p> Reader<'p> {
    fn read(&mut self) -> Result<(), String> {
        let mut repeated = false;
        while let Some(c) = self.rest.chars().next() {
            let was_repeated = std::mem::take(&mut repeated);
            let before = self.rest;
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '(' if self.rest.starts_with('?') => self.extension(before)?,
                '(' => self.open("(", Some(None))?,
                '|' => {
                    let group = self.group()?;
                    group.bar();
                    group.before.push('|');
                }
                ')' => self.close(before)?,
                '^' if self.flags.lines => self.push("(?m:^)"),
                '^' => self.push("\\A"),
                '$' if self.flags.lines => self.push("(?m:$)"),
                '$' => self.push("\\z"),
                '.' if self.flags.dot_all => self.push("(?s:.)"),
                '.' => self.push("[^\\n]"),
                '[' => {
                    let (class, rest) = class::read(before)?;
                    self.rest = rest;
                    self.push(&class.text(self.flags.fold));
                }
                '*' | '+' | '?' => {
                    self.repeat(&c.to_string(), None, was_repeated, before)?;
                    repeated = true;
                }
                '{' => match count(self.rest) {
                    None => self.literal('{'),
                    Some((least, most, rest)) => {
                        self.rest = rest;
                        let text = &before[..before.len() - rest.len()];
                        let most = match (least, most) {
                            (Some(least), None) if least <= MAX_REPEAT => least,
                            (Some(least), Some(Some(most)))
                                if least <= most && most <= MAX_REPEAT =>
                            {
                                most
                            }
                            _ => return Err(format!("invalid repeat count: `{text}`")),
                        };
                        self.repeat(text, Some(most), was_repeated, before)?;
                        repeated = true;
                    }
                },
                '\\' => self.escape(before)?,
                c => self.literal(c),
            }
        }
        Ok(())
    }

    fn group(&mut self) -> Result<&mut Group, String> {
        self.groups
            .last_mut()
            .ok_or_else(|| "unexpected )".to_owned())
    }

    fn push(&mut self, text: &str) {
        if let Some(group) = self.groups.last_mut() {
            group.parts.push(Part {
                text: text.to_owned(),
                repeats: 0,
            });
        }
    }

    fn literal(&mut self, c: char) {
        let mut buffer = [0; 4];
        let text = regex::escape(c.encode_utf8(&mut buffer));
        match self.flags.fold && c.is_alphabetic() {
            true => self.push(&format!("(?i:{text})")),
            false => self.push(&text),
        }
    }

    fn open(&mut self, opening: &'static str, name: Option<Option<&str>>) -> Result<(), String> {
        if self.groups.len() > MAX_DEPTH {
            return Err("it nests too deep".to_owned());
        }
        if let Some(name) = name {
            self.names.push(name.map(str::to_owned));
        }
        self.groups.push(Group::new(opening, self.flags));
        Ok(())
    }

    fn close(&mut self, before: &'p str) -> Result<(), String> {
        let group = self.groups.pop().filter(|group| !group.opening.is_empty());
        let group = group.ok_or_else(|| format!("unexpected ): `{before}`"))?;
        self.flags = group.flags;
        let part = group.close();
        self.group()?.parts.push(part);
        Ok(())
    }

    /// `(?:`, `(?i)`, `(?i:`, `(?P<name>` and `(?<name>`.
    fn extension(&mut self, before: &'p str) -> Result<(), String> {
        let inner: &'p str = &self.rest[1..];
        let named = inner.strip_prefix("P<").or_else(|| inner.strip_prefix('<'));
        if let Some(named) = named {
            let invalid = || format!("invalid named capture: `{before}`");
            let (name, rest) = named.split_once('>').ok_or_else(invalid)?;
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if name.is_empty() || !name.bytes().all(is_word) {
                return Err(invalid());
            }
            self.rest = rest;
            return self.open("(", Some(Some(name)));
        }
        let mut flags = self.flags;
        let mut on = true;
        let mut seen = true;
        for (at, c) in inner.char_indices() {
            match c {
                'i' => flags.fold = on,
                'm' => flags.lines = on,
                's' => flags.dot_all = on,
                'U' => flags.lazy = on,
                '-' if on => (on, seen) = (false, false),
                ':' | ')' if seen => {
                    self.rest = &self.rest[at + 2..];
                    if c == ':' {
                        self.open("(?:", None)?;
                    }
                    self.flags = flags;
                    return Ok(());
                }
                _ => break,
            }
            seen |= c != '-';
        }
        Err(format!("invalid or unsupported Perl syntax: `{before}`"))
    }

    fn repeat(
        &mut self,
        operator: &str,
        most: Option<u32>,
        was_repeated: bool,
        before: &'p str,
    ) -> Result<(), String> {
        let (asked, rest) = match self.rest.strip_prefix('?') {
            Some(rest) => (true, rest),
            None => (false, self.rest),
        };
        self.rest = rest;
        if was_repeated {
            let text = &before[..before.len() - self.rest.len()];
            return Err(format!("invalid nested repetition operator: `{text}`"));
        }
        let lazy = if asked != self.flags.lazy { "?" } else { "" };
        let Some(part) = self.group()?.parts.last_mut() else {
            return Err(format!(
                "missing argument to repetition operator: `{operator}`"
            ));
        };
        match most {
            Some(0) => part.repeats = 0,
            Some(most) => part.repeats = most.saturating_mul(part.repeats.max(1)),
            None => {}
        }
        if part.repeats > MAX_REPEAT {
            return Err(format!("invalid repeat count: `{operator}`"));
        }
        // In a group, for a later repetition takes all of it.
        part.text = format!("(?:(?:{}){operator}{lazy})", part.text);
        Ok(())
    }

    fn escape(&mut self, before: &'p str) -> Result<(), String> {
        let look = match self.rest.chars().next() {
            Some('A') => Some("\\A"),
            Some('b') => Some("(?-u:\\b)"),
            Some('B') => Some("(?-u:\\B)"),
            Some('z') => Some("\\z"),
            Some('Q') => {
                let quoted: &'p str = &self.rest[1..];
                let (literal, rest) = quoted.split_once("\\E").unwrap_or((quoted, ""));
                self.rest = rest;
                literal.chars().for_each(|c| self.literal(c));
                return Ok(());
            }
            _ => None,
        };
        if let Some(look) = look {
            self.rest = &self.rest[1..];
            self.push(look);
            return Ok(());
        }
        let (escape, rest) = escape::read(before)?;
        self.rest = rest;
        match escape {
            Escape::Set(set) => {
                let mut class = Class::default();
                class.add_set(&set);
                self.push(&class.text(self.flags.fold));
            }
            Escape::Char(code) => match char::from_u32(code) {
                Some(c) => self.literal(c),
                // Half a surrogate pair is in no text.
                None => self.push(class::NOTHING),
            },
        }
        Ok(())
    }
}

/// `n}`, `n,}` and `n,m}`: the least and, behind a comma, the most; `None` inside for numbers beyond all bounds.
type Count<'p> = (Option<u32>, Option<Option<u32>>, &'p str);

fn count(text: &str) -> Option<Count<'_>> {
    let (least, rest) = number(text)?;
    if let Some(rest) = rest.strip_prefix('}') {
        return Some((least, None, rest));
    }
    let rest = rest.strip_prefix(',')?;
    if let Some(rest) = rest.strip_prefix('}') {
        // No upper bound: what counts is the lower one.
        return Some((least, None, rest));
    }
    let (most, rest) = number(rest)?;
    Some((least, Some(most), rest.strip_prefix('}')?))
}

fn number(text: &str) -> Option<(Option<u32>, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    match digits.is_empty() || (digits.len() > 1 && digits.starts_with('0')) {
        true => None,
        false => Some((digits.parse().ok(), rest)),
    }
}
