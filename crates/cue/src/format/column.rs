//! Columns: neighbouring rows that have one give it the width of the widest, and one blank behind it.

use super::line::Line;

/// The text of all lines.
pub(super) fn align(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let alike = |line: &Line| (line.indent, line.labels) == (first.indent, first.labels);
        let together = |line: &&Line| line.is_row() && alike(line);
        let rows = rest.iter().take_while(together).count();
        let (block, behind) = rest.split_at(rows.max(1));
        let mut widths: Vec<Vec<usize>> = vec![Vec::new(); block.len()];
        if rows > 0 {
            measure(block, &mut widths, 0);
        }
        for (line, widths) in block.iter().zip(&widths) {
            write(line, widths, &mut out);
        }
        rest = behind;
    }
    out
}

/// Gives the column at `column` the same width in all rows next to each other that have one.
fn measure(rows: &[Line], widths: &mut [Vec<usize>], column: usize) {
    let has = |row: &Line| row.cells.len() > column;
    let mut from = 0;
    while from < rows.len() {
        let length = rows[from..].iter().take_while(|row| has(row)).count();
        if length == 0 {
            from += 1;
            continue;
        }
        let (block, widths) = (&rows[from..from + length], &mut widths[from..from + length]);
        let width = |row: &Line| row.columns().nth(column).map_or(0, width_of);
        let widest = block.iter().map(width).max().unwrap_or(0);
        for widths in widths.iter_mut() {
            widths.push(widest + 1);
        }
        measure(block, widths, column + 1);
        from += length;
    }
}

fn width_of(text: &str) -> usize {
    text.chars().count()
}

fn write(line: &Line, widths: &[usize], out: &mut String) {
    if !line.text.is_empty() {
        out.extend(std::iter::repeat_n('\t', line.indent));
    }
    for (at, text) in line.columns().enumerate() {
        out.push_str(text);
        if at < line.cells.len() {
            let width = widths.get(at).copied().unwrap_or(0);
            let blanks = width.saturating_sub(width_of(text)).max(1);
            out.extend(std::iter::repeat_n(' ', blanks));
        }
    }
    out.push('\n');
}
