//! String and bytes literals: on one line, or on several as soon as there is a line break inside.

use super::expr::Printer;
use crate::syntax::letter::is_printable;

/// How a literal is delimited.
struct Quote {
    mark: char,
    hashes: usize,
    triple: bool,
}

/// A piece of bytes: text, or a byte that is no part of any.
enum Piece {
    Char(char),
    Byte(u8),
}

// === impl Printer ===

impl Printer {
    /// Writes a string.
    pub(super) fn string(&mut self, text: &str) {
        let quote = Quote::of('"', text.as_bytes());
        self.literal(&quote, text.chars().map(Piece::Char));
    }

    /// Writes a string on one line, line breaks escaped.
    pub(super) fn short_string(&mut self, text: &str) {
        let quote = Quote {
            mark: '"',
            hashes: 0,
            triple: false,
        };
        self.literal(&quote, text.chars().map(Piece::Char));
    }

    /// Writes bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let quote = Quote::of('\'', bytes);
        let pieces = bytes.utf8_chunks().flat_map(|chunk| {
            let text = chunk.valid().chars().map(Piece::Char);
            text.chain(chunk.invalid().iter().copied().map(Piece::Byte))
        });
        self.literal(&quote, pieces);
    }

    fn literal(&mut self, quote: &Quote, pieces: impl Iterator<Item = Piece>) {
        let indent = self.indent + 1;
        self.delimiter(quote, true);
        let mut line_begins = quote.triple;
        for piece in pieces {
            if matches!(piece, Piece::Char('\n')) && quote.triple {
                if line_begins {
                    self.out.push('\n');
                }
                line_begins = true;
                continue;
            }
            if std::mem::take(&mut line_begins) {
                self.line(indent);
            }
            self.piece(quote, piece);
        }
        if quote.triple {
            if line_begins {
                self.out.push('\n');
            }
            self.line(indent);
        }
        self.delimiter(quote, false);
    }

    fn delimiter(&mut self, quote: &Quote, opening: bool) {
        if opening {
            self.hashes(quote);
        }
        for _ in 0..if quote.triple { 3 } else { 1 } {
            self.out.push(quote.mark);
        }
        if !opening {
            self.hashes(quote);
        }
    }

    fn piece(&mut self, quote: &Quote, piece: Piece) {
        let c = match piece {
            Piece::Byte(byte) => return self.escape(quote, &format!("x{byte:02x}")),
            Piece::Char(c) => c,
        };
        let bytes = quote.mark == '\'';
        match c {
            '\\' => self.escape(quote, "\\"),
            '\u{7}' => self.escape(quote, "a"),
            '\u{8}' => self.escape(quote, "b"),
            '\u{c}' => self.escape(quote, "f"),
            '\n' => self.escape(quote, "n"),
            '\r' => self.escape(quote, "r"),
            '\t' => self.escape(quote, "t"),
            '\u{b}' => self.escape(quote, "v"),
            c if c == quote.mark && !quote.triple => self.escape(quote, c.encode_utf8(&mut [0; 4])),
            c if is_printable(c) => self.out.push(c),
            c if c.is_ascii() && bytes => self.escape(quote, &format!("x{:02x}", u32::from(c))),
            c if u32::from(c) < 0x10000 => self.escape(quote, &format!("u{:04x}", u32::from(c))),
            c => self.escape(quote, &format!("U{:08x}", u32::from(c))),
        }
    }

    fn escape(&mut self, quote: &Quote, escape: &str) {
        self.out.push('\\');
        self.hashes(quote);
        self.out.push_str(escape);
    }

    fn hashes(&mut self, quote: &Quote) {
        for _ in 0..quote.hashes {
            self.out.push('#');
        }
    }
}

// === impl Quote ===

impl Quote {
    /// Three marks for a text with line breaks; more hashes than follow three marks inside it.
    fn of(mark: char, text: &[u8]) -> Self {
        let triple = text.contains(&b'\n');
        let byte = u8::try_from(mark).unwrap_or(b'"');
        let hashes = if triple { hashes(text, byte) } else { 0 };
        Self {
            mark,
            hashes,
            triple,
        }
    }
}

fn hashes(text: &[u8], mark: u8) -> usize {
    let (mut marks, mut most, mut run) = (0, 0, None);
    for byte in text {
        match (byte, run) {
            (b'#', Some(hashes)) => run = Some(hashes + 1),
            _ => run = None,
        }
        marks = if *byte == mark { marks + 1 } else { 0 };
        if marks >= 3 {
            run = Some(1);
        }
        most = most.max(run.unwrap_or(0));
    }
    most
}
