//! What is found before anything runs.

use burgee_engine::{Purpose, check};
use burgee_source::{Lang, Severity, Sources};

use crate::ports::NoLint;

/// Every problem as `line:column severity code: message; hints`.
fn problems(steps: &str, purpose: Purpose) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("app.yaml", application(steps));
    let loaded = burgee_manifest::load(&sources, file);
    let application = loaded
        .manifest
        .applications()
        .next()
        .expect("an application")
        .clone();
    let (plan, found) = check(&application, &mut sources, &NoLint, purpose);
    let refused = found
        .iter()
        .any(|problem| problem.severity() == Severity::Error);
    assert_eq!(
        plan.is_none(),
        refused,
        "a plan exists exactly when there is no error"
    );
    let show = |problem: &burgee_source::Diagnostic| {
        let place = sources.position(problem.span().start());
        let mut text = format!(
            "{}:{} {} {}: {}",
            place.line,
            place.column,
            problem.severity().as_str(),
            problem.rule().code,
            problem.message(Lang::En)
        );
        for hint in problem.hints(Lang::En) {
            text.push_str("; ");
            text.push_str(&hint);
        }
        text
    };
    found.iter().map(show).collect()
}

fn application(steps: &str) -> String {
    format!(
        "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: demo
spec:
  components:
  - name: web
    type: webservice
    properties:
      image: nginx
  workflow:
    steps:{steps}"
    )
}

#[test]
fn fields_that_are_not_carried_out_yet_are_mentioned_by_check_and_refused_by_run() {
    let steps = "
    - name: deploy
      type: apply-component
      if: always
      timeout: 5m
      dependsOn: [other]
      properties: {component: web}
";
    insta::assert_snapshot!(problems(steps, Purpose::Check).join("\n"), @r"
    15:11 warning workflow/not-carried-out: `if` is understood but not carried out yet, so `run` refuses it; take it out to run the file here, or run it on KubeVela
    16:16 warning workflow/not-carried-out: `timeout` is understood but not carried out yet, so `run` refuses it; take it out to run the file here, or run it on KubeVela
    17:19 warning workflow/not-carried-out: `dependsOn` is understood but not carried out yet, so `run` refuses it; take it out to run the file here, or run it on KubeVela
    ");
    let refused = problems(steps, Purpose::Run);
    assert!(
        refused
            .iter()
            .all(|line| line.contains(" error workflow/not-carried-out")),
        "{refused:?}"
    );
}

#[test]
fn input_that_no_earlier_step_sets_is_an_error_that_names_the_nearest() {
    let steps = "
    - name: deploy
      type: apply-component
      properties: {component: web}
      outputs:
      - {name: app-status, valueFrom: 'output.status.phase'}
    - name: tell
      type: notification
      inputs:
      - {from: app-statu, parameterKey: slack.message.text}
      - {from: later, parameterKey: slack.message.text}
      - {from: context.name, parameterKey: slack.message.text}
      - {from: app-status, parameterKey: slack.message.text}
    - name: late
      type: apply-component
      properties: {component: web}
      outputs:
      - {name: later, valueFrom: context.name}
";
    insta::assert_snapshot!(problems(steps, Purpose::Check).join("\n"), @r"
    21:16 error workflow/unknown-input: no earlier step has an output `app-statu`; did you mean `app-status`?
    22:16 error workflow/unknown-input: no earlier step has an output `later`; earlier outputs: app-status
    ");
}

#[test]
fn bad_paths_and_expressions_point_into_the_users_line() {
    let steps = "
    - name: deploy
      type: apply-component
      properties: {component: web}
      inputs:
      - {from: context.name, parameterKey: 'env[x'}
      outputs:
      - {name: a, valueFrom: 'output.status +'}
      - {name: b, valueFrom: 'outptu.status'}
      - {name: c, valueFrom: 'status.phase'}
";
    insta::assert_snapshot!(problems(steps, Purpose::Check).join("\n"), @r#"
    17:48 error path/malformed: `env[x` is not a path; write `list[0]` for an element and `object["key"]` for a key
    19:46 error cue-syntax/expected-expression: an expression belongs here, not the end of the text
    20:31 error workflow/unknown-name: `outptu` is not in scope of `valueFrom` in this step; did you mean `output`?
    21:31 error workflow/unknown-name: `status` is not in scope of `valueFrom` in this step; in scope: output, outputs, parameter, context
    "#);
}

#[test]
fn application_without_a_workflow_is_not_carried_out_yet() {
    let mut sources = Sources::default();
    let text = application("").replace("  workflow:\n    steps:", "");
    let file = sources.add("app.yaml", text);
    let loaded = burgee_manifest::load(&sources, file);
    let application = loaded
        .manifest
        .applications()
        .next()
        .expect("an application");
    let (plan, found) = check(application, &mut sources, &NoLint, Purpose::Run);
    assert!(plan.is_none());
    assert_eq!(found[0].rule().code, "workflow/not-carried-out");
}
