//! What is found before anything runs.

use burgee_engine::{Purpose, Subject, check};
use burgee_source::{Lang, Severity, Sources};

use crate::ports::NoLint;

/// Every problem as `line:column severity code: message; hints`.
fn problems(steps: &str, purpose: Purpose) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("app.yaml", application(steps));
    let loaded = burgee_manifest::load(&sources, file);
    let mut problems = loaded.diagnostics;
    let subject = Subject::all(&loaded.manifest, &mut problems).remove(0);
    let (plan, found) = check(subject, &mut sources, &NoLint, purpose);
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
    21:16 error workflow/unknown-input: no step has an output `app-statu`; did you mean `app-status`?
    22:16 error workflow/too-late: `tell` can never run: it waits for `late`, which runs after it; put `late` before `tell`, or run the steps by their dependencies: `mode: {steps: DAG}`
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
