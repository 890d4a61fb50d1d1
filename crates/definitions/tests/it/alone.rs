//! Passes of steps that need no cluster.

use burgee_definitions::{PassInput, StepType, pass};
use burgee_model::{Application, Pass, Reason, Results};
use burgee_source::{Lang, Node};
use serde_json::{Value, json};

use crate::support::{application, context};

/// How a step passes with these results; it is the last one of an application of its own.
fn passed(step: Value, results: Value) -> Result<Pass, (Reason, String)> {
    let (_, application) = application(&json!({ "steps": [step] }));
    passed_in(&application, results)
}

fn passed_in(application: &Application, results: Value) -> Result<Pass, (Reason, String)> {
    let steps = &application.workflow.as_ref().expect("a workflow").steps;
    let step = steps.last().expect("a step");
    let nothing = Node::map([]);
    let input = PassInput {
        step,
        parameter: step.properties.as_ref().unwrap_or(&nothing),
        component: None,
        application,
        context: &context(),
    };
    let kind = StepType::of(&step.type_name.value).expect("a step that is carried out");
    let results = results.as_object().expect("results by path").iter();
    let results: Results = results
        .map(|(path, result)| (path.clone(), Node::from(result.clone())))
        .collect();
    pass(kind, &input, &results).map_err(|error| (error.reason, error.message(Lang::En)))
}

/// The only call of a pass: its path, who makes it, and with what.
fn call(pass: Result<Pass, (Reason, String)>) -> (String, String, Value) {
    let Ok(Pass::Calls(calls)) = pass else {
        panic!("expected calls, got {pass:?}");
    };
    let [call] = &calls[..] else {
        panic!("expected one call, got {calls:?}");
    };
    let made = format!("{}.{}", call.provider, call.action);
    (
        call.path.clone(),
        made,
        call.params.to_json().expect("JSON"),
    )
}

fn done(pass: Result<Pass, (Reason, String)>) -> Value {
    match pass {
        Ok(Pass::Done(data)) => data.to_json().expect("JSON"),
        Ok(Pass::Calls(_) | Pass::Waiting(_)) | Err(_) => panic!("expected data, got {pass:?}"),
    }
}

/// The words with which a step fails for good.
fn failure(pass: Result<Pass, (Reason, String)>) -> String {
    let (_, made, params) = call(pass);
    assert_eq!(made, "builtin.fail");
    params["message"].as_str().expect("a message").to_owned()
}

#[test]
fn suspend_asks_to_be_suspended_and_is_done_afterwards() {
    let step = |properties: Value| json!({ "type": "suspend", "properties": properties });
    for properties in [
        json!({}),
        json!({ "duration": "1h30m" }),
        json!({ "message": "ask Ann", "duration": null }),
    ] {
        let mut params = properties.clone();
        let given = params.as_object_mut().expect("a map");
        given.retain(|_, value| !value.is_null());
        let asked = call(passed(step(properties), json!({})));
        assert_eq!(asked, ("suspend".into(), "builtin.suspend".into(), params));
    }
    assert_eq!(
        done(passed(step(json!({})), json!({ "suspend": {} }))),
        json!({ "parameter": {} })
    );
    let late = passed(step(json!({ "duration": "1min" })), json!({}));
    assert_eq!(late.expect_err("no duration").0, Reason::Rendering);
}

#[test]
fn message_is_printed_once() {
    let step = json!({ "type": "print-message-in-status", "properties": { "message": "hi" } });
    let asked = call(passed(step.clone(), json!({})));
    let params = json!({ "message": "hi" });
    assert_eq!(
        asked,
        ("message".into(), "builtin.message".into(), params.clone())
    );
    let data = done(passed(step, json!({ "message": {} })));
    assert_eq!(data, json!({ "parameter": params }));
}

#[test]
fn group_is_left_to_the_engine() {
    let data = done(passed(json!({ "type": "step-group" }), json!({})));
    assert_eq!(data, json!({ "parameter": {} }), "as in KubeVela");
}

fn request(properties: Value) -> Value {
    json!({ "type": "request", "properties": properties })
}

fn plain() -> Value {
    request(json!({ "url": "https://api.example.com/t0psecret" }))
}

fn answer(status: u16, body: &str) -> Value {
    json!({ "req": {
        "statusCode": status, "header": {}, "body": body, "destination": "https://api.example.com/…#abc",
    } })
}

