//! What the engine costs: `cargo bench -p burgee-engine`, or `cargo xtask bench engine`, which adds whole processes.
//!
//! The steps do nothing but set a message, so that what is measured is order, events and the journal. Each figure is the
//! median of several rounds.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use burgee_engine::{
    Engine, Nowhere, OnNotifyFailure, Options, Owner, Plan, Ports, Purpose, Subject, Waiting, check,
};
use burgee_http::SystemClock;
use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Event, EventSink, Journal, MessageLint,
    Provider, RunPhase, RunState, Stamped,
};
use burgee_source::{Diagnostic, Lang, Node, Sources, Span};
use burgee_store::{NewRun, Store};
use burgee_target::{OamProvider, Sandbox};
use jiff::Timestamp;

const ROUNDS: usize = 5;
/// Runs at once.
const CROWD: usize = 1000;

struct Silent;

impl EventSink for Silent {
    fn emit(&self, _: &Stamped, _: &RunState) {}
}

impl MessageLint for Silent {
    fn lint(&self, _: Option<&Node>, _: &[&str], _: Span) -> Vec<Diagnostic> {
        Vec::new()
    }
}

/// Takes every message at once.
struct Chat;

impl Provider for Chat {
    fn name(&self) -> &'static str {
        "notify"
    }

    fn kind(&self, _: &str) -> CallKind {
        CallKind::Once
    }

    fn call<'a>(
        &'a self,
        _: &'a CallContext,
        _: &'a Call,
        _: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(std::future::ready(Ok(Node::map([]))))
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let engine = Arc::new(engine());
    let one = plan(&layers(10_000));
    let took = median(|| {
        let run = run(&engine, &one, "bench".into(), Arc::new(Nowhere));
        runtime.block_on(run);
    });
    let per_step = took.as_secs_f64() * 1e6 / 10_000.0;
    println!("overhead of a step, nothing kept: {per_step:.1} µs");

    for steps in [1_000, 10_000, 100_000] {
        let plan = plan(&layers(steps));
        let took = median(|| {
            let dir = tempfile::tempdir().expect("a folder");
            let store = Store::open(dir.path()).expect("a store");
            let (_lock, journal) = store.begin(&new("bench")).expect("a new run");
            let run = run(&engine, &plan, "bench".into(), Arc::new(journal));
            runtime.block_on(run);
        });
        let per_step = took.as_secs_f64() * 1e6 / f64::from(steps);
        println!(
            "{steps} steps in ten layers, journal on disk: {:.0} ms, {per_step:.1} µs a step",
            took.as_secs_f64() * 1e3
        );
    }

    let five = Arc::new(plan(&five()));
    let took = median(|| {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(dir.path()).expect("a store");
        runtime.block_on(crowd(&engine, &five, &store));
    });
    println!(
        "{CROWD} runs at once of five steps and a message, journals on disk: {:.0} ms, {:.0} runs a second",
        took.as_secs_f64() * 1e3,
        CROWD as f64 / took.as_secs_f64()
    );
}

async fn crowd(engine: &Arc<Engine>, plan: &Arc<Plan>, store: &Store) {
    let mut runs = tokio::task::JoinSet::new();
    for number in 0..CROWD {
        let (engine, plan, store) = (Arc::clone(engine), Arc::clone(plan), store.clone());
        runs.spawn(async move {
            let id = format!("bench-{number}");
            let (_lock, journal) = store.begin(&new(&id)).expect("a new run");
            run(&engine, &plan, id, Arc::new(journal)).await;
        });
    }
    while let Some(ended) = runs.join_next().await {
        ended.expect("no panic");
    }
}

async fn run(engine: &Engine, plan: &Plan, id: String, journal: Arc<dyn Journal>) {
    let options = Options {
        run: id.into(),
        on_notify_failure: OnNotifyFailure::Stop,
        resend_unknown: false,
        lang: Lang::En,
        concurrency: 16,
        waiting: Waiting::Due,
    };
    let mut ports = Ports {
        journal,
        sink: Arc::new(Silent),
        control: None,
        owner: Owner::default(),
        mask: Arc::new(str::to_owned),
    };
    let ended = engine.run(plan, &options, &mut ports).await;
    assert_eq!(ended.expect("a journal").phase, RunPhase::Succeeded);
}

fn engine() -> Engine {
    let clock = Arc::new(SystemClock::default());
    let target = Arc::new(Sandbox::new(clock.clone()));
    Engine::new(
        vec![Arc::new(Chat), Arc::new(OamProvider::new(target.clone()))],
        target,
        clock,
    )
}

fn new(id: &str) -> NewRun {
    NewRun {
        id: id.into(),
        application: "bench".to_owned(),
        namespace: "default".to_owned(),
        manifest: None,
        origin: serde_json::value::to_raw_value(&()).expect("JSON"),
        created: Timestamp::UNIX_EPOCH,
    }
}

/// Steps in ten layers, each of which waits for two of the layer before it.
fn layers(count: u32) -> String {
    let width = count / 10;
    let mut steps = "    mode: {steps: DAG}\n    steps:\n".to_owned();
    for number in 0..count {
        let (layer, place) = (number / width, number % width);
        let before = layer.saturating_sub(1) * width;
        let (one, other) = (before + place, before + (place * 7 + 3) % width);
        let depends = match layer {
            0 => String::new(),
            _ if one == other => format!(", dependsOn: [s{one}]"),
            _ => format!(", dependsOn: [s{one}, s{other}]"),
        };
        let _ = writeln!(
            steps,
            "    - {{name: s{number}, type: print-message-in-status{depends}, properties: {{message: m}}}}"
        );
    }
    steps
}

fn five() -> String {
    let mut steps = "    steps:\n".to_owned();
    for number in 0..4 {
        let _ = writeln!(
            steps,
            "    - {{name: s{number}, type: print-message-in-status, properties: {{message: m}}}}"
        );
    }
    steps.push_str(
        "    - {name: tell, type: notification, properties: {slack: {url: {value: s}, message: {text: m}}}}\n",
    );
    steps
}

/// The plan of a workflow. A manifest has a bound that 100,000 steps exceed, so that the steps are read a part at a time.
fn plan(workflow: &str) -> Plan {
    const PART: usize = 10_000;
    let (mode, steps) = workflow.split_once("steps:\n").expect("steps");
    let lines: Vec<&str> = steps.lines().collect();
    let mut whole: Option<burgee_model::Application> = None;
    let mut sources = Sources::default();
    for part in lines.chunks(PART) {
        let text = format!(
            "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {{name: bench}}\nspec:\n  components: []\n  workflow:\n{mode}steps:\n{}\n",
            part.join("\n")
        );
        let file = sources.add("bench.yaml", text);
        let loaded = burgee_manifest::load(&sources, file);
        let read = loaded
            .manifest
            .applications()
            .next()
            .expect("an application")
            .clone();
        match &mut whole {
            None => whole = Some(read),
            Some(whole) => {
                let more = read.workflow.expect("a workflow").steps;
                whole
                    .workflow
                    .as_mut()
                    .expect("a workflow")
                    .steps
                    .extend(more);
            }
        }
    }
    let subject = Subject::from(whole.expect("steps"));
    let (plan, problems) = check(subject, &mut sources, &Silent, Purpose::Run);
    plan.unwrap_or_else(|| panic!("{problems:?}"))
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
