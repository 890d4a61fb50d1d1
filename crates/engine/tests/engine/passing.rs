//! What steps hand on: outputs, variables, inputs.

use burgee_model::{Reason, StepPhase};

use crate::world::{Answer, World};

const BODY: &str = r#"{"score": 99.50, "list": ["a"]}"#;

fn asked(outputs: &str, reader: &str) -> crate::world::Outcome {
    World::new()
        .answering("http://a", [Answer::Status(200, BODY)])
        .run(&format!(
            "
    steps:
    - name: ask
      type: request
      properties: {{url: 'http://a'}}
      outputs: [{outputs}]
    - {{name: read, type: print-message-in-status, {reader}}}
"
        ))
}

#[test]
fn value_of_a_deployment_reaches_a_consumer_that_stands_before_it_in_a_dag() {
    let outcome = World::new().run(
        "
    mode: {steps: DAG}
    steps:
    - name: tell
      type: print-message-in-status
      inputs: [{from: said, parameterKey: message}]
    - name: deploy
      type: apply-component
      properties: {component: web}
      outputs: [{name: said, valueFrom: '\"message: \" + output.status.conditions[0].message'}]
",
    );
    assert_eq!(outcome.order(), ["deploy", "tell"]);
    assert_eq!(outcome.step("tell").message, "message: up");
}

#[test]
fn number_stays_a_number_with_its_digits() {
    let outcome = asked(
        "{name: score, valueFrom: response.score}",
        "if: inputs.score == 99.5, inputs: [{from: score}], properties: {message: m}",
    );
    assert_eq!(
        outcome.lines(),
        ["run succeeded", "ask succeeded", "read succeeded: m"]
    );
    let score = &outcome.ended.state.variables[0].value;
    assert_eq!(score.0.to_json_text(), "99.50");
}

#[test]
fn result_of_a_call_is_found_below_returns_and_without_it() {
    let outcome = asked(
        "{name: a, valueFrom: req.$returns.statusCode}, {name: b, valueFrom: 'response.list[0]'}",
        "if: inputs.a == 200, inputs: [{from: a}, {from: b, parameterKey: message}]",
    );
    assert_eq!(outcome.step("read").message, "a", "{:?}", outcome.lines());
}

#[test]
fn path_into_a_variable_takes_a_part_of_it_and_replaces_what_was_there() {
    let outcome = asked(
        "{name: foo, valueFrom: response}",
        "properties: {message: [there]}, inputs: [{from: 'foo.list[0]', parameterKey: message}]",
    );
    assert_eq!(outcome.step("read").message, "a", "{:?}", outcome.lines());
}

#[test]
fn part_that_a_variable_does_not_have_fails_the_step_that_wants_it() {
    let outcome = asked(
        "{name: foo, valueFrom: response}",
        "inputs: [{from: foo.absent, parameterKey: message}]",
    );
    let lines = outcome.lines();
    assert!(
        lines[2].starts_with("read failed Input: get input from [foo.absent]: "),
        "{lines:?}"
    );
    assert_eq!(outcome.step("read").attempt, 1, "it cannot come true");
}

#[test]
fn second_value_of_a_variable_fails_its_step_and_the_first_stays() {
    let outcome = World::new().run(
        "
    steps:
    - name: s1
      type: print-message-in-status
      properties: {message: one}
      outputs: [{name: said, valueFrom: parameter.message}]
    - name: s2
      type: print-message-in-status
      properties: {message: two}
      outputs: [{name: said, valueFrom: parameter.message}]
    - name: s3
      type: print-message-in-status
      if: always
      inputs: [{from: said, parameterKey: message}]
",
    );
    let lines = outcome.lines();
    assert!(
        lines[2].starts_with("s2 failed Output: failed to set output said: "),
        "{lines:?}"
    );
    assert_eq!(lines[3], "s3 succeeded: one");
}

