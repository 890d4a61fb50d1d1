//! Random workflows in a random world, and what must hold of every run.
//!
//! `BURGEE_SIMULATE_RUNS` says how many; a run that does not hold is named by its seed.

use std::{collections::HashMap, fmt::Write as _, time::Duration};

use burgee_engine::{Command, PlannedKind, Waiting};
use burgee_model::{
    CallEnd, CallFailure, CallKey, CallKind, Event, RunPhase, Stamped, StepId, StepPhase,
};
use fastrand::Rng;

use crate::{
    ports::Chat,
    world::{Answer, World, fold, plan},
};

/// Enough to meet every rule, few enough for every build.
const RUNS: u64 = 2000;

/// A manifest, and how the world behaves towards it.
struct Scene {
    manifest: String,
    world: World,
}

/// Writes a workflow.
struct Writer<'r> {
    rng: &'r mut Rng,
    out: String,
    /// The steps so far, in an order in which they may depend on each other.
    names: Vec<String>,
    /// What they leave.
    variables: Vec<String>,
    count: usize,
}

impl Writer<'_> {
    fn one_in(&mut self, n: u32) -> bool {
        self.rng.u32(..n) == 0
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of[self.rng.usize(..of.len())]
    }

    fn earlier(&mut self) -> Option<String> {
        match self.names.len() {
            0 => None,
            count => Some(self.names[self.rng.usize(..count)].clone()),
        }
    }

    /// A step; sub-steps are no groups.
    fn step(&mut self, indent: usize, may_group: bool) {
        let name = format!("s{}", self.count);
        self.count += 1;
        let pad = " ".repeat(indent);
        let kinds = ["print", "print", "get", "post", "tell", "hold", "group"];
        let kind = kinds[self.rng.usize(..if may_group { 7 } else { 6 })];
        let _ = writeln!(self.out, "{pad}- name: {name}");
        let pad = " ".repeat(indent + 2);
        let body = match kind {
            "print" => "type: print-message-in-status\n  properties: {message: m}".to_owned(),
            "get" => format!("type: request\n  properties: {{url: 'http://{name}'}}"),
            "post" => {
                format!("type: request\n  properties: {{url: 'http://{name}', method: POST}}")
            }
            "tell" => {
                "type: notification\n  properties: {slack: {url: {value: s}, message: {text: m}}}"
                    .to_owned()
            }
            "hold" if self.one_in(2) => "type: suspend\n  properties: {duration: 30s}".to_owned(),
            "hold" => "type: suspend".to_owned(),
            _ => format!(
                "type: step-group\n  mode: {}",
                self.pick(&["DAG", "StepByStep"])
            ),
        };
        for line in body.lines() {
            let _ = writeln!(self.out, "{pad}{}", line.trim_start());
        }
        if self.one_in(4) {
            let limit = self.pick(&["1s", "20s", "2m"]);
            let _ = writeln!(self.out, "{pad}timeout: {limit}");
        }
        let earlier = self.earlier();
        match (self.rng.u32(..8), earlier) {
            (0, _) => {
                let _ = writeln!(self.out, "{pad}if: always");
            }
            (1, _) => {
                let _ = writeln!(self.out, "{pad}if: 'false'");
            }
            // It is known only when it is asked.
            (2, _) if self.one_in(2) => {
                let _ = writeln!(self.out, "{pad}if: parameter.absent == 1");
            }
            (2 | 3, Some(other)) => {
                let what = self.pick(&["failed", "succeeded", "skipped", "timeout"]);
                let _ = writeln!(self.out, "{pad}if: status.{other}.{what}");
            }
            _ => {}
        }
        if let Some(other) = self.earlier()
            && self.one_in(3)
        {
            let _ = writeln!(self.out, "{pad}dependsOn: [{other}]");
        }
        if let Some(variable) = self.variables.last().cloned()
            && self.one_in(3)
        {
            let _ = writeln!(self.out, "{pad}inputs: [{{from: {variable}}}]");
        }
        if self.one_in(3) && kind != "group" {
            let variable = format!("v{}", self.count);
            let _ = writeln!(
                self.out,
                "{pad}outputs: [{{name: {variable}, valueFrom: context.stepName}}]"
            );
            self.variables.push(variable);
        }
        if kind == "group" {
            let count = self.rng.usize(..4);
            let _ = writeln!(
                self.out,
                "{pad}subSteps:{}",
                if count == 0 { " []" } else { "" }
            );
            // What is inside may not depend on its own group.
            for _ in 0..count {
                self.step(indent + 2, false);
            }
        }
        self.names.push(name);
    }
}

