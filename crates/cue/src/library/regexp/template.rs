//! What a match is replaced with: text in which `$1`, `${1}`, `$name` and `${name}` stand for groups.

use regex::Captures;

use crate::pattern::Pattern;

/// Adds the template, filled in. A dollar sign that no name follows stays.
pub(super) fn expand(template: &str, pattern: &Pattern, found: &Captures<'_>, out: &mut String) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            out.push('$');
            rest = after;
            continue;
        }
        let Some((name, behind)) = reference(after) else {
            out.push('$');
            rest = after;
            continue;
        };
        rest = behind;
        if let Some(group) = index(name, pattern, found).and_then(|index| found.get(index)) {
            out.push_str(group.as_str());
        }
    }
    out.push_str(rest);
}

/// The longest name at the beginning of a text.
fn reference(text: &str) -> Option<(&str, &str)> {
    let braced = text.strip_prefix('{');
    let inner = braced.unwrap_or(text);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let length = inner.find(|c| !is_word(c)).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(length);
    let rest = match braced {
        Some(_) => rest.strip_prefix('}')?,
        None => rest,
    };
    (!name.is_empty()).then_some((name, rest))
}

/// Of two groups with one name the first that took part counts.
fn index(name: &str, pattern: &Pattern, found: &Captures<'_>) -> Option<usize> {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && (name == "0" || !name.starts_with('0')) && name.len() <= 9 {
        return name.parse().ok();
    }
    let mut named = (1..).zip(pattern.names.iter());
    let is_it = |(index, group): &(usize, &Option<String>)| {
        group.as_deref() == Some(name) && found.get(*index).is_some()
    };
    named.find(is_it).map(|(index, _)| index)
}
