use burgee_definitions::{Rendered, component_tree, render, with_component_tree};
use burgee_source::{Lang, Node};
use serde_json::{Value, json};

use crate::support::{context, one_component};

fn rendered(component: &Value) -> Rendered {
    let component = one_component(component);
    match render(&component, &context()) {
        Ok(rendered) => rendered,
        Err(problems) => panic!("{problems:#?}"),
    }
}

/// The Deployment of a `webservice` with these properties.
fn deployment(properties: Value) -> Value {
    let component = json!({ "name": "web", "type": "webservice", "properties": properties });
    rendered(&component).workload.into_value()
}

fn container(properties: Value) -> Value {
    deployment(properties)["spec"]["template"]["spec"]["containers"][0].clone()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

fn mission() -> Value {
    json!({
        "name": "express-server",
        "type": "webservice",
        "properties": { "image": "crccheck/hello-world", "port": 8000 },
        "traits": [{
            "type": "ingress",
            "properties": { "domain": "testsvc.example.com", "http": { "/": 8000 } },
        }],
    })
}

#[test]
fn mission_component_becomes_deployment_service_and_ingress() {
    let rendered = rendered(&mission());
    insta::assert_snapshot!(pretty(rendered.workload.value()), @r#"
    {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "metadata": {
        "name": "express-server",
        "namespace": "default",
        "labels": {
          "app.oam.dev/name": "first-vela-workflow",
          "app.oam.dev/namespace": "default",
          "app.oam.dev/component": "express-server",
          "app.oam.dev/appRevision": "first-vela-workflow-v1",
          "app.oam.dev/revision": "fc4b3b83c94be132",
          "app.oam.dev/resourceType": "WORKLOAD",
          "workload.oam.dev/type": "webservice"
        }
      },
      "spec": {
        "selector": {
          "matchLabels": {
            "app.oam.dev/component": "express-server"
          }
        },
        "template": {
          "metadata": {
            "labels": {
              "app.oam.dev/name": "first-vela-workflow",
              "app.oam.dev/component": "express-server"
            }
          },
          "spec": {
            "containers": [
              {
                "name": "express-server",
                "image": "crccheck/hello-world",
                "ports": [
                  {
                    "containerPort": 8000
                  }
                ]
              }
            ]
          }
        }
      }
    }
    "#);
    let auxiliaries: serde_json::Map<_, _> = rendered
        .auxiliaries
        .into_iter()
        .map(|(key, object)| (key, object.into_value()))
        .collect();
    insta::assert_snapshot!(pretty(&Value::Object(auxiliaries)), @r#"
    {
      "service": {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {
          "name": "express-server",
          "namespace": "default",
          "labels": {
            "app.oam.dev/name": "first-vela-workflow",
            "app.oam.dev/namespace": "default",
            "app.oam.dev/component": "express-server",
            "app.oam.dev/appRevision": "first-vela-workflow-v1",
            "app.oam.dev/revision": "fc4b3b83c94be132",
            "app.oam.dev/resourceType": "TRAIT",
            "trait.oam.dev/type": "ingress",
            "trait.oam.dev/resource": "service"
          }
        },
        "spec": {
          "selector": {
            "app.oam.dev/component": "express-server"
          },
          "ports": [
            {
              "port": 8000,
              "targetPort": 8000
            }
          ]
        }
      },
      "ingress": {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {
          "name": "express-server",
          "namespace": "default",
          "labels": {
            "app.oam.dev/name": "first-vela-workflow",
            "app.oam.dev/namespace": "default",
            "app.oam.dev/component": "express-server",
            "app.oam.dev/appRevision": "first-vela-workflow-v1",
            "app.oam.dev/revision": "fc4b3b83c94be132",
            "app.oam.dev/resourceType": "TRAIT",
            "trait.oam.dev/type": "ingress",
            "trait.oam.dev/resource": "ingress"
          }
        },
        "spec": {
          "rules": [
            {
              "host": "testsvc.example.com",
              "http": {
                "paths": [
                  {
                    "path": "/",
                    "pathType": "ImplementationSpecific",
                    "backend": {
                      "service": {
                        "name": "express-server",
                        "port": {
                          "number": 8000
                        }
                      }
                    }
                  }
                ]
              }
            }
          ]
        }
      }
    }
    "#);
}

#[test]
fn ports_carry_names_and_protocols_and_the_older_port_does_not() {
    let ports = container(json!({
        "image": "i",
        "ports": [
            { "port": 8080, "containerPort": 80 },
            { "port": 53, "protocol": "UDP" },
            { "port": 9000, "name": "admin" },
        ],
    }));
    assert_eq!(
        ports["ports"],
        json!([
            { "containerPort": 80, "protocol": "TCP", "name": "port-80" },
            { "containerPort": 53, "protocol": "UDP", "name": "port-53-udp" },
            { "containerPort": 9000, "protocol": "TCP", "name": "admin" },
        ])
    );
    let single = container(json!({ "image": "i", "port": 8000 }));
    assert_eq!(single["ports"], json!([{ "containerPort": 8000 }]));
}

#[test]
fn only_exposed_ports_reach_the_service() {
    let rendered = rendered(&json!({
        "name": "web",
        "type": "webservice",
        "properties": {
            "image": "i",
            "exposeType": "NodePort",
            "ports": [
                { "port": 8080, "containerPort": 80, "expose": true, "nodePort": 30080 },
                { "port": 9000 },
            ],
        },
    }));
    let (key, service) = &rendered.auxiliaries[0];
    assert_eq!(key, "webserviceExpose");
    assert_eq!(rendered.auxiliaries.len(), 1);
    assert_eq!(service.id().name, "web");
    assert_eq!(
        service.value()["spec"],
        json!({
            "selector": { "app.oam.dev/component": "web" },
            "ports": [{
                "port": 8080, "targetPort": 80, "name": "port-80", "protocol": "TCP", "nodePort": 30080,
            }],
            "type": "NodePort",
        })
    );
    let labels = &service.value()["metadata"]["labels"];
    assert_eq!(labels["trait.oam.dev/type"], "AuxiliaryWorkload");
    assert_eq!(labels["trait.oam.dev/resource"], "webserviceExpose");
}

#[test]
fn requests_are_limits_unless_a_limit_is_given() {
    let resources = container(json!({
        "image": "i", "cpu": "500m", "memory": "1Gi", "limit": { "memory": "2Gi" },
    }));
    assert_eq!(
        resources["resources"],
        json!({
            "requests": { "cpu": "500m", "memory": "1Gi" },
            "limits": { "cpu": "500m", "memory": "2Gi" },
        })
    );
    let none = container(json!({ "image": "i", "limit": { "cpu": "1" } }));
    assert_eq!(none.get("resources"), None, "a limit alone does nothing");
}

#[test]
fn probe_numbers_are_written_with_their_defaults() {
    let probe = container(json!({
        "image": "i",
        "livenessProbe": {
            "httpGet": {
                "path": "/healthz", "port": 8080, "httpHeaders": [{ "name": "X", "value": "y" }],
            },
            "periodSeconds": 60,
        },
    }));
    assert_eq!(
        probe["livenessProbe"],
        json!({
            "httpGet": {
                "path": "/healthz", "port": 8080, "httpHeaders": [{ "name": "X", "value": "y" }],
            },
            "initialDelaySeconds": 0,
            "periodSeconds": 60,
            "timeoutSeconds": 1,
            "successThreshold": 1,
            "failureThreshold": 3,
        })
    );
}

#[test]
fn volume_mounts_share_a_volume_of_one_name() {
    let deployment = deployment(json!({
        "image": "i",
        "volumeMounts": {
            "hostPath": [{ "name": "logs", "mountPath": "/var/log", "path": "/log" }],
            "pvc": [{ "name": "data", "mountPath": "/data", "subPath": "a", "claimName": "claim" }],
            "configMap": [{
                "name": "conf", "mountPath": "/etc/a", "cmName": "c",
                "items": [{ "key": "k", "path": "p" }],
            }],
            "secret": [{ "name": "keys", "mountPath": "/keys", "secretName": "s", "defaultMode": 256 }],
            "emptyDir": [
                { "name": "tmp", "mountPath": "/tmp", "medium": "Memory" },
                { "name": "tmp", "mountPath": "/scratch" },
            ],
        },
    }));
    let pod = &deployment["spec"]["template"]["spec"];
    assert_eq!(
        pod["containers"][0]["volumeMounts"],
        json!([
            { "name": "data", "mountPath": "/data", "subPath": "a" },
            { "name": "conf", "mountPath": "/etc/a" },
            { "name": "keys", "mountPath": "/keys" },
            { "name": "tmp", "mountPath": "/tmp" },
            { "name": "tmp", "mountPath": "/scratch" },
            { "name": "logs", "mountPath": "/var/log" },
        ])
    );
    assert_eq!(
        pod["volumes"],
        json!([
            { "name": "data", "persistentVolumeClaim": { "claimName": "claim" } },
            { "name": "conf", "configMap": {
                "name": "c", "defaultMode": 420, "items": [{ "key": "k", "path": "p", "mode": 511 }],
            } },
            { "name": "keys", "secret": { "secretName": "s", "defaultMode": 256 } },
            { "name": "tmp", "emptyDir": { "medium": "Memory" } },
            { "name": "logs", "hostPath": { "path": "/log" } },
        ])
    );
}

#[test]
fn older_volumes_count_only_without_volume_mounts() {
    let list =
        json!([{ "name": "data", "mountPath": "/data", "type": "pvc", "claimName": "claim" }]);
    let old = deployment(json!({ "image": "i", "volumes": list }));
    assert_eq!(
        old["spec"]["template"]["spec"]["volumes"],
        json!([{ "name": "data", "persistentVolumeClaim": { "claimName": "claim" } }])
    );
    let both = deployment(json!({
        "image": "i",
        "volumes": list,
        "volumeMounts": { "emptyDir": [{ "name": "tmp", "mountPath": "/tmp" }] },
    }));
    assert_eq!(
        both["spec"]["template"]["spec"]["volumes"],
        json!([{ "name": "tmp", "emptyDir": { "medium": "" } }])
    );
}

#[test]
fn everything_else_of_webservice_has_its_place_in_the_pod() {
    let env = json!([
        { "name": "A", "value": "1" },
        { "name": "B", "valueFrom": { "secretKeyRef": { "name": "s", "key": "k" } } },
        { "name": "C", "valueFrom": { "configMapKeyRef": { "name": "c", "key": "k" } } },
    ]);
    let deployment = deployment(json!({
        "image": "i",
        "imagePullPolicy": "Never",
        "imagePullSecrets": ["one", "two"],
        "cmd": ["/bin/sh"],
        "args": ["-c", "true"],
        "env": env,
        "hostAliases": [{ "ip": "10.0.0.1", "hostnames": ["a", "b"] }],
        "labels": { "team": "blue" },
        "annotations": { "note": "hi" },
    }));
    let template = &deployment["spec"]["template"];
    assert_eq!(
        template["metadata"],
        json!({
            "labels": {
                "team": "blue",
                "app.oam.dev/name": "first-vela-workflow",
                "app.oam.dev/component": "web",
            },
            "annotations": { "note": "hi" },
        })
    );
    assert_eq!(
        template["spec"],
        json!({
            "containers": [{
                "name": "web",
                "image": "i",
                "imagePullPolicy": "Never",
                "command": ["/bin/sh"],
                "args": ["-c", "true"],
                "env": env,
            }],
            "imagePullSecrets": [{ "name": "one" }, { "name": "two" }],
            "hostAliases": [{ "ip": "10.0.0.1", "hostnames": ["a", "b"] }],
        })
    );
}

#[test]
fn revision_label_of_the_pod_is_the_stamped_one_and_follows_the_parameters() {
    let revision = |image: &str| {
        let object = deployment(json!({ "image": image, "addRevisionLabel": true }));
        let key = "app.oam.dev/revision";
        let pod = object["spec"]["template"]["metadata"]["labels"][key].clone();
        assert_eq!(object["metadata"]["labels"][key], pod);
        pod
    };
    assert_eq!(revision("a"), revision("a"));
    assert_ne!(revision("a"), revision("b"));
}

#[test]
fn application_labels_and_annotations_are_copied_minus_the_filtered_ones() {
    let mut context = context();
    for (key, value) in [
        ("team", "blue"),
        ("private", "x"),
        ("app.oam.dev/name", "forged"),
    ] {
        context.labels.insert(key.into(), value.into());
    }
    for (key, value) in [
        ("note", "hi"),
        ("draft", "x"),
        ("kubectl.kubernetes.io/last-applied-configuration", "{}"),
        ("filter.oam.dev/label-keys", "private, app.oam.dev/revision"),
        ("filter.oam.dev/annotation-keys", "draft"),
    ] {
        context.annotations.insert(key.into(), value.into());
    }
    let rendered = render(&one_component(&mission()), &context).expect("a good component");
    for object in rendered.objects() {
        let metadata = &object.value()["metadata"];
        assert_eq!(metadata["annotations"], json!({ "note": "hi" }));
        let labels = metadata["labels"].as_object().expect("labels");
        assert_eq!(labels["team"], "blue");
        assert_eq!(
            labels["app.oam.dev/name"], "first-vela-workflow",
            "the stamped one wins"
        );
        assert!(!labels.contains_key("private"));
        assert!(
            !labels.contains_key("app.oam.dev/revision"),
            "filters reach stamped keys"
        );
    }
}

fn ingress_service(component: &Value) -> Value {
    let rendered = rendered(component);
    let found = rendered
        .auxiliaries
        .iter()
        .find(|(key, _)| key == "service");
    found.expect("a Service").1.value()["spec"].clone()
}

#[test]
fn paths_to_one_port_are_one_service_port_and_several_ports_get_names() {
    let mut component = mission();
    component["traits"][0]["properties"]["http"] = json!({ "/": 8000, "/api": 8000 });
    assert_eq!(
        ingress_service(&component)["ports"],
        json!([{ "port": 8000, "targetPort": 8000 }])
    );
    component["traits"][0]["properties"]["http"] = json!({ "/": 8000, "/api": 9000 });
    assert_eq!(
        ingress_service(&component)["ports"],
        json!([
            { "port": 8000, "targetPort": 8000, "name": "port-8000" },
            { "port": 9000, "targetPort": 9000, "name": "port-9000" },
        ])
    );
}

#[test]
fn exposed_ports_and_ingress_share_one_service_under_both_keys() {
    let mut component = mission();
    component["properties"] = json!({
        "image": "i",
        "exposeType": "NodePort",
        "ports": [{ "port": 9000, "containerPort": 8000, "expose": true }],
    });
    let rendered = rendered(&component);
    let keys: Vec<_> = rendered
        .auxiliaries
        .iter()
        .map(|(key, _)| key.as_str())
        .collect();
    assert_eq!(keys, ["webserviceExpose", "service", "ingress"]);
    assert_eq!(rendered.auxiliaries[0].1, rendered.auxiliaries[1].1);
    assert_eq!(
        rendered.ids().len(),
        3,
        "Deployment, Service, Ingress: each once"
    );
    assert_eq!(
        rendered.auxiliaries[1].1.value()["spec"],
        json!({
            "selector": { "app.oam.dev/component": "express-server" },
            "ports": [
                { "port": 9000, "targetPort": 8000, "name": "port-8000", "protocol": "TCP" },
                { "port": 8000, "targetPort": 8000, "name": "port-8000-2" },
            ],
            "type": "NodePort",
        })
    );
}

#[test]
fn component_of_a_type_not_carried_out_is_refused() {
    let component = one_component(&json!({ "name": "db", "type": "statefulset" }));
    let problems = render(&component, &context()).expect_err("not carried out");
    let messages: Vec<_> = problems.iter().map(|p| p.message(Lang::En)).collect();
    assert_eq!(
        messages,
        ["component type `statefulset` is known to KubeVela but not carried out yet"]
    );
}

#[test]
fn changed_tree_gives_a_changed_component() {
    let component = one_component(&mission());
    let same = with_component_tree(&component, &component_tree(&component)).expect("unchanged");
    assert_eq!(
        render(&same, &context()).expect("good"),
        render(&component, &context()).expect("good")
    );
    let tree = Node::from(json!({
        "properties": { "image": "other" },
        "traits": [{ "properties": { "domain": "b.example.com", "http": { "/": 1 } } }],
    }));
    let changed = with_component_tree(&component, &tree).expect("the trait keeps its type");
    let rendered = render(&changed, &context()).expect("good");
    let route = &rendered.auxiliaries[1].1.value()["spec"]["rules"][0];
    assert_eq!(route["host"], "b.example.com");
    let beyond = Node::from(json!({
        "traits": [{ "type": "ingress" }, { "properties": { "domain": "c" } }],
    }));
    let refused = with_component_tree(&component, &beyond).expect_err("no second trait");
    assert_eq!(
        refused.message(Lang::En),
        "component `express-server` has no trait number 1"
    );
}
