//! A world for a run: services that answer from a script, and time that moves by itself.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use burgee_engine::{
    Command, Ended, Engine, Memory, OnNotifyFailure, Options, Owner, Plan, Ports, Purpose, Subject,
    VirtualClock, Waiting, check, control, run_virtually,
};
use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Clock, Event, EventSink, Journal,
    JournalError, Provider, RunState, Stamped, StepState,
};
use burgee_source::{Kind, Lang, Node, Number, Sources};
use burgee_target::OamProvider;
use jiff::Timestamp;

use crate::ports::{Chat, NoLint, SlowTarget};

/// How a service answers a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// With a status and a body.
    Status(i64, &'static str),
    /// Not at all, and nothing had left.
    Down,
    /// Not before so much time has passed.
    After(Duration),
}

/// The provider `http`: answers each URL from its list, the last answer for ever; 200 where there is none.
pub(crate) struct Web {
    clock: Arc<VirtualClock>,
    answers: Mutex<HashMap<String, VecDeque<Answer>>>,
    asked: Mutex<Vec<String>>,
}

/// A journal that takes so many records, and then the process is gone.
pub(crate) struct Doomed {
    pub(crate) kept: Memory,
    pub(crate) left: Mutex<usize>,
}

impl Journal for Doomed {
    fn append(&self, record: &Stamped) -> Result<(), JournalError> {
        let mut left = lock(&self.left);
        if *left == 0 {
            return Err(JournalError {
                message: "gone".to_owned(),
            });
        }
        *left -= 1;
        self.kept.append(record)
    }

    fn sync(&self) -> BoxFuture<'_, Result<(), JournalError>> {
        match *lock(&self.left) {
            0 => Box::pin(std::future::ready(Err(JournalError {
                message: "gone".to_owned(),
            }))),
            _ => self.kept.sync(),
        }
    }
}

/// Everything that a run meets.
pub(crate) struct World {
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) web: Arc<Web>,
    pub(crate) journal: Arc<Doomed>,
    pub(crate) options: Options,
    engine: Engine,
    commands: Vec<(Duration, Command)>,
    annotations: &'static str,
}

/// How a run ended.
pub(crate) struct Outcome {
    pub(crate) ended: Ended,
    pub(crate) world: World,
}

struct Silent;

impl EventSink for Silent {
    fn emit(&self, _: &Stamped, _: &RunState) {}
}

// === impl World ===

impl World {
    pub(crate) fn new() -> Self {
        Self::with_chat(Chat::default())
    }

    pub(crate) fn with_chat(chat: Chat) -> Self {
        Self::with(chat, SlowTarget::healthy_at_look(3))
    }

    pub(crate) fn with(chat: Chat, target: SlowTarget) -> Self {
        let clock = Arc::new(VirtualClock::default());
        let web = Arc::new(Web {
            clock: clock.clone(),
            answers: Mutex::default(),
            asked: Mutex::default(),
        });
        let target = Arc::new(target);
        let engine = Engine::new(
            vec![
                web.clone(),
                Arc::new(chat),
                Arc::new(OamProvider::new(target.clone())),
            ],
            target,
            clock.clone(),
        );
        Self {
            clock,
            web,
            journal: Arc::new(Doomed {
                kept: Memory::default(),
                left: Mutex::new(usize::MAX),
            }),
            options: Options {
                run: "demo-1".into(),
                on_notify_failure: OnNotifyFailure::Stop,
                resend_unknown: false,
                lang: Lang::En,
                concurrency: 16,
                waiting: Waiting::Due,
            },
            engine,
            commands: Vec::new(),
            annotations: "{}",
        }
    }

    /// The answers of one URL, in order.
    pub(crate) fn answering(self, url: &str, answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = answers.into_iter().collect();
        lock(&self.web.answers).insert(url.to_owned(), answers);
        self
    }

    /// Somebody steers the run when so much time has passed.
    pub(crate) fn steered(mut self, after: Duration, command: Command) -> Self {
        self.commands.push((after, command));
        self
    }

    pub(crate) fn waiting(mut self, waiting: Waiting) -> Self {
        self.options.waiting = waiting;
        self
    }

    pub(crate) fn annotated(mut self, annotations: &'static str) -> Self {
        self.annotations = annotations;
        self
    }

    /// Runs an application whose workflow this is: `steps`, and `mode` where it is given.
    pub(crate) fn run(self, workflow: &str) -> Outcome {
        let manifest = self.application(workflow);
        self.run_manifest(&manifest)
    }

    pub(crate) fn application(&self, workflow: &str) -> String {
        let annotations = self.annotations;
        format!(
            "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {{name: demo, namespace: prod, annotations: {annotations}}}
spec:
  components:
  - name: web
    type: webservice
    properties: {{image: nginx}}
  workflow:{workflow}"
        )
    }

    pub(crate) fn run_manifest(self, manifest: &str) -> Outcome {
        self.carry_on(manifest, None)
    }

    /// Goes on with what a journal says, or begins.
    pub(crate) fn carry_on(mut self, manifest: &str, state: Option<RunState>) -> Outcome {
        let ended = self
            .attempt(manifest, state)
            .expect("the journal takes everything");
        Outcome { ended, world: self }
    }

