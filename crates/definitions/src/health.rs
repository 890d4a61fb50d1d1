//! Whether a component's live objects are healthy, and how it is doing in words.
//!
//! A component is healthy when its workload and each of its traits are; its message is the workload's, else
//! the first that a trait has to say.

use burgee_model::{Component, Object};
use serde_json::Value;

/// A verdict on live objects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// True when nothing more is awaited.
    pub healthy: bool,
    /// How it is doing: `Ready:1/1`. Empty when there is nothing to say.
    pub message: String,
}

const NO_CHECK: &str = "app.oam.dev/disable-health-check";

/// Judges a component by its live objects; `auxiliaries` are those of [`Rendered`](crate::Rendered) that exist.
#[must_use]
pub fn health(
    component: &Component,
    app_name: &str,
    workload: Option<&Object>,
    auxiliaries: &[(String, Object)],
) -> Health {
    let live = |key: &str| {
        let found = auxiliaries.iter().find(|(name, _)| name == key);
        found.map(|(_, object)| object.value())
    };
    let mut verdict = workload.map_or_else(Health::default, |live| deployment(live.value()));
    for one in &component.traits {
        if one.type_name.value.base() != "ingress" {
            continue;
        }
        let other = ingress(live("service"), live("ingress"), app_name);
        verdict.healthy &= other.healthy;
        if verdict.message.is_empty() {
            verdict.message = other.message;
        }
    }
    verdict
}

/// `webservice`: every replica that the spec wants is there, up to date and ready, and the controller has seen
/// the newest spec.
fn deployment(live: &Value) -> Health {
    let count = |pointer: &str| live.pointer(pointer).and_then(Value::as_i64).unwrap_or(0);
    // An API server always fills `spec.replicas`; where it is missing nothing can be said.
    let Some(wanted) = live.pointer("/spec/replicas").and_then(Value::as_i64) else {
        return Health::default();
    };
    let settled = [
        "/status/readyReplicas",
        "/status/updatedReplicas",
        "/status/replicas",
    ]
    .iter()
    .all(|pointer| count(pointer) == wanted);
    let observed = count("/status/observedGeneration") >= count("/metadata/generation");
    let exempt = annotation(live, NO_CHECK);
    let ready = count("/status/readyReplicas");
    Health {
        healthy: exempt || (settled && observed),
        message: format!("Ready:{ready}/{wanted}"),
    }
}

/// `ingress`: the Service has its address. Kubernetes does not say when routes work.
fn ingress(service: Option<&Value>, ingress: Option<&Value>, app_name: &str) -> Health {
    let address = service.and_then(|live| live.pointer("/spec/clusterIP"));
    let address = address.and_then(Value::as_str);
    Health {
        healthy: address.is_some_and(|ip| !ip.is_empty()),
        message: visiting(ingress, app_name),
    }
}

fn visiting(ingress: Option<&Value>, app_name: &str) -> String {
    let Some(ingress) = ingress else {
        return String::new();
    };
    let Some(entry) = ingress.pointer("/status/loadBalancer/ingress/0") else {
        return format!("No loadBalancer found, visiting by using 'vela port-forward {app_name}'");
    };
    let host = ingress
        .pointer("/spec/rules/0/host")
        .and_then(Value::as_str);
    let host = host.unwrap_or_default();
    match entry.get("ip").and_then(Value::as_str) {
        Some(ip) => format!("Visiting URL: {host}, IP: {ip}"),
        None => format!("Visiting URL: {host}"),
    }
}

fn annotation(live: &Value, key: &str) -> bool {
    let annotations = live.pointer("/metadata/annotations");
    annotations.is_some_and(|annotations| annotations.get(key).is_some())
}
