//! What stands in a container besides ports, volumes and probes: image, command, environment, resources.

use burgee_source::Diagnostic;
use serde_json::{Value, json};

use crate::{
    params::{Json, Params, put},
    rules,
};

const PULL_POLICIES: [&str; 3] = ["Always", "Never", "IfNotPresent"];

/// Reads the image and how it is pulled.
pub(crate) fn image(params: &mut Params<'_, '_, '_>, out: &mut Json) {
    let image = params.required_string("image");
    if image.is_some_and(|image| image.trim().is_empty()) {
        let span = params.value_span("image");
        let problem = Diagnostic::new(&rules::EMPTY).arg("field", "image");
        params.report(problem.at(span).hint(rules::AN_IMAGE));
    }
    put(out, "image", image);
    let policy = params.one_of("imagePullPolicy", &PULL_POLICIES);
    put(out, "imagePullPolicy", policy);
}

/// Reads what is run and with what: `cmd`, `args`, `env`, resources.
pub(crate) fn process(params: &mut Params<'_, '_, '_>, out: &mut Json) {
    put(out, "command", params.strings("cmd"));
    put(out, "args", params.strings("args"));
    put(out, "env", env(params));
    put(out, "resources", resources(params));
}

fn env(params: &mut Params<'_, '_, '_>) -> Option<Vec<Value>> {
    params.objects("env", |item| {
        let mut out = Json::new();
        item.copy_required("name", &mut out);
        item.copy_string("value", &mut out);
        let from = item.object("valueFrom", |from| {
            let mut out = Json::new();
            for source in ["secretKeyRef", "configMapKeyRef"] {
                let reference = from.object(source, |reference| {
                    let mut out = Json::new();
                    reference.copy_required("name", &mut out);
                    reference.copy_required("key", &mut out);
                    Value::Object(out)
                });
                put(&mut out, source, reference);
            }
            Value::Object(out)
        });
        put(&mut out, "valueFrom", from);
        Some(Value::Object(out))
    })
}

/// `cpu` and `memory` are requests and limits at once; `limit` overrides the limit of what is requested.
fn resources(params: &mut Params<'_, '_, '_>) -> Option<Value> {
    let requests = [
        ("cpu", params.string("cpu")),
        ("memory", params.string("memory")),
    ];
    let awaited = [params.awaits("cpu"), params.awaits("memory")];
    let limits = params.object("limit", |limit| {
        let mut out = Json::new();
        for (index, (name, request)) in requests.into_iter().enumerate() {
            let given = limit.string(name);
            if given.is_some() && request.is_none() && !awaited[index] {
                limit.no_effect(name, rules::LIMIT);
            }
            put(&mut out, name, given);
        }
        out
    });
    let mut requested = Json::new();
    let mut limited = Json::new();
    for (name, request) in requests {
        let limit = limits.as_ref().and_then(|limits| limits.get(name));
        put(&mut requested, name, request);
        let limit = limit.cloned().or_else(|| Some(request?.into()));
        put(&mut limited, name, limit.filter(|_| request.is_some()));
    }
    (!requested.is_empty()).then(|| json!({ "requests": requested, "limits": limited }))
}
