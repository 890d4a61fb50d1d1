use std::{collections::BTreeMap, sync::Arc};

use burgee_definitions::{
    PassInput, RenderContext, StepType, component_for, component_key, component_tree, pass,
    with_component_tree,
};
use burgee_model::{CallContext, CallKind, Pass, Provider, Results};
use burgee_source::{Kind, Node};
use burgee_target::OamProvider;
use serde_json::{Value, json};

use crate::{
    sandbox::{now, sandbox},
    support::application,
};

/// Passes and calls the first step, as an engine does, until it is done; also tells how many calls it took.
fn done(input: &PassInput<'_>) -> (Value, Vec<String>) {
    const MOST_PASSES: usize = 10;
    let provider = OamProvider::new(Arc::new(sandbox()));
    let context = CallContext {
        run: "run".into(),
        step: "step".into(),
        namespace: "default".into(),
    };
    let mut results = Results::new();
    let mut made = Vec::new();
    for _ in 0..MOST_PASSES {
        let calls = match pass(StepType::ApplyComponent, input, &results).expect("a good step") {
            Pass::Calls(calls) => calls,
            Pass::Done(data) => return (data.to_json().expect("JSON"), made),
            Pass::Waiting(message) => panic!("the sandbox is healthy at once: {message}"),
        };
        results.retain(|path, _| provider.kind(path) != CallKind::Observe);
        for call in calls {
            let answer = now(provider.call(&context, &call, &|_| {})).expect("accepted");
            made.push(call.path.clone());
            results.insert(call.path, answer);
        }
    }
    panic!("not done after {MOST_PASSES} passes");
}

#[test]
fn mission_component_deploys_to_the_sandbox_and_gives_what_the_mission_reads() {
    let (_, application) = application(&json!({
        "components": [{
            "name": "express-server",
            "type": "webservice",
            "properties": { "image": "crccheck/hello-world", "port": 8000 },
            "traits": [{
                "type": "ingress",
                "properties": { "domain": "testsvc.example.com", "http": { "/": 8000 } },
            }],
        }],
        "steps": [{ "type": "apply-component", "properties": { "component": "express-server" } }],
    }));
    let step = &application.workflow.as_ref().expect("a workflow").steps[0];
    let context = RenderContext::of(&application, "first-vela-workflow-v1");
    assert_eq!(context.namespace, "default");
    assert_eq!(context.labels, BTreeMap::new());

    // An input of the step that goes to the component.
    let written = component_for(step, &application).expect("it exists");
    let mut tree = component_tree(written);
    assert_eq!(component_key("image"), "properties.image");
    let properties = tree.as_map_mut().and_then(|map| map.get_mut("properties"));
    let properties = properties.and_then(Node::as_map_mut).expect("a map");
    let image = Kind::String("crccheck/hello-world:v2".into());
    properties.insert("image", burgee_source::Span::NONE, image.into());
    let component = with_component_tree(written, &tree).expect("the same traits");

    let input = PassInput {
        step,
        parameter: step.properties.as_ref().expect("properties"),
        component: Some(&component),
        application: &application,
        context: &context,
    };
    let (data, made) = done(&input);
    assert_eq!(made, ["apply", "observe"]);
    assert_eq!(
        data.pointer("/output/status/conditions/0/message"),
        Some(&json!("Deployment has minimum availability."))
    );
    assert_eq!(
        data.pointer("/output/spec/template/spec/containers/0/image"),
        Some(&json!("crccheck/hello-world:v2"))
    );
    let address = data.pointer("/outputs/service/spec/clusterIP");
    assert!(address.is_some_and(Value::is_string), "{address:?}");
    assert_eq!(
        data.pointer("/outputs/ingress/spec/rules/0/host"),
        Some(&json!("testsvc.example.com"))
    );
}
