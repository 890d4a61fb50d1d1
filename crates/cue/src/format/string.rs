//! Strings of several lines: their lines move along with the line that they begin on.

use std::borrow::Cow;

/// The literal, with its lines at this depth. The blanks in front of the closing quotes are no part of what it says.
pub(super) fn moved(literal: &str, indent: usize) -> Cow<'_, str> {
    match lines_at(literal, indent) {
        Some(moved) => Cow::Owned(moved),
        None => Cow::Borrowed(literal),
    }
}

/// Nothing for literals on one line, for those whose text goes on up to the closing quotes, so that its blanks are part of it, and
/// where a line begins with less than the last one: CUE does not take those.
fn lines_at(literal: &str, indent: usize) -> Option<String> {
    let (body, closing) = literal.rsplit_once('\n')?;
    let marks = closing.trim_start_matches([' ', '\t']);
    if !matches!(marks.trim_end_matches('#'), "\"\"\"" | "'''") {
        return None;
    }
    let old = closing.strip_suffix(marks)?;
    let new = "\t".repeat(indent);
    let mut lines = body.split('\n');
    let mut out = String::with_capacity(literal.len());
    out.push_str(lines.next()?);
    for line in lines {
        out.push('\n');
        let said = match line.strip_prefix(old) {
            Some(said) => said,
            None if matches!(line, "" | "\r") => line,
            None => return None,
        };
        if !matches!(said, "" | "\r") {
            out.push_str(&new);
        }
        out.push_str(said);
    }
    out.push('\n');
    out.push_str(&new);
    out.push_str(marks);
    Some(out)
}
