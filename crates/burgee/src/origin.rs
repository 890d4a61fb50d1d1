//! Where a run comes from: its manifest, its flags, and what the manifest said.
//!
//! Kept with the run, so that `recover` needs no more than its name. Values that were given literally on the command
//! line are not kept, since they may be secrets: only their places are.

use std::{collections::BTreeMap, path::Path};

use burgee_engine::Subject;
use burgee_http::Redactor;
use burgee_model::Step;
use burgee_source::{Sources, Span};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::args::{GivenArgs, NotifyFailureArg, RunArgs};

/// Where a run comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Origin {
    /// The manifest: an absolute path, or `-`.
    pub(crate) manifest: String,
    /// The flags, fit to be given again.
    pub(crate) flags: Vec<String>,
    /// What was given literally and must be given again: `--set notify.slack.url`.
    pub(crate) literals: Vec<String>,
    /// A keyed digest of each part of the manifest, secrets covered.
    pub(crate) parts: BTreeMap<String, String>,
}

// === impl Origin ===

impl Origin {
    /// What is kept of a run that begins.
    pub(crate) fn new(args: &RunArgs, parts: BTreeMap<String, String>) -> Self {
        let path = args.file.as_deref().or(args.filename.as_deref());
        let path = path.unwrap_or(Path::new("-"));
        Self {
            manifest: absolute(path),
            flags: flags(args),
            literals: literals(&args.given),
            parts,
        }
    }

    /// How the manifest differs from what it was, in words; nothing where it is the same.
    pub(crate) fn differences(&self, now: &BTreeMap<String, String>) -> Vec<String> {
        let changed = self
            .parts
            .iter()
            .filter_map(|(part, digest)| match now.get(part) {
                Some(there) if there == digest => None,
                Some(_) => Some(format!("{part} has changed")),
                None => Some(format!("{part} is gone")),
            });
        let new = now.keys().filter(|part| !self.parts.contains_key(*part));
        changed
            .chain(new.map(|part| format!("{part} is new")))
            .collect()
    }

    /// What was given literally and is not given now.
    pub(crate) fn missing(&self, given: &GivenArgs) -> Vec<&str> {
        let set = given
            .set
            .iter()
            .chain(&given.set_string)
            .chain(&given.set_from);
        let places: Vec<&str> = set.map(|text| place(text)).collect();
        let literals = self.literals.iter().map(String::as_str);
        literals
            .filter(|literal| {
                let place = literal.split_once(' ').map_or(*literal, |(_, place)| place);
                !places.contains(&place)
            })
            .collect()
    }
}

/// Where each step, component and policy of a subject stands.
pub(crate) fn parts(subject: &Subject) -> Vec<(String, Span)> {
    let application = &subject.application;
    let mut parts = Vec::new();
    for component in &application.components {
        parts.push((
            format!("component `{}`", component.name.value),
            component.span,
        ));
    }
    for policy in &application.policies {
        let name = policy.name.as_ref().map_or("", |name| name.value.as_str());
        parts.push((format!("policy `{name}`"), policy.span));
    }
    let workflow = application.workflow.iter();
    for step in workflow.flat_map(|workflow| &workflow.steps) {
        add_step(step, &mut parts);
    }
    parts
}

fn add_step(step: &Step, parts: &mut Vec<(String, Span)>) {
    parts.push((format!("step `{}`", step.name.value), step.span));
    for sub_step in &step.sub_steps {
        add_step(sub_step, parts);
    }
}

/// A keyed digest of each part, with secrets covered: a rotated one changes nothing.
pub(crate) fn digests(
    parts: &[(String, Span)],
    sources: &Sources,
    redactor: &Redactor,
    key: &[u8],
) -> BTreeMap<String, String> {
    let digest = |span: Span| {
        let words: Vec<&str> = sources.slice(span).split_whitespace().collect();
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
        mac.update(redactor.mask(&words.join(" ")).as_bytes());
        let bytes = mac.finalize().into_bytes();
        bytes
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let parts = parts.iter();
    parts
        .map(|(part, span)| (part.clone(), digest(*span)))
        .collect()
}

fn flags(args: &RunArgs) -> Vec<String> {
    let mut flags = Vec::new();
    let mut add = |flag: &str, value: &str| flags.push(format!("{flag}={value}"));
    if let Some(namespace) = &args.namespace {
        add("--namespace", namespace);
    }
    if args.on_notify_failure == NotifyFailureArg::Continue {
        add("--on-notify-failure", "continue");
    }
    add("--concurrency", &args.concurrency.to_string());
    for text in &args.given.set_from {
        add("--set-from", &with_absolute_file(text));
    }
    for path in &args.given.secrets {
        add("--secrets", &absolute(path));
    }
    for text in &args.given.secret {
        add("--secret", &with_absolute_file(text));
    }
    if let Some(ca) = &args.network.ca {
        add("--ca", &absolute(ca));
    }
    let switches = [
        ("--inbox", args.inbox),
        ("--send-anyway", args.send_anyway),
        ("--allow-http", args.network.allow_http),
    ];
    let on = switches.iter().filter(|(_, on)| *on);
    flags.extend(on.map(|(flag, _)| (*flag).to_owned()));
    flags
}

fn literals(given: &GivenArgs) -> Vec<String> {
    let set = given.set.iter().map(|text| ("--set", text));
    let strings = given.set_string.iter().map(|text| ("--set-string", text));
    let all = set.chain(strings);
    all.map(|(flag, text)| format!("{flag} {}", place(text)))
        .collect()
}

/// The place in `STEP.PATH=VALUE`.
fn place(text: &str) -> &str {
    text.split_once('=').map_or(text, |(place, _)| place)
}

/// `x=file:relative` names a file of this folder.
fn with_absolute_file(text: &str) -> String {
    match text.split_once("=file:") {
        Some((place, path)) => format!("{place}=file:{}", absolute(Path::new(path))),
        None => text.to_owned(),
    }
}

fn absolute(path: &Path) -> String {
    if path == Path::new("-") {
        return "-".to_owned();
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.to_string_lossy().into_owned()
}
