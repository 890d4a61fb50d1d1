//! Volumes: `volumeMounts` by kind, and the older `volumes` list.

use serde_json::{Value, json};

use crate::params::{Json, Params, put};

/// A container's mounts and the pod's volumes.
#[derive(Debug, Default)]
pub(crate) struct Volumes {
    pub(crate) mounts: Vec<Value>,
    pub(crate) volumes: Vec<Value>,
}

const DEFAULT_MODE: i64 = 420;
const ITEM_MODE: i64 = 511;

/// Reads `volumeMounts`; `None` when absent.
pub(crate) fn read_mounts(params: &mut Params<'_, '_, '_>) -> Option<Volumes> {
    params.object("volumeMounts", |lists| {
        let mut out = Volumes::default();
        for list in ["pvc", "configMap", "secret", "emptyDir", "hostPath"] {
            let items = lists.objects(list, |item| {
                let mut mount = Json::new();
                item.copy_required("name", &mut mount);
                item.copy_required("mountPath", &mut mount);
                item.copy_string("subPath", &mut mount);
                let volume = volume(list, item)?;
                Some((mount, volume))
            });
            for (mount, volume) in items.unwrap_or_default() {
                out.add_once(&mount, volume);
                out.mounts.push(Value::Object(mount));
            }
        }
        out
    })
}

/// Reads the older `volumes`; `None` when absent.
pub(crate) fn read_list(params: &mut Params<'_, '_, '_>) -> Option<Volumes> {
    const TYPES: [&str; 4] = ["emptyDir", "pvc", "configMap", "secret"];
    let items = params.objects("volumes", |item| {
        let mut mount = Json::new();
        item.copy_required("name", &mut mount);
        item.copy_required("mountPath", &mut mount);
        let kind = item.one_of("type", &TYPES).unwrap_or("emptyDir");
        Some((mount, volume(kind, item)?))
    })?;
    let mut out = Volumes::default();
    for (mount, volume) in items {
        out.volumes.push(named(&mount, volume));
        out.mounts.push(Value::Object(mount));
    }
    Some(out)
}

// === impl Volumes ===

impl Volumes {
    /// Several mounts may share a volume: the first one says what it is.
    fn add_once(&mut self, mount: &Json, volume: (&str, Value)) {
        let known = |other: &Value| other.get("name") == mount.get("name");
        if !self.volumes.iter().any(known) {
            self.volumes.push(named(mount, volume));
        }
    }
}

fn named(mount: &Json, (source, value): (&str, Value)) -> Value {
    let mut out = Json::new();
    put(&mut out, "name", mount.get("name").cloned());
    put(&mut out, source, Some(value));
    Value::Object(out)
}

/// Where a volume's content comes from, by the kind of list it stands in.
fn volume(kind: &str, item: &mut Params<'_, '_, '_>) -> Option<(&'static str, Value)> {
    let mut out = Json::new();
    let source = match kind {
        "pvc" => {
            item.copy_required("claimName", &mut out);
            "persistentVolumeClaim"
        }
        "configMap" => {
            put(&mut out, "name", item.required_string("cmName"));
            files(item, &mut out);
            "configMap"
        }
        "secret" => {
            item.copy_required("secretName", &mut out);
            files(item, &mut out);
            "secret"
        }
        "emptyDir" => {
            let medium = item.one_of("medium", &["", "Memory"]);
            put(&mut out, "medium", Some(medium.unwrap_or("")));
            "emptyDir"
        }
        "hostPath" => {
            item.copy_required("path", &mut out);
            "hostPath"
        }
        _ => return None,
    };
    Some((source, Value::Object(out)))
}

fn files(item: &mut Params<'_, '_, '_>, out: &mut Json) {
    let mode = item.int("defaultMode").unwrap_or(DEFAULT_MODE);
    put(out, "defaultMode", Some(mode));
    let items = item.objects("items", |file| {
        let mut out = Json::new();
        file.copy_required("key", &mut out);
        file.copy_required("path", &mut out);
        put(
            &mut out,
            "mode",
            Some(file.int("mode").unwrap_or(ITEM_MODE)),
        );
        Some(json!(out))
    });
    put(out, "items", items);
}
