//! The workspace on disk, and cargo.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// How the variables begin that speak of the package that cargo runs.
const OF_THIS_PACKAGE: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("xtask lies in the workspace")
}

/// Cargo, started in the workspace.
pub(crate) fn cargo() -> Command {
    // The cargo that runs this task, so that a toolchain chosen by `+NAME` stays chosen.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root());
    // `cargo run` tells this process about the package `xtask`. Build scripts that watch these variables (ring's does)
    // would run again, and all that depends on them be built again, on every change between `cargo` and `cargo xtask`.
    for (name, _) in std::env::vars_os() {
        let ours = name
            .to_str()
            .is_some_and(|name| OF_THIS_PACKAGE.iter().any(|ours| name.starts_with(ours)));
        if ours {
            command.env_remove(name);
        }
    }
    command
}

/// The product, built as users get it.
pub(crate) fn product() -> Result<PathBuf> {
    optimised("--bin", "burgee")
}

/// A binary or an example of the product's package, optimised.
pub(crate) fn optimised(kind: &str, name: &str) -> Result<PathBuf> {
    executable(
        &["build", "--release", "--package", "burgee", kind, name],
        name,
    )
}

/// Builds, and gives the executable of target `name`, wherever the target directory is.
pub(crate) fn executable(arguments: &[&str], name: &str) -> Result<PathBuf> {
    let mut command = cargo();
    command
        .args(arguments)
        .args(["--locked", "--message-format=json-render-diagnostics"])
        .stderr(Stdio::inherit());
    let output = command.output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("cargo {} failed", arguments.join(" "));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut found = messages.lines().filter_map(|line| artifact(line, name));
    let found = found.next_back();
    found.with_context(|| format!("cargo {} built no `{name}`", arguments.join(" ")))
}

/// The executable that one of cargo's messages speaks of, unless it is a test harness.
fn artifact(message: &str, name: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let harness = message["profile"]["test"].as_bool()?;
    let target = message["target"]["name"].as_str()?;
    let executable = message["executable"].as_str()?;
    (!harness && target == name).then(|| PathBuf::from(executable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_read_from_the_artifact_and_not_from_its_harness() {
        let line = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"burgee"}},"profile":{{"test":{test}}},"executable":"/t/burgee"}}"#
            )
        };
        assert_eq!(artifact(&line(false), "burgee"), Some("/t/burgee".into()));
        assert_eq!(artifact(&line(true), "burgee"), None);
        assert_eq!(artifact(&line(false), "other"), None);
        assert_eq!(artifact("warning: not JSON", "burgee"), None);
    }
}
