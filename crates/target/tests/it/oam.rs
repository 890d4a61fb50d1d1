use std::sync::{Arc, Mutex};

use burgee_model::{Call, CallContext, CallError, CallKind, Event, Object, Provider};
use burgee_source::Node;
use burgee_target::OamProvider;
use serde_json::{Value, json};

use crate::support::{block_on, deployment, sandbox, service};

/// What a call answered and the objects it announced.
fn call(
    provider: &OamProvider,
    action: &'static str,
    params: Value,
) -> (Result<Value, CallError>, Vec<String>) {
    let context = CallContext {
        run: "run".into(),
        step: "step".into(),
        namespace: "default".into(),
    };
    let call = Call {
        path: action.into(),
        provider: "oam",
        action,
        params: Node::from(params),
    };
    let applied = Mutex::new(Vec::new());
    let emit = |event: Event| {
        let Event::ObjectApplied { step, object } = event else {
            panic!("only applied objects are announced: {event:?}");
        };
        assert_eq!(step.as_str(), "step");
        applied.lock().expect("one thread").push(object.to_string());
    };
    let answer = block_on(provider.call(&context, &call, &emit));
    let answer = answer.map(|node| node.to_json().expect("JSON"));
    (answer, applied.into_inner().expect("one thread"))
}

fn provider() -> OamProvider {
    OamProvider::new(Arc::new(sandbox().0))
}

fn values(objects: &[Object]) -> Vec<&Value> {
    objects.iter().map(Object::value).collect()
}

#[test]
fn apply_announces_each_object_and_observe_reads_them_back() {
    let provider = provider();
    let objects = [
        deployment(|_| {}),
        service(json!({ "ports": [{ "port": 80 }] })),
    ];
    let (answer, applied) = call(&provider, "apply", json!({ "objects": values(&objects) }));
    assert_eq!(applied, ["Deployment/web", "Service/web"]);
    let mut ids = answer.expect("applied")["ids"].clone();
    assert_eq!(ids.as_array().map(Vec::len), Some(2));
    ids[1]["name"] = "gone".into();
    let (observed, announced) = call(&provider, "observe", json!({ "ids": ids }));
    let observed = observed.expect("answered");
    assert_eq!(observed["objects"][0]["status"]["readyReplicas"], 1);
    assert_eq!(observed["objects"][1], Value::Null);
    let whence = (&observed["target"], &observed["closed"]);
    assert_eq!(whence, (&json!("sandbox"), &json!(true)));
    assert_eq!(announced, [""; 0]);
}

#[test]
fn what_was_applied_before_a_refusal_is_announced() {
    let bad = deployment(|live| live["spec"]["selector"] = json!({}));
    let objects = [service(json!({ "ports": [{ "port": 80 }] })), bad];
    let (answer, applied) = call(&provider(), "apply", json!({ "objects": values(&objects) }));
    assert_eq!(applied, ["Service/web"]);
    assert_eq!(
        answer.expect_err("refused").message,
        "sandbox refused Deployment/web: spec.selector: Required value"
    );
}

#[test]
fn malformed_calls_are_errors() {
    let provider = provider();
    for (action, params, message) in [
        ("apply", json!({}), "`objects` must be a list"),
        (
            "apply",
            json!({ "objects": [{}] }),
            "an object needs apiVersion, kind and metadata.name",
        ),
        ("observe", json!(null), "`ids` must be a list"),
        (
            "observe",
            json!({ "ids": [{ "name": "a" }] }),
            "an id needs apiVersion, kind, namespace and name",
        ),
        ("destroy", json!({}), "`oam` has no action `destroy`"),
    ] {
        let (answer, _) = call(&provider, action, params);
        assert_eq!(answer.expect_err("malformed").message, message);
    }
}

#[test]
fn reads_are_observed_and_applies_repeat_without_harm() {
    let provider = provider();
    assert_eq!(provider.name(), "oam");
    assert_eq!(provider.kind("observe"), CallKind::Observe);
    assert_eq!(provider.kind("apply"), CallKind::Idempotent);
    assert_eq!(provider.kind("destroy"), CallKind::Once);
}
