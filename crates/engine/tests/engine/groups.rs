//! Step groups.

use std::time::Duration;

use burgee_model::Reason;

use crate::world::{Answer, World};

const DOWN: [Answer; 1] = [Answer::Status(500, "no")];

#[test]
fn empty_group_succeeds() {
    let outcome = World::new().run("\n    steps:\n    - {name: g, type: step-group}\n");
    assert_eq!(outcome.lines(), ["run succeeded", "g succeeded"]);
}

#[test]
fn sub_steps_follow_their_dependencies_or_their_order() {
    let workflow = |mode: &str| {
        format!(
            "
    steps:
    - name: g
      type: step-group{mode}
      subSteps:
      - {{name: a, type: request, properties: {{url: 'http://a'}}}}
      - {{name: b, type: request, properties: {{url: 'http://b'}}}}
"
        )
    };
    let ten = || [Answer::After(Duration::from_secs(10))];
    let run = |mode| {
        World::new()
            .answering("http://a", ten())
            .answering("http://b", ten())
            .run(&workflow(mode))
    };
    assert_eq!(run("").seconds(), 10, "at once");
    let outcome = run("\n      mode: StepByStep");
    assert_eq!(outcome.seconds(), 20, "one after the other");
    assert_eq!(outcome.ended.state.mode, "StepByStep-DAG");
}

#[test]
fn sub_step_depends_on_a_later_one() {
    let outcome = World::new().run(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: print-message-in-status, dependsOn: [b], properties: {message: m}}
      - {name: b, type: print-message-in-status, properties: {message: m}}
",
    );
    assert_eq!(outcome.order(), ["g", "b", "a"]);
}

#[test]
fn skipped_group_skips_what_is_in_it_whatever_that_says() {
    let outcome = World::new().run(
        "
    steps:
    - name: g
      type: step-group
      if: 'false'
      subSteps:
      - {name: a, type: print-message-in-status, if: always, properties: {message: m}}
    - {name: after, type: print-message-in-status, if: status.a.skipped, properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "g skipped Skip",
            "  a skipped Skip",
            "after succeeded: m"
        ]
    );
}

#[test]
fn group_fails_with_its_sub_steps_and_what_follows_is_skipped() {
    let outcome = World::new().answering("http://down", DOWN).run(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: request, properties: {url: 'http://down'}}
      - {name: b, type: print-message-in-status, properties: {message: m}}
      - {name: c, type: print-message-in-status, dependsOn: [a], properties: {message: m}}
      - {name: d, type: print-message-in-status, dependsOn: [a], if: always, properties: {message: m}}
    - {name: after, type: print-message-in-status, properties: {message: m}}
",
    );
    let phase = |name: &str| outcome.step(name).phase.as_str();
    assert_eq!(
        ["g", "a", "b", "c", "d", "after"].map(phase),
        [
            "failed",
            "failed",
            "succeeded",
            "skipped",
            "succeeded",
            "skipped"
        ]
    );
    assert_eq!(outcome.step("g").reason.map(Reason::as_str), Some("Action"));
}

#[test]
fn group_behind_a_failure_is_skipped_with_all_that_is_in_it() {
    let outcome = World::new().answering("http://down", DOWN).run(
        "
    steps:
    - {name: s1, type: request, properties: {url: 'http://down'}}
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: print-message-in-status, properties: {message: m}}
      - {name: b, type: print-message-in-status, if: always, properties: {message: m}}
",
    );
    let phase = |name: &str| outcome.step(name).phase.as_str();
    assert_eq!(["g", "a", "b"].map(phase), ["skipped"; 3]);
}

#[test]
fn time_of_a_group_ends_what_has_not_ended_in_it() {
    let outcome = World::new()
        .answering("http://slow", [Answer::After(Duration::from_secs(100))])
        .run(
            "
    steps:
    - name: g
      type: step-group
      timeout: 5s
      subSteps:
      - {name: quick, type: print-message-in-status, properties: {message: m}}
      - {name: slow, type: request, properties: {url: 'http://slow'}}
      - {name: later, type: print-message-in-status, dependsOn: [slow], properties: {message: m}}
    - {name: after, type: print-message-in-status, if: status.g.timeout, properties: {message: m}}
",
        );
    let lines = outcome.lines();
    assert_eq!(
        lines,
        [
            "run failed",
            "g failed Timeout",
            "  quick succeeded: m",
            "  slow failed Timeout",
            "  later failed Timeout",
            "after succeeded: m",
        ]
    );
    assert_eq!(outcome.seconds(), 5);
}

#[test]
fn sub_steps_know_the_name_of_their_group() {
    let outcome = World::new().run(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - name: a
        type: print-message-in-status
        inputs: [{from: context.stepGroupName, parameterKey: message}]
    - name: s
      type: print-message-in-status
      inputs: [{from: context.stepName, parameterKey: message}]
",
    );
    assert_eq!(outcome.step("a").message, "g");
    assert_eq!(outcome.step("s").message, "s");
}
