//! Breaks styled text into lines by display width: a Chinese character takes two columns.
//!
//! Lines break at spaces and between wide characters; closing punctuation stays with what it closes. A word
//! that is wider than a line is cut.

use unicode_width::UnicodeWidthChar as _;

/// What must not begin a line.
const CLOSING: &str = "，。、；：！？）》」』】〉”’…,.;:!?)]}%";

/// What must not end a line.
const OPENING: &str = "（《「『【〈“‘([{";

/// A piece of text in one face.
pub(crate) type Piece<F> = (String, F);

/// Some text that is not broken unless it is wider than a line.
struct Atom<F> {
    chars: Vec<(char, F)>,
    width: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Space,
    Break,
}

/// Lines of at most `width` columns (a single wide character may need more). Always at least one line.
pub(crate) fn wrap<F: Copy + PartialEq>(pieces: &[Piece<F>], width: usize) -> Vec<Vec<Piece<F>>> {
    let width = width.max(1);
    let mut lines = Lines::new(width);
    for atom in atoms(pieces) {
        match atom.kind {
            Kind::Break => lines.end(),
            Kind::Space => lines.space(atom),
            Kind::Word => lines.word(atom),
        }
    }
    lines.finish()
}

/// The columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(char_columns).sum()
}

fn char_columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

fn atoms<F: Copy>(pieces: &[Piece<F>]) -> Vec<Atom<F>> {
    let mut atoms: Vec<Atom<F>> = Vec::new();
    let chars = pieces
        .iter()
        .flat_map(|(text, face)| text.chars().map(|c| (c, *face)));
    for (c, face) in chars {
        let kind = match c {
            '\n' => Kind::Break,
            ' ' => Kind::Space,
            _ => Kind::Word,
        };
        match atoms.last_mut() {
            Some(last) if kind == last.kind && joins(last, c) => {
                last.chars.push((c, face));
                last.width += char_columns(c);
            }
            Some(_) | None => atoms.push(Atom {
                chars: vec![(c, face)],
                width: char_columns(c),
                kind,
            }),
        }
    }
    atoms
}

/// Whether `c` may not be parted from what is before it. A run of punctuation is kept together only so far.
fn joins<F>(atom: &Atom<F>, c: char) -> bool {
    match (atom.kind, atom.chars.last()) {
        (Kind::Break, _) | (_, None) => false,
        (Kind::Space, Some(_)) => true,
        (Kind::Word, Some((before, _))) => {
            let both_narrow = char_columns(*before) < 2 && char_columns(c) < 2;
            both_narrow || char_columns(c) == 0 || CLOSING.contains(c) || OPENING.contains(*before)
        }
    }
}

struct Lines<F> {
    width: usize,
    done: Vec<Vec<(char, F)>>,
    line: Vec<(char, F)>,
    columns: usize,
    spaces: Option<Atom<F>>,
}

// === impl Lines ===

impl<F: Copy + PartialEq> Lines<F> {
    const fn new(width: usize) -> Self {
        Self {
            width,
            done: Vec::new(),
            line: Vec::new(),
            columns: 0,
            spaces: None,
        }
    }

    /// Spaces wait: at the end of a full line they are not needed.
    fn space(&mut self, atom: Atom<F>) {
        self.spaces = Some(atom);
    }

    fn word(&mut self, atom: Atom<F>) {
        let spaces = self.spaces.as_ref().map_or(0, |spaces| spaces.width);
        if self.columns > 0 && self.columns + spaces + atom.width > self.width {
            self.spaces = None;
            self.end();
        }
        self.push_spaces();
        for (c, face) in atom.chars {
            let width = char_columns(c);
            if self.columns > 0 && self.columns + width > self.width {
                self.end();
            }
            self.columns += width;
            self.line.push((c, face));
        }
    }

    fn push_spaces(&mut self) {
        if let Some(spaces) = self.spaces.take() {
            let fit = self.width.saturating_sub(self.columns);
            let spaces = spaces.chars.into_iter().take(fit);
            let before = self.line.len();
            self.line.extend(spaces);
            self.columns += self.line.len() - before;
        }
    }

    fn end(&mut self) {
        self.push_spaces();
        self.done.push(std::mem::take(&mut self.line));
        self.columns = 0;
    }

    fn finish(mut self) -> Vec<Vec<Piece<F>>> {
        self.end();
        self.done.into_iter().map(pieces).collect()
    }
}

/// Characters of one face, joined again.
fn pieces<F: Copy + PartialEq>(line: Vec<(char, F)>) -> Vec<Piece<F>> {
    let mut pieces: Vec<Piece<F>> = Vec::new();
    for (c, face) in line {
        match pieces.last_mut() {
            Some((text, last)) if *last == face => text.push(c),
            Some(_) | None => pieces.push((c.to_string(), face)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        let lines = wrap(&[(text.to_owned(), ())], width);
        let join = |line: Vec<Piece<()>>| line.into_iter().map(|(text, ())| text).collect();
        lines.into_iter().map(join).collect()
    }

    #[test]
    fn words_break_at_spaces() {
        assert_eq!(lines("the quick brown fox", 10), ["the quick", "brown fox"]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(lines("开始运行工作流", 10), ["开始运行工", "作流"]);
    }

    #[test]
    fn closing_punctuation_does_not_begin_a_line() {
        assert_eq!(lines("开始运行，完成", 8), ["开始运", "行，完成"]);
    }

    #[test]
    fn word_wider_than_a_line_is_cut() {
        assert_eq!(lines("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
    }

    #[test]
    fn line_breaks_of_the_text_stay() {
        assert_eq!(lines("a\n\nb ", 5), ["a", "", "b "]);
    }

    #[test]
    fn faces_survive_a_break_inside_a_word() {
        let text = [("ab".to_owned(), 1), ("cd".to_owned(), 2)];
        assert_eq!(
            wrap(&text, 3),
            [
                vec![("ab".to_owned(), 1), ("c".to_owned(), 2)],
                vec![("d".to_owned(), 2)]
            ]
        );
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_is_lost_and_no_line_is_too_wide(text in "[ a-z，。（工作流🚨\\n]{0,80}", width in 2usize..20) {
            let lines = lines(&text, width);
            for line in &lines {
                prop_assert!(columns(line) <= width, "{line:?}");
            }
            let bare = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
