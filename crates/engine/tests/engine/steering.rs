//! Somebody steers a run, or comes back to one that has ended.

use std::time::Duration;

use burgee_engine::{Command, Waiting};

use crate::world::{Answer, World};

fn resume(step: Option<burgee_model::StepId>) -> Command {
    Command::Resume {
        step,
        by: None,
        reason: None,
    }
}

fn terminate() -> Command {
    Command::Terminate {
        by: None,
        reason: None,
    }
}

#[test]
fn group_that_is_resumed_by_its_name_takes_what_waits_in_it_along() {
    let mut world = World::new();
    let manifest = world.application(
        "
    mode: {steps: DAG}
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: suspend}
      - {name: b, type: suspend}
    - {name: c, type: suspend}
",
    );
    let state = world.attempt(&manifest, None).expect("a journal").state;
    let group = state.steps[0].head.id.clone();
    let outcome = world
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(1), resume(Some(group)))
        .steered(Duration::from_secs(10), Command::Leave)
        .carry_on(&manifest, Some(state));
    assert_eq!(
        outcome.lines(),
        [
            "run suspending",
            "g succeeded",
            "  a succeeded",
            "  b succeeded",
            "c suspending Suspend",
        ]
    );
}

#[test]
fn group_waits_on_while_another_of_its_sub_steps_does() {
    let mut world = World::new();
    let manifest = world.application(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: suspend}
      - {name: b, type: suspend}
",
    );
    let state = world.attempt(&manifest, None).expect("a journal").state;
    let a = state.steps[1].head.id.clone();
    let outcome = world
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(1), resume(Some(a)))
        .steered(Duration::from_secs(10), Command::Leave)
        .carry_on(&manifest, Some(state));
    assert_eq!(
        outcome.lines(),
        [
            "run suspending",
            "g suspending",
            "  a succeeded",
            "  b suspending Suspend",
        ]
    );
}

#[test]
fn resumed_suspension_with_a_duration_stays_resumed() {
    let outcome = World::new()
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(5), resume(None))
        .run("\n    steps:\n    - {name: hold, type: suspend, properties: {duration: 1h}}\n");
    assert_eq!(outcome.lines(), ["run succeeded", "hold succeeded"]);
    assert_eq!(outcome.seconds(), 5);
}

#[test]
fn terminating_keeps_the_reasons_of_what_had_failed_and_the_run_has_failed() {
    let outcome = World::new()
        .answering("http://down", [Answer::Down])
        .answering("http://slow", [Answer::After(Duration::from_secs(100))])
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(1000), terminate())
        .run(
            "
    mode: {steps: DAG}
    steps:
    - {name: tried, type: request, properties: {url: 'http://down'}}
    - {name: late, type: request, timeout: 1s, properties: {url: 'http://slow'}}
    - name: g
      type: step-group
      subSteps:
      - {name: tried-too, type: request, properties: {url: 'http://down'}}
      - {name: hold, type: suspend}
      - {name: behind, type: print-message-in-status, dependsOn: [hold], properties: {message: m}}
",
        );
    let reasons: Vec<_> = ["tried", "late", "tried-too", "hold", "behind"]
        .into_iter()
        .map(|name| outcome.step(name).reason.expect("a reason").as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "FailedAfterRetries",
            "Timeout",
            "FailedAfterRetries",
            "Terminate",
            "Skip"
        ]
    );
    assert_eq!(outcome.ended.phase.as_str(), "failed");
}

#[test]
fn step_that_is_tried_again_when_the_run_is_terminated_fails_by_that() {
    let outcome = World::new()
        .answering("http://down", [Answer::Down])
        .steered(Duration::from_secs(30), terminate())
        .run(
            "
    steps:
    - {name: tried, type: request, properties: {url: 'http://down'}}
    - {name: next, type: print-message-in-status, properties: {message: m}}
",
        );
    assert_eq!(
        outcome.lines(),
        [
            "run terminated",
            "tried failed Terminate",
            "next skipped Skip"
        ]
    );
}

#[test]
fn run_that_has_ended_stays_as_it_is_when_somebody_goes_on_with_it() {
    let manifest = "
    steps:
    - {name: hold, type: suspend}
    - {name: next, type: print-message-in-status, properties: {message: m}}
";
    let world = World::new()
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(1), terminate());
    let manifest = world.application(manifest);
    let first = world.run_manifest(&manifest);
    let lines = first.lines();
    assert_eq!(
        lines,
        [
            "run terminated",
            "hold failed Terminate",
            "next skipped Skip"
        ]
    );
    let again = first.world.carry_on(&manifest, Some(first.ended.state));
    assert_eq!(again.lines(), lines);
}

#[test]
fn suspended_run_that_is_left_says_when_it_goes_on_by_itself() {
    let due = |step: &str| {
        let steps = format!("\n    steps:\n    - {{name: hold, type: suspend{step}}}\n");
        let outcome = World::new().waiting(Waiting::No).run(&steps);
        outcome.ended.due.map(jiff::Timestamp::as_second)
    };
    assert_eq!(due(""), None);
    assert_eq!(due(", properties: {duration: 60s}"), Some(60));
    assert_eq!(due(", timeout: 30s"), Some(30));
    assert_eq!(due(", timeout: 30s, properties: {duration: 60s}"), Some(30));
    assert_eq!(due(", timeout: 90s, properties: {duration: 60s}"), Some(60));
}

#[test]
fn step_that_waits_to_be_tried_again_shows_why_and_its_list_waits_with_it() {
    let outcome = World::new()
        .answering("http://down", [Answer::Down])
        .steered(Duration::from_secs(60), Command::Leave)
        .run(
            "
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - {name: s2, type: request, properties: {url: 'http://down'}}
    - {name: s3, type: print-message-in-status, properties: {message: m}}
",
        );
    let lines = outcome.lines();
    assert_eq!(lines[..2], ["run executing", "s1 succeeded: m"]);
    assert_eq!(lines[2], "s2 running Wait: connection refused");
    assert_eq!(lines[3], "s3 pending");
}

#[test]
fn run_that_is_terminated_while_it_is_suspended_begins_nothing_without_a_condition() {
    let outcome = World::new()
        .answering("http://slow", [Answer::After(Duration::from_secs(10))])
        .waiting(Waiting::Yes)
        .steered(Duration::from_secs(5), Command::Suspend { by: None })
        .steered(Duration::from_secs(15), terminate())
        .run(
            "
    steps:
    - {name: s1, type: request, properties: {url: 'http://slow'}}
    - {name: s2, type: print-message-in-status, properties: {message: m}}
    - {name: s3, type: print-message-in-status, dependsOn: [s1], properties: {message: m}}
    - {name: s4, type: print-message-in-status, if: status.s1.succeeded, properties: {message: m}}
",
        );
    assert_eq!(
        outcome.lines(),
        [
            "run terminated",
            "s1 succeeded",
            "s2 skipped Skip",
            "s3 skipped Skip",
            "s4 succeeded: m",
        ]
    );
}
