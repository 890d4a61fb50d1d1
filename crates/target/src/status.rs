//! The status that a healthy cluster settles on, in the order and with the texts of its controllers.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{defaults::kind, hash};

/// A documentation address (RFC 5737): nobody can mistake it for one that answers.
const BALANCER_IP: &str = "192.0.2.1";

/// When the conditions of a Deployment came to be.
pub(crate) struct Times {
    created: String,
    progressed: String,
}

/// Writes `status` into the kinds that are known here.
pub(crate) fn fill(value: &mut Value, generation: u64, times: &Times) {
    let status = match kind(value) {
        ("apps/v1", "Deployment") => deployment(value, generation, times),
        ("v1", "Service") => service(value),
        ("networking.k8s.io/v1", "Ingress") => {
            json!({ "loadBalancer": { "ingress": [{ "ip": BALANCER_IP }] } })
        }
        _ => return,
    };
    if let Some(object) = value.as_object_mut() {
        object.insert("status".into(), status);
    }
}

/// When a Deployment last made progress.
pub(crate) fn last_progress(live: &Value) -> Option<String> {
    let time = live.pointer("/status/conditions/1/lastUpdateTime")?;
    Some(time.as_str()?.to_owned())
}

/// A time as Kubernetes writes it: whole seconds.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn deployment(value: &Value, generation: u64, times: &Times) -> Value {
    let replicas = value.pointer("/spec/replicas").and_then(Value::as_i64);
    let replicas = replicas.unwrap_or(1);
    let mut status = Map::new();
    status.insert("observedGeneration".into(), generation.into());
    for count in [
        "replicas",
        "updatedReplicas",
        "readyReplicas",
        "availableReplicas",
    ] {
        // A count of zero is left out of a status.
        if replicas > 0 {
            status.insert(count.into(), replicas.into());
        }
    }
    let template = value.pointer("/spec/template").unwrap_or(&Value::Null);
    let name = value.pointer("/metadata/name").and_then(Value::as_str);
    let replica_set = format!(
        "{}-{}",
        name.unwrap_or_default(),
        hash::of_template(template)
    );
    let conditions = json!([
        {
            "type": "Available",
            "status": "True",
            "lastUpdateTime": times.created,
            "lastTransitionTime": times.created,
            "reason": "MinimumReplicasAvailable",
            "message": "Deployment has minimum availability.",
        },
        {
            "type": "Progressing",
            "status": "True",
            "lastUpdateTime": times.progressed,
            "lastTransitionTime": times.created,
            "reason": "NewReplicaSetAvailable",
            "message": format!("ReplicaSet \"{replica_set}\" has successfully progressed."),
        },
    ]);
    status.insert("conditions".into(), conditions);
    Value::Object(status)
}

fn service(value: &Value) -> Value {
    match value.pointer("/spec/type").and_then(Value::as_str) {
        Some("LoadBalancer") => json!({ "loadBalancer": { "ingress": [{ "ip": BALANCER_IP }] } }),
        Some(_) | None => json!({ "loadBalancer": {} }),
    }
}

// === impl Times ===

impl Times {
    /// `progressed` is when the newest template was rolled out, if not `now`.
    pub(crate) fn new(created: Timestamp, progressed: Option<&str>, now: Timestamp) -> Self {
        Self {
            created: time(created),
            progressed: progressed.map_or_else(|| time(now), str::to_owned),
        }
    }
}
