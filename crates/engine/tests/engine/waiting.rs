//! Suspension, time limits and retries.

use std::time::Duration;

use burgee_engine::{Command, Waiting};
use burgee_model::{CallEnd, Event, RunPhase, Stamped};

use crate::{
    ports::{Chat, SlowTarget},
    world::{Answer, World, fold},
};

const SUSPEND: &str = "
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - {name: hold, type: suspend}
    - {name: s3, type: print-message-in-status, properties: {message: m}}
";

fn resume() -> Command {
    Command::Resume {
        step: None,
        by: Some("ann".to_owned()),
        reason: None,
    }
}

#[test]
fn suspended_run_is_left_where_it_waits_for_somebody() {
    let outcome = World::new().run(SUSPEND);
    assert_eq!(
        outcome.lines(),
        [
            "run suspending",
            "s1 succeeded: m",
            "hold suspending Suspend",
            "s3 pending"
        ]
    );
    assert!(outcome.ended.state.report().suspend);
    assert_eq!(outcome.ended.due, None);
}

#[test]
fn resumed_run_goes_on_behind_the_suspension() {
    let world = World::new()
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(60), resume());
    let outcome = world.run(SUSPEND);
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "s1 succeeded: m",
            "hold succeeded",
            "s3 succeeded: m"
        ]
    );
    assert_eq!(outcome.seconds(), 60);
}

#[test]
fn suspension_with_a_duration_ends_by_itself() {
    let workflow = "
    steps:
    - {name: hold, type: suspend, properties: {duration: 24h, message: until tomorrow}}
    - {name: s2, type: print-message-in-status, properties: {message: m}}
";
    let outcome = World::new().run(workflow);
    assert_eq!(
        outcome.lines(),
        ["run succeeded", "hold succeeded", "s2 succeeded: m"]
    );
    assert_eq!(outcome.seconds(), 24 * 3600);

    let left = World::new().waiting(Waiting::No).run(workflow);
    assert_eq!(left.lines()[1], "hold suspending Suspend: until tomorrow");
    let due = left.ended.due.expect("a time at which it goes on");
    assert_eq!(due.to_string(), "1970-01-02T00:00:00Z");
}

#[test]
fn suspended_sub_step_suspends_its_group_and_siblings_run() {
    let outcome = World::new().run(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: hold, type: suspend}
      - {name: other, type: print-message-in-status, properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run suspending",
            "g suspending",
            "  hold suspending Suspend",
            "  other succeeded: m",
        ]
    );
}

#[test]
fn only_the_named_step_is_resumed() {
    let mut world = World::new();
    let manifest = world.application(
        "
    mode: {steps: DAG}
    steps:
    - {name: a, type: suspend}
    - {name: b, type: suspend}
",
    );
    let state = world.attempt(&manifest, None).expect("a journal").state;
    let b = state.steps[1].head.id.clone();
    let resumed = Command::Resume {
        step: Some(b),
        by: None,
        reason: None,
    };
    let world = world
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(1), resumed)
        .steered(Duration::from_secs(10), Command::Leave);
    let outcome = world.carry_on(&manifest, Some(state));
    assert_eq!(
        outcome.lines(),
        ["run suspending", "a suspending Suspend", "b succeeded"]
    );
}

#[test]
fn run_that_is_left_hears_the_answer_of_a_call_that_others_see() {
    let slow = "http://slow";
    let mut world = World::new()
        .answering(slow, [Answer::After(Duration::from_secs(100))])
        .steered(Duration::from_secs(10), Command::Leave);
    let manifest = world.application(
        "
    steps:
    - {name: slow, type: request, properties: {url: 'http://slow', method: POST, body: {count: 1}}}
    - {name: next, type: print-message-in-status, properties: {message: m}}
",
    );
    let state = world.attempt(&manifest, None).expect("a journal").state;
    let ends: Vec<_> = state.steps[0].calls.values().map(|it| &it.end).collect();
    assert!(matches!(ends[..], [Some(CallEnd::Result(_))]), "{ends:?}");
    let outcome = world.carry_on(&manifest, Some(state));
    assert_eq!(
        outcome.lines(),
        ["run succeeded", "slow succeeded", "next succeeded: m"]
    );
    assert_eq!(outcome.world.web.asked(), [slow]);
}

#[test]
fn objects_that_are_gone_with_their_process_are_applied_again() {
    let in_memory = || World::with(Chat::default(), SlowTarget::in_memory());
    let mut world = in_memory();
    let manifest = world.application(
        "
    steps:
    - {name: web, type: apply-component, properties: {component: web}}
",
    );
    let first = world.attempt(&manifest, None).expect("a journal");
    assert_eq!(first.phase, RunPhase::Succeeded);
    let records = world.journal.kept.records();
    let applied = |record: &Stamped| matches!(record.event, Event::CallFinished { .. });
    let until = records.iter().position(applied).expect("it is applied");
    let state = fold(&records[..=until]);
    let outcome = in_memory().carry_on(&manifest, state);
    assert_eq!(outcome.lines(), ["run succeeded", "web succeeded"]);
}

#[test]
fn time_limit_ends_a_suspension() {
    let outcome = World::new().run(
        "
    steps:
    - {name: hold, type: suspend, timeout: 30s}
    - {name: next, type: print-message-in-status, properties: {message: m}}
    - {name: told, type: print-message-in-status, if: status.hold.timeout, properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run failed",
            "hold failed Timeout",
            "next skipped Skip",
            "told succeeded: m"
        ]
    );
    assert_eq!(outcome.seconds(), 30);
}

