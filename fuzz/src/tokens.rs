//! A text in pieces, roughly as CUE cuts it: what a mutation moves around.

use std::ops::Range;

/// The pieces of a text: names, numbers, white space, and all other characters one by one.
pub(crate) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut before = Class::Other;
    for (at, letter) in text.char_indices() {
        let class = Class::of(letter);
        let end = at + letter.len_utf8();
        match pieces.last_mut() {
            Some(piece) if class == before && class != Class::Other => piece.end = end,
            Some(_) | None => pieces.push(at..end),
        }
        before = class;
    }
    pieces
}

/// The end of what an opening bracket at a token opens, if it is closed.
pub(crate) fn closing(text: &str, pieces: &[Range<usize>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate().skip(open) {
        match &text[piece.clone()] {
            "{" | "[" | "(" => depth += 1,
            "}" | "]" | ")" => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Name,
    Space,
    Other,
}

// === impl Class ===

impl Class {
    fn of(letter: char) -> Self {
        match letter {
            _ if letter.is_alphanumeric() || matches!(letter, '_' | '#' | '$') => Self::Name,
            ' ' | '\t' => Self::Space,
            _ => Self::Other,
        }
    }
}
