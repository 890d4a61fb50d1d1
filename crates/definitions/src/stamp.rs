//! Labels, annotations, names and namespaces that every object of a component gets.
//!
//! KubeVela's keys, as far as they mean something without a cluster: left out are the hash of the stored
//! revision, the target cluster and the records of its three-way merge.

use burgee_model::{Component, Object};
use serde_json::{Map, Value, json};

use crate::{RenderContext, inputs::component_tree};

/// What an object is to its component.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// The main object.
    Workload,
    /// Made by the component type beside the main object; its key in `outputs`.
    Own(&'static str),
    /// Made by a trait: the trait's type and the key in `outputs`.
    Trait(&'static str, &'static str),
}

const LABEL_FILTER: &str = "filter.oam.dev/label-keys";
const ANNOTATION_FILTER: &str = "filter.oam.dev/annotation-keys";

/// The rendered value as an object, stamped. `value` has `apiVersion` and `kind`.
pub(crate) fn object(
    mut value: Value,
    component: &Component,
    context: &RenderContext,
    namespace: &str,
    part: Part,
) -> Object {
    value["metadata"] = json!({
        "name": component.name.value,
        "namespace": namespace,
        "labels": labels(component, context, part),
    });
    let annotations = annotations(context);
    if !annotations.is_empty() {
        value["metadata"]["annotations"] = Value::Object(annotations);
    }
    Object::new(value).expect("rendered values have apiVersion, kind and, just set, a name")
}

/// `context.revision`: a hash of what the component says. Stable, but not the hash that KubeVela computes.
pub(crate) fn revision(component: &Component) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let text = component_tree(component).to_json_text();
    let all = component
        .type_name
        .value
        .as_str()
        .bytes()
        .chain(text.bytes());
    let hash = all.fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:016x}")
}

fn labels(component: &Component, context: &RenderContext, part: Part) -> Map<String, Value> {
    let mut labels = copied(&context.labels, &[]);
    let resource_type = match part {
        Part::Workload => "WORKLOAD",
        Part::Own(_) | Part::Trait(..) => "TRAIT",
    };
    let mut set = |key: &str, value: &str| labels.insert(key.to_owned(), value.into());
    set("app.oam.dev/name", &context.app_name);
    set("app.oam.dev/namespace", &context.namespace);
    set("app.oam.dev/component", component.name.value.as_str());
    set("app.oam.dev/appRevision", &context.app_revision);
    set("app.oam.dev/revision", &revision(component));
    set("app.oam.dev/resourceType", resource_type);
    match part {
        Part::Workload => {
            set("workload.oam.dev/type", component.type_name.value.base());
        }
        Part::Own(resource) => {
            set("trait.oam.dev/type", "AuxiliaryWorkload");
            set("trait.oam.dev/resource", resource);
        }
        Part::Trait(type_name, resource) => {
            set("trait.oam.dev/type", type_name);
            set("trait.oam.dev/resource", resource);
        }
    }
    // The filter reaches the stamped keys too.
    without(labels, &filter(context, LABEL_FILTER))
}

fn annotations(context: &RenderContext) -> Map<String, Value> {
    const NEVER: [&str; 4] = [
        "app.oam.dev/inplace-upgrade",
        LABEL_FILTER,
        ANNOTATION_FILTER,
        "kubectl.kubernetes.io/last-applied-configuration",
    ];
    let annotations = copied(&context.annotations, &NEVER);
    without(annotations, &filter(context, ANNOTATION_FILTER))
}

fn copied<'a>(
    from: impl IntoIterator<Item = (&'a String, &'a String)>,
    never: &[&str],
) -> Map<String, Value> {
    let kept = from
        .into_iter()
        .filter(|(key, _)| !never.contains(&key.as_str()));
    kept.map(|(key, value)| (key.clone(), value.as_str().into()))
        .collect()
}

fn filter<'c>(context: &'c RenderContext, annotation: &str) -> Vec<&'c str> {
    let keys = context.annotations.get(annotation);
    keys.map_or_else(Vec::new, |keys| keys.split(',').map(str::trim).collect())
}

fn without(map: Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    map.into_iter()
        .filter(|(key, _)| !keys.contains(&key.as_str()))
        .collect()
}
