//! Texts cut at a separator: into so many parts at most, no matter how many below zero.

/// The parts between separators; an empty separator stands between characters.
pub(super) fn before<'t>(whole: &'t str, separator: &str, limit: i64) -> Vec<&'t str> {
    match most(limit) {
        0 => Vec::new(),
        most if separator.is_empty() => characters(whole, most),
        most => whole.splitn(most, separator).collect(),
    }
}

/// The same with each separator at the end of its part.
pub(super) fn after<'t>(whole: &'t str, separator: &str, limit: i64) -> Vec<&'t str> {
    let most = most(limit);
    if most == 0 || separator.is_empty() {
        return characters(whole, most);
    }
    let mut parts = Vec::new();
    let mut rest = whole;
    while parts.len() + 1 < most
        && let Some(at) = rest.find(separator)
    {
        let (first, behind) = rest.split_at(at + separator.len());
        parts.push(first);
        rest = behind;
    }
    parts.push(rest);
    parts
}

fn most(limit: i64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn characters(whole: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = whole;
    while let Some(c) = rest.chars().next()
        && parts.len() < most
    {
        let length = if parts.len() + 1 == most {
            rest.len()
        } else {
            c.len_utf8()
        };
        let (first, behind) = rest.split_at(length);
        parts.push(first);
        rest = behind;
    }
    parts
}
