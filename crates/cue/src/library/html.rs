//! Package `html`.
//!
//! | function | what it does |
//! |---|---|
//! | `Escape(text)` | `<`, `>`, `&`, `"` and `'` as references |
//! | `Unescape(text)` | what references stand for, also those that no semicolon ends where HTML allows it |

use super::{Builtin, Param as P, function, string, text};

const NAME: &str = "html";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Escape", &[P::String], |a| string(escape(text(a, 0)))),
    function(NAME, "Unescape", &[P::String], |a| {
        string(unescape(text(a, 0)))
    }),
];

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (meaning, length) = match rest.strip_prefix("&#") {
            Some(number) => {
                numeric(number).map_or(("&".to_owned(), 1), |(c, length)| (c, length + 2))
            }
            None => {
                let name = rest[1..]
                    .bytes()
                    .take_while(u8::is_ascii_alphanumeric)
                    .count()
                    + 1;
                let length = name + usize::from(rest[name..].starts_with(';'));
                (htmlize::unescape(&rest[..length]).into_owned(), length)
            }
        };
        out.push_str(&meaning);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// `65;` and `x41;`, with or without the semicolon: the character, and how long that is. Go overlooks a single digit that
/// nothing ends, takes no digits at all for a zero where there is a semicolon, and counts in 32 bits.
fn numeric(text: &str) -> Option<(String, usize)> {
    let (radix, prefix) = match text.starts_with(['x', 'X']) {
        true => (16, 1),
        false => (10, 0),
    };
    let digits = text[prefix..].chars().map_while(|c| c.to_digit(radix));
    let mut code = 0_u32;
    let mut length = prefix;
    for digit in digits {
        code = code.wrapping_mul(radix).wrapping_add(digit);
        length += 1;
    }
    length += usize::from(text[length..].starts_with(';'));
    if length < 2 {
        return None;
    }
    let c = match code {
        // Read as Windows wrote them.
        0x80..=0x9f => htmlize::unescape(format!("&#{code};")).into_owned(),
        0 => char::REPLACEMENT_CHARACTER.into(),
        code => char::from_u32(code)
            .unwrap_or(char::REPLACEMENT_CHARACTER)
            .into(),
    };
    Some((c, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_characters_are_escaped() {
        assert_eq!(escape("<a>&\"'é"), "&lt;a&gt;&amp;&#34;&#39;é");
    }

    #[test]
    fn references_are_read_as_in_html() {
        assert_eq!(
            unescape("&lt;&amp;&eacute;&#x41;&#65&amp;amp;"),
            "<&éAA&amp;"
        );
        assert_eq!(
            unescape("&notit;&foo; & &#128;&#0;"),
            "¬it;&foo; & €\u{fffd}"
        );
    }
}
