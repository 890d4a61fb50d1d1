//! The shortest path that means the same.

use super::system::System;

pub(super) fn clean(whole: &str, system: System) -> String {
    let volume = system.volume(whole);
    let path = &whole[volume.len()..];
    if path.is_empty() {
        return match volume.len() > 2 {
            true => system.with_separators(whole.to_owned()),
            false => format!("{whole}."),
        };
    }
    let rooted = path
        .bytes()
        .next()
        .is_some_and(|byte| system.is_separator(byte));
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split(|c: char| u8::try_from(c).is_ok_and(|byte| system.is_separator(byte))) {
        match (part, kept.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                kept.pop();
            }
            ("..", None) if rooted => {}
            _ => kept.push(part),
        }
    }
    let separator = char::from(system.separator()).to_string();
    let root = if rooted { separator.as_str() } else { "" };
    let cleaned = match kept.is_empty() && !rooted {
        true => ".".to_owned(),
        false => format!("{root}{}", kept.join(&separator)),
    };
    system.with_separators(format!("{volume}{cleaned}"))
}

pub(super) fn join(elements: &[&str], system: System) -> String {
    let Some(first) = elements.iter().position(|element| !element.is_empty()) else {
        return String::new();
    };
    let elements = &elements[first..];
    if system != System::Windows {
        return clean(&elements.join("/"), system);
    }
    if let [letter, b':'] = elements[0].as_bytes()
        && letter.is_ascii()
    {
        // `C:` without a root: the path stays relative to where one is on that drive.
        let more = elements
            .iter()
            .skip(1)
            .skip_while(|element| element.is_empty());
        let more: Vec<_> = more.copied().collect();
        return clean(&format!("{}{}", elements[0], more.join("\\")), system);
    }
    let is_share = |path: &str| system.volume(path).len() > 2;
    let joined = clean(&elements.join("\\"), system);
    let head = clean(elements[0], system);
    if !is_share(&joined) || is_share(&head) {
        return joined;
    }
    // Elements that are no share do not become one by standing together.
    let tail = clean(&elements[1..].join("\\"), system);
    match head.ends_with('\\') {
        true => head + &tail,
        false => format!("{head}\\{tail}"),
    }
}
