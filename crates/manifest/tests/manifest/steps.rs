//! Components and steps: fields, names, modes, timeouts.

use burgee_model::Mode;

use super::{app, application, report, steps};

#[test]
fn every_problem_of_a_file_comes_in_one_report_in_source_order() {
    let text = app(concat!(
        "  components:\n",
        "    - name: web\n",
        "      typ: webservice\n",
        "      properties: 7\n",
        "    - {name: web, type: worker, dependsOn: [1]}\n",
        "  workflow:\n",
        "    mode: {steps: stepbystep}\n",
        "    steps:\n",
        "      - {name: one, type: x, timeout: 1d}\n",
        "      - {name: one}\n",
        "  polices: []\n",
    ));
    insta::assert_snapshot!(report(&text), @r#"
    7:7 error field/missing: `type` is required in a component
    8:7 warning field/unknown: a component has no field `typ`
        hint: did you mean `type`?
    9:19 error field/wrong-type: `properties` must be of type object, not number
    10:14 error manifest/duplicate-name: two components are called `web`
        also 7:13 the first one
        hint: rename one of the two
    10:45 error field/wrong-type: `dependsOn` must be of type string, not number
        hint: put it in quotes to make it a string: "1"
    12:19 error workflow/unknown-mode: there is no mode `stepbystep`
        hint: did you mean `StepByStep`?
    14:39 error step/bad-timeout: `1d` is no duration such as `30s`, `5m` or `1h30m`
        hint: there is no unit for days, whatever KubeVela's own message says: write `24h`
        hint: the units are ns, us, ms, s, m and h
    15:9 error field/missing: `type` is required in a step
    15:16 error manifest/duplicate-name: two steps are called `one`
        also 14:16 the first one
        hint: rename one of the two
    16:3 warning field/unknown: the spec of an Application has no field `polices`
        hint: did you mean `policies`?
    "#);
    let app = application(&text);
    assert_eq!(app.components.len(), 2, "what can be understood is there");
    assert_eq!(app.workflow.expect("a workflow").steps.len(), 2);
}

#[test]
fn steps_and_sub_steps_share_one_space_of_names() {
    let text = steps(concat!(
        "      - name: a\n",
        "        type: step-group\n",
        "        subSteps:\n",
        "          - {name: b, type: x}\n",
        "          - {name: a, type: x}\n",
        "      - {name: b, type: x}\n",
    ));
    insta::assert_snapshot!(report(&text), @r#"
    13:20 error manifest/duplicate-name: two steps are called `a`
        also 9:15 the first one
        hint: rename one of the two
    14:16 error manifest/duplicate-name: two steps are called `b`
        also 12:20 the first one
        hint: rename one of the two
    "#);
}

#[test]
fn missing_names_are_filled_by_place() {
    let text = steps(concat!(
        "      - {type: x}\n",
        "      - type: step-group\n",
        "        name: \"\"\n",
        "        subSteps: [{type: x}, {name: own, type: x}, {type: x}]\n",
    ));
    assert_eq!(report(&text), "");
    let steps = application(&text).workflow.expect("a workflow").steps;
    let subs = steps[1].sub_steps.iter();
    let names: Vec<_> = steps
        .iter()
        .chain(subs)
        .map(|step| step.name.value.as_str())
        .collect();
    assert_eq!(names, ["step-0", "step-1", "step-1-0", "own", "step-1-2"]);
}

#[test]
fn empty_condition_and_timeout_count_as_absent() {
    let text = steps("      - {name: a, type: x, if: \"\", timeout: \"\"}\n");
    assert_eq!(report(&text), "");
    let steps = application(&text).workflow.expect("a workflow").steps;
    assert!(steps[0].condition.is_none() && steps[0].timeout.is_none());
}

#[test]
fn all_fields_of_a_step_are_read() {
    let text = steps(concat!(
        "      - name: a\n",
        "        type: step-group@v2\n",
        "        meta: {alias: Tell}\n",
        "        if: always\n",
        "        timeout: 1h30m\n",
        "        dependsOn: [b, c]\n",
        "        mode: DAG\n",
        "        properties: {deep: [1.10]}\n",
        "        subSteps: [{name: s, type: x, if: \"status.a.failed\"}]\n",
    ));
    assert_eq!(report(&text), "");
    let steps = application(&text).workflow.expect("a workflow").steps;
    let step = &steps[0];
    assert_eq!(step.type_name.value.base(), "step-group");
    assert_eq!(step.alias.as_ref().map(|s| s.value.as_str()), Some("Tell"));
    assert_eq!(
        step.condition.as_ref().map(|s| s.value.as_str()),
        Some("always")
    );
    assert_eq!(
        step.timeout.as_ref().map(|s| s.value.as_str()),
        Some("1h30m")
    );
    assert_eq!(
        step.depends_on
            .iter()
            .map(|s| s.value.as_str())
            .collect::<Vec<_>>(),
        ["b", "c"]
    );
    assert_eq!(step.mode.map(|mode| mode.value), Some(Mode::Dag));
    let properties = step.properties.as_ref().expect("properties");
    assert_eq!(properties.to_json_text(), r#"{"deep":[1.10]}"#);
    let condition = step.sub_steps[0].condition.as_ref();
    assert_eq!(condition.map(|s| s.value.as_str()), Some("status.a.failed"));
}

#[test]
fn go_durations_pass_and_others_say_what_to_write() {
    for good in [
        "300ms", "1.5h", "2h45m", "10s", "0", "1us", "5ns", "+1m", ".5s",
    ] {
        let text = steps(&format!(
            "      - {{name: a, type: x, timeout: \"{good}\"}}\n"
        ));
        assert_eq!(report(&text), "", "{good}");
    }
    for bad in [
        "1d", "1h1d", "30", "x", "-", "1..5s", "s", "1 s", "5M", "9999999h",
    ] {
        let text = steps(&format!(
            "      - {{name: a, type: x, timeout: \"{bad}\"}}\n"
        ));
        assert!(report(&text).contains("error step/bad-timeout"), "{bad}");
    }
    insta::assert_snapshot!(report(&steps("      - {name: a, type: x, timeout: \"30\"}\n")), @r#"
    9:37 error step/bad-timeout: `30` is no duration such as `30s`, `5m` or `1h30m`
        hint: add a unit: `30s` for seconds, `30m` for minutes
        hint: the units are ns, us, ms, s, m and h
    "#);
}

#[test]
fn timeouts_of_sub_steps_are_checked_too() {
    let text =
        steps("      - {name: g, type: step-group, subSteps: [{name: s, type: x, timeout: 2d}]}\n");
    insta::assert_snapshot!(report(&text), @r#"
    9:76 error step/bad-timeout: `2d` is no duration such as `30s`, `5m` or `1h30m`
        hint: there is no unit for days, whatever KubeVela's own message says: write `48h`
        hint: the units are ns, us, ms, s, m and h
    "#);
}

#[test]
fn sub_steps_that_would_never_run_are_reported() {
    let text = steps(concat!(
        "      - {name: a, type: apply-component, subSteps: [{name: b, type: x}]}\n",
        "      - name: g\n",
        "        type: step-group\n",
        "        subSteps:\n",
        "          - {name: s, type: step-group, subSteps: [{name: t, type: x}]}\n",
    ));
    insta::assert_snapshot!(report(&text), @r#"
    9:42 warning step/sub-steps-ignored: only a `step-group` runs `subSteps`; a step of type `apply-component` ignores them
        hint: write `type: step-group`, or make them steps of the workflow
    13:41 error step/nested-sub-steps: a sub-step cannot have `subSteps`
        hint: step groups have one level: move it to the group or to the workflow
    "#);
}

#[test]
fn boolean_for_a_condition_says_how_to_quote_it() {
    insta::assert_snapshot!(report(&steps("      - {name: a, type: x, if: false}\n")), @r#"
    9:32 error field/wrong-type: `if` must be of type string, not boolean
        hint: put it in quotes to make it a string
    "#);
}

#[test]
fn workflow_with_ref_and_steps_is_an_error() {
    let text = app("  workflow:\n    ref: shared\n    steps: [{name: a, type: x}]\n");
    insta::assert_snapshot!(report(&text), @r#"
    8:10 error workflow/ref-and-steps: a workflow has either `ref` or `steps`, not both
        also 9:5 the steps
    "#);
}

#[test]
fn labels_and_annotations_are_text() {
    let text = app("").replace(
        "  name: demo\n",
        "  name: demo\n  labels: {on: \"1\", b: 2}\n  annotations: {a: x, c: true}\n",
    );
    insta::assert_snapshot!(report(&text), @r#"
    5:12 warning yaml/key-not-text: the key `on` is a boolean to YAML; it is read as `true`
        hint: put it in quotes to keep it as text: "on"
    5:24 error manifest/not-text: the value of `b` in `labels` must be a string, not a number
        hint: put the value in quotes
    6:26 error manifest/not-text: the value of `c` in `annotations` must be a string, not a boolean
        hint: put the value in quotes
    "#);
    let metadata = application(&text).metadata;
    assert_eq!(metadata.annotations.get("a").map(String::as_str), Some("x"));
}
