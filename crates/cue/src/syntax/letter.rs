//! What kind of letter a character is, by the categories of Unicode: Rust's own notions of letters and digits are wider.

use std::sync::LazyLock;

use regex::Regex;

/// True for the categories L*: what a name may begin with, `_` and `$` apart.
pub(crate) fn is_letter(c: char) -> bool {
    static LETTER: LazyLock<Regex> = LazyLock::new(|| class(r"\p{L}"));
    match c.is_ascii() {
        true => c.is_ascii_alphabetic(),
        false => c.is_alphabetic() && is_of(&LETTER, c),
    }
}

/// True for the category Nd: what a name may go on with.
pub(crate) fn is_digit(c: char) -> bool {
    static DIGIT: LazyLock<Regex> = LazyLock::new(|| class(r"\p{Nd}"));
    match c.is_ascii() {
        true => c.is_ascii_digit(),
        false => c.is_numeric() && is_of(&DIGIT, c),
    }
}

/// True for what can be seen: letters, marks, numbers, punctuation, symbols, and the space of ASCII.
pub(crate) fn is_printable(c: char) -> bool {
    static SEEN: LazyLock<Regex> = LazyLock::new(|| class(r"[\p{L}\p{M}\p{N}\p{P}\p{S}]"));
    match c.is_ascii() {
        true => c == ' ' || c.is_ascii_graphic(),
        false => is_of(&SEEN, c),
    }
}

fn class(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the classes above are regular expressions")
}

fn is_of(category: &Regex, c: char) -> bool {
    category.is_match(c.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_go_by_category() {
        let letters: String = "aé工ͅⅧⓐ²1".chars().filter(|c| is_letter(*c)).collect();
        assert_eq!(letters, "aé工");
        let digits: String = "a1١²Ⅷ½".chars().filter(|c| is_digit(*c)).collect();
        assert_eq!(digits, "1١");
    }

    #[test]
    fn controls_spaces_and_private_letters_are_not_seen() {
        let text = "a \u{300}é½€\u{fffd}\u{1f600}\n\u{a0}\u{200b}\u{2028}\u{e000}\u{feff}\u{7f}";
        let seen: String = text.chars().filter(|c| is_printable(*c)).collect();
        assert_eq!(seen, "a \u{300}é½€\u{fffd}\u{1f600}");
    }
}
