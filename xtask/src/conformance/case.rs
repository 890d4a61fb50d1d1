//! The cases: rows of the files below `fixtures/cue`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{driver::Question, feature, reply::Expected};

/// One case.
pub(crate) struct Case {
    /// The file's path below the folder, without its ending.
    pub(crate) file: String,
    /// The row's name in its file; its line number where it has none.
    pub(crate) id: String,
    /// What it is about.
    pub(crate) feature: String,
    /// A CUE file.
    pub(crate) src: String,
    /// An expression in its scope.
    pub(crate) expr: Option<String>,
    /// CUE's answer.
    pub(crate) expected: Expected,
    /// CUE's words about a failure.
    pub(crate) error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    id: Option<String>,
    feature: Option<String>,
    src: String,
    expr: Option<String>,
    #[serde(borrow)]
    json: Option<&'a RawValue>,
    kind: Option<String>,
    error: Option<String>,
}

/// Every case, file by file, folders included.
pub(crate) fn all(folder: &Path) -> Result<Vec<Case>> {
    let mut files = Vec::new();
    find(folder, &mut files)?;
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path);
        let text = text.with_context(|| format!("cannot read {}", path.display()))?;
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .with_extension("");
        cases.extend(rows(&name.to_string_lossy().replace('\\', "/"), &text)?);
    }
    Ok(cases)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let unreadable = || format!("cannot read {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "jsonl") {
            files.push(path);
        }
    }
    Ok(())
}

fn rows(file: &str, text: &str) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let case = row(file, number, line).with_context(|| format!("{file}.jsonl:{number}"))?;
        ensure!(
            ids.insert(case.id.clone()),
            "{file}.jsonl:{number}: the id {} is taken",
            case.id
        );
        cases.push(case);
    }
    Ok(cases)
}

fn row(file: &str, number: usize, line: &str) -> Result<Case> {
    let row: Row<'_> = serde_json::from_str(line)?;
    let expected = match (row.json, row.kind) {
        (Some(json), None) => Expected::Value(json.get().to_owned()),
        // serde takes `null` for no JSON at all.
        (None, None) => Expected::Value("null".to_owned()),
        (None, Some(kind)) => {
            let known = matches!(kind.as_str(), "syntax" | "incomplete" | "eval");
            ensure!(known, "{kind} is no kind of failure");
            Expected::Failure(kind)
        }
        (Some(_), Some(_)) => anyhow::bail!("a value and a kind of failure"),
    };
    Ok(Case {
        file: file.to_owned(),
        id: row.id.unwrap_or_else(|| number.to_string()),
        feature: row
            .feature
            .unwrap_or_else(|| feature::of(&row.src).to_owned()),
        src: row.src,
        expr: row.expr,
        expected,
        error: row.error,
    })
}

// === impl Case ===

impl Case {
    /// Its name: `file:id`.
    pub(crate) fn name(&self) -> String {
        format!("{}:{}", self.file, self.id)
    }

    /// True for its name, and for an id that says where it belongs.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name() == name || (name.contains('/') && self.id == name)
    }

    /// What the binary is asked.
    pub(crate) fn question(&self) -> Question<'_> {
        Question {
            src: &self.src,
            expr: self.expr.as_deref(),
        }
    }

    /// True when its feature, name or source contains a text.
    pub(crate) fn is_about(&self, filter: &str) -> bool {
        self.feature.contains(filter)
            || self.name().contains(filter)
            || self.src.contains(filter)
            || self
                .expr
                .as_deref()
                .is_some_and(|expr| expr.contains(filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_names_are_called_by_their_line() {
        let cases = rows("f", "{\"src\":\"a: 1\",\"json\":{\"a\":1}}\n\n{\"id\":\"x\",\"feature\":\"lists\",\"src\":\"[\",\"kind\":\"syntax\"}\n").unwrap();
        let names: Vec<_> = cases.iter().map(Case::name).collect();
        assert_eq!(names, ["f:1", "f:x"]);
        assert_eq!(cases[1].feature, "lists");
    }

    #[test]
    fn unknown_fields_kinds_and_repeated_ids_are_errors() {
        assert!(rows("f", r#"{"src":"a","jsn":1}"#).is_err());
        assert!(rows("f", r#"{"src":"a","kind":"conflict"}"#).is_err());
        assert!(
            rows(
                "f",
                "{\"id\":\"1\",\"src\":\"a: 1\",\"json\":1}\n{\"id\":\"1\",\"src\":\"b: 1\",\"json\":1}"
            )
            .is_err()
        );
    }
}
