use burgee_model::Target;
use burgee_target::MAX_OBJECTS;
use serde_json::{Value, json};

use crate::support::{apply, block_on, deployment, live, object, sandbox, service};

/// Why a fresh sandbox refuses an object.
fn refusal(value: Value) -> String {
    let (sandbox, _) = sandbox();
    let object = object(value);
    let error = apply(&sandbox, &object).expect_err("refused");
    assert_eq!(error.object, object.id());
    let read = block_on(sandbox.read(&[object.id()])).expect("the sandbox answers");
    assert_eq!(read, [None], "what is refused leaves nothing behind");
    error.message
}

fn config(name: &str, namespace: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": { "name": name, "namespace": namespace },
    })
}

#[test]
fn names_that_are_no_dns_names_are_refused() {
    assert_eq!(
        refusal(config("", "")),
        "metadata.name: Required value: name or generateName is required"
    );
    for name in ["Web", "a_b", "-a", "a-", "a..b", "ä"] {
        let message = refusal(config(name, ""));
        assert!(
            message.starts_with("metadata.name: Invalid value: "),
            "{message}"
        );
    }
    assert!(refusal(config(&"a".repeat(300), "")).contains("Invalid value"));
    assert!(refusal(config("a", "Prod")).starts_with("metadata.namespace: Invalid value: "));
    let mut web = service(json!({ "ports": [{ "port": 80 }] })).into_value();
    web["metadata"]["name"] = "1st".into();
    assert!(
        refusal(web).starts_with("metadata.name: Invalid value: "),
        "no digit first"
    );
}

