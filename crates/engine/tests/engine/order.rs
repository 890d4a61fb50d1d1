//! Whose turn it is: modes, dependencies, inputs.

use crate::world::World;

#[test]
fn steps_run_one_after_another_where_the_workflow_says_nothing() {
    let outcome = World::new().run(
        "
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: one}}
    - {name: s2, type: print-message-in-status, properties: {message: two}}
    - {name: s3, type: print-message-in-status, properties: {message: three}}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run succeeded",
            "s1 succeeded: one",
            "s2 succeeded: two",
            "s3 succeeded: three"
        ]
    );
    assert_eq!(outcome.order(), ["s1", "s2", "s3"]);
}

#[test]
fn workflow_without_steps_succeeds() {
    let outcome = World::new().run("\n    steps: []\n");
    assert_eq!(outcome.lines(), ["run succeeded"]);
}

#[test]
fn in_a_dag_only_dependencies_order_steps() {
    let outcome = World::new().run(
        "
    mode: {steps: DAG}
    steps:
    - {name: s2, type: print-message-in-status, dependsOn: [s3], properties: {message: m}}
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - {name: s3, type: print-message-in-status, dependsOn: [s1], properties: {message: m}}
",
    );
    assert_eq!(outcome.order(), ["s1", "s3", "s2"]);
}

#[test]
fn input_is_a_dependency_also_without_a_parameter_key() {
    let outcome = World::new().run(
        "
    mode: {steps: DAG}
    steps:
    - name: reader
      type: print-message-in-status
      inputs: [{from: said, parameterKey: message}]
    - name: after
      type: print-message-in-status
      properties: {message: m}
      inputs: [{from: said}]
    - name: writer
      type: print-message-in-status
      properties: {message: hello}
      outputs: [{name: said, valueFrom: 'parameter.message + \"!\"'}]
",
    );
    assert_eq!(outcome.order(), ["writer", "reader", "after"]);
    assert_eq!(outcome.step("reader").message, "hello!");
}

#[test]
fn step_begins_when_all_that_it_depends_on_has_ended() {
    use std::time::Duration;

    use crate::world::Answer;

    for mode in ["StepByStep", "DAG"] {
        let outcome = World::new()
            .answering("http://slow", [Answer::After(Duration::from_secs(10))])
            .run(&format!(
                "
    mode: {{steps: {mode}}}
    steps:
    - {{name: s1, type: request, properties: {{url: 'http://slow'}}}}
    - {{name: s2, type: print-message-in-status, dependsOn: [s1], properties: {{message: m}}}}
"
            ));
        let begun = outcome.step("s2").first_execute_time.expect("it ran");
        assert_eq!(begun.as_second(), 10, "{mode}");
    }
}

#[test]
fn in_a_list_a_step_whose_dependencies_succeeded_runs_behind_a_failure() {
    use crate::world::Answer;

    let outcome = World::new()
        .answering("http://down", [Answer::Status(500, "no")])
        .run(
            "
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - {name: s2, type: request, properties: {url: 'http://down'}}
    - {name: s3, type: print-message-in-status, dependsOn: [s1], properties: {message: m}}
    - {name: s4, type: print-message-in-status, properties: {message: m}}
",
        );
    let phase = |name: &str| outcome.step(name).phase.as_str();
    assert_eq!(["s3", "s4"].map(phase), ["succeeded", "skipped"]);
}

#[test]
fn skipped_dependency_skips_the_dependant_and_the_run_succeeds() {
    let outcome = World::new().run(
        "
    mode: {steps: DAG}
    steps:
    - {name: step3, type: print-message-in-status, if: 'false', properties: {message: m}}
    - {name: step4, type: print-message-in-status, dependsOn: [step3], properties: {message: m}}
",
    );
    assert_eq!(
        outcome.lines(),
        ["run succeeded", "step3 skipped Skip", "step4 skipped Skip"]
    );
}

#[test]
fn component_is_a_name_to_depend_on_and_generated_steps_follow_their_components() {
    let outcome = World::new().run_manifest(
        "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: demo}
spec:
  components:
  - {name: back, type: webservice, dependsOn: [front], properties: {image: nginx}}
  - {name: front, type: webservice, properties: {image: nginx}}
",
    );
    assert_eq!(outcome.ended.state.mode, "DAG-DAG");
    assert_eq!(
        outcome.lines(),
        ["run succeeded", "back succeeded", "front succeeded"]
    );
    assert_eq!(outcome.order(), ["front", "back"]);
}

#[test]
fn workflow_run_takes_steps_and_mode_of_the_workflow_that_it_refers_to() {
    let template = "\
apiVersion: core.oam.dev/v1alpha1
kind: Workflow
metadata: {name: deploy}
mode: {steps: DAG, subSteps: DAG}
steps:
- {name: s1, type: print-message-in-status, properties: {message: m}}
";
    let run = |mode: &str| {
        let manifest = format!(
            "{template}---
apiVersion: core.oam.dev/v1alpha1
kind: WorkflowRun
metadata: {{name: now}}
spec: {{workflowRef: deploy{mode}}}
"
        );
        World::new().run_manifest(&manifest).ended.state.mode
    };
    assert_eq!(run(""), "DAG-DAG");
    assert_eq!(
        run(", mode: {subSteps: StepByStep}"),
        "StepByStep-StepByStep"
    );
}

#[test]
fn context_of_a_workflow_run_is_there_for_if_inputs_and_outputs() {
    let outcome = World::new().run_manifest(
        "\
apiVersion: core.oam.dev/v1alpha1
kind: WorkflowRun
metadata: {name: now}
spec:
  context: {mycontext: {a: 1, b: [x, z]}}
  workflowSpec:
    steps:
    - name: s1
      type: print-message-in-status
      if: context.mycontext.a == 1
      inputs: [{from: 'context.mycontext.b[1]', parameterKey: message}]
      outputs: [{name: out, valueFrom: 'context.mycontext.b[0] + context.name'}]
    - name: s2
      type: print-message-in-status
      inputs: [{from: out, parameterKey: message}]
",
    );
    assert_eq!(
        outcome.lines(),
        ["run succeeded", "s1 succeeded: z", "s2 succeeded: xnow"]
    );
}

#[test]
fn no_more_steps_than_allowed_are_under_way_at_once() {
    use std::time::Duration;

    use crate::world::Answer;

    let mut world = World::new();
    world.options.concurrency = 2;
    for name in ["a", "b", "c", "d"] {
        world = world.answering(
            &format!("http://{name}"),
            [Answer::After(Duration::from_secs(10))],
        );
    }
    let outcome = world.run(
        "
    mode: {steps: DAG}
    steps:
    - {name: a, type: request, properties: {url: 'http://a'}}
    - {name: b, type: request, properties: {url: 'http://b'}}
    - {name: c, type: request, properties: {url: 'http://c'}}
    - {name: d, type: request, properties: {url: 'http://d'}}
",
    );
    assert_eq!(outcome.ended.phase.as_str(), "succeeded");
    assert_eq!(outcome.seconds(), 20, "two at a time");
}
