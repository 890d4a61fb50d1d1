//! Running a part of a run again.

use burgee_engine::{RestartError, restart};
use burgee_model::{Event, RunState, VariableName};

use crate::{
    ports::Chat,
    world::{Answer, World, plan},
};

/// The names of the steps that a restart forgets.
fn forgotten(manifest: &str, state: &RunState, from: Option<&str>) -> Vec<String> {
    let event = restart(&plan(manifest), state, from, false, None).expect("it can be restarted");
    let Event::Restarted { steps, .. } = event else {
        panic!("{event:?}");
    };
    let name = |id| state.step(id).expect("a step").head.name.to_string();
    steps.iter().map(name).collect()
}

fn failed(workflow: &str) -> (String, World, RunState) {
    let mut world = World::new().answering(
        "http://down",
        [Answer::Status(500, "no"), Answer::Status(200, "{}")],
    );
    let manifest = world.application(workflow);
    let state = world.attempt(&manifest, None).expect("a journal").state;
    (manifest, world, state)
}

const LIST: &str = "
    steps:
    - name: s1
      type: print-message-in-status
      properties: {message: one}
      outputs: [{name: first, valueFrom: parameter.message}]
    - name: s2
      type: request
      properties: {url: 'http://down'}
      outputs: [{name: second, valueFrom: context.name}]
    - {name: s3, type: print-message-in-status, properties: {message: m}}
";

#[test]
fn only_a_step_that_failed_can_be_restarted_from() {
    let (manifest, _, state) = failed(LIST);
    let refused = |name| restart(&plan(&manifest), &state, Some(name), false, None);
    assert_eq!(
        refused("nobody"),
        Err(RestartError::Unknown("nobody".to_owned()))
    );
    let error = refused("s1").expect_err("it succeeded").to_string();
    assert!(error.contains("`s1` is succeeded"), "{error}");
}

#[test]
fn in_a_list_all_that_stands_behind_a_step_runs_again_with_it() {
    let (manifest, world, mut state) = failed(LIST);
    assert_eq!(forgotten(&manifest, &state, Some("s2")), ["s2", "s3"]);
    assert_eq!(forgotten(&manifest, &state, None), ["s1", "s2", "s3"]);

    let event = restart(&plan(&manifest), &state, Some("s2"), false, None).expect("it failed");
    state.apply(&burgee_model::Stamped {
        at: state.start,
        event,
    });
    let variables: Vec<&str> = state.variables.keys().map(VariableName::as_str).collect();
    assert_eq!(variables, ["first"], "what other steps left stays");
    let outcome = world.carry_on(&manifest, Some(state));
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "s1 succeeded: one",
            "s2 succeeded",
            "s3 succeeded: m"
        ]
    );
}

#[test]
fn in_a_dag_only_what_depends_on_a_step_runs_again_with_it() {
    let (manifest, world, mut state) = failed(
        "
    mode: {steps: DAG}
    steps:
    - name: s1
      type: request
      properties: {url: 'http://down'}
      outputs: [{name: said, valueFrom: context.name}]
    - {name: s2, type: print-message-in-status, properties: {message: m}}
    - {name: s3, type: print-message-in-status, dependsOn: [s1], properties: {message: m}}
    - {name: s4, type: print-message-in-status, inputs: [{from: said, parameterKey: message}]}
    - {name: s5, type: print-message-in-status, dependsOn: [s4], properties: {message: m}}
",
    );
    assert_eq!(
        forgotten(&manifest, &state, Some("s1")),
        ["s1", "s3", "s4", "s5"]
    );
    let event = restart(&plan(&manifest), &state, Some("s1"), false, None).expect("it failed");
    state.apply(&burgee_model::Stamped {
        at: state.start,
        event,
    });
    let outcome = world.carry_on(&manifest, Some(state));
    assert_eq!(outcome.ended.phase.as_str(), "succeeded");
    assert_eq!(outcome.step("s4").message, "demo");
}

#[test]
fn restarted_sub_step_takes_its_group_and_what_depends_on_either_along() {
    let (manifest, world, mut state) = failed(
        "
    steps:
    - name: g
      type: step-group
      subSteps:
      - {name: a, type: request, properties: {url: 'http://down'}}
      - {name: b, type: print-message-in-status, properties: {message: m}}
      - {name: c, type: print-message-in-status, dependsOn: [a], properties: {message: m}}
    - {name: after, type: print-message-in-status, properties: {message: m}}
",
    );
    assert_eq!(
        forgotten(&manifest, &state, Some("a")),
        ["g", "a", "c", "after"]
    );
    let event = restart(&plan(&manifest), &state, Some("a"), false, None).expect("it failed");
    state.apply(&burgee_model::Stamped {
        at: state.start,
        event,
    });
    let outcome = world.carry_on(&manifest, Some(state));
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "g succeeded",
            "  a succeeded",
            "  b succeeded: m",
            "  c succeeded: m",
            "after succeeded: m",
        ]
    );
}

#[test]
fn restarted_notification_sends_to_those_only_who_have_not_heard() {
    for (again, expected) in [
        (false, ["dingding", "slack", "slack"].as_slice()),
        (true, ["dingding", "slack", "dingding", "slack"].as_slice()),
    ] {
        let mut world = World::with_chat(Chat::refusing([None, Some("slack is down")]));
        let manifest = world.application(
            "
    steps:
    - name: both
      type: notification
      properties:
        dingding: {url: {value: d}, message: {msgtype: text, text: {content: x}}}
        slack: {url: {value: s}, message: {text: x}}
",
        );
        let mut state = world.attempt(&manifest, None).expect("a journal").state;
        let event = restart(&plan(&manifest), &state, Some("both"), again, None);
        state.apply(&burgee_model::Stamped {
            at: state.start,
            event: event.expect("it failed"),
        });
        let outcome = world.carry_on(&manifest, Some(state));
        assert_eq!(outcome.ended.phase.as_str(), "succeeded");
        let records = outcome.world.journal.kept.records();
        let sent = records.iter().filter_map(|record| match &record.event {
            Event::CallIntended { path, .. } => Some(path.as_str()),
            _ => None,
        });
        let paths: Vec<&str> = sent.collect();
        assert_eq!(paths, expected, "all channels again: {again}");
    }
}
