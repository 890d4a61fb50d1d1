//! `recover`, `resume`, `suspend`, `terminate`, `restart`: steering a run, and carrying it on where no process does.

use std::time::Duration;

use burgee_engine::restart;
use burgee_http::SystemClock;
use burgee_model::{Clock as _, Event, RunId, RunPhase, RunState};
use burgee_store::{Action, Command, Ownership, Store};
use clap::Parser as _;
use jiff::Timestamp;

use super::{
    Env,
    run::{
        Output, Prepared, carry_on, finish,
        keep::{self, Kept},
        prepare, prepare_quietly, say_target, step_named, who,
    },
};
use crate::{
    args::{
        Cli, Command as CliCommand, GoOnArgs, RestartArgs, ResumeArgs, RunArgs, ShowArgs,
        TerminateArgs,
    },
    exit::{Exit, Failure},
    folder,
    origin::Origin,
};

/// How long the process that carries a run on may take to answer.
const ANSWER: Duration = Duration::from_secs(30);
/// How often its answer is looked for.
const LOOK: Duration = Duration::from_millis(50);

/// Goes on with a run that was left.
pub(crate) fn recover(args: &GoOnArgs, env: &Env) -> Result<Exit, Failure> {
    let store = folder::open_existing(&args.state)?;
    let run = store.find(&args.run).map_err(Failure::usage)?;
    go_on(run, store, args, |_, _| Ok(Vec::new()), env)
}

/// Lets what is suspended go on.
pub(crate) fn resume(args: &ResumeArgs, env: &Env) -> Result<Exit, Failure> {
    let store = folder::open_existing(&args.go_on.state)?;
    let run = store.find(&args.go_on.run).map_err(Failure::usage)?;
    let state = store.state(&run).map_err(Failure::usage)?;
    if state.phase == RunPhase::Terminated || state.terminated {
        return Err(Failure::usage(format!(
            "run `{run}` was terminated, and a terminated run cannot be resumed"
        ))
        .hint(format!("burgee restart {run}")));
    }
    let step = match &args.step {
        None => None,
        Some(name) => Some(step_named(&state, name).ok_or_else(|| {
            let steps = state.steps.iter().map(|step| step.head.name.as_str());
            let problem = Failure::usage(format!("run `{run}` has no step `{name}`"));
            match burgee_source::nearest(name, steps) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem,
            }
        })?),
    };
    let action = Action::Resume { step: step.clone() };
    if owned(&store, &run)? {
        return steered(&store, &run, action, args.reason.clone(), &args.go_on, env);
    }
    let reason = args.reason.clone();
    let decide = move |state: &RunState, _: &Prepared| {
        Ok(match state.phase.is_finished() {
            true => Vec::new(),
            false => vec![Event::Resumed {
                step,
                by: Some(who()),
                reason,
            }],
        })
    };
    go_on(run, store, &args.go_on, decide, env)
}

/// Lets a run begin nothing more.
pub(crate) fn suspend(args: &ShowArgs, env: &Env) -> Result<Exit, Failure> {
    let output = Output::of_report(&args.output)?;
    let store = folder::open_existing(&args.state)?;
    let run = store.find(&args.run).map_err(Failure::usage)?;
    let state = store.state(&run).map_err(Failure::usage)?;
    if state.phase.is_finished() {
        return Err(Failure::usage(format!(
            "run `{run}` has ended ({}): there is nothing to suspend",
            state.phase
        )));
    }
    let exit = match owned(&store, &run)? {
        true => told(&store, &run, Action::Suspend {}, None, env)?,
        false => {
            let decide = |_: &RunState| {
                Ok(vec![Event::Suspended {
                    step: None,
                    message: String::new(),
                    until: None,
                    by: Some(who()),
                }])
            };
            record(&run, &store, decide, env)?;
            Exit::Ok
        }
    };
    let state = store.state(&run).map_err(Failure::usage)?;
    output.print(Some(&state.report()), env);
    Ok(exit)
}

/// Ends a run.
pub(crate) fn terminate(args: &TerminateArgs, env: &Env) -> Result<Exit, Failure> {
    let store = folder::open_existing(&args.go_on.state)?;
    let run = store.find(&args.go_on.run).map_err(Failure::usage)?;
    if owned(&store, &run)? {
        let (action, reason) = (Action::Terminate {}, args.reason.clone());
        return steered(&store, &run, action, reason, &args.go_on, env);
    }
    let reason = args.reason.clone();
    let decide = move |state: &RunState, _: &Prepared| {
        Ok(match state.phase.is_finished() {
            true => Vec::new(),
            false => vec![Event::Terminated {
                by: Some(who()),
                reason,
            }],
        })
    };
    go_on(run, store, &args.go_on, decide, env)
}

/// Runs a run again, as a whole or from a step.
pub(crate) fn restart_run(args: &RestartArgs, env: &Env) -> Result<Exit, Failure> {
    let store = folder::open_existing(&args.go_on.state)?;
    let run = store.find(&args.go_on.run).map_err(Failure::usage)?;
    let (from, again) = (args.from.clone(), args.all_channels);
    let decide = move |state: &RunState, prepared: &Prepared| {
        // The whole run again means every message again.
        let again = again || from.is_none();
        let event = restart(&prepared.plan, state, from.as_deref(), again, Some(who()));
        event.map(|event| vec![event]).map_err(Failure::usage)
    };
    go_on(run, store, &args.go_on, decide, env)
}

