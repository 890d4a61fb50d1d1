//! `burgee cue …`: the CUE language on its own.

mod jsonl;

use super::Env;
use crate::{
    args::CueCommand,
    exit::{Exit, Failure},
};

/// Runs a command of the family.
pub(crate) fn run(command: &CueCommand, env: &Env) -> Result<Exit, Failure> {
    match command {
        CueCommand::Export(args) if args.jsonl => Ok(jsonl::serve(env)),
        CueCommand::Eval(_) | CueCommand::Export(_) | CueCommand::Vet(_) => {
            Err(Failure::usage("soon"))
        }
    }
}
