//! The steps and the provider understand each other: passes of real steps, their calls made for real.

use burgee_definitions::{PassInput, RenderContext, StepType, pass};
use burgee_manifest::load;
use burgee_model::{Application, Pass, Results};
use burgee_source::{Node, Sources};
use serde_json::Value;

use crate::support::{Server, ask, provider};

fn application(steps: &str) -> Application {
    let head = "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {name: demo}\n";
    let text = format!("{head}spec:\n  components: []\n  workflow:\n    steps: {steps}\n");
    let mut sources = Sources::default();
    let file = sources.add("app.yaml", text);
    let loaded = load(&sources, file);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let application = loaded.manifest.applications().next();
    application.expect("an application").clone()
}

/// Passes the first step until it is done, or until a call is one of the engine's own: its message.
async fn carried_out(steps: &str) -> Result<Value, String> {
    let application = application(steps);
    let step = &application.workflow.as_ref().expect("a workflow").steps[0];
    let context = RenderContext {
        app_name: "demo".into(),
        namespace: "prod".into(),
        app_revision: "demo-v1".into(),
        labels: Default::default(),
        annotations: Default::default(),
    };
    let nothing = Node::map([]);
    let input = PassInput {
        step,
        parameter: step.properties.as_ref().unwrap_or(&nothing),
        component: None,
        application: &application,
        context: &context,
    };
    let kind = StepType::of(&step.type_name.value).expect("carried out");
    let mut results = Results::new();
    for _ in 0..3 {
        match pass(kind, &input, &results).expect("good parameters") {
            Pass::Done(data) => return Ok(data.to_json().expect("JSON")),
            Pass::Waiting(what) => panic!("nothing to wait for: {what}"),
            Pass::Calls(calls) => {
                for call in calls {
                    if call.provider != "http" {
                        let message = call.params.get_str("message").expect("a message");
                        return Err(message.value.to_owned());
                    }
                    let params = call.params.to_json().expect("JSON");
                    let answer = ask(&provider(), call.action, params).await;
                    results.insert(call.path, answer.expect("an answer"));
                }
            }
        }
    }
    panic!("the step makes no progress");
}

#[tokio::test]
async fn request_is_made_and_its_answer_read() {
    let server = Server::start().await;
    let url = server.url("/echo");
    let step = format!(
        "[{{name: ask, type: request, properties: {{url: '{url}', method: PUT, body: {{price: 1.10}}, \
         header: {{X-One: '1'}}, headersFromSecret: [{{header: X-Two, secret: api, key: token}}]}}}}]"
    );
    let data = carried_out(&step).await.expect("done");
    assert_eq!(data["req"]["$returns"]["body"], r#"{"price":1.10}"#);
    let request = &server.requests()[0];
    assert!(request.starts_with("PUT /echo "), "{request}");
    assert!(request.contains("\r\nx-one: 1\r\n"), "{request}");
    assert!(
        request.contains("\r\nx-two: Bearer t0psecrett0ken\r\n"),
        "{request}"
    );
}

#[tokio::test]
async fn request_that_finds_nothing_fails_without_its_url() {
    let server = Server::start().await;
    let url = server.url("/404?t0psecret");
    let step = format!("[{{name: ask, type: request, properties: {{url: '{url}'}}}}]");
    let message = carried_out(&step).await.expect_err("not found");
    let head = format!("GET http://127.0.0.1:{}/…#", server.port);
    assert!(message.starts_with(&head), "{message}");
    assert!(message.ends_with(": HTTP 404"), "{message}");
}

#[tokio::test]
async fn webhook_posts_the_application() {
    let server = Server::start().await;
    let url = server.url("/echo");
    let step = format!("[{{name: tell, type: webhook, properties: {{url: {{value: '{url}'}}}}}}]");
    let data = carried_out(&step).await.expect("done");
    let body = data["webhook"]["req"]["$returns"]["body"].as_str();
    let body: Value = serde_json::from_str(body.expect("a text")).expect("JSON");
    assert_eq!(body["kind"], "Application");
    assert_eq!(body["metadata"]["name"], "demo");
    let request = &server.requests()[0];
    assert!(request.starts_with("POST /echo "), "{request}");
    assert!(
        request.contains("\r\ncontent-type: application/json\r\n"),
        "{request}"
    );
}
