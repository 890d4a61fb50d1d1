//! Passes over program files with calls.

use burgee_source::{Lang, Node, SourceId};
use serde_json::json;

use crate::{Limits, Program, Progress, Results, next};

fn pass(text: &str, results: &[(&str, serde_json::Value)]) -> String {
    let program = Program::file(text, SourceId(0)).expect("CUE");
    let parameter = json!({"url": "http://x", "text": "hello"});
    let results: Results = results
        .iter()
        .map(|(path, value)| ((*path).to_owned(), Node::from(value.clone())))
        .collect();
    match next(
        &program,
        &[("parameter", &parameter)],
        &results,
        &Limits::default(),
    ) {
        Ok(Progress::Calls(calls)) => {
            let calls = calls.iter().map(|call| {
                format!(
                    "{}={}.{}{}",
                    call.path,
                    call.provider,
                    call.action,
                    call.params.to_json_text()
                )
            });
            calls.collect::<Vec<_>>().join(" ")
        }
        Ok(Progress::Waiting(path)) => format!("waiting for {path}"),
        Ok(Progress::Done(value)) => value.to_json_text(),
        Err(error) => format!("error: {}", error.diagnostic.message(Lang::En)),
    }
}

const CHAIN: &str = r#"
    req: {#do: "do", #provider: "http", $params: {method: "POST", url: parameter.url}}
    say: {#do: "send", #provider: "notify", $params: text: "got \(req.$returns.statusCode)"}
    log: {#do: "log", #provider: "util", $params: data: parameter.text}
"#;

#[test]
fn call_that_waits_for_another_comes_after_it() {
    let first = r#"req=http.do{"method":"POST","url":"http://x"}"#;
    assert_eq!(pass(CHAIN, &[]), first);
}

#[test]
fn result_is_bound_as_returns_and_order_is_kept() {
    let second = r#"say=notify.send{"text":"got 200"} log=util.log{"data":"hello"}"#;
    assert_eq!(pass(CHAIN, &[("req", json!({"statusCode": 200}))]), second);
}

#[test]
fn pass_with_every_result_is_done() {
    let text = r#"
        req: {#do: "do", #provider: "http", $params: url: parameter.url}
        ok: req.$returns.statusCode < 300
    "#;
    assert_eq!(
        pass(text, &[("req", json!({"statusCode": 204}))]),
        r#"{"req":{"$params":{"url":"http://x"},"$returns":{"statusCode":204}},"ok":true}"#,
    );
}

#[test]
fn legacy_call_has_its_parameters_and_result_in_one_struct() {
    let text = r#"
        read: {#do: "read", #provider: "kube", name: "web"}
        msg: {#do: "message", #provider: "op", message: read.value.status}
    "#;
    assert_eq!(pass(text, &[]), r#"read=kube.read{"name":"web"}"#);
    let read = json!({"value": {"status": "fine"}});
    assert_eq!(
        pass(text, &[("read", read)]),
        r#"msg=op.message{"message":"fine"}"#
    );
}

#[test]
fn call_under_a_condition_is_made_when_the_condition_is_known() {
    let text = r#"
        req: {#do: "do", #provider: "http", $params: url: parameter.url}
        if req.$returns.statusCode > 400 {
            fail: {#do: "fail", #provider: "builtin", $params: message: "refused"}
        }
    "#;
    assert_eq!(pass(text, &[]), r#"req=http.do{"url":"http://x"}"#);
    assert_eq!(
        pass(text, &[("req", json!({"statusCode": 500}))]),
        r#"fail=builtin.fail{"message":"refused"}"#,
    );
    assert!(pass(text, &[("req", json!({"statusCode": 200}))]).starts_with("{\"req\":"));
}

#[test]
fn nested_calls_have_paths() {
    let text = r#"steps: {"my-read": {#do: "read", #provider: "kube", $params: {}}}"#;
    assert_eq!(pass(text, &[]), r#"steps."my-read"=kube.read{}"#);
}

#[test]
fn calls_that_wait_for_each_other_are_waiting() {
    let text = r#"
        a: {#do: "x", #provider: "p", $params: v: b.$returns.v}
        b: {#do: "x", #provider: "p", $params: v: a.$returns.v}
    "#;
    assert_eq!(pass(text, &[]), "waiting for a");
}

#[test]
fn missing_parameter_is_an_error_and_not_a_wait() {
    let text = r#"a: {#do: "x", #provider: "p", $params: v: parameter.nope}"#;
    assert_eq!(
        pass(text, &[]),
        "error: there is no field `nope` in `parameter`"
    );
}
