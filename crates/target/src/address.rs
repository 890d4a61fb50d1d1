//! Addresses and node ports of Services: picked by a hash of the name, each given once.

use std::collections::{BTreeMap, BTreeSet};

use burgee_model::ObjectId;
use serde_json::{Value, json};

use crate::{defaults::kind, hash, sandbox::below};

/// The addresses in use.
#[derive(Default)]
pub(crate) struct Addresses {
    cluster: BTreeSet<u16>,
    node_ports: BTreeMap<i64, ObjectId>,
}

const FIRST_NODE_PORT: i64 = 30_000;
const NODE_PORTS: i64 = 2_768;

// === impl Addresses ===

impl Addresses {
    /// Gives a Service its address and node ports, those it had before where it had any.
    pub(crate) fn assign(
        &mut self,
        id: &ObjectId,
        value: &mut Value,
        old: Option<&Value>,
    ) -> Result<(), String> {
        if kind(value) != ("v1", "Service") {
            return Ok(());
        }
        let service_type = value.pointer("/spec/type").and_then(Value::as_str);
        let with_node_ports = match service_type {
            // A name in DNS and nothing else.
            Some("ExternalName") => return Ok(()),
            Some("NodePort" | "LoadBalancer") => true,
            Some(_) | None => false,
        };
        let Some(spec) = below(value, "spec") else {
            return Ok(());
        };
        let had = old.and_then(|old| old.pointer("/spec/clusterIP")).cloned();
        let given = spec.get("clusterIP").cloned();
        let address = match given.or(had) {
            Some(address) => address,
            None => self.cluster_address(id)?.into(),
        };
        spec.insert("clusterIPs".into(), json!([address]));
        spec.insert("clusterIP".into(), address);
        if with_node_ports {
            let ports = spec.get_mut("ports").and_then(Value::as_array_mut);
            self.node_ports(id, ports.into_iter().flatten(), old)?;
        }
        Ok(())
    }

    fn cluster_address(&mut self, id: &ObjectId) -> Result<String, String> {
        // 10.96.0.0/12 is where kubeadm puts Services; .0.0 to .0.10 belong to the cluster itself.
        let first = (hash::of_id(id, 3) & 0xffff) as u16;
        let free = (0..=u16::MAX)
            .map(|step| first.wrapping_add(step))
            .find(|host| *host > 10 && host & 0xff != 0xff && !self.cluster.contains(host));
        let host = free.ok_or("no Service address is left")?;
        self.cluster.insert(host);
        Ok(format!("10.96.{}.{}", host >> 8, host & 0xff))
    }

    fn node_ports<'v>(
        &mut self,
        id: &ObjectId,
        ports: impl Iterator<Item = &'v mut Value>,
        old: Option<&Value>,
    ) -> Result<(), String> {
        let had = old.and_then(|old| old.pointer("/spec/ports")?.as_array());
        for (index, port) in ports.filter_map(Value::as_object_mut).enumerate() {
            let given = port.get("nodePort").and_then(Value::as_i64);
            if let Some(given) = given {
                let owner = self.node_ports.entry(given).or_insert_with(|| id.clone());
                if owner != id {
                    return Err(format!(
                        "spec.ports[{index}].nodePort: Invalid value: {given}: provided port is already allocated"
                    ));
                }
                continue;
            }
            let same = |other: &&Value| {
                other.get("port") == port.get("port")
                    && other.get("protocol") == port.get("protocol")
            };
            let kept = had.into_iter().flatten().find(same);
            let kept = kept.and_then(|port| port.get("nodePort")).cloned();
            let node_port = match kept {
                Some(node_port) => node_port,
                None => self.node_port(id)?.into(),
            };
            port.insert("nodePort".into(), node_port);
        }
        Ok(())
    }

    fn node_port(&mut self, id: &ObjectId) -> Result<i64, String> {
        let first = (hash::of_id(id, 4) & 0xffff) as i64;
        let free = (0..NODE_PORTS)
            .map(|step| FIRST_NODE_PORT + (first + step) % NODE_PORTS)
            .find(|port| !self.node_ports.contains_key(port));
        let port = free.ok_or("no node port is left")?;
        self.node_ports.insert(port, id.clone());
        Ok(port)
    }
}
