use std::{pin::pin, task::Context};

use burgee_model::Target;
use serde_json::{Value, json};

use crate::support::{applied, apply, deployment, live, object, sandbox, service};

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

#[test]
fn deployment_is_at_once_as_a_healthy_cluster_would_have_it() {
    let (sandbox, _) = sandbox();
    let live = applied(&sandbox, &deployment(|_| {}));
    insta::assert_snapshot!(pretty(&live), @r#"
    {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "metadata": {
        "name": "web",
        "namespace": "default",
        "uid": "d05e744d-ccc9-48b0-b9df-c78a4cc5d05f",
        "resourceVersion": "1",
        "generation": 1,
        "creationTimestamp": "2026-01-01T12:00:00Z"
      },
      "spec": {
        "selector": {
          "matchLabels": {
            "app": "web"
          }
        },
        "template": {
          "metadata": {
            "labels": {
              "app": "web"
            }
          },
          "spec": {
            "containers": [
              {
                "name": "web",
                "image": "nginx",
                "ports": [
                  {
                    "containerPort": 80,
                    "protocol": "TCP"
                  }
                ],
                "resources": {},
                "terminationMessagePath": "/dev/termination-log",
                "terminationMessagePolicy": "File",
                "imagePullPolicy": "Always"
              }
            ],
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "dnsPolicy": "ClusterFirst",
            "securityContext": {},
            "schedulerName": "default-scheduler"
          }
        },
        "replicas": 1,
        "strategy": {
          "type": "RollingUpdate",
          "rollingUpdate": {
            "maxUnavailable": "25%",
            "maxSurge": "25%"
          }
        },
        "revisionHistoryLimit": 10,
        "progressDeadlineSeconds": 600
      },
      "status": {
        "observedGeneration": 1,
        "replicas": 1,
        "updatedReplicas": 1,
        "readyReplicas": 1,
        "availableReplicas": 1,
        "conditions": [
          {
            "type": "Available",
            "status": "True",
            "lastUpdateTime": "2026-01-01T12:00:00Z",
            "lastTransitionTime": "2026-01-01T12:00:00Z",
            "reason": "MinimumReplicasAvailable",
            "message": "Deployment has minimum availability."
          },
          {
            "type": "Progressing",
            "status": "True",
            "lastUpdateTime": "2026-01-01T12:00:00Z",
            "lastTransitionTime": "2026-01-01T12:00:00Z",
            "reason": "NewReplicaSetAvailable",
            "message": "ReplicaSet \"web-66754995c\" has successfully progressed."
          }
        ]
      }
    }
    "#);
}

#[test]
fn same_manifest_gives_the_same_objects_in_every_sandbox() {
    let (one, _) = sandbox();
    let (other, _) = sandbox();
    let balancer = service(json!({ "type": "LoadBalancer", "ports": [{ "port": 80 }] }));
    for object in [deployment(|_| {}), balancer] {
        assert_eq!(applied(&one, &object), applied(&other, &object));
    }
}

#[test]
fn conditions_come_available_first_with_kubernetes_texts() {
    let (sandbox, _) = sandbox();
    let live = applied(&sandbox, &deployment(|_| {}));
    let conditions = live["status"]["conditions"].as_array().expect("a list");
    let told: Vec<_> = conditions
        .iter()
        .map(|one| (one["type"].as_str(), one["reason"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("Available"), Some("MinimumReplicasAvailable")),
            (Some("Progressing"), Some("NewReplicaSetAvailable")),
        ]
    );
    assert_eq!(
        conditions[0]["message"],
        "Deployment has minimum availability."
    );
    let progress = conditions[1]["message"].as_str().expect("a text");
    assert!(progress.starts_with("ReplicaSet \"web-"), "{progress}");
    assert!(
        progress.ends_with("\" has successfully progressed."),
        "{progress}"
    );
}

#[test]
fn replicas_of_the_spec_are_the_counts_of_the_status() {
    let (sandbox, _) = sandbox();
    let three = applied(
        &sandbox,
        &deployment(|live| live["spec"]["replicas"] = 3.into()),
    );
    for count in [
        "replicas",
        "updatedReplicas",
        "readyReplicas",
        "availableReplicas",
    ] {
        assert_eq!(three["status"][count], 3, "{count}");
    }
    let none = applied(
        &sandbox,
        &deployment(|live| live["spec"]["replicas"] = 0.into()),
    );
    assert_eq!(
        none["status"].get("readyReplicas"),
        None,
        "zero is left out"
    );
    assert_eq!(none["status"]["observedGeneration"], 2);
}

#[test]
fn applying_an_equal_object_changes_nothing() {
    let (sandbox, clock) = sandbox();
    let before = applied(&sandbox, &deployment(|_| {}));
    clock.set("2026-01-02T00:00:00Z");
    assert_eq!(applied(&sandbox, &deployment(|_| {})), before);
}

#[test]
fn changed_spec_is_a_new_generation_and_changed_labels_are_not() {
    let (sandbox, clock) = sandbox();
    let first = applied(&sandbox, &deployment(|_| {}));
    clock.set("2026-01-02T00:00:00Z");
    let labelled = applied(
        &sandbox,
        &deployment(|live| live["metadata"]["labels"] = json!({ "a": "b" })),
    );
    assert_eq!(labelled["metadata"]["generation"], 1);
    assert_ne!(
        labelled["metadata"]["resourceVersion"],
        first["metadata"]["resourceVersion"]
    );
    assert_eq!(
        labelled["status"], first["status"],
        "nothing was rolled out"
    );

    let image = "/spec/template/spec/containers/0/image";
    let rolled = applied(
        &sandbox,
        &deployment(|live| *live.pointer_mut(image).expect("an image") = "nginx:2".into()),
    );
    assert_eq!(rolled["metadata"]["generation"], 2);
    assert_eq!(rolled["status"]["observedGeneration"], 2);
    for kept in ["uid", "creationTimestamp"] {
        assert_eq!(rolled["metadata"][kept], first["metadata"][kept], "{kept}");
    }
    let message = "/status/conditions/1/message";
    assert_ne!(
        rolled.pointer(message),
        first.pointer(message),
        "another ReplicaSet"
    );
    let times = &rolled["status"]["conditions"];
    assert_eq!(times[0]["lastTransitionTime"], "2026-01-01T12:00:00Z");
    assert_eq!(times[1]["lastUpdateTime"], "2026-01-02T00:00:00Z");
}

#[test]
fn service_gets_an_address_of_its_own_and_keeps_it() {
    let (sandbox, _) = sandbox();
    let ports = json!({ "selector": { "app": "web" }, "ports": [{ "port": 80 }] });
    let web = applied(&sandbox, &service(ports.clone()));
    let spec = &web["spec"];
    let address = spec["clusterIP"].as_str().expect("an address");
    assert!(address.parse::<std::net::Ipv4Addr>().is_ok(), "{address}");
    assert_eq!(spec["clusterIPs"], json!([address]));
    assert_eq!(spec["type"], "ClusterIP");
    assert_eq!(spec["sessionAffinity"], "None");
    assert_eq!(
        spec["ports"],
        json!([{ "port": 80, "protocol": "TCP", "targetPort": 80 }])
    );
    assert_eq!(
        web["metadata"].get("generation"),
        None,
        "a Service has no generation"
    );
    assert_eq!(web["status"], json!({ "loadBalancer": {} }));

    let mut other = service(ports).into_value();
    other["metadata"]["name"] = "other".into();
    let other = applied(&sandbox, &object(other));
    assert_ne!(other["spec"]["clusterIP"], address);

    let moved = applied(
        &sandbox,
        &service(json!({ "type": "NodePort", "ports": [{ "port": 80 }] })),
    );
    assert_eq!(moved["spec"]["clusterIP"], address);
    let node_port = moved["spec"]["ports"][0]["nodePort"]
        .as_i64()
        .expect("a node port");
    assert!((30_000..32_768).contains(&node_port));
}

#[test]
fn balanced_service_and_ingress_get_an_address_for_documentation() {
    let (sandbox, _) = sandbox();
    let balanced = json!({ "loadBalancer": { "ingress": [{ "ip": "192.0.2.1" }] } });
    let web = service(json!({ "type": "LoadBalancer", "ports": [{ "port": 80 }] }));
    assert_eq!(applied(&sandbox, &web)["status"], balanced);
    let ingress = object(json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": { "name": "web", "namespace": "default" },
        "spec": { "rules": [] },
    }));
    let live = applied(&sandbox, &ingress);
    assert_eq!(live["status"], balanced);
    assert_eq!(live["metadata"]["generation"], 1);
}