    /// The same; an error where the journal was doomed.
    pub(crate) fn attempt(
        &mut self,
        manifest: &str,
        state: Option<RunState>,
    ) -> Result<Ended, JournalError> {
        let plan = plan(manifest);
        let (steer, heard) = control();
        let mut ports = Ports {
            journal: self.journal.clone(),
            sink: Arc::new(Silent),
            control: Some(heard),
            owner: Owner::default(),
            mask: Arc::new(str::to_owned),
        };
        let commands = std::mem::take(&mut self.commands);
        let clock = self.clock.clone();
        let person = async move {
            for (after, command) in commands {
                clock.sleep(after).await;
                // A run that has ended hears nothing.
                let _ = steer.unbounded_send(command.into());
            }
        };
        let run = async {
            match state {
                None => self.engine.run(&plan, &self.options, &mut ports).await,
                Some(state) => {
                    let resumed =
                        self.engine
                            .resume(&plan, &self.options, &mut ports, state, Vec::new());
                    resumed.await
                }
            }
        };
        let both = async { futures_util::future::join(run, person).await.0 };
        run_virtually(&self.clock, both).unwrap_or_else(|| {
            panic!(
                "it never ends:\n{manifest}\n{:#?}",
                self.journal.kept.records()
            )
        })
    }
}

/// The plan of a manifest without errors.
pub(crate) fn plan(manifest: &str) -> Plan {
    let mut sources = Sources::default();
    let file = sources.add("app.yaml", manifest);
    let loaded = burgee_manifest::load(&sources, file);
    let mut problems = loaded.diagnostics;
    let subject = Subject::all(&loaded.manifest, &mut problems).remove(0);
    let (plan, found) = check(subject, &mut sources, &NoLint, Purpose::Run);
    plan.unwrap_or_else(|| panic!("{manifest}\n{problems:?} {found:?}"))
}

/// The state that records lead to.
pub(crate) fn fold(records: &[Stamped]) -> Option<RunState> {
    let (first, rest) = records.split_first()?;
    let mut state = RunState::begin(first)?;
    for record in rest {
        state.apply(record);
    }
    Some(state)
}

// === impl Outcome ===

impl Outcome {
    /// The phase of the run and of each step, a line each: `s2 failed Execute: why`.
    pub(crate) fn lines(&self) -> Vec<String> {
        let state = &self.ended.state;
        let steps = state.steps.iter().map(step_line);
        std::iter::once(format!("run {}", state.phase))
            .chain(steps)
            .collect()
    }

    /// The steps in the order in which they first ran.
    pub(crate) fn order(&self) -> Vec<String> {
        let records = self.world.journal.kept.records();
        let mut order: Vec<String> = Vec::new();
        for record in records {
            if let Event::StepStarted { step, .. } = record.event {
                let name = self
                    .ended
                    .state
                    .step(&step)
                    .expect("a step")
                    .head
                    .name
                    .to_string();
                if !order.contains(&name) {
                    order.push(name);
                }
            }
        }
        order
    }

    /// Seconds from the begin of the run to its end.
    pub(crate) fn seconds(&self) -> i64 {
        let now = self.world.clock.now();
        now.duration_since(Timestamp::UNIX_EPOCH).as_secs()
    }

    pub(crate) fn step(&self, name: &str) -> &StepState {
        let mut steps = self.ended.state.steps.iter();
        steps
            .find(|step| step.head.name.as_str() == name)
            .expect("a step of that name")
    }
}

fn step_line(step: &StepState) -> String {
    let indent = if step.group.is_some() { "  " } else { "" };
    let mut line = format!("{indent}{} {}", step.head.name, step.phase);
    if let Some(reason) = step.reason {
        line.push_str(&format!(" {reason}"));
    }
    if !step.message.is_empty() {
        line.push_str(&format!(": {}", step.message));
    }
    line
}

// === impl Web ===

impl Web {
    /// The URLs that were asked, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        lock(&self.asked).clone()
    }

    fn answer(&self, url: &str) -> Answer {
        let mut answers = lock(&self.answers);
        match answers.get_mut(url) {
            Some(list) if list.len() > 1 => list.pop_front(),
            Some(list) => list.front().cloned(),
            None => None,
        }
        .unwrap_or(Answer::Status(200, "{}"))
    }
}

impl Provider for Web {
    fn name(&self) -> &'static str {
        "http"
    }

    fn kind(&self, action: &str) -> CallKind {
        match action {
            "get" => CallKind::Observe,
            _ => CallKind::Once,
        }
    }

    fn call<'a>(
        &'a self,
        _: &'a CallContext,
        call: &'a Call,
        _: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(async move {
            let url = call.params.get_str("url").expect("a URL").value.to_owned();
            lock(&self.asked).push(url.clone());
            match self.answer(&url) {
                Answer::Down => Err(CallError::transient("connection refused")),
                Answer::Status(status, body) => Ok(reply(status, body)),
                Answer::After(time) => {
                    self.clock.sleep(time).await;
                    Ok(reply(200, "{}"))
                }
            }
        })
    }
}

fn reply(status: i64, body: &str) -> Node {
    Node::map([
        ("body", Node::string(body)),
        ("header", Node::map([])),
        ("statusCode", Kind::Number(Number::from(status)).into()),
    ])
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
