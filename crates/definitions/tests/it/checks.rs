use burgee_definitions::{check_component, check_step};
use burgee_model::MessageLint;
use burgee_source::{Diagnostic, Node, Rule, Severity, Span, Text};
use serde_json::{Value, json};

use crate::support::application;

/// The problems of an application's components.
fn components(value: Value) -> String {
    let (placed, application) = application(&value);
    let mut out = Vec::new();
    for component in &application.components {
        check_component(component, &application, &mut out);
    }
    placed.lines(&out)
}

/// The problems of one `webservice`.
fn webservice(properties: Value) -> String {
    components(json!({
        "components": [{ "name": "web", "type": "webservice", "properties": properties }],
    }))
}

/// The problems of one `ingress` on a good `webservice`.
fn ingress(properties: Value) -> String {
    components(json!({
        "components": [{
            "name": "web",
            "type": "webservice",
            "properties": { "image": "i" },
            "traits": [{ "type": "ingress", "properties": properties }],
        }],
    }))
}

#[test]
fn good_component_has_no_problems() {
    assert_eq!(webservice(json!({ "image": "i", "port": 80 })), "");
    assert_eq!(ingress(json!({ "domain": "d", "http": { "/": 80 } })), "");
}

#[test]
fn all_problems_of_a_webservice_come_at_once() {
    insta::assert_snapshot!(webservice(json!({
        "imag": "i",
        "imagePullPolicy": "always",
        "exposeType": "Ingress",
        "port": 70000,
        "cpu": 1,
        "cmd": "run",
        "env": [{ "value": "1" }, { "name": "A", "valueFrom": { "secretKeyRef": { "name": "s" } } }],
        "labels": { "a": 1 },
        "ports": [{ "port": "80" }, { "containerPort": 80, "protcol": "TCP" }, { "port": 1, "protocol": "tcp" }],
        "livenessProbe": { "httpGet": { "port": 0 }, "exec": {}, "periodSeconds": "10" },
        "volumeMounts": { "pvc": [{ "name": "d", "mountPath": "/d" }], "nfs": [] },
        "hostAliases": [{ "hostnames": "a" }],
    })), @r#"
    error at {imag:"i",imagePullPolicy:"always",exposeType:"Ingress",port:70000,cpu:1,cmd:"run",env:[{value:"1",}{name:"A",valueFrom:{secretKeyRef:{name:"s",},},}],labels:{a:1,},ports:[{port:"80",}{containerPort:80,protcol:"TCP",}{port:1,protocol:"tcp",}],livenessProbe:{httpGet:{port:0,},exec:{},periodSeconds:"10",},volumeMounts:{pvc:[{name:"d",mountPath:"/d",}],nfs:[],},hostAliases:[{hostnames:"a",}],}: `image` is required in `webservice` ()
    error at "always": `imagePullPolicy` cannot be `always` (did you mean `Always`?)
    error at "Ingress": `exposeType` cannot be `Ingress` (allowed: ClusterIP, NodePort, LoadBalancer)
    error at "80": `port` must be of type integer, not string ()
    error at {containerPort:80,protcol:"TCP",}: `port` is required in `ports[1]` ()
    warning at protcol: `ports[1]` has no field `protcol` (did you mean `protocol`?)
    error at "tcp": `protocol` cannot be `tcp` (did you mean `TCP`?)
    error at 70000: `port` is 70000, which is no port number (a port is 1 to 65535)
    warning at port: `port` has no effect here (`ports` takes its place: list the port there)
    error at "run": `cmd` must be of type list, not string ()
    error at {value:"1",}: `name` is required in `env[0]` ()
    error at {name:"s",}: `key` is required in `secretKeyRef` ()
    error at 1: `cpu` must be of type string, not number (put it in quotes to make it a string: "1")
    error at {name:"d",mountPath:"/d",}: `claimName` is required in `pvc[0]` ()
    warning at nfs: `volumeMounts` has no field `nfs` (known fields: pvc, configMap, secret, emptyDir, hostPath)
    error at {}: `command` is required in `exec` ()
    error at {port:0,}: `path` is required in `httpGet` ()
    error at 0: `port` is 0, which is no port number (a port is 1 to 65535)
    error at "10": `periodSeconds` must be of type integer, not string ()
    error at {hostnames:"a",}: `ip` is required in `hostAliases[0]` ()
    error at "a": `hostnames` must be of type list, not string ()
    error at 1: `a` must be of type string, not number (put it in quotes to make it a string: "1")
    warning at imag: `webservice` has no field `imag` (did you mean `image`?)
    "#);
}

#[test]
fn parameters_without_effect_are_mentioned() {
    insta::assert_snapshot!(webservice(json!({
        "image": "i",
        "port": 80,
        "ports": [{ "port": 80, "nodePort": 30000 }],
        "exposeType": "LoadBalancer",
        "limit": { "cpu": "1" },
        "volumeMounts": {},
        "volumes": [],
    })), @r#"
    warning at nodePort: `nodePort` has no effect here (it counts with `exposeType: NodePort` and `expose: true`)
    warning at port: `port` has no effect here (`ports` takes its place: list the port there)
    warning at cpu: `cpu` has no effect here (a limit counts only beside a request: give the component `cpu` too)
    warning at volumes: `volumes` has no effect here (`volumeMounts` takes its place: move the volumes there)
    warning at exposeType: `exposeType` has no effect here (no port is exposed: set `expose: true` on one of `ports`)
    "#);
}

#[test]
fn problems_of_an_ingress_are_placed() {
    insta::assert_snapshot!(ingress(json!({
        "domian": "a.example.com",
        "http": { "api": 80, "/x": 0, "/y": "http" },
    })), @r#"
    error at {domian:"a.example.com",http:{api:80,/x:0,/y:"http",},}: `domain` is required in `ingress` ()
    error at api: the path `api` does not begin with `/` (write `/api`)
    error at 0: `/x` is 0, which is no port number (a port is 1 to 65535)
    error at "http": `/y` must be of type integer, not string ()
    warning at domian: `ingress` has no field `domian` (did you mean `domain`?)
    "#);
    insta::assert_snapshot!(ingress(json!({ "domain": "a.example.com", "http": {} })), @r#"error at http: `http` names no path (name a path and the port it leads to, such as `/: 8000`)"#);
}

#[test]
fn component_without_properties_misses_its_image_at_its_type() {
    let found = components(json!({ "components": [{ "name": "web", "type": "webservice" }] }));
    insta::assert_snapshot!(found, @r#"error at "webservice": `image` is required in `webservice` ()"#);
}

#[test]
fn types_not_carried_out_and_unknown_ones_are_warnings() {
    insta::assert_snapshot!(components(json!({
        "components": [
            { "name": "a", "type": "helmchart" },
            { "name": "b", "type": "webservise" },
            { "name": "c", "type": "quantum-annealer" },
            {
                "name": "d",
                "type": "webservice@v1",
                "properties": { "image": "i" },
                "traits": [{ "type": "gateway" }, { "type": "ingres" }],
            },
        ],
    })), @r#"
    warning at "helmchart": component type `helmchart` is known to KubeVela but not carried out yet (carried out today: webservice)
    warning at "webservise": there is no component type `webservise` (did you mean `webservice`?)
    warning at "quantum-annealer": there is no component type `quantum-annealer` (carried out today: webservice)
    warning at "gateway": trait type `gateway` is known to KubeVela but not carried out yet (carried out today: ingress)
    warning at "ingres": there is no trait type `ingres` (did you mean `ingress`?)
    "#);
}

#[test]
fn inputs_count_as_given_whatever_stands_there_now() {
    let given = components(json!({
        "components": [{
            "name": "web",
            "type": "webservice",
            "properties": { "cpu": 1, "ports": [{}], "labels": { "a": 1 } },
            "traits": [{ "type": "ingress", "properties": { "http": { "/": "later" } } }],
            "inputs": [
                "image",
                "properties.cpu",
                "ports[0].port",
                "properties.labels[\"a\"]",
                "traits[0].properties.domain",
                "traits[0].properties.http[\"/\"]",
            ],
        }],
    }));
    assert_eq!(given, "");
}

#[test]
fn inputs_of_the_step_that_applies_a_component_count_too() {
    let with_step = |component: &str| {
        components(json!({
            "components": [{ "name": "web", "type": "webservice" }],
            "steps": [{
                "type": "step-group",
                "subSteps": [{
                    "type": "apply-component",
                    "properties": { "component": component },
                    "inputs": ["image"],
                }],
            }],
        }))
    };
    assert_eq!(with_step("web"), "");
    assert_ne!(
        with_step("other"),
        "",
        "another component's inputs are not ours"
    );
}

#[test]
fn names_that_cannot_be_and_objects_that_meet_are_found() {
    let ingress =
        json!({ "type": "ingress", "properties": { "domain": "d", "http": { "/": 80 } } });
    insta::assert_snapshot!(components(json!({
        "components": [
            { "name": "Web", "type": "webservice", "properties": { "image": "i" } },
            { "name": "1st", "type": "webservice", "properties": { "image": "i" } },
            { "name": "2nd", "type": "webservice", "properties": { "image": "i" }, "traits": [ingress] },
            {
                "name": "both",
                "type": "webservice",
                "properties": { "image": "i", "ports": [
                    { "port": 80, "expose": true }, { "port": 81, "containerPort": 80 },
                ] },
                "traits": [ingress, ingress],
            },
        ],
    })), @r#"
    error at "Web": `Web` cannot be the name of a Kubernetes Deployment (up to 63 lower-case letters, digits and `-`; begin with a letter, do not end with `-`)
    error at "2nd": `2nd` cannot be the name of a Kubernetes Service (up to 63 lower-case letters, digits and `-`; begin with a letter, do not end with `-`)
    error at {port:81,containerPort:80,}: two ports are called `port-80` (give one of them another `name`)
    warning at "ingress": the exposed ports of `both` and its `ingress` trait share Service `both` (it gets the ports of both; with KubeVela the two overwrite each other)
    error at "ingress": component `both` has two `ingress` traits, and both would write Ingress `both` (put the paths of one domain into one trait; for another domain use another component)
    "#);
}

#[test]
fn what_kubernetes_would_refuse_is_found_before() {
    insta::assert_snapshot!(webservice(json!({
        "image": "",
        "ports": [
            { "port": 80, "name": "HTTP" },
            { "port": 443, "expose": true },
            { "port": 443, "name": "tls", "expose": true },
            { "port": 443, "name": "quic", "protocol": "UDP", "expose": true },
        ],
    })), @r#"
    error at "": `image` is empty (name a container image, such as `nginx:1.29`)
    error at "HTTP": `HTTP` cannot be the name of a port (up to 15 lower-case letters, digits and single `-`, with a letter among them)
    error at 443: port 443/TCP is exposed twice (give one of them another `port`, or expose only one)
    "#);
    insta::assert_snapshot!(ingress(json!({ "domain": "https://a.example.com", "http": { "/": 80 } })), @r#"error at "https://a.example.com": `https://a.example.com` is not a domain name (write the bare name, such as `app.example.com`, in lower case)"#);
}

static LINTED: Rule = Rule {
    code: "demo/linted",
    severity: Severity::Warning,
    message: Text::new("pending: {pending}", ""),
};

/// Says what it was asked.
struct Lint;

impl MessageLint for Lint {
    fn lint(&self, _: Option<&Node>, pending: &[&str], owner: Span) -> Vec<Diagnostic> {
        let said = Diagnostic::new(&LINTED).arg("pending", pending.join(" "));
        vec![said.at(owner)]
    }
}

fn steps(steps: Value) -> String {
    let (placed, application) = application(&json!({
        "components": [{ "name": "express-server", "type": "webservice" }],
        "steps": steps,
    }));
    let workflow = application.workflow.as_ref().expect("steps");
    let mut out = Vec::new();
    for step in &workflow.steps {
        check_step(step, &application, &Lint, &mut out);
    }
    placed.lines(&out)
}

#[test]
fn apply_component_names_a_component_that_exists() {
    insta::assert_snapshot!(steps(json!([
        { "type": "apply-component", "properties": { "component": "express-server", "cluster": "local" } },
        { "type": "apply-component", "properties": { "component": "expres-server" } },
        { "type": "apply-component", "properties": { "component": "database" } },
        { "type": "apply-component", "properties": { "componet": "express-server" } },
        { "type": "apply-component" },
        { "type": "apply-component", "properties": { "component": "express-server", "cluster": "prod" } },
    ])), @r#"
    error at "expres-server": the application has no component `expres-server` (did you mean `express-server`?)
    error at "database": the application has no component `database` (components: express-server)
    error at {componet:"express-server",}: `component` is required in `apply-component` ()
    warning at componet: `apply-component` has no field `componet` (did you mean `component`?)
    error at "apply-component": `component` is required in `apply-component` ()
    error at "prod": `cluster` of `apply-component` is not carried out yet (leave `cluster` out, or write `local`)
    "#);
}

#[test]
fn messages_are_for_the_lint_to_judge() {
    insta::assert_snapshot!(steps(json!([
        { "type": "webhook-notification", "inputs": ["slack.message.text"] },
        { "type": "notification" },
        { "type": "read-object" },
        { "type": "notifcation" },
    ])), @r#"
    warning at "webhook-notification": pending: slack.message.text ()
    warning at "notification": pending:  ()
    warning at "read-object": step type `read-object` is known to KubeVela but not carried out yet (carried out today: apply-component, depends-on-app, notification, print-message-in-status, request, step-group, suspend, webhook, webhook-notification)
    warning at "notifcation": there is no step type `notifcation` (did you mean `notification`?)
    "#);
}

#[test]
fn steps_that_need_no_cluster_and_are_right_pass_without_a_word() {
    let secret = json!({ "secretRef": { "name": "s", "key": "k" } });
    let checked = steps(json!([
        { "type": "suspend" },
        { "type": "suspend", "properties": { "duration": "1h30m", "message": "m" } },
        { "type": "step-group" },
        { "type": "print-message-in-status", "properties": { "message": "m" } },
        { "type": "print-message-in-status", "inputs": ["message"] },
        { "type": "print-message-in-status", "inputs": ["properties.message"] },
        { "type": "request", "properties": { "url": "HTTPS://a.test", "method": "DELETE" } },
        { "type": "request", "inputs": ["url"], "properties": { "body": { "any": [1] } } },
        { "type": "request", "inputs": ["url"], "properties": { "url": "to come" } },
        { "type": "webhook", "properties": { "url": secret, "data": { "any": 1 } } },
        { "type": "webhook", "properties": { "url": "http://127.0.0.1:1/" } },
        { "type": "webhook", "inputs": ["url.value"], "properties": { "url": {} } },
        { "type": "depends-on-app", "properties": { "name": "db", "namespace": "default" } },
    ]));
    assert_eq!(checked, "");
}

#[test]
fn durations_that_are_none_are_found_with_what_was_meant() {
    insta::assert_snapshot!(steps(json!([
        { "type": "suspend", "properties": { "duration": "1min" } },
        { "type": "suspend", "properties": { "duration": "2 hours" } },
        { "type": "suspend", "properties": { "duration": "2d" } },
        { "type": "suspend", "properties": { "duration": "30" } },
        { "type": "suspend", "properties": { "duration": "-5m" } },
        { "type": "suspend", "properties": { "duration": "soon" } },
        { "type": "suspend", "properties": { "duration": 30, "mesage": "m" } },
    ])), @r#"
    error at "1min": `duration` is `1min`, which is no duration such as `30s`, `5m` or `1h30m` (did you mean `1m`?)
    error at "2 hours": `duration` is `2 hours`, which is no duration such as `30s`, `5m` or `1h30m` (did you mean `2h`?)
    error at "2d": `duration` is `2d`, which is no duration such as `30s`, `5m` or `1h30m` (did you mean `48h`?)
    error at "30": `duration` is `30`, which is no duration such as `30s`, `5m` or `1h30m` (add a unit: `30s` for seconds, `30m` for minutes)
    error at "-5m": `duration` is `-5m`, which is no duration such as `30s`, `5m` or `1h30m` (leave the sign out)
    error at "soon": `duration` is `soon`, which is no duration such as `30s`, `5m` or `1h30m` (the units are ns, us, ms, s, m and h)
    error at 30: `duration` must be of type string, not number (put it in quotes to make it a string: "30")
    warning at mesage: `suspend` has no field `mesage` (did you mean `message`?)
    "#);
}

#[test]
fn parameters_of_steps_that_need_no_cluster_are_found_at_their_place() {
    insta::assert_snapshot!(steps(json!([
        { "type": "step-group", "properties": { "mode": "DAG" } },
        { "type": "print-message-in-status" },
        { "type": "print-message-in-status", "properties": { "message": 1 } },
        { "type": "depends-on-app", "properties": { "name": "db" } },
        { "type": "depends-on-app", "properties": { "name": "first-vela-workflow", "namespace": "default" } },
    ])), @r#"
    warning at {mode:"DAG",}: `properties` has no effect here (what a group does stands in its `subSteps`)
    error at "print-message-in-status": `message` is required in `print-message-in-status` ()
    error at 1: `message` must be of type string, not number (put it in quotes to make it a string: "1")
    error at {name:"db",}: `namespace` is required in `depends-on-app` ()
    error at "first-vela-workflow": application `first-vela-workflow` waits for itself: it runs only when its workflow is over ()
    "#);
}

#[test]
fn requests_that_cannot_be_made_are_found_without_showing_their_url() {
    insta::assert_snapshot!(steps(json!([
        { "type": "request" },
        { "type": "request", "properties": { "url": "api.test/x", "method": "post", "boddy": {} } },
        { "type": "request", "properties": { "url": "https:///x", "method": "FETCH", "body": "text" } },
        { "type": "request", "properties": { "url": "https://a.test", "header": { "X-One": 1 } } },
        { "type": "request", "properties": { "url": "https://a.test", "headersFromSecret": [{ "header": "A", "key": "k" }] } },
        { "type": "webhook" },
        { "type": "webhook", "properties": { "url": 1 } },
        { "type": "webhook", "properties": { "url": {} } },
        { "type": "webhook", "properties": { "url": { "value": "https://a.test", "secretRef": { "name": "s", "key": "k" } } } },
        { "type": "webhook", "properties": { "url": { "secretRef": { "name": "s" } } } },
        { "type": "webhook", "properties": { "url": { "value": "nowhere" }, "data": "text" } },
    ])), @r#"
    error at "request": `url` is required in `request` ()
    error at "api.test/x": `url` is not a URL (begin with https://, or with http:// for this machine)
    error at "post": `method` cannot be `post` (did you mean `POST`?)
    warning at boddy: `request` has no field `boddy` (did you mean `body`?)
    error at "https:///x": `url` is not a URL (begin with https://, or with http:// for this machine)
    error at "FETCH": `method` cannot be `FETCH` (allowed: GET, POST, PUT, DELETE)
    error at "text": `body` must be of type object, not string ()
    error at 1: `X-One` must be of type string, not number (put it in quotes to make it a string: "1")
    error at {header:"A",key:"k",}: `secret` is required in `headersFromSecret[0]` ()
    error at "webhook": `url` is required in `webhook` ()
    error at 1: `url` must be of type object, not number ()
    error at {}: `url` is not a URL (write the URL itself, or `secretRef: {name: …, key: …}`)
    error at "https://a.test": `url` has both `value` and `secretRef` ()
    error at {name:"s",}: `key` is required in `secretRef` ()
    error at "nowhere": `url` is not a URL (begin with https://, or with http:// for this machine)
    error at "text": `data` must be of type object, not string ()
    "#);
}
