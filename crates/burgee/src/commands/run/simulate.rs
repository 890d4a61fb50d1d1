//! `burgee run --simulate`: the run on a clock that stands still while anything can go on, with the world on a stage.

use std::{sync::Arc, time::Duration};

use burgee_engine::{
    Command, Ended, Engine, Memory, Options, Plan, Ports, Steering, VirtualClock, Waiting,
    run_virtually,
};
use burgee_http::{Client, Outbound};
use burgee_inbox::{InboxConfig, Local};
use burgee_model::{Clock, RunPhase, RunState, Stamped, StepPhase};
use burgee_target::{OamProvider, Sandbox};
use futures_channel::mpsc;
use futures_util::StreamExt as _;
use jiff::Timestamp;

use super::{
    execute::{self, Finished},
    output::Output,
    prepare::Prepared,
};
use crate::{
    args::{RunArgs, UnknownArg},
    commands::{Env, network},
    exit::{Exit, Failure},
    simulation::{Fault, Patience, Places, Reply, Stage, StandIns, Suspended, Watch, providers},
};

/// What resumes where somebody is assumed to.
const RESUMER: &str = "the simulation";

/// What people must know before they believe anything that follows.
pub(super) fn say_simulation(env: &Env) {
    env.say(
        "simulation: nothing leaves this process, and time is virtual",
        "模拟运行：不发出任何请求，时间为虚拟时间",
    );
}

/// Runs the plan in virtual time.
pub(super) fn simulate(
    prepared: Prepared,
    args: &RunArgs,
    output: &Output,
    env: &Env,
) -> Result<Finished, Failure> {
    let Prepared {
        plan,
        sources,
        secrets,
        ..
    } = prepared;
    let time = Arc::new(VirtualClock::new(start()));
    let patience = Arc::new(Patience::new(time.clone()));
    let clock: Arc<dyn Clock> = patience.clone();
    let stage = Arc::new(stage(&plan, &clock, args)?);
    // Its policy holds, so that a run that would be refused fails here as well; nothing is connected to.
    let client = network::config(&args.network, Outbound::Any);
    let client = Client::new(client, clock.clone()).map_err(Failure::usage)?;
    let target = Arc::new(Sandbox::new(clock.clone()));
    let secrets = Arc::new(StandIns(secrets));
    let [messages, requests] = providers(stage.clone(), client, clock.clone(), secrets, env.lang);
    let oam = Arc::new(OamProvider::new(target.clone()));
    let engine = Engine::new(vec![messages, requests, oam], target, clock.clone());
    let journal = Arc::new(Memory::default());
    let (suspended, hears) = mpsc::unbounded();
    let (steer, control) = burgee_engine::control();
    let mut ports = Ports {
        journal: journal.clone(),
        sink: Arc::new(Watch {
            console: env.console.clone(),
            lang: env.lang,
            stage: stage.clone(),
            patience,
            suspended,
        }),
        control: Some(control),
        owner: execute::owner(),
        mask: execute::mask(env),
    };
    let options = options(&plan, args, env);
    let resumer = resumer(
        args.simulation.assume_resumed,
        hears,
        &journal,
        &clock,
        &steer,
    );
    let ended = run_virtually(&time, async {
        tokio::select! {
            biased;
            ended = engine.run(&plan, &options, &mut ports) => ended,
            () = resumer => unreachable!("it never ends"),
        }
    });
    execute::show_messages(&stage.inbox.messages(), output, env);
    match ended {
        Some(ended) => {
            let ended = ended.map_err(Failure::usage)?;
            let report = ended.state.report();
            let exit = match ended.phase {
                RunPhase::Suspending => suspended_for_good(&ended, args, env),
                RunPhase::Initializing
                | RunPhase::Executing
                | RunPhase::Succeeded
                | RunPhase::Terminated
                | RunPhase::Failed => execute::conclude(&ended, &report, &sources, args, env),
            };
            Ok(Finished {
                report: Some(report),
                exit,
            })
        }
        None => {
            let state = fold(&journal.records());
            if let Some(state) = &state {
                standstill(state, env);
            }
            Ok(Finished {
                report: state.map(|state| state.report()),
                exit: Exit::Failed,
            })
        }
    }
}

