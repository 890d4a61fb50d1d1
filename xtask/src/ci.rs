//! `cargo xtask ci`: exactly what CI runs, one step after the other; the first that fails ends it.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{
    conformance, fixtures,
    talk::say,
    workspace::{cargo, executable},
};

/// The tests, as the README names them, and nothing that is not in `Cargo.lock`.
const TEST: [&str; 3] = ["test", "--workspace", "--locked"];

/// The fuzz targets, which are no members: without the engine they need neither C++ nor long.
const FUZZ: &str =
    "check --manifest-path fuzz/Cargo.toml --no-default-features --locked --target-dir target";

/// Runs every step. True when all went well.
pub(crate) fn run() -> Result<bool> {
    Ok(step("fmt --all --check", &[])?
        && step("clippy --workspace --all-targets --locked -- -D warnings", &[])?
        // A snapshot that differs fails: CI accepts nothing.
        && step(&TEST.join(" "), &[("INSTA_UPDATE", "no"), ("CI", "true")])?
        && step("doc --workspace --no-deps --locked", &[("RUSTDOCFLAGS", "-Dwarnings")])?
        && step("fmt --manifest-path fuzz/Cargo.toml --check", &[])?
        && step(FUZZ, &[])?
        && one_tls_provider()?
        && all_fixtures()?
        && all_cue()?)
}

fn step(arguments: &str, env: &[(&str, &str)]) -> Result<bool> {
    let mut command = cargo();
    command.args(arguments.split(' ')).envs(env.iter().copied());
    let env = env.iter().map(|(name, value)| format!("{name}={value} "));
    say(&format!("==> {}cargo {arguments}", env.collect::<String>()));
    let status = command.status().context("cannot start cargo")?;
    if !status.success() {
        say(&format!("failed: cargo {arguments}"));
    }
    Ok(status.success())
}

/// A second TLS provider would make rustls panic at its first handshake.
fn one_tls_provider() -> Result<bool> {
    const ARGUMENTS: &str = "tree --workspace --locked -i aws-lc-sys";
    say(&format!("==> cargo {ARGUMENTS} (finds nothing)"));
    let mut command: Command = cargo();
    let output = command
        .args(ARGUMENTS.split(' '))
        .output()
        .context("cannot start cargo")?;
    let (found, said) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let unknown = !output.status.success() && said.contains("did not match any packages");
    let absent = unknown || (output.status.success() && found.trim().is_empty());
    if !absent {
        say(&format!(
            "failed: aws-lc-sys is in the dependencies, or cargo could not tell\n{found}{said}"
        ));
    }
    Ok(absent)
}

fn all_fixtures() -> Result<bool> {
    say("==> cargo xtask fixtures");
    fixtures::run(Some(tested_binary()?), false, None)
}

fn all_cue() -> Result<bool> {
    say("==> cargo xtask conformance");
    conformance::all(&tested_binary()?)
}

/// The tests built the binary: cargo only says where.
fn tested_binary() -> Result<std::path::PathBuf> {
    executable(&["test", "--workspace", "--no-run"], "burgee")
}
