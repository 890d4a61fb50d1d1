//! `burgee run FILE`: prepare, refuse what must not start, run, report.

mod destinations;
mod execute;
mod output;
mod prepare;
mod properties;

use super::{Env, runtime};
use crate::{
    args::RunArgs,
    exit::{Exit, Failure},
};
use output::Output;

/// Runs the file's application.
pub(crate) fn run(args: &RunArgs, env: &Env) -> Result<Exit, Failure> {
    let output = Output::parse(&args.output)?;
    env.say(
        "target sandbox: deploys nothing real",
        "目标 sandbox：不会真正部署任何东西",
    );
    let ended = prepare::prepare(args, env)
        .and_then(|prepared| runtime()?.block_on(execute::execute(prepared, args, &output, env)));
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
