//! What the command line names, read: CUE files of one package, and data.

use std::path::{Path, PathBuf};

use burgee_source::{Diagnostic, SourceId, Sources};

use super::{
    data,
    generated::{Generated, Placed},
};
use crate::{args::Files, exit::Failure, input};

/// Everything that was read.
pub(super) struct Inputs {
    /// The texts.
    pub(super) sources: Sources,
    /// The CUE files, in the order named.
    pub(super) cue: Vec<SourceId>,
    /// The documents of data files.
    pub(super) data: Vec<Generated>,
    /// What is wrong with data files.
    pub(super) problems: Vec<Diagnostic>,
    /// Where the package lies: the folder of its first file.
    pub(super) folder: PathBuf,
}

/// How a file is read.
#[derive(Clone, Copy)]
enum Language {
    Cue,
    Json,
    Yaml,
}

/// Reads the files. `json:`, `yaml:` and `cue:` say how those behind them are read, as for `cue`.
pub(super) fn read(files: &Files) -> Result<Inputs, Failure> {
    let mut inputs = Inputs {
        sources: Sources::default(),
        cue: Vec::new(),
        data: Vec::new(),
        problems: Vec::new(),
        folder: PathBuf::from("."),
    };
    let mut said = None;
    let mut first = None;
    for path in &files.files {
        if let Some(language) = qualifier(path) {
            said = Some(language);
        } else if path.is_dir() {
            first.get_or_insert_with(|| path.clone());
            for file in package(path)? {
                inputs.add(&file, Language::Cue)?;
            }
        } else {
            let language = said.unwrap_or_else(|| Language::of(path));
            if matches!(language, Language::Cue) {
                let folder = path
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty());
                first.get_or_insert_with(|| folder.unwrap_or(Path::new(".")).to_owned());
            }
            inputs.add(path, language)?;
        }
    }
    if inputs.cue.is_empty() && inputs.data.is_empty() && inputs.problems.is_empty() {
        let none = Failure::usage("nothing to read: no .cue files there");
        return Err(none.hint("name CUE files, a folder that has some, or - for standard input"));
    }
    if let Some(first) = first {
        inputs.folder = first;
    }
    Ok(inputs)
}

fn qualifier(path: &Path) -> Option<Language> {
    match path.to_str()? {
        "cue:" => Some(Language::Cue),
        "json:" => Some(Language::Json),
        "yaml:" => Some(Language::Yaml),
        _ => None,
    }
}

/// The CUE files of a folder: those of its package, without tools and tests.
pub(super) fn package(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::usage(format!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let wanted = name.is_some_and(|name| {
            name.ends_with(".cue")
                && !name.ends_with("_tool.cue")
                && !name.ends_with("_test.cue")
                && !name.starts_with(['.', '_'])
        });
        if wanted && path.is_file() {
            // As the user would name it.
            files.push(match folder == Path::new(".") {
                true => path.strip_prefix(".").unwrap_or(&path).to_owned(),
                false => path,
            });
        }
    }
    files.sort();
    Ok(files)
}

// === impl Inputs ===

impl Inputs {
    /// Gives every document an id, so that all is ready to be evaluated.
    pub(super) fn place(&mut self) -> Vec<Placed> {
        let data = std::mem::take(&mut self.data).into_iter();
        data.map(|generated| generated.place(&mut self.sources))
            .collect()
    }

    /// The CUE files as the evaluator takes them.
    pub(super) fn files(&self) -> Vec<(&str, SourceId)> {
        let files = self.cue.iter();
        files
            .map(|file| (self.sources.text(*file), *file))
            .collect()
    }

    fn add(&mut self, path: &Path, language: Language) -> Result<(), Failure> {
        let file = input::source(path, &mut self.sources).map_err(Failure::usage)?;
        let documents = match language {
            Language::Cue => {
                self.cue.push(file);
                return Ok(());
            }
            Language::Json => data::json(&self.sources, file).map(|document| vec![document]),
            Language::Yaml => data::yaml(&self.sources, file),
        };
        match documents {
            Ok(documents) => self.data.extend(documents),
            Err(problems) => self.problems.extend(problems),
        }
        Ok(())
    }
}

// === impl Language ===

impl Language {
    fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Self::Json,
            Some("yaml" | "yml") => Self::Yaml,
            Some(_) | None => Self::Cue,
        }
    }
}