#[test]
fn service_ports_follow_the_rules_of_kubernetes() {
    for (ports, message) in [
        (json!([]), "spec.ports: Required value"),
        (
            json!([{ "port": 80 }, { "port": 81 }]),
            "spec.ports[0].name: Required value",
        ),
        (
            json!([{ "name": "a", "port": 80 }, { "name": "a", "port": 81 }]),
            "spec.ports[1].name: Duplicate value: \"a\"",
        ),
        (
            json!([{ "name": "a", "port": 80 }, { "name": "b", "port": 80 }]),
            "spec.ports[1]: Duplicate value: port 80",
        ),
        (
            json!([{ "port": 0 }]),
            "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        ),
    ] {
        assert_eq!(
            refusal(service(json!({ "ports": ports })).into_value()),
            message
        );
    }
    let (sandbox, _) = sandbox();
    let both = json!([{ "name": "a", "port": 53 }, { "name": "b", "port": 53, "protocol": "UDP" }]);
    assert_eq!(apply(&sandbox, &service(json!({ "ports": both }))), Ok(()));
}

#[test]
fn deployments_that_cannot_run_are_refused() {
    type Change = fn(&mut Value);
    let table: [(Change, &str); 8] = [
        (
            |live| live["spec"]["selector"] = json!({}),
            "spec.selector: Required value",
        ),
        (
            |live| live["spec"]["template"]["metadata"]["labels"]["app"] = "other".into(),
            "spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`",
        ),
        (
            |live| live["spec"]["replicas"] = (-1).into(),
            "spec.replicas: Invalid value: must be greater than or equal to 0",
        ),
        (
            |live| live["spec"]["template"]["spec"]["containers"] = json!([]),
            "spec.template.spec.containers: Required value",
        ),
        (
            |live| live["spec"]["template"]["spec"]["containers"][0]["image"] = " ".into(),
            "spec.template.spec.containers[0].image: Required value",
        ),
        (
            |live| {
                let one = live["spec"]["template"]["spec"]["containers"][0].clone();
                live["spec"]["template"]["spec"]["containers"] = json!([one, one]);
            },
            "spec.template.spec.containers[1].name: Duplicate value: \"web\"",
        ),
        (
            |live| {
                live["spec"]["template"]["spec"]["containers"][0]["ports"] = json!([{ "name": "a", "containerPort": 1 }, { "name": "a", "containerPort": 2 }]);
            },
            "spec.template.spec.containers[0].ports[1].name: Duplicate value: \"a\"",
        ),
        (
            |live| {
                live["spec"]["template"]["spec"]["containers"][0]["ports"] =
                    json!([{ "name": "sixteen-letters-", "containerPort": 1 }]);
            },
            "spec.template.spec.containers[0].ports[0].name: Invalid value: \"sixteen-letters-\": \
             up to 15 lower case letters, digits and single '-', with a letter among them",
        ),
    ];
    for (change, message) in table {
        assert_eq!(refusal(deployment(change).into_value()), message);
    }
}

#[test]
fn ingress_of_an_old_shape_is_refused() {
    let rule = |host: &str, paths: Value| {
        let rule = json!({ "host": host, "http": { "paths": paths } });
        refusal(json!({
            "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
            "metadata": { "name": "web" }, "spec": { "rules": [rule] },
        }))
    };
    let backend = json!({ "service": { "name": "web", "port": { "number": 80 } } });
    let good = json!([{ "path": "/", "pathType": "Prefix", "backend": backend }]);
    assert!(rule("http://a", good.clone()).starts_with("spec.rules[0].host: Invalid value: "));
    assert!(rule("a.*", good).starts_with("spec.rules[0].host: Invalid value: "));
    assert_eq!(
        rule("*.a", json!([])),
        "spec.rules[0].http.paths: Required value"
    );
    assert_eq!(
        rule("a", json!([{ "path": "/", "backend": backend }])),
        "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"
    );
    assert_eq!(
        rule(
            "a",
            json!([{ "path": "x", "pathType": "Prefix", "backend": backend }])
        ),
        "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path"
    );
}

#[test]
fn node_port_belongs_to_one_service() {
    let (sandbox, _) = sandbox();
    let with_name = |name: &str| {
        let ports = json!([{ "port": 80, "nodePort": 30080 }]);
        let mut value = service(json!({ "type": "NodePort", "ports": ports })).into_value();
        value["metadata"]["name"] = name.into();
        object(value)
    };
    apply(&sandbox, &with_name("one")).expect("a good object");
    let error = apply(&sandbox, &with_name("two")).expect_err("taken");
    assert_eq!(
        error.message,
        "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated"
    );
}

#[test]
fn selector_of_a_deployment_stays_and_a_refused_update_changes_nothing() {
    let (sandbox, _) = sandbox();
    let web = deployment(|_| {});
    apply(&sandbox, &web).expect("a good object");
    let before = live(&sandbox, &web);
    let moved = deployment(|live| {
        live["spec"]["selector"]["matchLabels"] = json!({ "tier": "front" });
        live["spec"]["template"]["metadata"]["labels"] = json!({ "tier": "front" });
    });
    let error = apply(&sandbox, &moved).expect_err("refused");
    assert_eq!(
        error.message,
        "spec.selector: Invalid value: field is immutable"
    );
    assert_eq!(live(&sandbox, &web), before);
}

#[test]
fn shapes_that_make_no_sense_are_refused_or_kept_but_never_a_panic() {
    let (sandbox, _) = sandbox();
    for (api_version, kind) in [
        ("apps/v1", "Deployment"),
        ("v1", "Service"),
        ("networking.k8s.io/v1", "Ingress"),
    ] {
        for spec in [
            json!(null),
            json!([]),
            json!(1),
            json!({ "ports": 1, "selector": [], "template": "x", "clusterIP": 5 }),
            json!({ "ports": [1, null], "type": [], "template": { "spec": { "containers": [null] } } }),
            json!({ "clusterIP": "None", "ports": {} }),
        ] {
            let odd = object(json!({
                "apiVersion": api_version, "kind": kind, "metadata": { "name": "odd" }, "spec": spec,
            }));
            let _refused_or_not = apply(&sandbox, &odd);
        }
    }
}

#[test]
fn sandbox_is_bounded_and_still_takes_updates_when_full() {
    let (sandbox, _) = sandbox();
    let named = |index: usize| object(config(&format!("c-{index}"), ""));
    let objects: Vec<_> = (0..MAX_OBJECTS).map(named).collect();
    block_on(sandbox.apply(&objects)).expect("as many as fit");
    let error = apply(&sandbox, &named(MAX_OBJECTS)).expect_err("one too many");
    assert_eq!(
        error.message,
        format!("the sandbox holds {MAX_OBJECTS} objects and takes no more")
    );
    let mut changed = named(0).into_value();
    changed["data"] = json!({ "a": "b" });
    assert_eq!(apply(&sandbox, &object(changed)), Ok(()));
}