/// The simulation begins now, at a full second.
fn start() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn stage(plan: &Plan, clock: &Arc<dyn Clock>, args: &RunArgs) -> Result<Stage, Failure> {
    let places = Places::of(plan);
    let faults = args.simulation.fault.iter();
    let faults = faults.map(|text| Fault::parse(text, &places));
    let faults = faults.collect::<Result<_, _>>()?;
    let replies = args.simulation.reply.iter();
    let replies = replies.map(|text| Reply::parse(text, &places));
    let replies = replies.collect::<Result<_, _>>()?;
    let inbox = Local::new(InboxConfig::default(), Arc::clone(clock));
    Ok(Stage::new(inbox, faults, replies))
}

fn options(plan: &Plan, args: &RunArgs, env: &Env) -> Options {
    let run = burgee_engine::run_id(&plan.application.metadata.name.value);
    let options = execute::options(run, args, UnknownArg::Fail, env);
    Options {
        waiting: match args.simulation.assume_resumed {
            Some(_) => Waiting::Yes,
            None => options.waiting,
        },
        ..options
    }
}

/// Resumes each step that waits for somebody, some time after it began to; nobody does where nothing was assumed.
async fn resumer(
    after: Option<Duration>,
    mut hears: mpsc::UnboundedReceiver<Suspended>,
    journal: &Memory,
    clock: &Arc<dyn Clock>,
    steer: &Steering,
) {
    while let (Some(after), Some(Suspended { step, since })) = (after, hears.next().await) {
        // The wait is the same for all of them: whoever began first is the first to go on.
        let waited = Duration::try_from(clock.now().duration_since(since)).unwrap_or_default();
        clock.sleep(after.saturating_sub(waited)).await;
        let state = fold(&journal.records());
        let state = state.as_ref().and_then(|state| state.step(&step));
        if state.is_some_and(|step| step.suspended.is_some()) {
            let command = Command::Resume {
                step: Some(step),
                by: Some(RESUMER.to_owned()),
                reason: None,
            };
            // A run that has just ended hears nothing.
            let _ = steer.unbounded_send(command.into());
        }
    }
    std::future::pending::<()>().await;
}

/// The state behind all records.
fn fold(records: &[Stamped]) -> Option<RunState> {
    let mut state = RunState::begin(records.first()?)?;
    for record in &records[1..] {
        state.apply(record);
    }
    Some(state)
}

/// What is left waits for somebody, and nobody is there.
fn suspended_for_good(ended: &Ended, args: &RunArgs, env: &Env) -> Exit {
    let names = execute::waiting(ended);
    match ended.due {
        // Only `--no-wait` leaves what goes on by itself.
        Some(due) if args.waiting.no_wait => env.say(
            &format!("suspended at {names} (until {due:.0}): the simulation ends here, as --no-wait says"),
            &format!("已在 {names} 挂起（至 {due:.0}）：按 --no-wait，模拟到此结束"),
        ),
        Some(_) | None => env.say(
            &format!("suspended at {names}: nobody is there to resume it, so the simulation ends here; --assume-resumed 1h goes on as if somebody had"),
            &format!("已在 {names} 挂起：无人恢复，模拟到此结束；--assume-resumed 1h 假定有人恢复并继续"),
        ),
    }
    Exit::Suspended
}

/// Nothing will ever happen again.
fn standstill(state: &RunState, env: &Env) {
    let waits = |step: &&burgee_model::StepState| match step.phase {
        StepPhase::Running | StepPhase::Suspending => true,
        StepPhase::Pending | StepPhase::Succeeded | StepPhase::Failed | StepPhase::Skipped => false,
    };
    let waiting = state.steps.iter().filter(waits).map(|step| {
        let name = &step.head.name;
        match step.message.is_empty() {
            true => name.to_string(),
            false => format!("{name} ({})", step.message),
        }
    });
    let waiting = waiting.collect::<Vec<_>>().join(", ");
    env.say(
        &format!("the simulation stands still: what it waits for will not come: {waiting}"),
        &format!("模拟已停滞：所等待的条件不会满足：{waiting}"),
    );
}
