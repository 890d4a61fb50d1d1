//! `burgee cue …`: the CUE language on its own.

mod bench;
mod data;
mod def;
mod evaluate;
mod fmt;
mod folders;
mod form;
mod generated;
mod inputs;
mod jsonl;
mod report;
mod session;
mod vet;

use super::Env;
use crate::{
    args::CueCommand,
    exit::{Exit, Failure},
};

/// Runs a command of the family.
pub(crate) fn run(command: &CueCommand, env: &Env) -> Result<Exit, Failure> {
    match command {
        CueCommand::Eval(args) => evaluate::eval(args, env),
        CueCommand::Export(args) if args.jsonl => Ok(jsonl::serve(env)),
        CueCommand::Export(args) => evaluate::export(args, env),
        CueCommand::Vet(args) => vet::vet(args, env),
        CueCommand::Def(args) => def::def(args, env),
        CueCommand::Fmt(args) => fmt::fmt(args, env),
        CueCommand::Bench(args) => bench::bench(args, env),
    }
}
