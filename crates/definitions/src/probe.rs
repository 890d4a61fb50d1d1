//! Health probes: numbers that are left out are written with their defaults, as KubeVela does.

use serde_json::{Value, json};

use crate::params::{Json, Params, put};

/// Reads the probe under `field`.
pub(crate) fn read(params: &mut Params<'_, '_, '_>, field: &'static str) -> Option<Value> {
    params.object(field, |probe| {
        let mut out = Json::new();
        put(&mut out, "exec", exec(probe));
        put(&mut out, "httpGet", http_get(probe));
        put(&mut out, "tcpSocket", tcp_socket(probe));
        for (number, default) in [
            ("initialDelaySeconds", 0),
            ("periodSeconds", 10),
            ("timeoutSeconds", 1),
            ("successThreshold", 1),
            ("failureThreshold", 3),
        ] {
            let given = probe.int(number);
            put(&mut out, number, Some(given.unwrap_or(default)));
        }
        Value::Object(out)
    })
}

fn exec(probe: &mut Params<'_, '_, '_>) -> Option<Value> {
    probe.object("exec", |exec| {
        let command = exec.required_strings("command").unwrap_or_default();
        json!({ "command": command })
    })
}

fn http_get(probe: &mut Params<'_, '_, '_>) -> Option<Value> {
    probe.object("httpGet", |get| {
        let mut out = Json::new();
        get.copy_required("path", &mut out);
        put(&mut out, "port", get.required_port("port"));
        get.copy_string("host", &mut out);
        put(&mut out, "scheme", get.one_of("scheme", &["HTTP", "HTTPS"]));
        let headers = get.objects("httpHeaders", |header| {
            let mut out = Json::new();
            header.copy_required("name", &mut out);
            header.copy_required("value", &mut out);
            Some(Value::Object(out))
        });
        put(&mut out, "httpHeaders", headers);
        Value::Object(out)
    })
}

fn tcp_socket(probe: &mut Params<'_, '_, '_>) -> Option<Value> {
    probe.object("tcpSocket", |socket| {
        let mut out = Json::new();
        put(&mut out, "port", socket.required_port("port"));
        Value::Object(out)
    })
}
