//! Shell patterns: `*` and `?` without separators, `[a-z]`, `[^a]`, and `\` in front of a character that stands for
//! itself, which Windows does not have. Matching goes byte by byte, as in Go.

use super::system::System;

/// Whether the pattern matches all of a name; `None` when it is malformed.
pub(super) fn matches(pattern: &str, name: &str, system: System) -> Option<bool> {
    let (mut pattern, mut name) = (pattern.as_bytes(), name.as_bytes());
    if has_star_star(pattern, system) {
        return None;
    }
    'chunks: while !pattern.is_empty() {
        let (star, chunk, after) = next_chunk(pattern, system);
        pattern = after;
        if star && chunk.is_empty() {
            return Some(!name.contains(&system.separator()));
        }
        let ends = |rest: &[u8]| rest.is_empty() || !pattern.is_empty();
        if let Some(rest) = match_chunk(chunk, name, system)?.filter(|rest| ends(rest)) {
            name = rest;
            continue;
        }
        let reach = name.iter().take_while(|byte| **byte != system.separator());
        let reach = if star { reach.count() } else { 0 };
        for skipped in 1..=reach {
            if let Some(rest) = match_chunk(chunk, &name[skipped..], system)?
                && ends(rest)
            {
                name = rest;
                continue 'chunks;
            }
        }
        return Some(false);
    }
    Some(name.is_empty())
}

/// CUE keeps `**` for later.
fn has_star_star(mut pattern: &[u8], system: System) -> bool {
    while !pattern.is_empty() {
        if pattern.starts_with(b"**") {
            return true;
        }
        (_, _, pattern) = next_chunk(pattern, system);
    }
    false
}

/// Stars, if any, what stands before the next one, and the rest.
fn next_chunk(pattern: &[u8], system: System) -> (bool, &[u8], &[u8]) {
    let stars = pattern.iter().take_while(|byte| **byte == b'*').count();
    let pattern = &pattern[stars..];
    let mut in_class = false;
    let mut at = 0;
    while let Some(byte) = pattern.get(at) {
        match byte {
            b'\\' if escapes(system) && at + 1 < pattern.len() => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'*' if !in_class => break,
            _ => {}
        }
        at += 1;
    }
    (stars > 0, &pattern[..at], &pattern[at..])
}

/// The rest of the name behind the chunk, if it begins with it. A chunk is read to its end in either case.
#[expect(clippy::option_option, reason = "malformed, or matching or not")]
fn match_chunk<'n>(mut chunk: &[u8], name: &'n [u8], system: System) -> Option<Option<&'n [u8]>> {
    let mut rest = Some(name);
    while let Some((&kind, mut after)) = chunk.split_first() {
        rest = rest.filter(|rest| !rest.is_empty());
        match kind {
            b'[' => {
                let (c, length) = rest.map_or(('\0', 0), first_char);
                let (fits, behind) = match_class(after, rest.map(|_| c), system)?;
                rest = rest.filter(|_| fits).map(|rest| &rest[length..]);
                after = behind;
            }
            b'?' => {
                rest = rest
                    .filter(|rest| rest[0] != system.separator())
                    .map(|rest| &rest[first_char(rest).1..]);
            }
            kind => {
                let mut wanted = kind;
                if kind == b'\\' && escapes(system) {
                    let (&escaped, behind) = after.split_first()?;
                    (wanted, after) = (escaped, behind);
                }
                rest = rest.filter(|rest| rest[0] == wanted).map(|rest| &rest[1..]);
            }
        }
        chunk = after;
    }
    Some(rest)
}

/// Whether a character is of the class, and what stands behind it.
fn match_class(class: &[u8], c: Option<char>, system: System) -> Option<(bool, &[u8])> {
    let (negated, mut class) = match class.strip_prefix(b"^") {
        Some(class) => (true, class),
        None => (false, class),
    };
    let c = c.unwrap_or('\0');
    let mut found = false;
    let mut first = true;
    loop {
        if let Some(behind) = class.strip_prefix(b"]")
            && !first
        {
            return Some((found != negated, behind));
        }
        let (low, behind) = class_char(class, system)?;
        let (high, behind) = match behind.strip_prefix(b"-") {
            Some(behind) => class_char(behind, system)?,
            None => (low, behind),
        };
        found |= (low..=high).contains(&c);
        first = false;
        class = behind;
    }
}

fn class_char(class: &[u8], system: System) -> Option<(char, &[u8])> {
    let class = match class.first()? {
        b'-' | b']' => return None,
        b'\\' if escapes(system) => &class[1..],
        _ => class,
    };
    if class.is_empty() {
        return None;
    }
    let (c, length) = first_char(class);
    let is_broken = c == char::REPLACEMENT_CHARACTER && length == 1;
    let behind = &class[length..];
    (!is_broken && !behind.is_empty()).then_some((c, behind))
}

fn escapes(system: System) -> bool {
    system != System::Windows
}

/// The first character of text that may begin in the midst of one, and its length.
fn first_char(bytes: &[u8]) -> (char, usize) {
    let start = &bytes[..bytes.len().min(4)];
    let valid = start.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    match valid.chars().next() {
        Some(c) => (c, c.len_utf8()),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}