fn scene(seed: u64) -> Scene {
    let mut rng = Rng::with_seed(seed);
    let mut world = World::with_chat(Chat::refusing(
        (0..8)
            .map(|_| (rng.u32(..4) == 0).then_some("refused"))
            .collect::<Vec<_>>(),
    ));
    let mode = ["StepByStep", "DAG"][rng.usize(..2)];
    let count = rng.usize(1..8);
    let mut writer = Writer {
        rng: &mut rng,
        out: String::new(),
        names: Vec::new(),
        variables: Vec::new(),
        count: 0,
    };
    for _ in 0..count {
        writer.step(4, true);
    }
    let (steps, made) = (writer.out, writer.count);
    let manifest = world.application(&format!(
        "\n    mode: {{steps: {mode}}}\n    steps:\n{steps}"
    ));
    for place in 0..made {
        let answers = (0..rng.usize(1..4)).map(|_| match rng.u32(..6) {
            0 => Answer::Down,
            1 => Answer::Status(503, "no"),
            2 => Answer::After(Duration::from_secs(rng.u64(1..60))),
            _ => Answer::Status(200, "{}"),
        });
        let answers: Vec<Answer> = answers.collect();
        world = world.answering(&format!("http://s{place}"), answers);
    }
    world.options.concurrency = rng.usize(1..5);
    if rng.u32(..2) == 0 {
        world = world.waiting(Waiting::Yes);
        if rng.u32(..4) == 0 {
            let command = Command::Terminate {
                by: None,
                reason: None,
            };
            world = world.steered(Duration::from_secs(rng.u64(..60)), command);
        }
        for _ in 0..20 {
            let command = Command::Resume {
                step: None,
                by: None,
                reason: None,
            };
            world = world.steered(Duration::from_secs(50), command);
        }
        world = world.steered(Duration::from_secs(50), Command::Leave);
    }
    Scene { manifest, world }
}

fn run(seed: u64) -> (String, Vec<Stamped>) {
    fastrand::seed(seed);
    let Scene {
        manifest,
        mut world,
    } = scene(seed);
    let ended = world
        .attempt(&manifest, None)
        .expect("the journal takes everything");
    let records = world.journal.kept.records();
    assert_eq!(fold(&records).as_ref(), Some(&ended.state), "seed {seed}");
    holds(seed, &manifest, &records);
    (manifest, records)
}

