//! The `ingress` trait: a Service for the component's ports and an Ingress that leads to it.
//!
//! KubeVela's definition writes the Ingress as `networking.k8s.io/v1beta1`, which Kubernetes dropped in 1.22, and
//! leaves ports unnamed, which it never took for more than one. Here it is `networking.k8s.io/v1`, and ports get
//! the names that KubeVela's `gateway` trait gives them.

use std::collections::BTreeSet;

use burgee_model::Trait;
use burgee_source::{Diagnostic, Kind, Map, Node, Number, Span};
use serde_json::{Value, json};

use crate::{
    dns,
    params::{Params, is_port, port_range},
    pending::Scope,
    ports, rules,
};

/// The parameters of an `ingress` trait, read.
pub(crate) struct Ingress {
    domain: String,
    /// Path and port, in the order written.
    paths: Vec<(String, i64)>,
}

// === impl Ingress ===

impl Ingress {
    /// Reads the parameters, reporting all that is wrong with them.
    pub(crate) fn read(one: &Trait, scope: Scope<'_>, out: &mut Vec<Diagnostic>) -> Option<Self> {
        let empty = Node::new(Kind::Map(Map::default()), one.type_name.span);
        let given = one.properties.as_ref();
        let node = given.filter(|node| !node.is_null()).unwrap_or(&empty);
        let mut params = Params::new(node, "`ingress`", scope, out);
        let domain = domain(&mut params);
        let paths = paths(&mut params);
        if params.is_map() {
            params.finish();
        }
        Some(Self {
            domain: domain?.to_owned(),
            paths,
        })
    }

    /// The Service. `exposed` is the Service that the component makes under the same name: a cluster would
    /// hold one of the two, so its type and ports are taken over.
    pub(crate) fn service(&self, name: &str, exposed: Option<&Value>) -> Value {
        let spec = exposed.map(|service| &service["spec"]);
        let own = spec.and_then(|spec| spec["ports"].as_array());
        let mut ports = own.cloned().unwrap_or_default();
        for (_, port) in &self.paths {
            let port = *port;
            // Ports of another protocol are other ports.
            let known = |other: &Value| {
                other["port"] == port && matches!(other["protocol"].as_str(), None | Some("TCP"))
            };
            if !ports.iter().any(known) {
                ports.push(json!({ "port": port, "targetPort": port }));
            }
        }
        if ports.len() > 1 {
            name_all(&mut ports);
        }
        let mut service = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {},
            "spec": { "selector": { "app.oam.dev/component": name }, "ports": ports },
        });
        if let Some(expose_type) = spec.map(|spec| spec["type"].clone()) {
            service["spec"]["type"] = expose_type;
        }
        service
    }

    pub(crate) fn ingress(&self, name: &str) -> Value {
        let path = |(path, port): &(String, i64)| {
            json!({
                "path": path,
                "pathType": "ImplementationSpecific",
                "backend": { "service": { "name": name, "port": { "number": port } } },
            })
        };
        let paths: Vec<_> = self.paths.iter().map(path).collect();
        json!({
            "apiVersion": "networking.k8s.io/v1",
            "kind": "Ingress",
            "metadata": {},
            "spec": { "rules": [{ "host": self.domain, "http": { "paths": paths } }] },
        })
    }
}

/// Kubernetes wants a name on every port as soon as there are two, and no name twice.
fn name_all(ports: &mut [Value]) {
    let name = |port: &Value| Some(port.get("name")?.as_str()?.to_owned());
    let mut taken: BTreeSet<String> = ports.iter().filter_map(name).collect();
    for port in ports {
        if port.get("name").is_some() {
            continue;
        }
        let number = port["port"].as_i64().unwrap_or_default();
        let plain = ports::default_name(number, "TCP");
        let numbered = (2..).map(|n| format!("{plain}-{n}"));
        let mut candidates = std::iter::once(plain.clone()).chain(numbered);
        let free = candidates.find(|name| taken.insert(name.clone()));
        port["name"] = free.unwrap_or(plain).into();
    }
}

fn domain<'a>(params: &mut Params<'a, '_, '_>) -> Option<&'a str> {
    let domain = params.required_string("domain")?;
    if !dns::is_domain(domain) {
        let span = params.value_span("domain");
        let problem = Diagnostic::new(&rules::INVALID_DOMAIN).arg("value", domain);
        params.report(problem.at(span).hint(rules::BARE_DOMAIN));
    }
    Some(domain)
}

fn paths(params: &mut Params<'_, '_, '_>) -> Vec<(String, i64)> {
    let Some(http) = params.required_map("http") else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    for (path, entry) in http.iter() {
        if !path.starts_with('/') {
            let problem = Diagnostic::new(&rules::PATH_NOT_ABSOLUTE).arg("path", path);
            params.report(problem.at(entry.key_span).hint(rules::FROM_ROOT));
        }
        if params.awaits_in("http", path) {
            continue;
        }
        let number = entry.value.as_number().and_then(Number::as_i64);
        match number {
            Some(port) if is_port(port) => paths.push((path.to_owned(), port)),
            Some(port) => params.report(port_range(path, port, entry.value.span)),
            None => params.report_type(path, "integer", &entry.value),
        }
    }
    if http.is_empty() && !params.awaits("http") {
        let span = params.key_span("http").unwrap_or(Span::NONE);
        params.report(
            Diagnostic::new(&rules::NO_PATHS)
                .at(span)
                .hint(rules::A_PATH),
        );
    }
    paths
}
