use burgee_definitions::{PassInput, StepType, component_for, pass};
use burgee_model::{Application, Pass, Reason, Results, Step};
use burgee_source::{Lang, Node};
use serde_json::{Value, json};

use crate::support::{application, context};

fn steps(application: &Application) -> &[Step] {
    &application.workflow.as_ref().expect("a workflow").steps
}

fn mission(steps: Value) -> Application {
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
        "steps": steps,
    }));
    application
}

/// How the first step passes with these results.
fn passed(application: &Application, results: &Results) -> Result<Pass, (Reason, String)> {
    let step = &steps(application)[0];
    let empty = Node::map([]);
    let input = PassInput {
        step,
        parameter: step.properties.as_ref().unwrap_or(&empty),
        component: None,
        application,
        context: &context(),
    };
    let kind = StepType::of(&step.type_name.value).expect("a step that is carried out");
    pass(kind, &input, results).map_err(|error| (error.reason, error.message(Lang::En)))
}

/// The calls of a pass as (path, provider, action, params).
fn calls(pass: Result<Pass, (Reason, String)>) -> Vec<(String, String, Value)> {
    let Ok(Pass::Calls(calls)) = pass else {
        panic!("expected calls, got {pass:?}");
    };
    let told = calls.into_iter().map(|call| {
        let params = call.params.to_json().expect("JSON");
        (
            call.path,
            format!("{}.{}", call.provider, call.action),
            params,
        )
    });
    told.collect()
}

fn apply() -> Application {
    mission(json!([{ "type": "apply-component", "properties": { "component": "express-server" } }]))
}

/// The objects that the first pass applies, as a cluster would have them once all is well.
fn settled(application: &Application) -> Vec<Value> {
    let told = calls(passed(application, &Results::new()));
    let mut objects = told[0].2["objects"].as_array().expect("objects").clone();
    objects[0]["spec"]["replicas"] = 1.into();
    objects[0]["status"] = json!({
        "replicas": 1, "updatedReplicas": 1, "readyReplicas": 1,
        "conditions": [{ "message": "Deployment has minimum availability." }],
    });
    objects[1]["spec"]["clusterIP"] = "10.96.0.20".into();
    objects
}

fn observed(objects: &[Value]) -> Results {
    let mut results = Results::new();
    results.insert("apply".into(), Node::map([]));
    results.insert("observe".into(), Node::from(json!({ "objects": objects })));
    results
}

#[test]
fn apply_component_applies_then_observes_then_is_done() {
    let application = apply();
    let first = calls(passed(&application, &Results::new()));
    assert_eq!(first.len(), 1);
    assert_eq!(
        (first[0].0.as_str(), first[0].1.as_str()),
        ("apply", "oam.apply")
    );
    let kinds: Vec<_> = first[0].2["objects"]
        .as_array()
        .expect("objects")
        .iter()
        .collect();
    let kinds: Vec<_> = kinds.iter().map(|object| object["kind"].as_str()).collect();
    assert_eq!(
        kinds,
        [Some("Deployment"), Some("Service"), Some("Ingress")]
    );

    let mut applied = Results::new();
    applied.insert("apply".into(), Node::map([]));
    let second = calls(passed(&application, &applied));
    assert_eq!(
        (second[0].0.as_str(), second[0].1.as_str()),
        ("observe", "oam.observe")
    );
    assert_eq!(
        second[0].2["ids"][0],
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "namespace": "default", "name": "express-server",
        })
    );

    let live = settled(&application);
    let Ok(Pass::Done(data)) = passed(&application, &observed(&live)) else {
        panic!("everything is healthy");
    };
    let data = data.to_json().expect("JSON");
    assert_eq!(data["output"], live[0]);
    assert_eq!(
        data["outputs"],
        json!({ "service": live[1], "ingress": live[2] })
    );
    assert_eq!(data["parameter"], json!({ "component": "express-server" }));
}

#[test]
fn apply_component_waits_and_says_how_far_things_are() {
    let application = apply();
    let mut live = settled(&application);
    live[0]["status"]["readyReplicas"] = 0.into();
    let waiting = |live: &[Value]| passed(&application, &observed(live));
    assert_eq!(
        waiting(&live),
        Ok(Pass::Waiting("wait healthy: Ready:0/1".into()))
    );
    let mut gone = settled(&application);
    gone[2] = Value::Null;
    assert_eq!(
        waiting(&gone),
        Ok(Pass::Waiting("wait healthy: Ready:1/1".into())),
        "an object that cannot be read is awaited"
    );
    assert_eq!(
        waiting(&[Value::Null, Value::Null, Value::Null]),
        Ok(Pass::Waiting("wait healthy".into()))
    );
}

#[test]
fn observe_that_answers_something_else_fails_the_step() {
    let application = apply();
    for objects in [json!([]), json!([1, 2, 3])] {
        let objects = objects.as_array().expect("a list").clone();
        let failed = passed(&application, &observed(&objects)).expect_err("no answer");
        assert_eq!(failed.0, Reason::Execute);
    }
}

