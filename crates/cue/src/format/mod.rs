//! CUE text in its canonical form: what `cue fmt` prints.
//!
//! Line breaks are the author's, up to one blank line; everything between them is the formatter's: tabs, blanks around
//! operators, commas, quotes of several lines moved along, and values, attributes and comments of neighbouring
//! fields in columns. It walks the lossless tree, so nothing can be left out but what has no meaning.

mod column;
mod decl;
mod expr;
mod gap;
mod line;
mod number;
mod operator;
mod string;
#[cfg(test)]
mod tests;
mod writer;

use burgee_source::{Diagnostic, SourceId};

use self::writer::Writer;
use crate::build;

/// Formats a file.
///
/// What comes out means the same, and formatting it again changes nothing.
///
/// ```
/// use burgee_cue::{format, source::SourceId};
///
/// let text = "a:1 // one\nlonger  :  b+c*d\nlist:[1,2, {x:1,\n}]";
/// let formatted = format(text, SourceId(0)).expect("this is CUE");
/// assert_eq!(formatted, "\
/// a:      1 // one
/// longer: b + c*d
/// list: [1, 2, {
/// \tx: 1
/// }]
/// ");
/// ```
///
/// # Errors
///
/// What makes the text no CUE.
pub fn format(text: &str, source: SourceId) -> Result<String, Vec<Diagnostic>> {
    let tree = build::lossless(text, source)?;
    let mut writer = Writer::new(&tree);
    writer.file(&tree.root);
    Ok(writer.finish())
}