/// Takes a run that no process carries on and carries it on here, with what is decided about it.
fn go_on(
    run: RunId,
    store: Store,
    args: &GoOnArgs,
    decide: impl FnOnce(&RunState, &Prepared) -> Result<Vec<Event>, Failure>,
    env: &Env,
) -> Result<Exit, Failure> {
    let output = Output::parse(&args.output)?;
    let origin = keep::kept_origin(&run, &store)?;
    let run_args = run_args(&run, &origin, args)?;
    say_target(env);
    let kept = |prepared: &Prepared| {
        keep::unchanged(&run, &origin, prepared, &store, args, env)?;
        let decide = |state: &RunState| decide(state, prepared);
        keep::take(run.clone(), store.clone(), decide, env)
    };
    let ended = prepare(&run_args, env)
        .and_then(|prepared| carry_on(prepared, kept, &run_args, args.on_unknown, &output, env));
    finish(ended, &output, env)
}

/// What a run started from, read again to look back at it.
pub(crate) fn prepared(
    run: &RunId,
    store: &Store,
    args: &GoOnArgs,
    env: &Env,
) -> Result<Prepared, Failure> {
    let origin = keep::kept_origin(run, store)?;
    // What is wrong with the manifest was told when the run began.
    let (prepared, _) = prepare_quietly(&run_args(run, &origin, args)?, env)?;
    keep::unchanged(run, &origin, &prepared, store, args, env)?;
    Ok(prepared)
}

/// The arguments of `run` as they were, with what is given now.
fn run_args(run: &RunId, origin: &Origin, args: &GoOnArgs) -> Result<RunArgs, Failure> {
    let missing = origin.missing(&args.given);
    if !missing.is_empty() {
        let again: Vec<String> = missing.iter().map(|place| format!("`{place}=…`")).collect();
        return Err(Failure::usage(format!(
            "{} was given on the command line of run `{run}` and is not kept: give it again",
            again.join(", ")
        )));
    }
    let file = match &args.filename {
        Some(path) => path.display().to_string(),
        None if origin.manifest == "-" => {
            return Err(Failure::usage(format!(
                "the manifest of run `{run}` came from standard input and is not kept: give it with -f FILE"
            )));
        }
        None => origin.manifest.clone(),
    };
    let mut line = vec!["burgee".to_owned(), "run".to_owned(), file];
    line.extend(origin.flags.iter().cloned());
    let cli = Cli::try_parse_from(line);
    let cli = cli.map_err(|error| {
        Failure::usage(format!("the flags of run `{run}` cannot be read: {error}"))
    })?;
    let CliCommand::Run(mut known) = cli.command else {
        return Err(Failure::usage(format!(
            "the flags of run `{run}` cannot be read"
        )));
    };
    // What is given now comes last and wins.
    known.given.set.extend(args.given.set.iter().cloned());
    known
        .given
        .set_string
        .extend(args.given.set_string.iter().cloned());
    known
        .given
        .set_from
        .extend(args.given.set_from.iter().cloned());
    known
        .given
        .secrets
        .extend(args.given.secrets.iter().cloned());
    known.given.secret.extend(args.given.secret.iter().cloned());
    known.state = args.state.clone();
    known.waiting = args.waiting;
    known.output = args.output.clone();
    Ok(*known)
}

/// Records what is decided about a run that no process carries on, and leaves it.
fn record(
    run: &RunId,
    store: &Store,
    decide: impl FnOnce(&RunState) -> Result<Vec<Event>, Failure>,
    env: &Env,
) -> Result<(), Failure> {
    let Kept::Here(kept) = keep::take(run.clone(), store.clone(), decide, env)? else {
        return Ok(());
    };
    let journal = &kept.journal;
    for event in kept.known.iter().flat_map(|(_, decided)| decided.clone()) {
        let at = Timestamp::now();
        let stamped = burgee_model::Stamped { at, event };
        journal.append(&stamped).map_err(Failure::usage)?;
    }
    super::runtime()?
        .block_on(journal.sync())
        .map_err(Failure::usage)
}

fn owned(store: &Store, run: &RunId) -> Result<bool, Failure> {
    match store.owner(run).map_err(Failure::usage)? {
        Ownership::Free => Ok(false),
        Ownership::Held(_) => Ok(true),
    }
}

/// Tells the process that carries a run on, and prints the report of what is known then.
fn steered(
    store: &Store,
    run: &RunId,
    action: Action,
    reason: Option<String>,
    args: &GoOnArgs,
    env: &Env,
) -> Result<Exit, Failure> {
    let output = Output::of_report(&args.output)?;
    let exit = told(store, run, action, reason, env)?;
    let state = store.state(run).map_err(Failure::usage)?;
    output.print(Some(&state.report()), env);
    Ok(exit)
}

/// Tells the process that carries a run on, and waits for its answer.
fn told(
    store: &Store,
    run: &RunId,
    action: Action,
    reason: Option<String>,
    env: &Env,
) -> Result<Exit, Failure> {
    let command = Command {
        action,
        by: who(),
        reason,
        at: Timestamp::now(),
    };
    let id = store.command(run, &command).map_err(Failure::usage)?;
    let clock = SystemClock::default();
    super::runtime()?.block_on(async {
        let begun = clock.now();
        while Duration::try_from(clock.now().duration_since(begun)).unwrap_or_default() < ANSWER {
            match store.answer_of(id).map_err(Failure::usage)? {
                Some(Ok(())) => {
                    env.say(
                        &format!("done, by the process that carries run `{run}` on"),
                        &format!("已由执行运行 `{run}` 的进程完成"),
                    );
                    return Ok(Exit::Ok);
                }
                Some(Err(why)) => return Err(Failure::usage(format!("run `{run}`: {why}"))),
                None => clock.sleep(LOOK).await,
            }
        }
        Err(Failure::usage(format!(
            "the process that carries run `{run}` on has not answered; the command stays for it"
        )))
    })
}
