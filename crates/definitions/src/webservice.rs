//! `webservice`: a Deployment, and a Service when a port is exposed.
//!
//! Replicas are left to the API server, as KubeVela leaves them: one, until something scales it.

use burgee_model::Component;
use burgee_source::{Diagnostic, Kind, Map, Node};
use serde_json::{Value, json};

use crate::{
    RenderContext, container,
    params::{Json, Params, put},
    pending::Scope,
    ports::{self, EXPOSE_TYPES, Port},
    probe, rules, volumes,
};

/// The parameters of a `webservice`, read.
pub(crate) struct Webservice {
    container: Json,
    pod: Json,
    labels: Json,
    annotations: Option<Json>,
    add_revision_label: bool,
    expose_type: &'static str,
    exposed: Vec<Port>,
}

// === impl Webservice ===

impl Webservice {
    /// Reads the parameters, reporting all that is wrong with them.
    pub(crate) fn read(
        component: &Component,
        scope: Scope<'_>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let empty = Node::new(Kind::Map(Map::default()), component.type_name.span);
        let given = component.properties.as_ref();
        let node = given.filter(|node| !node.is_null()).unwrap_or(&empty);
        let mut params = Params::new(node, "`webservice`", scope, out);
        let read = Self::from_params(&mut params);
        if params.is_map() {
            params.finish();
            Some(read)
        } else {
            None
        }
    }

    fn from_params(params: &mut Params<'_, '_, '_>) -> Self {
        let mut container = Json::new();
        container::image(params, &mut container);
        let expose_type = params.one_of("exposeType", &EXPOSE_TYPES);
        let ports = ports::read(params, expose_type.unwrap_or("ClusterIP"));
        put(
            &mut container,
            "ports",
            container_ports(params, ports.as_deref()),
        );
        container::process(params, &mut container);
        let mut pod = Json::new();
        let volumes = mounted(params);
        put(
            &mut container,
            "volumeMounts",
            volumes.as_ref().map(|v| v.mounts.clone()),
        );
        for field in ["livenessProbe", "readinessProbe"] {
            put(&mut container, field, probe::read(params, field));
        }
        put(&mut pod, "volumes", volumes.map(|v| v.volumes));
        put(&mut pod, "imagePullSecrets", pull_secrets(params));
        put(&mut pod, "hostAliases", host_aliases(params));
        let exposed: Vec<_> = ports
            .into_iter()
            .flatten()
            .filter(Port::is_exposed)
            .collect();
        if expose_type.is_some() && exposed.is_empty() && !params.awaits("ports") {
            params.no_effect("exposeType", rules::NOTHING_EXPOSED);
        }
        Self {
            container,
            pod,
            labels: params.string_map("labels").unwrap_or_default(),
            annotations: params.string_map("annotations"),
            add_revision_label: params.boolean("addRevisionLabel").unwrap_or(false),
            expose_type: expose_type.unwrap_or("ClusterIP"),
            exposed,
        }
    }

    /// True when it makes a Service.
    pub(crate) const fn exposes(&self) -> bool {
        !self.exposed.is_empty()
    }

    pub(crate) fn deployment(&self, name: &str, context: &RenderContext, revision: &str) -> Value {
        let mut labels = self.labels.clone();
        put(
            &mut labels,
            "app.oam.dev/name",
            Some(context.app_name.as_str()),
        );
        put(&mut labels, "app.oam.dev/component", Some(name));
        if self.add_revision_label {
            put(&mut labels, "app.oam.dev/revision", Some(revision));
        }
        let mut metadata = Json::new();
        put(&mut metadata, "labels", Some(labels));
        put(&mut metadata, "annotations", self.annotations.clone());
        let mut container = Json::new();
        put(&mut container, "name", Some(name));
        container.extend(self.container.clone());
        let mut pod = Json::new();
        put(&mut pod, "containers", Some(vec![Value::Object(container)]));
        pod.extend(self.pod.clone());
        json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {},
            "spec": {
                "selector": { "matchLabels": { "app.oam.dev/component": name } },
                "template": { "metadata": metadata, "spec": pod },
            },
        })
    }

    /// The Service of the exposed ports, if there are any.
    pub(crate) fn service(&self, name: &str) -> Option<Value> {
        let ports = self.exposed.iter();
        let ports: Vec<_> = ports
            .map(|port| port.on_service(self.expose_type))
            .collect();
        self.exposes().then(|| {
            json!({
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": {},
                "spec": {
                    "selector": { "app.oam.dev/component": name },
                    "ports": ports,
                    "type": self.expose_type,
                },
            })
        })
    }
}

/// `port` is the older form and counts only without `ports`.
fn container_ports(params: &mut Params<'_, '_, '_>, ports: Option<&[Port]>) -> Option<Vec<Value>> {
    let single = params.port("port");
    match ports {
        Some(ports) => {
            params.no_effect("port", rules::PORTS_WIN);
            Some(ports.iter().map(Port::on_container).collect())
        }
        None => Some(vec![json!({ "containerPort": single? })]),
    }
}

/// `volumes` is the older form and counts only without `volumeMounts`.
fn mounted(params: &mut Params<'_, '_, '_>) -> Option<volumes::Volumes> {
    let mounts = volumes::read_mounts(params);
    let list = volumes::read_list(params);
    if mounts.is_some() {
        params.no_effect("volumes", rules::MOUNTS_WIN);
    }
    mounts.or(list)
}

fn pull_secrets(params: &mut Params<'_, '_, '_>) -> Option<Vec<Value>> {
    let names = params.strings("imagePullSecrets")?.into_iter();
    Some(names.map(|name| json!({ "name": name })).collect())
}

fn host_aliases(params: &mut Params<'_, '_, '_>) -> Option<Vec<Value>> {
    params.objects("hostAliases", |alias| {
        let mut out = Json::new();
        alias.copy_required("ip", &mut out);
        put(&mut out, "hostnames", alias.required_strings("hostnames"));
        Some(Value::Object(out))
    })
}
