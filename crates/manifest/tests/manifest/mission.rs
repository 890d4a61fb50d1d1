//! KubeVela's own webhook-notification example, as its manual prints it.

use burgee_model::TypeName;

use super::{application, report};

const MISSION: &str = include_str!("../../../../docs/examples/first-vela-workflow.yaml");

#[test]
fn the_manual_s_manifest_has_three_warnings_and_no_error() {
    insta::assert_snapshot!(report(MISSION), @r#"
    40:13 warning output/from-for-name: an output names its variable by `name`, not by `from`
        hint: write `name: app-status`
    45:13 warning input/name-for-from: an input names its source by `from`, not by `name`
        hint: write `from: app-status`
    46:27 warning input/properties-prefix: `parameterKey` is relative to `properties`: the prefix is taken off
        hint: write `parameterKey: slack.message.text`
    "#);
}

#[test]
fn the_manual_s_manifest_means_what_its_author_meant() {
    let app = application(MISSION);
    assert_eq!(app.metadata.name.value, "first-vela-workflow");
    assert_eq!(app.metadata.namespace(), "default");

    let component = app.component("express-server").expect("the component");
    let image = component
        .properties
        .as_ref()
        .and_then(|node| node.get_str("image"));
    assert_eq!(image.map(|image| image.value), Some("crccheck/hello-world"));
    assert_eq!(
        component.traits[0].type_name.value,
        TypeName::from("ingress")
    );

    let steps = &app.workflow.as_ref().expect("a workflow").steps;
    let names: Vec<_> = steps.iter().map(|step| step.name.value.as_str()).collect();
    assert_eq!(names, ["dingtalk-message", "application", "slack-message"]);

    let output = &steps[1].outputs[0];
    assert_eq!(output.name.value.as_str(), "app-status");
    assert_eq!(
        output.value_from.value,
        r#"output.status.conditions[0].message + "工作流运行完成""#
    );

    let input = &steps[2].inputs[0];
    assert_eq!(input.from.value, "app-status");
    let key = input.parameter_key.as_ref().expect("a key");
    assert_eq!(key.value, "slack.message.text");
    let written = &MISSION[key.span.range()];
    assert_eq!(written, "properties.slack.message.text");
}
