//! A component's ports: on the container, and on the Service where they are exposed.

use std::collections::BTreeSet;

use burgee_source::Diagnostic;
use serde_json::{Value, json};

use crate::{
    dns,
    params::{Json, Params, put},
    rules,
};

/// One of `ports`.
#[derive(Debug, Clone)]
pub(crate) struct Port {
    port: i64,
    container_port: i64,
    name: String,
    protocol: &'static str,
    expose: bool,
    node_port: Option<i64>,
}

/// The kinds of Service that `exposeType` may ask for.
pub(crate) const EXPOSE_TYPES: [&str; 3] = ["ClusterIP", "NodePort", "LoadBalancer"];

/// Reads `ports`; `None` when absent.
pub(crate) fn read(
    params: &mut Params<'_, '_, '_>,
    expose_type: &'static str,
) -> Option<Vec<Port>> {
    let mut seen = Seen::default();
    params.objects("ports", |item| {
        let port = item.required_port("port");
        let container_port = item.port("containerPort");
        let name = item.string("name");
        let protocol = item.one_of("protocol", &["TCP", "UDP", "SCTP"]);
        let expose = item.boolean("expose").unwrap_or(false);
        let node_port = item.port("nodePort");
        if node_port.is_some() && (expose_type != "NodePort" || !expose) {
            item.no_effect("nodePort", rules::NODE_PORT);
        }
        let port = port?;
        let container_port = container_port.unwrap_or(port);
        let protocol = protocol.unwrap_or("TCP");
        let name = name.map_or_else(|| default_name(container_port, protocol), str::to_owned);
        let port = Port {
            port,
            container_port,
            name,
            protocol,
            expose,
            node_port,
        };
        seen.check(&port, item);
        Some(port)
    })
}

/// What the ports so far have taken.
#[derive(Default)]
struct Seen {
    names: BTreeSet<String>,
    exposed: BTreeSet<(i64, &'static str)>,
}

// === impl Seen ===

impl Seen {
    fn check(&mut self, port: &Port, item: &mut Params<'_, '_, '_>) {
        let span = item.value_span("name");
        let named = |rule| Diagnostic::new(rule).arg("name", &port.name).at(span);
        if !dns::is_port_name(&port.name) {
            item.report(named(&rules::INVALID_PORT_NAME).hint(rules::PORT_NAME));
        } else if !self.names.insert(port.name.clone()) {
            item.report(named(&rules::DUPLICATE_PORT).hint(rules::NAME_PORT));
        }
        if port.expose && !self.exposed.insert((port.port, port.protocol)) {
            let again = Diagnostic::new(&rules::DUPLICATE_EXPOSED)
                .arg("port", port.port)
                .arg("protocol", port.protocol)
                .at(item.value_span("port"));
            item.report(again.hint(rules::EXPOSE_ONCE));
        }
    }
}

/// `port-<n>`, followed by the protocol when that is not TCP.
pub(crate) fn default_name(port: i64, protocol: &str) -> String {
    match protocol {
        "TCP" => format!("port-{port}"),
        other => format!("port-{port}-{}", other.to_lowercase()),
    }
}

// === impl Port ===

impl Port {
    pub(crate) const fn is_exposed(&self) -> bool {
        self.expose
    }

    /// As the container lists it.
    pub(crate) fn on_container(&self) -> Value {
        json!({
            "containerPort": self.container_port,
            "protocol": self.protocol,
            "name": self.name,
        })
    }

    /// As the Service lists it.
    pub(crate) fn on_service(&self, expose_type: &str) -> Value {
        let mut out = Json::new();
        put(&mut out, "port", Some(self.port));
        put(&mut out, "targetPort", Some(self.container_port));
        put(&mut out, "name", Some(self.name.as_str()));
        put(&mut out, "protocol", Some(self.protocol));
        let node_port = self.node_port.filter(|_| expose_type == "NodePort");
        put(&mut out, "nodePort", node_port);
        Value::Object(out)
    }
}
