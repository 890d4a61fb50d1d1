//! Upper, lower and title case, as Go has them: one character for one, without regard to language or neighbours.

/// Changes every character.
pub(super) fn map(text: &str, change: fn(char) -> char) -> String {
    text.chars().map(change).collect()
}

/// Changes the first character of every word.
pub(super) fn first_letters(text: &str, change: fn(char) -> char) -> String {
    let mut before = ' ';
    let letters = text.chars().map(|c| {
        let first = before.is_whitespace();
        before = c;
        if first { change(c) } else { c }
    });
    letters.collect()
}

/// `ß` and others whose upper case is two characters stay as they are, but for Greek letters with an iota below:
/// those have a single character for it.
pub(super) fn upper(c: char) -> char {
    let mut letters = c.to_uppercase();
    match (letters.next(), letters.next()) {
        (Some(upper), None) if !is_newer(upper) => upper,
        _ => match c {
            '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => {
                moved(c, 8)
            }
            '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => moved(c, 9),
            c => c,
        },
    }
}

/// Letters that are two in one have a form of their own here, and Georgian has no capitals at the beginning of a word.
pub(super) fn title(c: char) -> char {
    match c {
        'Ǆ'..='ǆ' => 'ǅ',
        'Ǉ'..='ǉ' => 'ǈ',
        'Ǌ'..='ǌ' => 'ǋ',
        'Ǳ'..='ǳ' => 'ǲ',
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' => c,
        c => upper(c),
    }
}

/// `İ` is the one letter whose lower case is two characters; the first of them counts.
pub(super) fn lower(c: char) -> char {
    match c.to_lowercase().next() {
        Some(lower) if !is_newer(c) => lower,
        Some(_) | None => c,
    }
}

fn moved(c: char, by: u32) -> char {
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}

/// Capitals that came after Unicode 15, which is what Go knows.
fn is_newer(upper: char) -> bool {
    matches!(upper, '\u{1c89}' | '\u{a7cb}'..='\u{a7cc}' | '\u{a7ce}' | '\u{a7d2}' | '\u{a7d4}' | '\u{a7da}' | '\u{a7dc}' | '\u{10d50}'..='\u{10d65}' | '\u{16ea0}'..='\u{16eb8}')
}
