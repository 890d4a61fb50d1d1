//! Reads what the user names: files, folders, standard input. Bounded.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use burgee_source::{SourceId, Sources};

/// The folders below a folder that are searched.
const MAX_DEPTH: usize = 32;

/// Why something cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    /// The system's word.
    #[error("{name}: {source}")]
    Io {
        /// What was read.
        name: String,
        /// Why it failed.
        source: io::Error,
    },
    /// Too large for a manifest.
    #[error("{name}: larger than {limit} MiB, the most that a manifest may have")]
    TooLarge {
        /// What was read.
        name: String,
        /// The limit in MiB.
        limit: usize,
    },
    /// Not text.
    #[error("{name}: not UTF-8 text (byte {at} is the first that is not)")]
    NotText {
        /// What was read.
        name: String,
        /// The first bad byte.
        at: usize,
    },
}

/// Reads one file, or standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<(String, String), InputError> {
    if path == Path::new("-") {
        return bounded(io::stdin().lock(), "<stdin>");
    }
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => bounded(file, &name),
        Err(source) => Err(InputError::Io { name, source }),
    }
}

/// Reads one file into the table of sources.
pub(crate) fn source(path: &Path, sources: &mut Sources) -> Result<SourceId, InputError> {
    let (name, text) = read(path)?;
    Ok(sources.add(name, text))
}

/// The manifests that paths stand for: a folder means the `.yaml`, `.yml` and `.json` files below it.
pub(crate) fn expand(paths: &[PathBuf]) -> Vec<Result<PathBuf, InputError>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut files = BTreeSet::new();
            match walk(path, 0, &mut files) {
                Ok(()) => found.extend(files.into_iter().map(Ok)),
                Err(source) => found.push(Err(InputError::Io {
                    name: path.display().to_string(),
                    source,
                })),
            }
        } else {
            found.push(Ok(path.clone()));
        }
    }
    found
}

/// True for a file name that manifests have.
pub(crate) fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

fn walk(folder: &Path, depth: usize, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if depth > MAX_DEPTH {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // A linked folder may lead back here; a linked file is as good as a file.
        if entry.file_type()?.is_dir() {
            walk(&path, depth + 1, files)?;
        } else if is_manifest(&path) && path.is_file() {
            files.insert(path);
        }
    }
    Ok(())
}

fn bounded(input: impl Read, name: &str) -> Result<(String, String), InputError> {
    let name = name.to_owned();
    let limit = burgee_manifest::MAX_FILE_BYTES;
    let mut bytes = Vec::new();
    let read = input.take(limit as u64 + 1).read_to_end(&mut bytes);
    if let Err(source) = read {
        return Err(InputError::Io { name, source });
    }
    if bytes.len() > limit {
        let limit = limit / (1024 * 1024);
        return Err(InputError::TooLarge { name, limit });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(InputError::NotText {
            name,
            at: error.utf8_error().valid_up_to(),
        }),
    }
}
