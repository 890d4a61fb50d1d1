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
    let of_the_run = format!("\n    mode: {{subSteps: StepByStep}}{}", workflow(""));
    let outcome = World::new()
        .answering("http://a", ten())
        .answering("http://b", ten())
        .run(&of_the_run);
    assert_eq!(
        outcome.seconds(),
        20,
        "the mode of the workflow counts for groups without one"
    );
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
    let ids = |name: &str| outcome.step(name).head.id.clone();
    assert_ne!(ids("a"), ids("s"), "each has an id of its own");
}

#[test]
fn group_that_always_runs_fails_by_the_first_of_the_reasons_of_its_sub_steps() {
    let outcome = World::new()
        .answering("http://down", DOWN)
        .answering("http://away", [Answer::Down])
        .run(
            "
    steps:
    - {name: s1, type: request, properties: {url: 'http://down'}}
    - name: g
      type: step-group
      if: always
      subSteps:
      - {name: refused, type: request, properties: {url: 'http://down'}}
      - {name: tried, type: request, properties: {url: 'http://away'}}
      - {name: runs, type: print-message-in-status, if: always, properties: {message: m}}
    - {name: after, type: print-message-in-status, properties: {message: m}}
",
        );
    let seen = |name: &str| {
        let step = outcome.step(name);
        (
            step.phase.as_str(),
            step.reason.map_or("", |it| it.as_str()),
        )
    };
    assert_eq!(
        ["g", "refused", "tried", "runs", "after"].map(seen),
        [
            ("failed", "FailedAfterRetries"),
            ("failed", "Action"),
            ("failed", "FailedAfterRetries"),
            ("succeeded", ""),
            ("skipped", "Skip"),
        ]
    );
    assert_eq!(outcome.ended.phase.as_str(), "failed");
}

#[test]
fn sub_steps_ask_about_each_other_and_take_each_others_outputs() {
    let outcome = World::new()
        .answering("http://slow", [Answer::After(Duration::from_secs(100))])
        .run(
            "
    steps:
    - name: g
      type: step-group
      subSteps:
      - name: sub1
        type: print-message-in-status
        if: status.sub2.timeout
        inputs: [{from: said, parameterKey: message}]
      - name: sub2
        type: request
        timeout: 1s
        properties: {url: 'http://slow'}
        outputs: [{name: said, valueFrom: context.stepGroupName}]
      - {name: sub3, type: print-message-in-status, if: status.sub2.succeeded, properties: {message: m}}
",
        );
    assert_eq!(
        outcome.lines(),
        [
            "run failed",
            "g failed Timeout",
            "  sub1 succeeded: g",
            "  sub2 failed Timeout",
            "  sub3 skipped Skip",
        ]
    );
}

#[test]
fn sub_steps_with_limits_of_their_own_fail_their_group_by_them() {
    let workflow = "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: hold, type: suspend, timeout: 20s}
      - {name: slow, type: request, timeout: 10s, properties: {url: 'http://slow'}}
";
    let world = || World::new().answering("http://slow", [Answer::After(Duration::from_secs(100))]);
    let outcome = world().run(workflow);
    assert_eq!(
        outcome.lines(),
        [
            "run failed",
            "g failed Timeout",
            "  hold failed Timeout",
            "  slow failed Timeout",
        ]
    );
    assert_eq!(outcome.seconds(), 20);

    let left = world()
        .steered(Duration::from_secs(15), burgee_engine::Command::Leave)
        .run(workflow);
    assert_eq!(
        left.lines(),
        [
            "run suspending",
            "g suspending",
            "  hold suspending Suspend",
            "  slow failed Timeout",
        ]
    );
}

#[test]
fn group_whose_sub_steps_were_all_skipped_is_skipped() {
    let outcome = World::new().run(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: print-message-in-status, if: 'false', properties: {message: m}}
      - {name: b, type: print-message-in-status, if: 'false', properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "g skipped Skip",
            "  a skipped Skip",
            "  b skipped Skip"
        ]
    );
}
