//! `if`, skipping and failure.

use crate::{
    ports::Chat,
    world::{Answer, World},
};

const DOWN: [Answer; 1] = [Answer::Status(500, "no")];

#[test]
fn behind_a_failure_only_steps_that_say_so_run() {
    let outcome = World::new().answering("http://down", DOWN).run(
        "
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - {name: s2, type: request, properties: {url: 'http://down'}}
    - {name: s3, type: print-message-in-status, if: always, properties: {message: m}}
    - {name: s4, type: print-message-in-status, properties: {message: m}}
    - {name: s5, type: print-message-in-status, if: status.s2.failed, properties: {message: m}}
    - {name: s6, type: print-message-in-status, if: status.s1.failed, properties: {message: m}}
",
    );
    let lines = outcome.lines();
    let phases: Vec<&str> = lines
        .iter()
        .map(|line| line.split(':').next().unwrap_or(line))
        .collect();
    assert_eq!(
        phases,
        [
            "run failed",
            "s1 succeeded",
            "s2 failed Action",
            "s3 succeeded",
            "s4 skipped Skip",
            "s5 succeeded",
            "s6 skipped Skip",
        ]
    );
    assert_eq!(outcome.ended.state.message, "step `s2` failed");
}

#[test]
fn in_a_dag_a_failure_is_found_behind_dependencies_that_succeeded() {
    let outcome = World::new().answering("http://down", DOWN).run(
        "
    mode: {steps: DAG}
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - {name: s2, type: request, properties: {url: 'http://down'}}
    - {name: s3, type: print-message-in-status, dependsOn: [s2], if: always, properties: {message: m}}
    - {name: s4, type: print-message-in-status, dependsOn: [s3], properties: {message: m}}
    - {name: s5, type: print-message-in-status, dependsOn: [s3], if: always, properties: {message: m}}
    - {name: s6, type: print-message-in-status, dependsOn: [s1, s5], properties: {message: m}}
    - {name: s7, type: print-message-in-status, dependsOn: [s1], properties: {message: m}}
",
    );
    let phase = |name: &str| outcome.step(name).phase.as_str();
    assert_eq!(
        ["s3", "s4", "s5", "s6", "s7"].map(phase),
        ["succeeded", "skipped", "succeeded", "skipped", "succeeded"]
    );
    assert_eq!(outcome.ended.phase.as_str(), "failed");
}

#[test]
fn if_reads_status_inputs_context_and_parameters() {
    for (condition, runs) in [
        ("status.s1.succeeded", true),
        ("status[\"s-2\"].skipped", true),
        ("status.s1.phase != \"failed\"", true),
        ("status.s1.timeout", false),
        ("inputs.said == \"hello\"", true),
        ("inputs[\"context.name\"] == \"demo\"", true),
        ("inputs.made.x == 1", true),
        (
            "context.name == \"demo\" && context.appName == \"demo\"",
            true,
        ),
        ("context.stepName == \"s3\"", true),
        ("parameter.message == \"m\"", true),
        ("status.s1.message == \"\"", false),
        ("inputs[\"test-struct\"].hello == \"world\"", true),
        ("inputs[\"made-list[0]\"] == \"a\"", true),
    ] {
        let condition = condition.replace('"', "\\\"");
        let outcome = World::new().run(&format!(
            "
    steps:
    - name: s1
      type: print-message-in-status
      properties: {{message: hello}}
      outputs:
      - {{name: said, valueFrom: parameter.message}}
      - {{name: made, valueFrom: '{{x: 1}}'}}
      - {{name: test-struct, valueFrom: '{{hello: \"world\"}}'}}
      - {{name: made-list, valueFrom: '[\"a\"]'}}
    - {{name: s-2, type: print-message-in-status, if: 'false', properties: {{message: m}}}}
    - name: s3
      type: print-message-in-status
      if: \"{condition}\"
      properties: {{message: m}}
      inputs: [{{from: said}}, {{from: context.name}}, {{from: made}}, {{from: test-struct}}, {{from: 'made-list[0]'}}]
"
        ));
        let expected = if runs { "succeeded" } else { "skipped" };
        assert_eq!(outcome.step("s3").phase.as_str(), expected, "{condition}");
        assert_eq!(outcome.ended.phase.as_str(), "succeeded", "{condition}");
    }
}

#[test]
fn what_a_false_condition_read_is_kept() {
    let outcome = World::new().run(
        "
    steps:
    - {name: s1, type: print-message-in-status, properties: {message: m}}
    - name: s2
      type: print-message-in-status
      if: status.s1.failed || parameter.message == \"x\"
      properties: {message: m}
",
    );
    let (condition, read) = outcome
        .step("s2")
        .condition
        .clone()
        .expect("why it was skipped");
    assert_eq!(condition, "status.s1.failed || parameter.message == \"x\"");
    let read: Vec<String> = read
        .into_iter()
        .map(|read| {
            format!(
                "{} = {}",
                read.name,
                read.value.expect("a value").0.to_json_text()
            )
        })
        .collect();
    assert_eq!(
        read,
        ["status.s1.failed = false", "parameter.message = \"m\""]
    );
}

