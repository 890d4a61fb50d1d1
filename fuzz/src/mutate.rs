//! Mutations of programs: what bytes alone seldom reach.

use std::ops::Range;

use crate::{
    tokens::{closing, tokens},
    words::WORDS,
};

/// Changes the text in place and gives its new length: half the time in its tokens, else in its bytes.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed));
    let text = std::str::from_utf8(&data[..size]).ok();
    let changed = text
        .filter(|text| !text.is_empty() && dice.below(2) == 0)
        .map(|text| change(text, &mut dice))
        .filter(|changed| changed.len() <= max_size.min(data.len()));
    match changed {
        Some(changed) => {
            data[..changed.len()].copy_from_slice(changed.as_bytes());
            changed.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
}

/// One to four changes.
fn change(text: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    for _ in 0..=dice.below(4) {
        let pieces = tokens(&text);
        if pieces.is_empty() {
            break;
        }
        let (one, other) = (part(&text, &pieces, dice), part(&text, &pieces, dice));
        let word = &*WORDS[dice.below(WORDS.len())];
        match dice.below(8) {
            0 => text.replace_range(one, ""),
            1 => text.insert_str(one.start, word),
            2 => text.replace_range(one, word),
            3 => {
                let copy = text[other].to_owned();
                text.insert_str(one.start, &copy);
            }
            4 => {
                let copy = text[other].to_owned();
                text.replace_range(one, &copy);
            }
            5 => swap(&mut text, one, other),
            6 => wrap(&mut text, one, dice),
            _ => {
                let copy = lines(&text, one.start).to_owned();
                text.insert_str(0, &copy);
            }
        }
    }
    text
}

/// A token, a few, or all between two brackets.
fn part(text: &str, pieces: &[Range<usize>], dice: &mut Dice) -> Range<usize> {
    let first = dice.below(pieces.len());
    let open = (first..pieces.len()).find_map(|at| Some((at, closing(text, pieces, at)?)));
    let (first, end) = match (dice.below(3), open) {
        (0, Some(group)) => group,
        (1, _) => (first, (first + 1 + dice.below(8)).min(pieces.len())),
        _ => (first, first + 1),
    };
    pieces[first].start..pieces[end - 1].end
}

fn swap(text: &mut String, one: Range<usize>, other: Range<usize>) {
    let (first, second) = match one.start <= other.start {
        true => (one, other),
        false => (other, one),
    };
    if first.end <= second.start {
        let (left, right) = (
            text[first.clone()].to_owned(),
            text[second.clone()].to_owned(),
        );
        text.replace_range(second, &left);
        text.replace_range(first, &right);
    }
}

fn wrap(text: &mut String, part: Range<usize>, dice: &mut Dice) {
    const PAIRS: [(&str, &str); 8] = [
        ("{", "}"),
        ("[", "]"),
        ("(", ")"),
        ("\"\\(", ")\""),
        ("close(", ")"),
        ("{a: ", "}"),
        ("[if true {", "}]"),
        ("*(", ") | _"),
    ];
    let (open, close) = PAIRS[dice.below(PAIRS.len())];
    text.insert_str(part.end, close);
    text.insert_str(part.start, open);
}

/// The line around a place, with its line break.
fn lines(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    &text[start..end]
}

/// SplitMix64: the same seed, the same changes.
struct Dice(u64);

// === impl Dice ===

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}
