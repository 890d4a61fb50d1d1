//! The mission's `valueFrom`: from text to value, and compiled.

use std::hint::black_box;

use burgee_cue::{Cache, Limits, Program};
use burgee_source::{Node, SourceId};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;

const EXPRESSION: &str = r#"output.status.conditions[0].message + "工作流运行完成""#;

/// A Deployment as a cluster reports it.
fn deployment() -> serde_json::Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {
            "name": "express-server",
            "namespace": "default",
            "uid": "0b0c3f0e-5f0e-4a43-9d0b-7f3a2f6c1d11",
            "resourceVersion": "48151623",
            "generation": 1,
            "labels": {
                "app.oam.dev/appRevision": "first-vela-workflow-v1",
                "app.oam.dev/component": "express-server",
                "app.oam.dev/name": "first-vela-workflow",
                "workload.oam.dev/type": "webservice",
            },
            "annotations": {"deployment.kubernetes.io/revision": "1"},
        },
        "spec": {
            "replicas": 1,
            "revisionHistoryLimit": 10,
            "progressDeadlineSeconds": 600,
            "selector": {"matchLabels": {"app.oam.dev/component": "express-server"}},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}},
            "template": {
                "metadata": {"labels": {"app.oam.dev/component": "express-server"}},
                "spec": {
                    "containers": [{
                        "name": "express-server",
                        "image": "crccheck/hello-world",
                        "imagePullPolicy": "Always",
                        "ports": [{"containerPort": 8000, "protocol": "TCP"}],
                    }],
                    "restartPolicy": "Always",
                    "dnsPolicy": "ClusterFirst",
                    "terminationGracePeriodSeconds": 30,
                },
            },
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
                    "reason": "MinimumReplicasAvailable",
                    "message": "Deployment has minimum availability.",
                    "lastUpdateTime": "2026-11-24T07:23:19Z",
                    "lastTransitionTime": "2026-11-24T07:23:19Z",
                },
                {
                    "type": "Progressing",
                    "status": "True",
                    "reason": "NewReplicaSetAvailable",
                    "message": "ReplicaSet \"express-server-5d4f8c7b9\" has successfully progressed.",
                    "lastUpdateTime": "2026-11-24T07:23:19Z",
                    "lastTransitionTime": "2026-11-24T07:23:19Z",
                },
            ],
        },
    })
}

fn value_from(c: &mut Criterion) {
    let output = deployment();
    let node = Node::from(output.clone());
    let limits = Limits::default();
    let program = Program::expression(EXPRESSION, SourceId(0)).expect("CUE");
    let value = program
        .evaluate(&[("output", &output)], &limits)
        .expect("a value");
    assert_eq!(
        value.as_str(),
        Some("Deployment has minimum availability.工作流运行完成")
    );

    let mut group = c.benchmark_group("value_from");
    group.bench_function("text to value, serde_json", |b| {
        b.iter(|| {
            let program = Program::expression(black_box(EXPRESSION), SourceId(0)).expect("CUE");
            program
                .evaluate(&[("output", &output)], &limits)
                .expect("a value")
        });
    });
    group.bench_function("text to value, located data", |b| {
        b.iter(|| {
            let program = Program::expression(black_box(EXPRESSION), SourceId(0)).expect("CUE");
            program
                .evaluate(&[("output", &node)], &limits)
                .expect("a value")
        });
    });
    group.bench_function("compile", |b| {
        b.iter(|| Program::expression(black_box(EXPRESSION), SourceId(0)).expect("CUE"));
    });
    group.bench_function("compiled", |b| {
        b.iter(|| {
            black_box(&program)
                .evaluate(&[("output", &output)], &limits)
                .expect("a value")
        });
    });
    let cache = Cache::default();
    group.bench_function("cached text to value", |b| {
        b.iter(|| {
            let program = cache
                .expression(black_box(EXPRESSION), SourceId(0))
                .expect("CUE");
            program
                .evaluate(&[("output", &output)], &limits)
                .expect("a value")
        });
    });
    group.finish();
}

criterion_group!(benches, value_from);
criterion_main!(benches);
