//! Wires the ports of one run and waits for its end, or for Ctrl-C.

use std::sync::Arc;

use burgee_engine::{Ended, Engine, OnNotifyFailure, Options};
use burgee_http::{Client, Outbound, SystemClock};
use burgee_inbox::{Inbox, InboxConfig, Received};
use burgee_model::{Clock, EventSink, Report, RunPhase, Service, StepPhase};
use burgee_notify::{Notifier, NotifierConfig};
use burgee_target::{OamProvider, Sandbox};

use super::{output::Output, prepare::Prepared};
use crate::{
    args::{NotifyFailureArg, RunArgs},
    cards,
    commands::{Env, network},
    exit::{Exit, Failure},
    view::{self, Recorder},
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
    args: &RunArgs,
    output: &Output,
    env: &Env,
) -> Result<Finished, Failure> {
    let Prepared {
        plan,
        sources,
        secrets,
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
    let notifier = Notifier::new(config, client, Arc::clone(&clock), Arc::new(secrets));
    let target = Arc::new(Sandbox::new(Arc::clone(&clock)));
    let recorder = Arc::new(Recorder::new(view::choose(&env.console, env.lang)));
    let engine = Engine::new(
        vec![
            Arc::new(notifier),
            Arc::new(OamProvider::new(target.clone())),
        ],
        target,
        clock,
        recorder.clone() as Arc<dyn EventSink>,
    );
    let options = Options {
        run: burgee_engine::run_id(&plan.application.metadata.name.value),
        on_notify_failure: match args.on_notify_failure {
            NotifyFailureArg::Stop => OnNotifyFailure::Stop,
            NotifyFailureArg::Continue => OnNotifyFailure::Continue,
        },
        lang: env.lang,
    };

    let ended = tokio::select! {
        ended = engine.run(&plan, &options) => Some(ended),
        _ = tokio::signal::ctrl_c() => None,
    };
    recorder.finish();
    if let Some(inbox) = inbox {
        show_messages(&inbox.messages(), output, env);
        inbox.shutdown().await;
    }
    let report = recorder.report();
    let exit = match ended {
        Some(ended) => conclude(&ended, report.as_ref(), &sources, env),
        None => {
            env.say(
                "interrupted; the step under way may have had its effect",
                "已中断；进行中的步骤可能已经生效",
            );
            Exit::Interrupted
        }
    };
    Ok(Finished { report, exit })
}

fn conclude(
    ended: &Ended,
    report: Option<&Report>,
    sources: &burgee_source::Sources,
    env: &Env,
) -> Exit {
    env.explain(&ended.problems, sources);
    match ended.phase {
        RunPhase::Succeeded => {
            let steps = report.into_iter().flat_map(|report| &report.steps);
            for step in steps.filter(|step| step.phase == StepPhase::Failed) {
                let (name, why) = (&step.name, &step.message);
                env.say(
                    &format!("warning: step `{name}` failed, and the run went on: {why}"),
                    &format!("警告：步骤 `{name}` 失败，运行已继续：{why}"),
                );
            }
            Exit::Ok
        }
        RunPhase::Initializing
        | RunPhase::Executing
        | RunPhase::Suspending
        | RunPhase::Terminated
        | RunPhase::Failed => Exit::Failed,
    }
}

/// Where this run may connect to. The sandbox never lets a real chat believe that something was deployed, also
/// not through a URL that an input brings at run time.
fn outbound(plan: &burgee_engine::Plan, args: &RunArgs) -> Outbound {
    let deploys = plan.steps.iter().any(|step| step.kind.takes_component());
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
fn show_messages(messages: &[Received], output: &Output, env: &Env) {
    for message in messages {
        let card = cards::card(message, env.lang);
        if output.is_data() {
            env.console.say(card.trim_end());
        } else {
            env.console.print(&card);
        }
    }
}