#[test]
fn kinds_without_a_controller_here_are_kept_as_they_are() {
    let (sandbox, _) = sandbox();
    let config = object(json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "c" }, "data": { "a": "b" },
    }));
    let live = applied(&sandbox, &config);
    assert_eq!(live["data"], json!({ "a": "b" }));
    assert_eq!(live.get("status"), None);
    assert_eq!(live.get("spec"), None);
}

#[test]
fn reading_answers_in_the_order_asked_and_with_nothing_for_what_is_not_there() {
    let (sandbox, _) = sandbox();
    let web = deployment(|_| {});
    apply(&sandbox, &web).expect("a good object");
    let mut elsewhere = web.id();
    elsewhere.namespace = "prod".into();
    let read = crate::support::block_on(sandbox.read(&[elsewhere, web.id()]));
    let read = read.expect("the sandbox answers");
    assert_eq!(read[0], None);
    assert_eq!(
        read[1].as_ref().map(|found| found.value().clone()),
        Some(live(&sandbox, &web))
    );
}

#[test]
fn change_wakes_who_waits_and_an_equal_apply_does_not() {
    let (sandbox, _) = sandbox();
    let mut nobody = Context::from_waker(std::task::Waker::noop());
    apply(&sandbox, &deployment(|_| {})).expect("a good object");
    let mut changed = pin!(sandbox.changed());
    let mut looked_at_late = pin!(sandbox.changed());
    apply(&sandbox, &deployment(|_| {})).expect("a good object");
    assert!(changed.as_mut().poll(&mut nobody).is_pending());
    apply(
        &sandbox,
        &deployment(|live| live["spec"]["replicas"] = 2.into()),
    )
    .expect("good");
    assert!(changed.as_mut().poll(&mut nobody).is_ready());
    assert!(
        looked_at_late.as_mut().poll(&mut nobody).is_ready(),
        "no change is lost"
    );
}
