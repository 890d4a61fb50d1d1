use burgee_definitions::{Health, health};
use burgee_model::Object;
use serde_json::{Value, json};

use crate::support::one_component;

fn deployment(change: impl FnOnce(&mut Value)) -> Object {
    let mut live = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": { "name": "web", "generation": 2 },
        "spec": { "replicas": 3 },
        "status": {
            "observedGeneration": 2, "replicas": 3, "updatedReplicas": 3, "readyReplicas": 3,
        },
    });
    change(&mut live);
    Object::new(live).expect("an object")
}

fn verdict(workload: Option<&Object>) -> (bool, String) {
    let component = one_component(&json!({ "name": "web", "type": "webservice" }));
    let Health { healthy, message } = health(&component, "app", workload, &[]);
    (healthy, message)
}

#[test]
fn deployment_is_healthy_when_every_count_and_the_generation_agree() {
    type Change = fn(&mut Value);
    let table: [(&str, Change, bool, &str); 9] = [
        ("settled", |_| {}, true, "Ready:3/3"),
        (
            "one not ready",
            |live| live["status"]["readyReplicas"] = 2.into(),
            false,
            "Ready:2/3",
        ),
        (
            "none ready",
            |live| live["status"] = json!({}),
            false,
            "Ready:0/3",
        ),
        (
            "one of the old template",
            |live| live["status"]["updatedReplicas"] = 2.into(),
            false,
            "Ready:3/3",
        ),
        (
            "one too many",
            |live| live["status"]["replicas"] = 4.into(),
            false,
            "Ready:3/3",
        ),
        (
            "spec not seen yet",
            |live| live["metadata"]["generation"] = 3.into(),
            false,
            "Ready:3/3",
        ),
        (
            "scaled to nothing",
            |live| {
                live["spec"]["replicas"] = 0.into();
                live["status"] = json!({ "observedGeneration": 2 });
            },
            true,
            "Ready:0/0",
        ),
        (
            "exempt",
            |live| {
                live["status"] = json!({});
                live["metadata"]["annotations"] = json!({ "app.oam.dev/disable-health-check": "" });
            },
            true,
            "Ready:0/3",
        ),
        (
            "no replicas in the spec",
            |live| live["spec"] = json!({}),
            false,
            "",
        ),
    ];
    for (case, change, healthy, message) in table {
        let live = deployment(change);
        assert_eq!(
            verdict(Some(&live)),
            (healthy, message.to_owned()),
            "{case}"
        );
    }
    assert_eq!(verdict(None), (false, String::new()), "not there");
}

fn with_ingress(workload: &Object, cluster_ip: &str, ingress_status: Value) -> (bool, String) {
    let component = one_component(&json!({
        "name": "web", "type": "webservice", "traits": [{ "type": "ingress" }],
    }));
    let service = Object::new(json!({
        "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
        "spec": { "clusterIP": cluster_ip },
    }));
    let ingress = Object::new(json!({
        "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": { "name": "web" },
        "spec": { "rules": [{ "host": "a.example.com" }] },
        "status": ingress_status,
    }));
    let live = [
        ("service".to_owned(), service.expect("an object")),
        ("ingress".to_owned(), ingress.expect("an object")),
    ];
    let Health { healthy, message } = health(&component, "app", Some(workload), &live);
    (healthy, message)
}

#[test]
fn ingress_waits_for_the_address_of_its_service() {
    let live = deployment(|_| {});
    let balanced = json!({ "loadBalancer": { "ingress": [{ "ip": "192.0.2.1" }] } });
    assert_eq!(
        with_ingress(&live, "10.96.0.20", balanced.clone()),
        (true, "Ready:3/3".into())
    );
    assert_eq!(
        with_ingress(&live, "", balanced),
        (false, "Ready:3/3".into())
    );
}

#[test]
fn ingress_speaks_when_the_workload_has_nothing_to_say() {
    let silent = deployment(|live| live["spec"] = json!({}));
    for (status, message) in [
        (
            json!({ "loadBalancer": { "ingress": [{ "ip": "192.0.2.1" }] } }),
            "Visiting URL: a.example.com, IP: 192.0.2.1",
        ),
        (
            json!({ "loadBalancer": { "ingress": [{ "hostname": "lb" }] } }),
            "Visiting URL: a.example.com",
        ),
        (
            json!({ "loadBalancer": {} }),
            "No loadBalancer found, visiting by using 'vela port-forward app'",
        ),
    ] {
        assert_eq!(with_ingress(&silent, "10.96.0.20", status).1, message);
    }
}
