//! Where `secretRef` is answered from: Secrets in the manifest itself, `--secrets`, `--secret`.
//!
//! What the command line gives by name wins over `--secrets`, and that over the manifest.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use burgee_model::{Manifest, SecretError, SecretRef, Secrets};
use burgee_source::{Diagnostic, Severity, Sources};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    exit::Failure,
    input,
    value_source::{self, ValueSource},
};

/// The Secrets of one run.
#[derive(Default)]
pub(crate) struct SecretStore {
    /// By name; the namespace only where the Secret gives one.
    known: HashMap<String, Vec<Secret>>,
    /// Values whose trailing line break was cut: `NAME/KEY`.
    trimmed: Vec<String>,
}

struct Secret {
    namespace: Option<String>,
    values: BTreeMap<String, SecretString>,
}

/// What was found while reading Secrets.
#[derive(Default)]
pub(crate) struct Found {
    /// The store.
    pub(crate) store: SecretStore,
    /// Problems in Secret manifests.
    pub(crate) problems: Vec<Diagnostic>,
}

// === impl Found ===

impl Found {
    /// Takes the Secrets of a manifest.
    pub(crate) fn manifest(&mut self, manifest: &Manifest) {
        for secret in manifest.secrets() {
            let values = secret
                .values
                .iter()
                .map(|(key, value)| (key.clone(), value.value.expose_secret().to_owned()));
            let namespace = secret.namespace.as_ref().map(|ns| ns.value.clone());
            self.store
                .add(&secret.name.value, namespace, values.collect());
        }
    }

    /// Takes `--secrets`: a file of manifests, or a folder of manifests and of `NAME/KEY` files as mounted.
    pub(crate) fn path(&mut self, path: &Path, sources: &mut Sources) -> Result<(), Failure> {
        if !path.is_dir() {
            return self.file(path, sources);
        }
        let unreadable = |error| Failure::usage(format!("--secrets: {}: {error}", path.display()));
        let entries = std::fs::read_dir(path).map_err(unreadable)?;
        let mut entries: Vec<PathBuf> = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()
            .map_err(unreadable)?;
        entries.sort();
        let mut found = false;
        for entry in entries {
            if entry.is_dir() && !is_hidden(&entry) {
                self.mounted(&entry)?;
                found = true;
            } else if input::is_manifest(&entry) && entry.is_file() {
                self.file(&entry, sources)?;
                found = true;
            }
        }
        if found {
            return Ok(());
        }
        let nothing = format!("--secrets: nothing to read in {}", path.display());
        Err(Failure::usage(nothing)
            .hint("a folder holds manifests (.yaml, .yml, .json) or folders NAME with files KEY"))
    }

    /// Takes `--secret NAME/KEY=SOURCE`.
    pub(crate) fn single(&mut self, text: &str) -> Result<(), Failure> {
        let parts = text.split_once('=').and_then(|(reference, source)| {
            let (name, key) = reference.split_once('/')?;
            Some((name, key, source))
        });
        let Some((name, key, source)) =
            parts.filter(|(name, key, _)| !name.is_empty() && !key.is_empty())
        else {
            // The text may hold a secret: it is not repeated.
            return Err(Failure::usage("--secret: expected NAME/KEY=SOURCE")
                .hint("such as --secret slack/url=env:SLACK_URL or slack/url=file:PATH"));
        };
        let flag = format!("--secret {name}/{key}");
        let source = ValueSource::parse(source);
        if source.is_literal() {
            return Err(Failure::usage(format!(
                "{flag}: a secret does not belong on the command line"
            ))
            .hint("write env:VAR, file:PATH or - for standard input"));
        }
        let resolved = source.resolve(&flag)?;
        if resolved.trimmed {
            self.store.trimmed.push(format!("{name}/{key}"));
        }
        let value = resolved.value.expose_secret().to_owned();
        self.store
            .add(name, None, BTreeMap::from([(key.to_owned(), value)]));
        Ok(())
    }

    fn file(&mut self, path: &Path, sources: &mut Sources) -> Result<(), Failure> {
        let id = input::source(path, sources)
            .map_err(|error| Failure::usage(format!("--secrets: {error}")))?;
        let loaded = burgee_manifest::load(sources, id);
        let errors = loaded
            .diagnostics
            .into_iter()
            .filter(|problem| problem.severity() == Severity::Error);
        self.problems.extend(errors);
        let secrets = loaded.manifest.secrets();
        secrets
            .flat_map(|secret| &secret.hidden)
            .for_each(|span| sources.hide(*span));
        self.manifest(&loaded.manifest);
        Ok(())
    }

    /// One Secret as Kubernetes mounts it: a folder with a file for each key.
    fn mounted(&mut self, folder: &Path) -> Result<(), Failure> {
        let unreadable = |error: std::io::Error| {
            Failure::usage(format!("--secrets: {}: {error}", folder.display()))
        };
        let mut values = BTreeMap::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(key) = name.filter(|_| path.is_file() && !is_hidden(&path)) else {
                continue;
            };
            let (_, text) = input::read(&path)
                .map_err(|error| Failure::usage(format!("--secrets: {error}")))?;
            values.insert(key.to_owned(), text);
        }
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        self.store.add(name, None, values);
        Ok(())
    }
}

/// Kubernetes mounts a Secret through `..data` links.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_none_or(|name| name.starts_with('.'))
}

// === impl SecretStore ===

impl SecretStore {
    /// `NAME/KEY` of each value whose trailing line break was cut.
    pub(crate) fn trimmed(&self) -> &[String] {
        &self.trimmed
    }

    /// Every value, for the mask.
    pub(crate) fn values(&self) -> impl Iterator<Item = &SecretString> {
        let secrets = self.known.values().flatten();
        secrets.flat_map(|secret| secret.values.values())
    }

    fn add(&mut self, name: &str, namespace: Option<String>, values: BTreeMap<String, String>) {
        let values = values.into_iter().map(|(key, text)| {
            let value = value_source::trimmed(&text);
            if value.len() != text.len() {
                self.trimmed.push(format!("{name}/{key}"));
            }
            (key, SecretString::from(value.to_owned()))
        });
        let values = values.collect();
        self.known
            .entry(name.to_owned())
            .or_default()
            .push(Secret { namespace, values });
    }
}

impl Secrets for SecretStore {
    fn read(&self, namespace: &str, reference: &SecretRef) -> Result<SecretString, SecretError> {
        let SecretRef { name, key } = reference;
        let here = |secret: &&Secret| secret.namespace.as_deref().is_none_or(|ns| ns == namespace);
        let secrets: Vec<&Secret> = self
            .known
            .get(name)
            .into_iter()
            .flatten()
            .filter(here)
            .collect();
        if secrets.is_empty() {
            return Err(SecretError::NoSecret {
                name: name.clone(),
                namespace: namespace.to_owned(),
            });
        }
        // What was added last wins.
        let Some(value) = secrets
            .iter()
            .rev()
            .find_map(|secret| secret.values.get(key))
        else {
            let mut keys: Vec<&str> = secrets
                .iter()
                .flat_map(|s| s.values.keys().map(String::as_str))
                .collect();
            keys.sort_unstable();
            keys.dedup();
            return Err(SecretError::NoKey {
                name: name.clone(),
                key: key.clone(),
                existing: keys.join(", "),
            });
        };
        if value.expose_secret().is_empty() {
            return Err(SecretError::Empty {
                name: name.clone(),
                key: key.clone(),
            });
        }
        Ok(value.clone())
    }
}
