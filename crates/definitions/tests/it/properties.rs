use burgee_definitions::{check_component, health, render};
use burgee_model::{Object, Target};
use burgee_source::Severity;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    sandbox::{now, sandbox},
    support::{application, context},
};

/// Values that are right most of the time: a component has many, and all must be for it to pass.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        30 => prop::sample::select(vec![80, 81, 443, 8080, 65535]).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(json!("80")),
    ]
}

fn word() -> impl Strategy<Value = Value> {
    prop_oneof![
        30 => "[a-z][a-z0-9]{0,5}".prop_map(Value::from),
        1 => ".{0,20}".prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
    ]
}

fn port() -> impl Strategy<Value = Value> {
    let protocol = prop::sample::select(vec!["TCP", "UDP", "SCTP"]);
    (
        number(),
        prop::option::of(number()),
        prop::option::of(word()),
        prop::option::of(protocol),
        any::<bool>(),
    )
        .prop_map(|(port, container_port, name, protocol, expose)| {
            json!({
                "port": port, "containerPort": container_port, "name": name, "protocol": protocol,
                "expose": expose,
            })
        })
}

fn component() -> impl Strategy<Value = Value> {
    let path = prop_oneof![9 => "/[a-c]{0,2}", 1 => "[a-c]{0,2}"];
    let ingress = (word(), prop::collection::hash_map(path, number(), 1..3)).prop_map(
        |(domain, http)| {
            json!({ "type": "ingress", "properties": { "domain": domain, "http": http } })
        },
    );
    (
        prop_oneof![9 => "[a-z][a-z0-9]{0,6}", 1 => "[a-zA-Z0-9-]{1,6}"],
        word(),
        prop::option::of(number()),
        prop::option::of(prop::collection::vec(port(), 0..4)),
        prop::option::of(prop::sample::select(vec!["ClusterIP", "NodePort", "LoadBalancer"])),
        prop::collection::vec(ingress, 0..2),
    )
        .prop_map(|(name, image, port, ports, expose, traits)| {
            json!({
                "name": name,
                "type": "webservice",
                "properties": { "image": image, "port": port, "ports": ports, "exposeType": expose },
                "traits": traits,
            })
        })
}

/// Anything at all.
fn any_json() -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(vec![
        "image",
        "port",
        "ports",
        "name",
        "env",
        "valueFrom",
        "limit",
        "cpu",
        "volumeMounts",
        "volumes",
        "pvc",
        "items",
        "livenessProbe",
        "httpGet",
        "labels",
        "hostAliases",
        "domain",
        "http",
        "type",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        let entry = (keys.clone(), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            prop::collection::vec(entry, 0..6).prop_map(|entries| {
                let owned = entries
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Value::Object(owned.collect())
            }),
        ]
    })
}

/// Renders what passes the checker; `None` when the checker finds an error. Asserts that the two agree.
fn rendered(component: &Value) -> Option<burgee_definitions::Rendered> {
    let (_, application) = application(&json!({ "components": [component] }));
    let component = &application.components[0];
    let mut problems = Vec::new();
    check_component(component, &application, &mut problems);
    let good = problems
        .iter()
        .all(|problem| problem.severity() != Severity::Error);
    let rendered = render(component, &context());
    assert_eq!(rendered.is_ok(), good, "{problems:#?}");
    rendered.ok()
}

proptest! {
    #[test]
    fn what_the_checker_passes_the_sandbox_accepts_and_finds_healthy(value in component()) {
        if let Some(rendered) = rendered(&value) {
            let sandbox = sandbox();
            let objects: Vec<Object> = rendered.objects().into_iter().cloned().collect();
            prop_assert_eq!(now(sandbox.apply(&objects)), Ok(()));
            let keys = rendered.auxiliaries.iter().map(|(key, object)| (key.clone(), object.id()));
            let (keys, ids): (Vec<_>, Vec<_>) = keys.unzip();
            let live = now(sandbox.read(&ids)).expect("the sandbox answers");
            let live: Vec<_> = keys.into_iter().zip(live.into_iter().flatten()).collect();
            let workload = now(sandbox.read(&[rendered.workload.id()])).expect("it answers");
            let component = crate::support::one_component(&value);
            let verdict = health(&component, "app", workload[0].as_ref(), &live);
            prop_assert!(verdict.healthy);
            prop_assert_eq!(verdict.message, "Ready:1/1");
        }
    }

    #[test]
    fn no_properties_make_the_checker_or_the_renderer_panic(value in any_json(), one in any_json()) {
        let _either_way = rendered(&json!({
            "name": "web",
            "type": "webservice",
            "properties": value,
            "traits": [{ "type": "ingress", "properties": one }],
        }));
    }
}
