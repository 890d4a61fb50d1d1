//! What an API server refuses, as far as the objects made here can get it wrong.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::defaults::kind;

/// The most letters in a DNS label (RFC 1123).
const LABEL: usize = 63;
/// The most letters in a DNS subdomain.
const SUBDOMAIN: usize = 253;

/// Checks an object on its own.
pub(crate) fn object(value: &Value) -> Result<(), String> {
    let name = text(value, "/metadata/name");
    let fits = match kind(value) {
        ("v1", "Service") => is_label(name) && starts_with_letter(name),
        _ => is_subdomain(name),
    };
    if name.is_empty() {
        return Err("metadata.name: Required value: name or generateName is required".into());
    }
    if !fits {
        return Err(format!("metadata.name: Invalid value: {name:?}: {NAMES}"));
    }
    let namespace = text(value, "/metadata/namespace");
    if !namespace.is_empty() && !is_label(namespace) {
        return Err(format!(
            "metadata.namespace: Invalid value: {namespace:?}: {NAMES}"
        ));
    }
    match kind(value) {
        ("apps/v1", "Deployment") => deployment(value),
        ("v1", "Service") => service(value),
        ("networking.k8s.io/v1", "Ingress") => ingress(value),
        _ => Ok(()),
    }
}

const NAMES: &str =
    "lower case letters, digits and '-', beginning and ending with a letter or digit";

const PORT_NAMES: &str =
    "up to 15 lower case letters, digits and single '-', with a letter among them";

/// Checks what an update may not change.
pub(crate) fn update(old: &Value, new: &Value) -> Result<(), String> {
    let selector = "/spec/selector";
    if kind(new) == ("apps/v1", "Deployment") && old.pointer(selector) != new.pointer(selector) {
        return Err("spec.selector: Invalid value: field is immutable".into());
    }
    Ok(())
}

fn deployment(value: &Value) -> Result<(), String> {
    let labels = value.pointer("/spec/template/metadata/labels");
    let selector = value.pointer("/spec/selector/matchLabels");
    let Some(selector) = selector
        .and_then(Value::as_object)
        .filter(|s| !s.is_empty())
    else {
        return Err("spec.selector: Required value".into());
    };
    let matches =
        |(key, wanted): (&String, &Value)| labels.and_then(|all| all.get(key)) == Some(wanted);
    if !selector.iter().all(matches) {
        return Err(
            "spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`"
                .into(),
        );
    }
    let replicas = value.pointer("/spec/replicas");
    if replicas.is_some_and(|count| count.as_i64().is_none_or(|count| count < 0)) {
        return Err("spec.replicas: Invalid value: must be greater than or equal to 0".into());
    }
    containers(value)
}

fn containers(value: &Value) -> Result<(), String> {
    let path = "spec.template.spec.containers";
    let list = value.pointer("/spec/template/spec/containers");
    let list = list
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty());
    let Some(list) = list else {
        return Err(format!("{path}: Required value"));
    };
    let mut names = BTreeSet::new();
    for (index, container) in list.iter().enumerate() {
        let name = text(container, "/name");
        if !is_label(name) {
            return Err(format!(
                "{path}[{index}].name: Invalid value: {name:?}: {NAMES}"
            ));
        }
        if !names.insert(name) {
            return Err(format!("{path}[{index}].name: Duplicate value: {name:?}"));
        }
        container_ports(container, &format!("{path}[{index}]"))?;
        if text(container, "/image").trim().is_empty() {
            return Err(format!("{path}[{index}].image: Required value"));
        }
    }
    Ok(())
}

fn container_ports(container: &Value, path: &str) -> Result<(), String> {
    let ports = container.get("ports").and_then(Value::as_array);
    let mut names = BTreeSet::new();
    for (index, port) in ports.into_iter().flatten().enumerate() {
        let name = text(port, "/name");
        if !name.is_empty() && !is_port_name(name) {
            return Err(format!(
                "{path}.ports[{index}].name: Invalid value: {name:?}: {PORT_NAMES}"
            ));
        }
        if !name.is_empty() && !names.insert(name) {
            return Err(format!(
                "{path}.ports[{index}].name: Duplicate value: {name:?}"
            ));
        }
    }
    Ok(())
}

fn service(value: &Value) -> Result<(), String> {
    let service_type = value.pointer("/spec/type").and_then(Value::as_str);
    if service_type == Some("ExternalName") {
        return Ok(());
    }
    let headless = text(value, "/spec/clusterIP") == "None";
    let ports = value.pointer("/spec/ports").and_then(Value::as_array);
    let ports = ports.map_or(&[] as &[Value], Vec::as_slice);
    if ports.is_empty() && !headless {
        return Err("spec.ports: Required value".into());
    }
    let mut names = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for (index, port) in ports.iter().enumerate() {
        let path = format!("spec.ports[{index}]");
        let name = text(port, "/name");
        let number = port.get("port").and_then(Value::as_i64).unwrap_or(0);
        let protocol = port.get("protocol").and_then(Value::as_str);
        if name.is_empty() && ports.len() > 1 {
            return Err(format!("{path}.name: Required value"));
        }
        if !name.is_empty() && !is_label(name) {
            return Err(format!("{path}.name: Invalid value: {name:?}: {NAMES}"));
        }
        if !names.insert(name) {
            return Err(format!("{path}.name: Duplicate value: {name:?}"));
        }
        if !(1..=65535).contains(&number) {
            return Err(format!(
                "{path}.port: Invalid value: {number}: must be between 1 and 65535, inclusive"
            ));
        }
        if !numbers.insert((number, protocol.unwrap_or("TCP"))) {
            return Err(format!("{path}: Duplicate value: port {number}"));
        }
    }
    Ok(())
}

fn ingress(value: &Value) -> Result<(), String> {
    let rules = value.pointer("/spec/rules").and_then(Value::as_array);
    for (index, rule) in rules.into_iter().flatten().enumerate() {
        let path = format!("spec.rules[{index}]");
        let host = text(rule, "/host");
        let named = host.strip_prefix("*.").unwrap_or(host);
        if !host.is_empty() && !is_subdomain(named) {
            return Err(format!("{path}.host: Invalid value: {host:?}: {NAMES}"));
        }
        let Some(http) = rule.get("http") else {
            continue;
        };
        let paths = http.get("paths").and_then(Value::as_array);
        if paths.is_none_or(Vec::is_empty) {
            return Err(format!("{path}.http.paths: Required value"));
        }
        for (at, one) in paths.into_iter().flatten().enumerate() {
            if text(one, "/pathType").is_empty() {
                return Err(format!(
                    "{path}.http.paths[{at}].pathType: Required value: pathType must be specified"
                ));
            }
            let route = text(one, "/path");
            if !route.is_empty() && !route.starts_with('/') {
                return Err(format!(
                    "{path}.http.paths[{at}].path: Invalid value: {route:?}: must be an absolute path"
                ));
            }
        }
    }
    Ok(())
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default()
}

fn is_label(name: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.len() <= LABEL
        && name.starts_with(word)
        && name.ends_with(word)
        && name.chars().all(|c| word(c) || c == '-')
}

/// The name of a service as IANA keeps them (RFC 6335).
fn is_port_name(name: &str) -> bool {
    const LONGEST: usize = 15;
    let letter = name.contains(|c: char| c.is_ascii_lowercase());
    is_label(name) && name.len() <= LONGEST && letter && !name.contains("--")
}

fn is_subdomain(name: &str) -> bool {
    name.len() <= SUBDOMAIN && name.split('.').all(is_label)
}

fn starts_with_letter(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
}
