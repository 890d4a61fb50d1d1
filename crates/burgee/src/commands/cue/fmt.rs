//! `burgee cue fmt`: files in the canonical form.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use burgee_source::Sources;
use similar::TextDiff;

use super::{
    super::Env,
    report::{self, Stream},
};
use crate::{
    args::FmtArgs,
    exit::{Exit, Failure},
    input,
};

/// The folders below a folder that are searched.
const MAX_DEPTH: usize = 64;

/// Formats files, or tells which are not formatted.
pub(super) fn fmt(args: &FmtArgs, env: &Env) -> Result<Exit, Failure> {
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    let mut unformatted = false;
    for path in files(&args.files)? {
        let source = input::source(&path, &mut sources).map_err(Failure::usage)?;
        let text = sources.text(source);
        let formatted = match burgee_cue::format(text, source) {
            Ok(formatted) => formatted,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        let is_formatted = text == formatted;
        unformatted |= !is_formatted;
        if args.diff || args.check {
            if !is_formatted {
                env.console
                    .print_unmasked(&told(args, sources.name(source), text, &formatted));
            }
        } else if path == Path::new("-") {
            env.console.print_unmasked(&formatted);
        } else if !is_formatted {
            let failed = |error| Failure::usage(format!("{}: {error}", path.display()));
            rewrite(&path, &formatted).map_err(failed)?;
        }
    }
    let wrong = !problems.is_empty();
    if wrong {
        report::show(&mut problems, &sources, args.problems, Stream::Talk, env);
    }
    Ok(match wrong || args.check && unformatted {
        true => Exit::Failed,
        false => Exit::Ok,
    })
}

/// What is said about a file that is not formatted.
fn told(args: &FmtArgs, name: &str, text: &str, formatted: &str) -> String {
    match args.diff {
        true => TextDiff::from_lines(text, formatted)
            .unified_diff()
            .header(name, name)
            .to_string(),
        false => format!("{name}\n"),
    }
}

/// Puts the text in the place of what the file says: whole, or not at all.
fn rewrite(path: &Path, text: &str) -> io::Result<()> {
    // What a link leads to, rather than the link.
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file()
        .set_permissions(fs::metadata(&path)?.permissions())?;
    file.persist(path)?;
    Ok(())
}

/// The files that the command line names.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let below = path.ends_with("...").then(|| path.parent()).flatten();
        let (folder, depth) = match below {
            Some(folder) => (folder, MAX_DEPTH),
            None if path.is_dir() => (path.as_path(), 0),
            None => {
                found.push(path.clone());
                continue;
            }
        };
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let failed = |error| Failure::usage(format!("{}: {error}", folder.display()));
        let before = found.len();
        walk(folder, depth, &mut found).map_err(failed)?;
        if found.len() == before {
            let none = Failure::usage(format!("{}: no .cue files there", folder.display()));
            return Err(none.hint("`DIR/...` also means the folders below; - is standard input"));
        }
    }
    Ok(found)
}

/// The CUE files of a folder, tools and tests too, and of as many levels of folders below it.
fn walk(folder: &Path, levels: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let path = match folder == Path::new(".") {
            true => path.strip_prefix(".").unwrap_or(&path).to_owned(),
            false => path,
        };
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A linked folder may lead back here.
        if entry.file_type()?.is_dir() {
            let skipped = name.starts_with(['.', '_']) || name == "cue.mod";
            if levels > 0 && !skipped {
                walk(&path, levels - 1, found)?;
            }
        } else if name.ends_with(".cue") && path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