#[test]
fn null_of_a_step_that_was_skipped_gives_way_to_a_later_value() {
    let outcome = World::new().run(
        "
    steps:
    - name: s1
      type: print-message-in-status
      if: 'false'
      properties: {message: one}
      outputs: [{name: said, valueFrom: parameter.message}]
    - name: s2
      type: print-message-in-status
      if: status.s1.skipped
      properties: {message: two}
      outputs: [{name: said, valueFrom: parameter.message}]
    - name: s3
      type: print-message-in-status
      inputs: [{from: said, parameterKey: message}]
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "s1 skipped Skip",
            "s2 succeeded: two",
            "s3 succeeded: two"
        ]
    );
}

#[test]
fn input_of_a_type_that_the_step_does_not_take_fails_it_at_once() {
    let outcome = World::new().run(
        "
    steps:
    - name: deploy
      type: apply-component
      properties: {component: web}
      inputs: [{from: context.name, parameterKey: cmd}]
    - {name: next, type: print-message-in-status, properties: {message: m}}
",
    );
    let step = outcome.step("deploy");
    assert_eq!(
        (
            step.phase.as_str(),
            step.reason.map(Reason::as_str),
            step.attempt
        ),
        ("failed", Some("Rendering"), 1)
    );
    assert!(step.message.contains("cmd"), "{}", step.message);
    assert_eq!(outcome.step("next").phase, StepPhase::Skipped);
}

#[test]
fn component_brings_its_inputs_outputs_and_name_to_the_step_that_applies_it() {
    let outcome = World::new().run_manifest(
        "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: demo}
spec:
  components:
  - name: back
    type: webservice
    properties: {image: nginx, env: [{name: FRONT, value: unknown}]}
    inputs:
    - {from: image, parameterKey: properties.image}
    - {from: image, parameterKey: 'env[0].value'}
  - name: front
    type: webservice
    properties: {image: nginx}
    outputs: [{name: image, valueFrom: 'output.spec.template.spec.containers[0].image + \":1\"'}]
  workflow:
    mode: {steps: DAG}
    steps:
    - name: deploy-back
      type: apply-component
      properties: {component: back}
      outputs:
      - {name: image-of-back, valueFrom: 'output.spec.template.spec.containers[0].image'}
      - {name: front, valueFrom: 'output.spec.template.spec.containers[0].env[0].value'}
    - {name: deploy-front, type: apply-component, properties: {component: front}}
    - name: tell
      type: print-message-in-status
      dependsOn: [back]
      if: status.back.succeeded && inputs.front == \"nginx:1\"
      inputs: [{from: image-of-back, parameterKey: message}, {from: front}]
",
    );
    assert_eq!(outcome.order(), ["deploy-front", "deploy-back", "tell"]);
    assert_eq!(
        outcome.step("tell").message,
        "nginx:1",
        "{:?}",
        outcome.lines()
    );
}

#[test]
fn component_is_applied_behind_the_one_whose_output_it_takes_in() {
    let outcome = World::new().run_manifest(
        "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: demo}
spec:
  components:
  - name: back
    type: webservice
    properties: {image: nginx}
    inputs: [{from: image, parameterKey: image}]
  - name: front
    type: webservice
    properties: {image: nginx}
    outputs: [{name: image, valueFrom: 'output.spec.template.spec.containers[0].image'}]
",
    );
    assert_eq!(outcome.order(), ["front", "back"]);
    assert_eq!(outcome.ended.phase.as_str(), "succeeded");
}

#[test]
fn step_is_also_known_by_the_name_in_its_properties() {
    let outcome = World::new().run(
        "
    mode: {steps: DAG}
    steps:
    - name: s2
      type: print-message-in-status
      dependsOn: [mystep]
      if: status.mystep.succeeded
      properties: {message: m}
    - {name: s1, type: print-message-in-status, properties: {message: m, name: mystep}}
",
    );
    assert_eq!(outcome.order(), ["s1", "s2"]);
    assert_eq!(outcome.ended.phase.as_str(), "succeeded");
}
