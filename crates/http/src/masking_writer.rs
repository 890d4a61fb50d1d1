//! A writer that masks, also where a secret is split over two writes.

use std::{io, sync::Arc};

use crate::Redactor;

/// A line longer than this is written in pieces.
const MAX_LINE_BYTES: usize = 64 * 1024;
/// What is held back of such a line, so that a secret at the cut is still seen whole.
const HELD_BACK_BYTES: usize = 4 * 1024;

/// Masks what is written, line by line. An unfinished line is held back, also over [`io::Write::flush`], and
/// written when the writer is dropped.
#[derive(Debug)]
pub struct MaskingWriter<W: io::Write> {
    inner: W,
    redactor: Arc<Redactor>,
    line: Vec<u8>,
}

// === impl MaskingWriter ===

impl<W: io::Write> MaskingWriter<W> {
    /// Writes to `inner` what `redactor` makes of it.
    pub const fn new(inner: W, redactor: Arc<Redactor>) -> Self {
        Self {
            inner,
            redactor,
            line: Vec::new(),
        }
    }

    /// Writes what is held back.
    ///
    /// # Errors
    ///
    /// When the inner writer fails.
    pub fn finish(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.emit(&line)?;
        self.inner.flush()
    }

    fn emit(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(bytes);
        self.inner.write_all(self.redactor.mask(&text).as_bytes())
    }

    /// Writes the beginning of an endless line, cut where no secret is.
    fn emit_part(&mut self) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line).into_owned();
        let mut cut = text.floor_char_boundary(text.len().saturating_sub(HELD_BACK_BYTES));
        for secret in self.redactor.find(&text) {
            if secret.start < cut && cut < secret.end {
                cut = secret.end;
            }
        }
        let rest = text.as_bytes()[cut..].to_vec();
        self.emit(&text.as_bytes()[..cut])?;
        self.line = rest;
        Ok(())
    }
}

impl<W: io::Write> io::Write for MaskingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.emit(&line)?;
            } else if self.line.len() > MAX_LINE_BYTES {
                self.emit_part()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W: io::Write> Drop for MaskingWriter<W> {
    fn drop(&mut self) {
        // A stream that is closed cannot be told anything any more.
        let _closed = self.finish();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const TOKEN: &str = "abcdefghij0123456789";

    fn written(parts: &[&[u8]]) -> String {
        let redactor = Arc::new(Redactor::default());
        redactor.learn(TOKEN);
        let mut out = Vec::new();
        {
            let mut writer = MaskingWriter::new(&mut out, redactor);
            for part in parts {
                writer.write_all(part).expect("a vector takes all");
                writer.flush().expect("a vector takes all");
            }
        }
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn secret_split_over_writes_is_masked() {
        for cut in 0..TOKEN.len() {
            let (a, b) = TOKEN.split_at(cut);
            let text = written(&[b"x ", a.as_bytes(), b.as_bytes(), b" y\nz"]);
            assert_eq!(text, "x *** y\nz", "cut at {cut}");
        }
    }

    #[test]
    fn endless_line_is_written_in_pieces_without_showing_a_secret_at_the_cut() {
        let filler = "é".repeat(500);
        let line = format!("{filler}{TOKEN}").repeat(500);
        let parts: Vec<_> = line.as_bytes().chunks(1000).collect();
        let text = written(&parts);
        assert!(!text.contains(TOKEN));
        assert_eq!(text.matches("***").count(), 500);
        assert_eq!(text.matches('é').count(), 500 * 500);
    }
}
