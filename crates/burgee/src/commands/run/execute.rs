//! Wires the ports of one run and waits for its end, or for Ctrl-C.

use std::sync::Arc;

use burgee_engine::{
    Command, Ended, Engine, OnNotifyFailure, Options, Owner, Plan, PlannedStep, Ports, Steering,
    Waiting,
};
use burgee_http::{Client, Outbound, SystemClock};
use burgee_inbox::{Inbox, InboxConfig, Received};
use burgee_model::{Clock, Report, RunId, RunPhase, Service, StepPhase, StepReport};
use burgee_notify::{Notifier, NotifierConfig};
use burgee_providers::{HttpConfig, HttpProvider};
use burgee_store::Store;
use burgee_target::{OamProvider, Sandbox};

use super::{keep::Keep, output::Output, prepare::Prepared, steering};
use crate::{
    args::{NotifyFailureArg, RunArgs, UnknownArg},
    cards,
    commands::{Env, network},
    exit::{Exit, Failure},
    folder,
    view::{self, Watcher},
};

/// How a run that began came to its end.
pub(crate) struct Finished {
    /// Its state.
    pub(crate) report: Option<Report>,
    /// What the shell is told.
    pub(crate) exit: Exit,
}

/// Runs the plan.
pub(crate) async fn execute(
    prepared: Prepared,
    keep: Keep,
    args: &RunArgs,
    unknown: UnknownArg,
    output: &Output,
    env: &Env,
) -> Result<Finished, Failure> {
    let Prepared {
        plan,
        sources,
        secrets,
        ..
    } = prepared;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::default());
    let inbox = match args.inbox {
        true => Some(start_inbox(&clock).await?),
        false => None,
    };
    let client = Client::new(
        network::config(&args.network, outbound(&plan, args)),
        Arc::clone(&clock),
    );
    let client = client.map_err(Failure::usage)?;
    let config = NotifierConfig {
        lang: env.lang,
        redirect: inbox.as_ref().map(redirect),
        seed: fastrand::u64(..),
        ..NotifierConfig::default()
    };
    let secrets = Arc::new(secrets);
    let http = HttpProvider::new(
        HttpConfig {
            lang: env.lang,
            ..HttpConfig::default()
        },
        client.clone(),
        secrets.clone(),
    );
    let notifier = Notifier::new(config, client, Arc::clone(&clock), secrets);
    let target = Arc::new(Sandbox::new(Arc::clone(&clock)));
    let engine = Engine::new(
        vec![
            Arc::new(notifier),
            Arc::new(http),
            Arc::new(OamProvider::new(target.clone())),
        ],
        target,
        Arc::clone(&clock),
    );
    let events = matches!(output, Output::Events).then(|| env.console.clone());
    let watcher = Arc::new(Watcher::new(view::choose(&env.console, env.lang), events));
    let (steer, control) = burgee_engine::control();
    let mut ports = Ports {
        journal: keep.journal,
        sink: watcher.clone(),
        control: Some(control),
        owner: owner(),
        mask: mask(env),
    };
    let options = options(keep.run.clone(), args, unknown, env);
    let run = async {
        match keep.known {
            None => engine.run(&plan, &options, &mut ports).await,
            Some((state, decided)) => {
                let resumed = engine.resume(&plan, &options, &mut ports, state, decided);
                resumed.await
            }
        }
    };
    let steered = steered(run, keep.store, &keep.run, &steer, &*clock);
    let limit = async {
        match args.waiting.timeout {
            Some(limit) => clock.sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let ended = interruptible(steered, limit, &steer, env).await;
    watcher.finish();
    if let Some(inbox) = inbox {
        show_messages(&inbox.messages(), output, env);
        inbox.shutdown().await;
    }
    let Some(ended) = ended else {
        env.say(
            "interrupted; the call under way may have had its effect",
            "已中断；进行中的调用可能已经生效",
        );
        return Ok(Finished {
            report: None,
            exit: Exit::Interrupted,
        });
    };
    let ended = ended.map_err(Failure::usage)?;
    let report = ended.state.report();
    let exit = conclude(&ended, &report, &sources, args, env);
    Ok(Finished {
        report: Some(report),
        exit,
    })
}

/// Covers what the console covers.
pub(super) fn mask(env: &Env) -> burgee_engine::Mask {
    let redactor = Arc::clone(env.console.redactor());
    Arc::new(move |text| redactor.mask(text).into_owned())
}

/// This process.
pub(super) fn owner() -> Owner {
    Owner {
        process: std::process::id(),
        host: burgee_store::Owner::this_process().host,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The run, while commands of other processes are heard.
async fn steered<T>(
    run: impl Future<Output = T>,
    store: Option<Store>,
    id: &RunId,
    steer: &Steering,
    clock: &dyn Clock,
) -> T {
    let Some(store) = store else {
        return run.await;
    };
    tokio::select! {
        biased;
        ended = run => ended,
        () = steering::listen(store, id.clone(), steer.clone(), clock) => unreachable!("it never ends"),
    }
}

pub(super) fn options(run: RunId, args: &RunArgs, unknown: UnknownArg, env: &Env) -> Options {
    Options {
        run,
        on_notify_failure: match args.on_notify_failure {
            NotifyFailureArg::Stop => OnNotifyFailure::Stop,
            NotifyFailureArg::Continue => OnNotifyFailure::Continue,
        },
        resend_unknown: unknown == UnknownArg::Resend,
        lang: env.lang,
        concurrency: args.concurrency.get(),
        waiting: match (args.waiting.wait, args.waiting.no_wait) {
            (true, _) => Waiting::Yes,
            (false, true) => Waiting::No,
            (false, false) => Waiting::Due,
        },
    }
}

/// The first Ctrl-C lets the calls that are under way come to their end, the second does not wait for them: `None`. When the
/// time that somebody gave is over, the run is left in the same way.
async fn interruptible<T>(
    run: impl Future<Output = T>,
    limit: impl Future<Output = ()>,
    steer: &Steering,
    env: &Env,
) -> Option<T> {
    let mut run = std::pin::pin!(run);
    tokio::select! {
        ended = &mut run => return Some(ended),
        () = limit => {
            let _ = steer.unbounded_send(Command::Leave.into());
            return Some(run.await);
        }
        _ = tokio::signal::ctrl_c() => {}
    }
    // A run that has just ended hears nothing, and is ready.
    let _ = steer.unbounded_send(Command::Leave.into());
    env.say(
        "interrupted: calls that are under way come to their end; Ctrl-C again does not wait for them",
        "已中断：等待进行中的调用结束；再按一次 Ctrl-C 则不再等待",
    );
    tokio::select! {
        ended = &mut run => Some(ended),
        _ = tokio::signal::ctrl_c() => None,
    }
}

/// Says how a run ended, and what to do next.
pub(super) fn conclude(
    ended: &Ended,
    report: &Report,
    sources: &burgee_source::Sources,
    args: &RunArgs,
    env: &Env,
) -> Exit {
    env.explain(&ended.problems, sources);
    match ended.phase {
        RunPhase::Succeeded => {
            fn sub_steps(step: &StepReport) -> impl Iterator<Item = &StepReport> {
                std::iter::once(step).chain(&step.sub_steps)
            }
            let steps = report.steps.iter().flat_map(sub_steps);
            let failed = steps.filter(|step: &&StepReport| step.phase == StepPhase::Failed);
            for step in failed.filter(|step| step.sub_steps.is_empty()) {
                let (name, why) = (&step.name, &step.message);
                env.say(
                    &format!("warning: step `{name}` failed, and the run went on: {why}"),
                    &format!("警告：步骤 `{name}` 失败，运行已继续：{why}"),
                );
            }
            Exit::Ok
        }
        RunPhase::Suspending => {
            suspended(ended, args, env);
            Exit::Suspended
        }
        RunPhase::Initializing | RunPhase::Executing => {
            let on = go_on("recover", ended, args);
            env.say(
                &format!("interrupted; to go on: {on}"),
                &format!("已中断；继续执行：{on}"),
            );
            Exit::Interrupted
        }
        RunPhase::Terminated | RunPhase::Failed => Exit::Failed,
    }
}

/// What is left waits for somebody: says for whom, and how to go on.
fn suspended(ended: &Ended, args: &RunArgs, env: &Env) {
    let names = waiting(ended);
    let due = ended
        .due
        .map(|due| format!(" (until {due:.0})"))
        .unwrap_or_default();
    let on = go_on("resume", ended, args);
    env.say(
        &format!("suspended at {names}{due}; to go on: {on}"),
        &format!("已在 {names} 挂起{due}；继续执行：{on}"),
    );
}

/// Who waits for somebody: the steps, or the run as a whole.
pub(super) fn waiting(ended: &Ended) -> String {
    let steps = ended.state.steps.iter();
    let waiting = steps.filter(|step| step.suspended.is_some());
    let names: Vec<&str> = waiting.map(|step| step.head.name.as_str()).collect();
    match names.is_empty() {
        true => ended.state.application.clone(),
        false => names.join(", "),
    }
}

/// The exact command to go on.
fn go_on(verb: &str, ended: &Ended, args: &RunArgs) -> String {
    if args.no_journal {
        return "nothing was kept".to_owned();
    }
    format!(
        "burgee {verb} {}{}",
        ended.state.run,
        folder::flag(&args.state)
    )
}

/// Where this run may connect to. The sandbox never lets a real chat believe that something was deployed, also
/// not through a URL that an input brings at run time.
fn outbound(plan: &Plan, args: &RunArgs) -> Outbound {
    let deploys = plan.steps.iter().any(PlannedStep::takes_component);
    if args.inbox || (deploys && !args.send_anyway) {
        Outbound::LoopbackOnly
    } else {
        Outbound::Any
    }
}

async fn start_inbox(clock: &Arc<dyn Clock>) -> Result<Inbox, Failure> {
    let inbox = Inbox::start(InboxConfig::default(), Arc::clone(clock)).await;
    inbox.map_err(|error| Failure::usage(format!("--inbox: {error}")))
}

fn redirect(inbox: &Inbox) -> burgee_notify::Redirect {
    let urls = Service::ALL.map(|service| (service, inbox.url(service)));
    Arc::new(move |service| {
        let url = urls.iter().find(|(known, _)| *known == service);
        url.map(|(_, url)| url.clone()).unwrap_or_default()
    })
}

/// The messages are what the run is for: on standard output, unless a machine reads that.
pub(super) fn show_messages(messages: &[Received], output: &Output, env: &Env) {
    for message in messages {
        let card = cards::card(message, env.lang);
        if output.is_data() {
            env.console.say(card.trim_end());
        } else {
            env.console.print(&card);
        }
    }
}
