//! The defaults that an API server writes into a spec, as far as health checks and readers of status meet them.

use serde_json::{Map, Value, json};

use crate::sandbox::below;

/// Fills the defaults of the kinds that are known here; others stay as they are.
pub(crate) fn fill(value: &mut Value) {
    match kind(value) {
        ("apps/v1", "Deployment") => deployment(value),
        ("v1", "Service") => service(value),
        _ => {}
    }
}

/// `apiVersion` and `kind`.
pub(crate) fn kind(value: &Value) -> (&str, &str) {
    let text = |key| value.get(key).and_then(Value::as_str).unwrap_or_default();
    (text("apiVersion"), text("kind"))
}

fn deployment(value: &mut Value) {
    let Some(spec) = below(value, "spec") else {
        return;
    };
    default(spec, "replicas", json!(1));
    default(
        spec,
        "strategy",
        json!({
            "type": "RollingUpdate",
            "rollingUpdate": { "maxUnavailable": "25%", "maxSurge": "25%" },
        }),
    );
    default(spec, "revisionHistoryLimit", json!(10));
    default(spec, "progressDeadlineSeconds", json!(600));
    let pod = spec
        .get_mut("template")
        .and_then(|template| below(template, "spec"));
    if let Some(pod) = pod {
        pod_spec(pod);
    }
}

fn pod_spec(pod: &mut Map<String, Value>) {
    default(pod, "restartPolicy", json!("Always"));
    default(pod, "terminationGracePeriodSeconds", json!(30));
    default(pod, "dnsPolicy", json!("ClusterFirst"));
    default(pod, "securityContext", json!({}));
    default(pod, "schedulerName", json!("default-scheduler"));
    let containers = pod.get_mut("containers").and_then(Value::as_array_mut);
    for container in containers.into_iter().flatten() {
        if let Some(container) = container.as_object_mut() {
            fill_container(container);
        }
    }
}

fn fill_container(container: &mut Map<String, Value>) {
    let image = container.get("image").and_then(Value::as_str);
    let policy = image.map_or("IfNotPresent", pull_policy);
    default(container, "resources", json!({}));
    default(
        container,
        "terminationMessagePath",
        json!("/dev/termination-log"),
    );
    default(container, "terminationMessagePolicy", json!("File"));
    default(container, "imagePullPolicy", json!(policy));
    let ports = container.get_mut("ports").and_then(Value::as_array_mut);
    for port in ports.into_iter().flatten().filter_map(Value::as_object_mut) {
        default(port, "protocol", json!("TCP"));
    }
}

/// An image without a tag, or with `latest`, is pulled each time. A digest reads as a tag of its own.
fn pull_policy(image: &str) -> &'static str {
    let last = image.rsplit('/').next().unwrap_or(image);
    match last.split_once(':') {
        Some((_, tag)) if tag != "latest" => "IfNotPresent",
        Some(_) | None => "Always",
    }
}

fn service(value: &mut Value) {
    let Some(spec) = below(value, "spec") else {
        return;
    };
    default(spec, "type", json!("ClusterIP"));
    default(spec, "sessionAffinity", json!("None"));
    default(spec, "internalTrafficPolicy", json!("Cluster"));
    default(spec, "ipFamilies", json!(["IPv4"]));
    default(spec, "ipFamilyPolicy", json!("SingleStack"));
    let ports = spec.get_mut("ports").and_then(Value::as_array_mut);
    for port in ports.into_iter().flatten().filter_map(Value::as_object_mut) {
        default(port, "protocol", json!("TCP"));
        let number = port.get("port").cloned();
        if let Some(number) = number {
            default(port, "targetPort", number);
        }
    }
}

fn default(map: &mut Map<String, Value>, key: &str, value: Value) {
    map.entry(key).or_insert(value);
}
