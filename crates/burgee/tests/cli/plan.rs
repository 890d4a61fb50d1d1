//! `burgee plan`.

use crate::env::{EXAMPLE, Env, Output};

/// A workflow with everything that a picture shows. Its Secrets are nowhere, and its names are awkward.
const SHOP: &str = r#"
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: shop}
spec:
  components:
  - {name: web, type: webservice, properties: {image: nginx, port: 80}}
  workflow:
    mode: {steps: DAG, subSteps: StepByStep}
    steps:
    - name: deploy
      type: apply-component
      properties: {component: web}
      timeout: 10m
      outputs: [{name: address, valueFrom: output.metadata.name}]
    - name: tests
      type: step-group
      dependsOn: [deploy]
      subSteps:
      - {name: smoke, type: request, properties: {url: "https://shop.example.org"}}
      - {name: load, type: request, if: always, properties: {url: "https://shop.example.org"}}
    - name: say "好"
      type: notification
      inputs: [{from: address, parameterKey: slack.message.text}]
      properties: {slack: {url: {secretRef: {name: chat, key: url}}, message: {text: up}}}
    - name: alarm
      type: notification
      if: status.tests.failed && true
      properties: {slack: {url: {secretRef: {name: chat, key: url}}, message: {text: down}}}
"#;

fn plan(env: &Env, manifest: &str, more: &[&str]) -> Output {
    let file = env.file("app.yaml", manifest);
    let mut args = vec!["plan", &file];
    args.extend(more);
    env.run(&args)
}

#[test]
fn text_has_a_line_for_each_step_with_what_it_waits_for() {
    let out = plan(&Env::new(), SHOP, &[]).exits(0);
    let expected = "\
default/shop · DAG-StepByStep
├─ deploy  apply-component · at most 10m · sets address
├─ tests  step-group, StepByStep · after deploy
│  ├─ smoke  request
│  └─ load  request · after smoke · if always
├─ say \"好\"  notification · after deploy · reads address
└─ alarm  notification · after tests · if status.tests.failed && true
";
    assert_eq!(out.stdout, expected);
    assert_eq!(out.stderr, "");
}

#[test]
fn dot_draws_groups_as_clusters_and_escapes_names() {
    let out = plan(&Env::new(), SHOP, &["-o", "dot"]).exits(0);
    let expected = r#"digraph "shop" {
  graph [compound=true, charset="UTF-8"];
  node [shape=box, style=rounded];
  s0 [label="deploy\napply-component\n≤ 10m"];
  subgraph cluster_s1 {
    label="tests\nstep-group, StepByStep";
    s2 [label="smoke\nrequest"];
    s3 [label="load\nrequest\nif always"];
  }
  s4 [label="say \"好\"\nnotification"];
  s5 [label="alarm\nnotification\nif status.tests.failed && true"];
  s0 -> s2 [lhead=cluster_s1];
  s2 -> s3;
  s0 -> s4 [label="address"];
  s3 -> s5 [style=dashed, label="if", ltail=cluster_s1];
}
"#;
    assert_eq!(out.stdout, expected);
}

#[test]
fn mermaid_draws_groups_as_subgraphs_and_escapes_names() {
    let out = plan(&Env::new(), SHOP, &["-o", "mermaid"]).exits(0);
    let expected = r##"flowchart TD
  s0["deploy<br/>apply-component<br/>≤ 10m"]
  subgraph s1["tests · step-group, StepByStep"]
    s2["smoke<br/>request"]
    s3["load<br/>request<br/>if always"]
  end
  s4["say #34;好#34;<br/>notification"]
  s5["alarm<br/>notification<br/>if status.tests.failed #38;#38; true"]
  s0 --> s1
  s2 --> s3
  s0 -->|"address"| s4
  s1 -.->|"if"| s5
"##;
    assert_eq!(out.stdout, expected);
}

#[test]
fn steps_in_order_wait_for_the_one_before() {
    let out = Env::new().run(&["plan", EXAMPLE]).exits(0);
    let lines: Vec<&str> = out.stdout.lines().collect();
    assert!(
        lines[1].ends_with("dingtalk-message  webhook-notification"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].contains("application  apply-component · after dingtalk-message"),
        "{}",
        lines[2]
    );
    assert!(
        lines[3].contains("· after application · reads"),
        "{}",
        lines[3]
    );
}

#[test]
fn workflow_that_cannot_run_is_explained_and_not_drawn() {
    let circle = SHOP.replace("timeout: 10m", "dependsOn: [tests]");
    let out = plan(&Env::new(), &circle, &[]).exits(3);
    assert_eq!(out.stdout, "");
    assert!(out.stderr.contains("deploy"), "{}", out.stderr);
}

#[test]
fn several_workflows_are_several_graphs_and_no_flowchart() {
    let two = format!("{SHOP}---{}", SHOP.replace("name: shop", "name: store"));
    let env = Env::new();
    let out = plan(&env, &two, &["-o", "dot"]).exits(0);
    assert!(out.stdout.contains("digraph \"shop\""), "{}", out.stdout);
    assert!(out.stdout.contains("digraph \"store\""), "{}", out.stdout);
    let out = plan(&env, &two, &["-o", "mermaid"]).exits(2);
    assert!(out.stderr.contains("2 workflows"), "{}", out.stderr);
}

#[test]
fn file_without_a_workflow_is_wrong_usage() {
    let service = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n";
    let _out = plan(&Env::new(), service, &[]).exits(2);
}
