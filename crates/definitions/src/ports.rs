//! A component's ports: on the container, and on the Service where they are exposed.

use std::collections::BTreeSet;

use burgee_source::Diagnostic;
use serde_json::{Value, json};

use crate::{
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
    let mut names = BTreeSet::new();
    params.objects("ports", |item| {
        let port = item.required_port("port");
        let container_port = item.port("containerPort");
        let name = item.string("name");
        let protocol = item
            .one_of("protocol", &["TCP", "UDP", "SCTP"])
            .unwrap_or("TCP");
        let expose = item.boolean("expose").unwrap_or(false);
        let node_port = item.port("nodePort");
        if node_port.is_some() && (expose_type != "NodePort" || !expose) {
            item.no_effect("nodePort", rules::NODE_PORT);
        }
        let port = port?;
        let container_port = container_port.unwrap_or(port);
        let name = name.map_or_else(|| default_name(container_port, protocol), str::to_owned);
        if !names.insert(name.clone()) {
            let problem = Diagnostic::new(&rules::DUPLICATE_PORT).arg("name", &name);
            item.report(problem.at(item.span()).hint(rules::NAME_PORT));
        }
        Some(Port {
            port,
            container_port,
            name,
            protocol,
            expose,
            node_port,
        })
    })
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
