//! Where a secret comes from: `env:VAR`, `file:PATH`, `-`; never the value itself in an error.

use std::{io::Read as _, path::Path};

use secrecy::SecretString;

use crate::exit::Failure;

/// A secret is short: more than this is another file by mistake.
const MAX_SECRET_BYTES: u64 = 64 * 1024;

/// A secret's value and what was done to it.
pub(crate) struct Resolved {
    /// The value, without a trailing line break.
    pub(crate) value: SecretString,
    /// True when a trailing line break or blank was cut.
    pub(crate) trimmed: bool,
}

/// What a flag says about a secret.
pub(crate) enum ValueSource<'a> {
    /// An environment variable.
    Env(&'a str),
    /// A file's content.
    File(&'a Path),
    /// Standard input.
    Stdin,
    /// The value itself.
    Literal(&'a str),
}

// === impl ValueSource ===

impl<'a> ValueSource<'a> {
    /// Reads the flag's text.
    pub(crate) fn parse(text: &'a str) -> Self {
        match text.split_once(':') {
            Some(("env", name)) => Self::Env(name),
            Some(("file", path)) => Self::File(Path::new(path)),
            Some(_) | None if text == "-" => Self::Stdin,
            Some(_) | None => Self::Literal(text),
        }
    }

    /// The value. `flag` names the flag in errors.
    pub(crate) fn resolve(&self, flag: &str) -> Result<Resolved, Failure> {
        let text = match self {
            Self::Env(name) => std::env::var(name).map_err(|error| {
                let why = match error {
                    std::env::VarError::NotPresent => "is not set",
                    std::env::VarError::NotUnicode(_) => "is not UTF-8",
                };
                Failure::usage(format!("{flag}: environment variable {name} {why}"))
            })?,
            Self::File(path) => {
                let file = std::fs::File::open(path).map_err(|error| {
                    Failure::usage(format!("{flag}: {}: {error}", path.display()))
                })?;
                read(file, &path.display().to_string(), flag)?
            }
            Self::Stdin => read(std::io::stdin().lock(), "standard input", flag)?,
            Self::Literal(text) => (*text).to_owned(),
        };
        let value = text
            .trim_end_matches(['\r', '\n', ' ', '\t'])
            .trim_start_matches('\u{feff}');
        if value.is_empty() {
            return Err(Failure::usage(format!("{flag}: the value is empty")));
        }
        Ok(Resolved {
            trimmed: value.len() != text.len(),
            value: SecretString::from(value.to_owned()),
        })
    }

    /// True for a value that stands on the command line, where every user of the machine can read it.
    pub(crate) const fn is_literal(&self) -> bool {
        matches!(self, Self::Literal(_))
    }
}

fn read(input: impl std::io::Read, name: &str, flag: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let read = input.take(MAX_SECRET_BYTES + 1).read_to_string(&mut text);
    read.map_err(|error| Failure::usage(format!("{flag}: {name}: {error}")))?;
    if text.len() as u64 > MAX_SECRET_BYTES {
        let limit = MAX_SECRET_BYTES / 1024;
        return Err(Failure::usage(format!(
            "{flag}: {name} has more than {limit} KiB: not a secret's value"
        )));
    }
    Ok(text)
}

/// A secret without what editors and `echo` leave around it: a byte order mark, line breaks and blanks at the end.
pub(crate) fn trimmed(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_end_matches(['\r', '\n', ' ', '\t'])
}