#[test]
fn condition_that_cannot_be_evaluated_fails_its_step_and_does_not_skip_it() {
    let outcome = World::new().run(
        "
    steps:
    - {name: s1, type: print-message-in-status, if: parameter.absent == 1, properties: {message: m}}
    - {name: s2, type: print-message-in-status, if: parameter.message, properties: {message: m}}
",
    );
    let lines = outcome.lines();
    assert_eq!(lines[0], "run failed");
    assert!(
        lines[1].starts_with("s1 failed Rendering: invalid if value: "),
        "{lines:?}"
    );
    assert_eq!(
        lines[2],
        "s2 failed Rendering: invalid if value: \"m\" is not a boolean"
    );
}

#[test]
fn group_whose_condition_cannot_be_evaluated_fails_and_skips_what_is_in_it() {
    let outcome = World::new().run(
        "
    steps:
    - name: s1
      type: print-message-in-status
      properties: {message: text}
      outputs: [{name: said, valueFrom: parameter.message}]
    - name: g
      type: step-group
      if: inputs.said
      inputs: [{from: said}]
      outputs: [{name: of-group, valueFrom: context.name}]
      subSteps:
      - name: a
        type: print-message-in-status
        properties: {message: m}
        outputs: [{name: of-a, valueFrom: context.name}]
    - name: s2
      type: print-message-in-status
      if: status.a.skipped && inputs[\"of-a\"] == null && inputs[\"of-group\"] == null
      inputs: [{from: of-a}, {from: of-group}]
      properties: {message: m}
",
    );
    assert_eq!(
        outcome.lines(),
        [
            "run failed",
            "s1 succeeded: text",
            "g failed Rendering: invalid if value: \"text\" is not a boolean",
            "  a skipped Skip",
            "s2 succeeded: m",
        ]
    );
}

#[test]
fn outputs_of_what_did_not_run_are_null_and_those_of_what_failed_are_kept_where_they_can_be() {
    let outcome = World::new().answering("http://down", DOWN).run(
        "
    steps:
    - name: skipped
      type: print-message-in-status
      if: 'false'
      properties: {message: m}
      outputs: [{name: a, valueFrom: '\"literal\"'}]
    - name: failed
      type: request
      properties: {url: 'http://down'}
      outputs: [{name: b, valueFrom: context.name}, {name: c, valueFrom: response.x}]
    - name: s3
      type: print-message-in-status
      if: inputs.a == null && inputs.b == \"demo\" && inputs.c == null
      inputs: [{from: a}, {from: b}, {from: c}]
      properties: {message: m}
",
    );
    assert_eq!(
        outcome.step("s3").phase.as_str(),
        "succeeded",
        "{:?}",
        outcome.lines()
    );
    assert_eq!(outcome.ended.phase.as_str(), "failed");
}

#[test]
fn follow_up_is_chosen_by_how_a_notification_went() {
    let workflow = "
    steps:
    - name: say
      type: print-message-in-status
      properties: {message: custom}
      outputs: [{name: said, valueFrom: parameter.message}]
    - name: notification
      type: notification
      if: inputs.said == \"custom\"
      inputs: [{from: said, parameterKey: slack.message.text}]
      properties: {slack: {url: {value: s}, message: {text: replaced}}}
    - {name: well, type: print-message-in-status, if: status.notification.succeeded, properties: {message: m}}
    - {name: badly, type: print-message-in-status, if: status.notification.failed, properties: {message: m}}
";
    for (refusal, phases) in [
        (None, ["succeeded", "skipped"]),
        (Some("refused"), ["skipped", "succeeded"]),
    ] {
        let outcome = World::with_chat(Chat::refusing([refusal])).run(workflow);
        let phase = |name: &str| outcome.step(name).phase.as_str();
        assert_eq!(["well", "badly"].map(phase), phases);
    }
}

#[test]
fn failed_notification_is_borne_where_the_manifest_says_so() {
    let workflow = "
    steps:
    - name: tell
      type: notification
      properties: {slack: {url: {value: s}, message: {text: m}}}
    - {name: s2, type: print-message-in-status, properties: {message: m}}
    - {name: s3, type: print-message-in-status, dependsOn: [tell], properties: {message: m}}
";
    for (annotations, phase, second) in [
        ("{}", "failed", "skipped"),
        ("{burgee.dev/on-notify-failure: stop}", "failed", "skipped"),
        (
            "{burgee.dev/on-notify-failure: continue}",
            "succeeded",
            "succeeded",
        ),
        (
            "{burgee.dev/on-notify-failure: 'tell'}",
            "succeeded",
            "succeeded",
        ),
    ] {
        let world = World::with_chat(Chat::refusing([Some("refused")])).annotated(annotations);
        let outcome = world.run(workflow);
        assert_eq!(outcome.ended.phase.as_str(), phase, "{annotations}");
        assert_eq!(
            outcome.step("tell").phase.as_str(),
            "failed",
            "{annotations}"
        );
        assert_eq!(outcome.step("s2").phase.as_str(), second, "{annotations}");
        assert_eq!(outcome.step("s3").phase.as_str(), second, "{annotations}");
    }
}
