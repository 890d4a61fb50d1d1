//! Inputs and outputs in all the spellings that are about.

use super::{app, application, report, steps};

fn inputs_of(text: &str) -> Vec<(String, Option<String>)> {
    let workflow = application(text).workflow.expect("a workflow");
    let inputs = workflow.steps.into_iter().flat_map(|step| step.inputs);
    inputs
        .map(|input| (input.from.value, input.parameter_key.map(|key| key.value)))
        .collect()
}

#[test]
fn input_with_both_spellings_that_agree_is_a_stray_field() {
    let text = steps("      - {name: a, type: x, inputs: [{from: v, name: v}]}\n");
    insta::assert_snapshot!(report(&text), @r#"
    9:47 warning passing/stray-field: `name` has no meaning beside `from`
        hint: remove `name`
    "#);
    assert_eq!(inputs_of(&text), [("v".into(), None)]);
}

#[test]
fn input_with_both_spellings_that_disagree_is_an_error() {
    let text = steps("      - {name: a, type: x, inputs: [{from: v, name: w}]}\n");
    insta::assert_snapshot!(report(&text), @r#"
    9:53 error passing/spellings-disagree: `from` is `v`, but `name` says `w`
        also 9:44 `from`
        hint: keep `from` and remove `name`, once you know which of the two is meant
    "#);
}

#[test]
fn output_with_both_spellings_that_disagree_is_an_error() {
    let text =
        steps("      - {name: a, type: x, outputs: [{from: v, name: w, valueFrom: output.x}]}\n");
    insta::assert_snapshot!(report(&text), @r#"
    9:45 error passing/spellings-disagree: `name` is `w`, but `from` says `v`
        also 9:54 `name`
        hint: keep `name` and remove `from`, once you know which of the two is meant
    "#);
}

#[test]
fn export_key_of_v1_1_0_is_value_from() {
    let text = steps("      - {name: a, type: x, outputs: [{name: v, exportKey: output.x}]}\n");
    insta::assert_snapshot!(report(&text), @r#"
    9:48 warning output/export-key: `exportKey` was the name of `valueFrom` in KubeVela v1.1.0
        hint: write `valueFrom: output.x`
    "#);
    let workflow = application(&text).workflow.expect("a workflow");
    assert_eq!(workflow.steps[0].outputs[0].value_from.value, "output.x");
}

#[test]
fn input_without_a_source_and_output_without_a_name_are_errors() {
    let text = steps(
        "      - {name: a, type: x, inputs: [{parameterKey: k}], outputs: [{valueFrom: output.x}]}\n",
    );
    insta::assert_snapshot!(report(&text), @r#"
    9:37 error field/missing: `from` is required in an input
    9:67 error field/missing: `name` is required in an output
    "#);
}

#[test]
fn properties_prefix_stays_where_it_belongs() {
    let text = steps(concat!(
        "      - {name: a, type: apply-component, inputs: [{from: v, parameterKey: properties.cmd}]}\n",
        "      - {name: b, type: apply-component@v1, inputs: [{from: v, parameterKey: properties.cmd}]}\n",
        "      - {name: c, type: custom, properties: {properties: {x: 1}}, inputs: [{from: v, parameterKey: properties.x}]}\n",
        "      - {name: d, type: custom, inputs: [{from: v, parameterKey: propertiesX}]}\n",
    ));
    assert_eq!(report(&text), "");
    let keys: Vec<_> = inputs_of(&text)
        .into_iter()
        .filter_map(|(_, key)| key)
        .collect();
    assert_eq!(
        keys,
        [
            "properties.cmd",
            "properties.cmd",
            "properties.x",
            "propertiesX"
        ]
    );
}

#[test]
fn properties_prefix_of_a_component_input_stays() {
    let text = app(concat!(
        "  components:\n",
        "    - {name: a, type: webservice, inputs: [{from: v, parameterKey: properties.image}]}\n",
    ));
    assert_eq!(report(&text), "");
    let key = application(&text).components[0].inputs[0]
        .parameter_key
        .clone();
    assert_eq!(
        key.map(|key| key.value).as_deref(),
        Some("properties.image")
    );
}

#[test]
fn empty_parameter_key_is_no_key() {
    let text = steps("      - {name: a, type: x, inputs: [{from: v, parameterKey: \"\"}]}\n");
    assert_eq!(report(&text), "");
    assert_eq!(inputs_of(&text), [("v".into(), None)]);
}