/// What must hold of every journal.
fn holds(seed: u64, manifest: &str, records: &[Stamped]) {
    let plan = plan(manifest);
    let state = fold(records).expect("a run");
    let told = |what: &str| format!("seed {seed}: {what}\n{manifest}\n{records:#?}");
    let place = |id: &StepId| state.place(id).expect("a step of the run");
    let mut ended: HashMap<usize, StepPhase> = HashMap::new();
    let mut begun: HashMap<usize, u32> = HashMap::new();
    // Whether each call that others see may be made once more: when it had failed and left nothing behind.
    let mut made: HashMap<&CallKey, bool> = HashMap::new();
    for record in records {
        match &record.event {
            Event::StepStarted { step, attempt } => {
                let at = place(step);
                assert!(!ended.contains_key(&at), "{}", told("begun behind its end"));
                if *attempt == 1 {
                    assert!(!begun.contains_key(&at), "{}", told("begun twice"));
                    for other in &plan.steps[at].after {
                        assert!(ended.contains_key(other), "{}", told("begun too early"));
                    }
                    if let Some(group) = plan.steps[at].group {
                        assert!(
                            begun.contains_key(&group),
                            "{}",
                            told("begun before its group")
                        );
                    }
                }
                begun.insert(at, *attempt);
            }
            Event::StepFinished { step, phase, .. } => {
                let before = ended.insert(place(step), *phase);
                assert!(before.is_none(), "{}", told("ended twice"));
                assert!(phase.is_finished(), "{}", told("ended unfinished"));
            }
            Event::CallIntended { key, kind, .. } if *kind == CallKind::Once => {
                let before = made.insert(key, false);
                assert!(
                    before != Some(false),
                    "{}",
                    told("a message was sent twice")
                );
            }
            Event::CallFinished { key, end, .. } => {
                let passes =
                    matches!(end, CallEnd::Failed(error) if error.class == CallFailure::Transient);
                made.insert(key, passes);
            }
            _ => {}
        }
    }
    for (at, planned) in plan.steps.iter().enumerate() {
        let PlannedKind::Group { steps, .. } = &planned.kind else {
            continue;
        };
        if ended.contains_key(&at) {
            let mut inside = steps.clone();
            assert!(
                inside.all(|sub| ended.contains_key(&sub)),
                "{}",
                told("a group ended early")
            );
        }
    }
    match state.phase {
        RunPhase::Succeeded | RunPhase::Failed | RunPhase::Terminated => {
            assert_eq!(
                ended.len(),
                plan.steps.len(),
                "{}",
                told("ended before its steps")
            );
        }
        RunPhase::Suspending => {
            assert!(
                state.suspended.is_some()
                    || state.steps.iter().any(|step| step.suspended.is_some()),
                "{}",
                told("nothing is suspended")
            );
        }
        RunPhase::Initializing | RunPhase::Executing => {
            assert!(
                state.steps.iter().all(|step| step.suspended.is_none()),
                "{}",
                told("left")
            );
        }
    }
}

fn runs() -> u64 {
    let given = std::env::var("BURGEE_SIMULATE_RUNS").ok();
    given.map_or(RUNS, |text| text.parse().expect("a number of runs"))
}

fn first() -> u64 {
    let given = std::env::var("BURGEE_SIMULATE_SEED").ok();
    given.map_or(0, |text| text.parse().expect("a seed"))
}

#[test]
fn every_random_run_keeps_the_rules() {
    for seed in first()..first() + runs() {
        run(seed);
    }
}

#[test]
fn same_seed_gives_the_same_journal() {
    for seed in first()..first() + runs() / 20 {
        assert_eq!(run(seed).1, run(seed).1, "seed {seed}");
    }
}

#[test]
fn run_that_is_cut_off_at_any_record_goes_on_and_tells_nobody_twice() {
    for seed in first()..first() + runs() / 40 {
        let whole = run(seed).1.len();
        for cut in 1..whole {
            fastrand::seed(seed);
            let Scene {
                manifest,
                mut world,
            } = scene(seed);
            *world.journal.left.lock().expect("no panic") = cut;
            let told = format!("seed {seed}, cut at {cut}\n{manifest}");
            if world.attempt(&manifest, None).is_ok() {
                continue;
            }
            let state = fold(&world.journal.kept.records()).expect("a run");
            *world.journal.left.lock().expect("no panic") = usize::MAX;
            // Nobody is there any more to steer it.
            world.options.waiting = Waiting::Due;
            let ended = world.attempt(&manifest, Some(state));
            let ended = ended.expect("the journal takes everything");
            let records = world.journal.kept.records();
            assert_eq!(fold(&records).as_ref(), Some(&ended.state), "{told}");
            holds(seed, &manifest, &records);
        }
    }
}