#[test]
fn request_asks_with_get_and_sends_with_the_other_methods() {
    let url = "https://api.example.com/t0psecret";
    let params = json!({ "method": "GET", "url": url, "request": {} });
    assert_eq!(
        call(passed(plain(), json!({}))),
        ("req".into(), "http.get".into(), params)
    );
    for method in ["POST", "PUT", "DELETE"] {
        let asked = call(passed(
            request(json!({ "url": url, "method": method })),
            json!({}),
        ));
        assert_eq!(asked.1, "http.send");
        assert_eq!(asked.2["method"], method);
    }
}

#[test]
fn request_takes_a_body_and_headers() {
    let header = json!({ "X-One": "1" });
    let from_secret = json!([{ "header": "Authorization", "secret": "api", "key": "token" }]);
    let properties = json!({
        "url": "https://api.example.com/",
        "method": "POST",
        "body": { "text": "你好", "n": [1, null] },
        "header": header,
        "headersFromSecret": from_secret,
    });
    let (_, _, params) = call(passed(request(properties), json!({})));
    let expected = json!({
        "body": r#"{"text":"你好","n":[1,null]}"#,
        "header": header,
        "headersFromSecret": from_secret,
    });
    assert_eq!(params["request"], expected);
}

#[test]
fn answer_of_json_is_the_response_with_all_its_digits() {
    let body = r#"{"stargazers_count": 12345678901234567890, "price": 1.10}"#;
    let Ok(Pass::Done(data)) = passed(plain(), answer(200, body)) else {
        panic!("an answer");
    };
    let response = data.get("response").expect("JSON").to_json_text();
    assert_eq!(
        response,
        r#"{"stargazers_count":12345678901234567890,"price":1.10}"#
    );
    let data = data.to_json().expect("JSON");
    assert_eq!(data["req"]["$returns"]["statusCode"], 200);
    assert_eq!(data["req"]["$returns"]["body"], body);
}

#[test]
fn answer_that_is_no_json_matters_to_its_readers_only() {
    for body in ["hello", "", "{\"half\":"] {
        let data = done(passed(plain(), answer(200, body)));
        assert_eq!(data["req"]["$returns"]["body"], body);
        assert_eq!(data.get("response"), None);

        let mut step = plain();
        step["outputs"] = json!(["response.id", "req.$returns.body"]);
        let failed = passed(step, answer(200, body)).expect_err("no JSON");
        let message =
            "output `response.id` reads `response`, but the body of the answer is not JSON";
        assert_eq!(failed, (Reason::Output, message.to_owned()));
    }
    let data = done(passed(plain(), answer(200, "\u{feff}[]")));
    assert_eq!(data["response"], json!([]), "a byte order mark is no text");
}

#[test]
fn answer_from_400_on_fails_the_step_without_its_url() {
    for status in [400, 404, 500] {
        let told = failure(passed(plain(), answer(status, "t0psecret")));
        let expected = format!("GET https://api.example.com/…#abc: HTTP {status}");
        assert_eq!(told, expected);
    }
    for status in [200, 204, 304, 399] {
        done(passed(plain(), answer(status, "")));
    }
    let told = failure(passed(plain(), answer(302, "")));
    assert!(
        told.ends_with("HTTP 302 (redirects are not followed)"),
        "{told}"
    );
    let canned = json!({ "req": { "statusCode": 503 } });
    assert_eq!(failure(passed(plain(), canned)), "GET: HTTP 503");
}

#[test]
fn answer_without_a_status_is_none() {
    for result in [json!({}), json!({ "statusCode": "200" })] {
        let failed = passed(plain(), json!({ "req": result }));
        assert_eq!(failed.expect_err("no status").0, Reason::Execute);
    }
}

