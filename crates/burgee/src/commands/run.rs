//! `burgee run FILE`: prepare, refuse what must not start, run, report.

mod destinations;
mod execute;
pub(super) mod keep;
mod output;
mod prepare;
mod properties;
mod simulate;
mod steering;

use burgee_model::{RunPhase, RunState};

use super::{Env, runtime};
use crate::{
    args::{RunArgs, UnknownArg},
    exit::{Exit, Failure},
};
use execute::Finished;
use keep::Kept;
pub(super) use output::Output;
pub(super) use prepare::{Prepared, prepare, prepare_quietly, refuse};
pub(super) use steering::{step_named, who};

/// Runs the file's application.
pub(crate) fn run(args: &RunArgs, env: &Env) -> Result<Exit, Failure> {
    let output = Output::parse(&args.output)?;
    match args.simulation.simulate {
        true => simulate::say_simulation(env),
        false => say_target(env),
    }
    let kept = |prepared: &Prepared| keep::keep(prepared, args, env);
    let ended = prepare(args, env).and_then(|prepared| match args.simulation.simulate {
        true => simulate::simulate(prepared, args, &output, env),
        false => carry_on(prepared, kept, args, UnknownArg::Fail, &output, env),
    });
    finish(ended, &output, env)
}

/// What people must know before they believe anything that follows.
pub(super) fn say_target(env: &Env) {
    env.say(
        "target sandbox: deploys nothing real",
        "目标 sandbox：不会真正部署任何东西",
    );
}

/// Carries a run on to its end, or tells how it had ended.
pub(super) fn carry_on(
    prepared: Prepared,
    keep: impl FnOnce(&Prepared) -> Result<Kept, Failure>,
    args: &RunArgs,
    unknown: UnknownArg,
    output: &Output,
    env: &Env,
) -> Result<Finished, Failure> {
    match keep(&prepared)? {
        Kept::Ended(state) => Ok(ended_before(&state, env)),
        Kept::Here(keep) => {
            if !args.inbox {
                destinations::check(&prepared.plan, &prepared.secrets, args, env)?;
            }
            let run = execute::execute(prepared, *keep, args, unknown, output, env);
            runtime()?.block_on(run)
        }
    }
}

/// The report of a run that had ended: nothing is done again.
fn ended_before(state: &RunState, env: &Env) -> Finished {
    let (run, phase) = (&state.run, state.phase);
    env.say(
        &format!("run {run} has ended before: {phase}"),
        &format!("运行 {run} 此前已结束：{phase}"),
    );
    Finished {
        report: Some(state.report()),
        exit: match phase {
            RunPhase::Succeeded => Exit::Ok,
            RunPhase::Initializing
            | RunPhase::Executing
            | RunPhase::Suspending
            | RunPhase::Terminated
            | RunPhase::Failed => Exit::Failed,
        },
    }
}

/// Prints the report, also that of a run that was refused.
pub(super) fn finish(
    ended: Result<Finished, Failure>,
    output: &Output,
    env: &Env,
) -> Result<Exit, Failure> {
    match ended {
        Ok(ended) => {
            let printed = output.print(ended.report.as_ref(), env);
            Ok(if ended.exit == Exit::Ok {
                printed
            } else {
                ended.exit
            })
        }
        Err(failure) => {
            output.print_refusal(&failure, env);
            Err(failure)
        }
    }
}