#[test]
fn time_limit_ends_a_call_and_its_outputs_are_there_as_far_as_they_can_be() {
    let outcome = World::new()
        .answering("http://slow", [Answer::After(Duration::from_secs(100))])
        .run(
            "
    steps:
    - name: slow
      type: request
      timeout: 1s
      properties: {url: 'http://slow'}
      outputs: [{name: output, valueFrom: context.name}]
    - name: next
      type: print-message-in-status
      if: inputs.output == \"demo\"
      inputs: [{from: output}]
      properties: {message: m}
",
        );
    assert_eq!(
        outcome.lines(),
        ["run failed", "slow failed Timeout", "next succeeded: m"]
    );
}

#[test]
fn step_whose_calls_may_work_later_is_tried_eleven_times() {
    let outcome = World::new().answering("http://down", [Answer::Down]).run(
        "
    steps:
    - {name: s1, type: request, properties: {url: 'http://down'}}
    - {name: s2, type: print-message-in-status, properties: {message: m}}
",
    );
    assert_eq!(outcome.lines()[0], "run failed");
    assert!(
        outcome.lines()[1].starts_with("s1 failed FailedAfterRetries: "),
        "{:?}",
        outcome.lines()
    );
    assert_eq!(outcome.lines()[2], "s2 skipped Skip");
    assert_eq!(outcome.step("s1").attempt, 11);
    assert_eq!(outcome.world.web.asked().len(), 11);
    // 2^n * 0.05 s in whole seconds, one at least: 1 1 1 1 1 3 6 12 25 51.
    assert_eq!(outcome.seconds(), 102);
}

#[test]
fn time_limit_ends_a_step_in_the_pause_between_two_attempts() {
    let outcome = World::new().answering("http://down", [Answer::Down]).run(
        "
    steps:
    - {name: s1, type: request, timeout: 20s, properties: {url: 'http://down'}}
    - {name: s2, type: print-message-in-status, if: status.s1.timeout, properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        ["run failed", "s1 failed Timeout", "s2 succeeded: m"]
    );
    // The pauses are 1 1 1 1 1 3 6 12: the limit is over within the last of them.
    assert_eq!(outcome.seconds(), 20);
    assert_eq!(outcome.step("s1").attempt, 8);
}

#[test]
fn failure_that_will_not_pass_is_not_tried_again() {
    use burgee_model::Reason;

    use crate::ports::Chat;

    let outcome = World::with_chat(Chat::refusing([Some("refused")])).run(
        "
    steps:
    - {name: tell, type: notification, properties: {slack: {url: {value: s}, message: {text: m}}}}
",
    );
    let step = outcome.step("tell");
    assert_eq!((step.reason, step.attempt), (Some(Reason::Execute), 1));
    assert_eq!(outcome.ended.phase.as_str(), "failed");
    assert_eq!(outcome.seconds(), 0);
}

#[test]
fn component_is_applied_only_when_the_suspension_before_it_is_over() {
    let workflow = "
    steps:
    - {name: hold, type: suspend}
    - {name: deploy, type: apply-component, properties: {component: web}}
";
    let applied = |outcome: &crate::world::Outcome| {
        let records = outcome.world.journal.kept.records();
        let mut records = records.iter();
        records.any(|record| matches!(record.event, burgee_model::Event::ObjectApplied { .. }))
    };
    assert!(!applied(&World::new().run(workflow)));
    let world = World::new()
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(1), resume());
    assert!(applied(&world.run(workflow)));
}

#[test]
fn step_that_works_at_a_later_attempt_succeeds() {
    let answers = [
        Answer::Down,
        Answer::Down,
        Answer::Status(200, "{\"ok\": 1.50}"),
    ];
    let outcome = World::new().answering("http://shaky", answers).run(
        "
    steps:
    - name: s1
      type: request
      properties: {url: 'http://shaky'}
      outputs: [{name: ok, valueFrom: response.ok}]
",
    );
    assert_eq!(outcome.lines(), ["run succeeded", "s1 succeeded"]);
    assert_eq!(outcome.step("s1").attempt, 3);
    let ok = &outcome.ended.state.variables[0].value;
    assert_eq!(ok.0.to_json_text(), "1.50");
}

#[test]
fn terminated_run_ends_what_is_under_way_and_skips_the_rest_but_always() {
    let world = World::new().waiting(Waiting::Yes).steered(
        Duration::from_secs(5),
        Command::Terminate {
            by: None,
            reason: None,
        },
    );
    let outcome = world.run(
        "
    steps:
    - {name: hold, type: suspend}
    - {name: s2, type: print-message-in-status, properties: {message: m}}
    - {name: s3, type: print-message-in-status, if: always, properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run terminated",
            "hold failed Terminate",
            "s2 skipped Skip",
            "s3 succeeded: m",
        ]
    );
    assert!(!outcome.ended.state.report().suspend);
}

#[test]
fn run_that_somebody_suspends_begins_nothing_until_it_is_resumed() {
    let world = World::new()
        .answering("http://slow", [Answer::After(Duration::from_secs(10))])
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(5), Command::Suspend { by: None })
        .steered(Duration::from_secs(100), resume());
    let outcome = world.run(
        "
    steps:
    - {name: s1, type: request, properties: {url: 'http://slow'}}
    - {name: s2, type: print-message-in-status, properties: {message: m}}
",
    );
    assert_eq!(outcome.ended.phase.as_str(), "succeeded");
    let begun = outcome.step("s2").first_execute_time.expect("it ran");
    assert_eq!(begun.as_second(), 105);
}
