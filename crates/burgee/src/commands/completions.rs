//! `burgee completions SHELL`.

use clap::CommandFactory as _;

use super::Env;
use crate::{args::Cli, exit::Exit};

/// Prints the completion script.
pub(crate) fn completions(shell: clap_complete::Shell, env: &Env) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "burgee", &mut script);
    env.console.print(&String::from_utf8_lossy(&script));
    Exit::Ok
}