#[test]
fn namespace_of_the_step_moves_every_object_and_not_the_owner() {
    let application = mission(json!([{
        "type": "apply-component",
        "properties": { "component": "express-server", "namespace": "prod" },
    }]));
    let told = calls(passed(&application, &Results::new()));
    for object in told[0].2["objects"].as_array().expect("objects") {
        assert_eq!(object["metadata"]["namespace"], "prod");
        assert_eq!(
            object["metadata"]["labels"]["app.oam.dev/namespace"],
            "default"
        );
    }
}

#[test]
fn component_with_inputs_set_takes_the_place_of_the_written_one() {
    let application = apply();
    let step = &steps(&application)[0];
    let mut component = component_for(step, &application)
        .expect("it exists")
        .clone();
    component.properties = Some(Node::from(json!({ "image": "injected" })));
    let input = PassInput {
        step,
        parameter: step.properties.as_ref().expect("properties"),
        component: Some(&component),
        application: &application,
        context: &context(),
    };
    let told = calls(Ok(
        pass(StepType::ApplyComponent, &input, &Results::new()).expect("good")
    ));
    let pod = &told[0].2["objects"][0]["spec"]["template"]["spec"];
    assert_eq!(pod["containers"][0]["image"], "injected");
}

#[test]
fn bad_parameters_fail_the_rendering_with_every_problem() {
    let broken = |properties: Value| {
        let application = mission(json!([{ "type": "apply-component", "properties": properties }]));
        passed(&application, &Results::new()).expect_err("refused")
    };
    assert_eq!(
        broken(json!({ "component": "nothing", "cluster": "prod" })),
        (
            Reason::Rendering,
            "`cluster` of `apply-component` is not carried out yet; \
             the application has no component `nothing`"
                .into()
        )
    );
    let (_, application) = application(&json!({
        "components": [{ "name": "web", "type": "webservice", "properties": { "port": 0 } }],
        "steps": [{ "type": "apply-component", "properties": { "component": "web" } }],
    }));
    let failed = passed(&application, &Results::new()).expect_err("refused");
    assert_eq!(
        failed.1,
        "`image` is required in `webservice`; `port` is 0, which is no port number"
    );
}

fn notification(properties: Value) -> Application {
    mission(json!([{ "type": "notification", "properties": properties }]))
}

#[test]
fn notification_asks_for_every_block_in_kubevelas_order() {
    let slack = json!({ "url": "https://hooks.slack.com/x", "message": { "text": "done" } });
    let dingding = json!({
        "url": { "secretRef": { "name": "s", "key": "k" } },
        "message": { "msgtype": "text" },
        "secret": "SEC",
    });
    let application = notification(json!({ "slack": slack, "dingding": dingding, "email": null }));
    let told = calls(passed(&application, &Results::new()));
    let with_service = |block: &Value, service: &str| {
        let mut params = block.clone();
        params["service"] = service.into();
        params
    };
    assert_eq!(
        told,
        [
            (
                "dingding".into(),
                "notify.send".into(),
                with_service(&dingding, "dingding")
            ),
            (
                "slack".into(),
                "notify.send".into(),
                with_service(&slack, "slack")
            ),
        ]
    );

    let mut results = Results::new();
    let sent = Node::from(json!({ "outcome": "delivered" }));
    results.insert("dingding".into(), sent.clone());
    let rest = calls(passed(&application, &results));
    assert_eq!(rest.len(), 1, "what was sent is not sent again");
    assert_eq!(rest[0].0, "slack");

    results.insert("slack".into(), sent);
    let Ok(Pass::Done(data)) = passed(&application, &results) else {
        panic!("both were sent");
    };
    let data = data.to_json().expect("JSON");
    let keys: Vec<_> = data.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["parameter", "dingding", "slack"]);
    assert_eq!(data["slack"]["outcome"], "delivered");
}

#[test]
fn notification_without_a_block_is_done_at_once() {
    for properties in [json!({}), json!(null), json!({ "slack": null })] {
        let application = notification(properties);
        let passed = passed(&application, &Results::new());
        assert!(matches!(passed, Ok(Pass::Done(_))), "{passed:?}");
    }
}

#[test]
fn services_that_are_not_spoken_to_yet_are_refused_before_anything_is_sent() {
    let block = json!({ "url": "u" });
    let application = notification(json!({ "slack": block, "lark": block, "email": "x" }));
    let failed = passed(&application, &Results::new()).expect_err("refused");
    assert_eq!(failed.0, Reason::Rendering);
    assert_eq!(
        failed.1,
        "`lark` of `notification` is not carried out yet; `email` must be of type object, not string"
    );
}

#[test]
fn field_called_service_cannot_redirect_a_message() {
    let application = notification(json!({ "slack": { "url": "u", "service": "dingding" } }));
    let told = calls(passed(&application, &Results::new()));
    assert_eq!(told[0].2["service"], "slack");
}