#[test]
fn webhook_posts_its_data() {
    let url = "https://hooks.example.com/t0psecret";
    let reference = json!({ "secretRef": { "name": "s", "key": "k" } });
    for (given, sent) in [
        (json!({ "value": url }), json!(url)),
        (json!(url), json!(url)),
        (reference.clone(), reference),
    ] {
        let properties = json!({ "url": given, "data": { "a": 1 } });
        let step = json!({ "type": "webhook", "properties": properties });
        let params = json!({ "method": "POST", "url": sent, "request": { "body": r#"{"a":1}"# } });
        assert_eq!(
            call(passed(step, json!({}))),
            ("webhook.req".into(), "http.send".into(), params)
        );
    }
}

#[test]
fn webhook_that_is_refused_fails_its_step() {
    let step = json!({ "type": "webhook", "properties": { "url": "https://a.test/", "data": {} } });
    let answered = |status| json!({ "webhook.req": { "statusCode": status, "body": "ok" } });
    let data = done(passed(step.clone(), answered(200)));
    assert_eq!(data["webhook"]["req"]["$returns"]["body"], "ok");
    assert_eq!(failure(passed(step, answered(500))), "POST: HTTP 500");
}

#[test]
fn webhook_without_data_posts_the_application_and_no_secret_of_it() {
    let value = |text: &str| json!({ "value": text });
    let (_, application) = application(&json!({
        "components": [{
            "name": "web",
            "type": "webservice",
            "properties": { "image": "nginx", "port": 8000 },
            "traits": [{ "type": "ingress", "properties": { "domain": "d.test" } }],
        }],
        "steps": [
            {
                "name": "tell",
                "type": "notification",
                "properties": {
                    "slack": { "url": value("https://t0psecret"), "message": { "text": "hi" } },
                    "dingding": {
                        "url": { "secretRef": { "name": "s", "key": "k" } },
                        "secret": "t0psecret",
                    },
                    "email": { "from": { "password": value("t0psecret") } },
                },
            },
            {
                "name": "group",
                "type": "step-group",
                "subSteps": [{
                    "name": "ask",
                    "type": "request",
                    "properties": { "url": "t0psecret", "header": { "Authorization": "t0psecret" } },
                }],
            },
            { "name": "post", "type": "webhook", "properties": { "url": "https://t0psecret" } },
        ],
    }));
    let (_, _, params) = call(passed_in(&application, json!({})));
    let body = params["request"]["body"].as_str().expect("a text");
    assert!(!body.contains("t0psecret"), "{body}");
    let body: Value = serde_json::from_str(body).expect("JSON");
    let hidden = json!({ "value": "***" });
    assert_eq!(
        body,
        json!({
            "apiVersion": "core.oam.dev/v1beta1",
            "kind": "Application",
            "metadata": { "name": "first-vela-workflow", "namespace": "default" },
            "spec": {
                "components": [{
                    "name": "web",
                    "type": "webservice",
                    "properties": { "image": "nginx", "port": 8000 },
                    "traits": [{ "type": "ingress", "properties": { "domain": "d.test" } }],
                }],
                "workflow": { "steps": [
                    {
                        "name": "tell",
                        "type": "notification",
                        "properties": {
                            "slack": { "url": hidden, "message": { "text": "hi" } },
                            "dingding": {
                                "url": { "secretRef": { "name": "s", "key": "k" } },
                                "secret": "***",
                            },
                            "email": { "from": { "password": hidden } },
                        },
                    },
                    {
                        "name": "group",
                        "type": "step-group",
                        "subSteps": [{
                            "name": "ask",
                            "type": "request",
                            "properties": { "url": "***", "header": { "Authorization": "***" } },
                        }],
                    },
                    { "name": "post", "type": "webhook", "properties": { "url": "***" } },
                ] },
            },
        })
    );
}

fn depends() -> Value {
    json!({ "type": "depends-on-app", "properties": { "name": "db", "namespace": "prod" } })
}

fn observed(application: Value, closed: bool) -> Value {
    json!({ "observe": { "objects": [application], "target": "sandbox", "closed": closed } })
}

#[test]
fn depends_on_app_waits_until_the_other_one_runs() {
    let id = json!({
        "apiVersion": "core.oam.dev/v1beta1", "kind": "Application", "namespace": "prod", "name": "db",
    });
    let asked = call(passed(depends(), json!({})));
    let params = json!({ "ids": [id] });
    assert_eq!(asked, ("observe".into(), "oam.observe".into(), params));

    let at = |phase: &str| observed(json!({ "status": { "status": phase } }), false);
    let data = done(passed(depends(), at("running")));
    assert_eq!(
        data["parameter"],
        json!({ "name": "db", "namespace": "prod" })
    );
    for (observed, waiting) in [
        (
            at("runningWorkflow"),
            "wait for application prod/db: runningWorkflow",
        ),
        (
            observed(json!({}), false),
            "wait for application prod/db: no status yet",
        ),
        (
            observed(Value::Null, false),
            "wait for application prod/db: it does not exist",
        ),
    ] {
        assert_eq!(
            passed(depends(), observed),
            Ok(Pass::Waiting(waiting.into()))
        );
    }
    let nothing = passed(depends(), json!({ "observe": {} }));
    assert_eq!(nothing.expect_err("no answer").0, Reason::Execute);
}

#[test]
fn depends_on_app_does_not_wait_for_what_cannot_come() {
    assert_eq!(
        failure(passed(depends(), observed(Value::Null, true))),
        "application prod/db does not exist, and nothing but this run changes the sandbox: \
         the wait would never end"
    );
}
