//! The table in `docs/cue-conformance.md`, between two marks.

use anyhow::{Context as _, Result};

use super::table::Table;
use crate::{talk::say, workspace::root};

const PAGE: &str = "docs/cue-conformance.md";
const BEGIN: &str = "<!-- table: cargo xtask conformance --write-docs -->\n";
const END: &str = "<!-- end of table -->";

/// Compares the page's table with this one, or writes it. True when it is up to date now.
pub(crate) fn keep(table: &Table, write: bool) -> Result<bool> {
    let path = root().join(PAGE);
    let page = std::fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
    let fresh = with_table(&page, &table.to_string())?;
    if fresh == page {
        return Ok(true);
    }
    if write {
        std::fs::write(&path, fresh).with_context(|| format!("cannot write {PAGE}"))?;
        say(&format!("{PAGE}: the table was refreshed"));
        return Ok(true);
    }
    say(&format!(
        "{PAGE}: the table is out of date; refresh it with --write-docs"
    ));
    Ok(false)
}

fn with_table(page: &str, table: &str) -> Result<String> {
    let (before, rest) = page
        .split_once(BEGIN)
        .with_context(|| format!("{PAGE} has no line {}", BEGIN.trim()))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("{PAGE} has no line {END}"))?;
    Ok(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let page = format!("a\n{BEGIN}old\n{END}\nb\n");
        let fresh = with_table(&page, "new\n").unwrap();
        assert_eq!(fresh, format!("a\n{BEGIN}\nnew\n\n{END}\nb\n"));
        assert_eq!(with_table(&fresh, "new\n").unwrap(), fresh);
        assert!(with_table("no marks", "new\n").is_err());
    }
}
