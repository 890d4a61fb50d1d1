//! All files of a package as one text: what `cue def` prints.

mod file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use burgee_source::{Diagnostic, SourceId};

use self::file::File;
use crate::format;

/// Puts the files of a package together, formatted: one package clause, one list of imports, all declarations.
///
/// What is declared in several files stays declared several times, which means the same. Comments stay.
///
/// ```
/// use burgee_cue::{consolidate, source::SourceId};
///
/// let files = [
///     ("package shop\nimport \"strings\"\n#Name: strings.MaxRunes(8)", SourceId(0)),
///     ("package shop\nname:  #Name & \"tea\" // the first\n", SourceId(1)),
/// ];
/// let text = consolidate(&files).expect("CUE");
/// assert_eq!(text, "\
/// package shop
///
/// import (
/// \t\"strings\"
/// )
///
/// #Name: strings.MaxRunes(8)
///
/// name: #Name & \"tea\" // the first
/// ");
/// ```
///
/// # Errors
///
/// What makes a text no CUE, and names that belong to one file (of `let`, aliases and imports) where another file has
/// something else of that name.
pub fn consolidate(files: &[(&str, SourceId)]) -> Result<String, Vec<Diagnostic>> {
    if let [(text, source)] = files {
        return format(text, *source);
    }
    let mut parts = Vec::new();
    let mut problems = Vec::new();
    for (text, source) in files {
        match File::read(text, *source) {
            Ok(file) => parts.push(file),
            Err(found) => problems.extend(found),
        }
    }
    for file in &parts {
        problems.extend(file.clashes(&parts));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let source = files.first().map_or(SourceId(0), |(_, source)| *source);
    format(&joined(&parts), source)
}

fn joined(files: &[File<'_>]) -> String {
    let mut out = String::new();
    out.push_str(files.first().map_or("", |file| file.head));
    let mut lines = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    let mut attributes: Vec<&str> = files
        .iter()
        .flat_map(|file| file.attributes.iter().copied())
        .collect();
    attributes.sort_unstable();
    attributes.dedup();
    for attribute in attributes {
        lines(attribute);
    }
    if let Some(package) = files.iter().find_map(|file| file.package) {
        lines(&format!("package {package}"));
    }
    let imports = files.iter().flat_map(|file| &file.imports);
    let imports: BTreeMap<(&str, &str), &str> = imports
        .map(|import| ((import.path.as_str(), import.name.as_str()), import.text))
        .collect();
    if !imports.is_empty() {
        lines("import (");
        imports.values().for_each(|text| lines(text));
        lines(")");
    }
    for (at, file) in files.iter().enumerate() {
        if at > 0 {
            lines("");
            lines(file.head);
        }
        file.among.iter().for_each(|comment| lines(comment));
        lines(file.body);
    }
    out
}
