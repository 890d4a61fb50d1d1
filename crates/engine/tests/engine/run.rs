//! What happens in a run.

use std::sync::Arc;

use burgee_engine::{
    Ended, Engine, Memory, OnNotifyFailure, Options, Owner, Ports, Purpose, Subject, VirtualClock,
    Waiting, check, run_virtually,
};
use burgee_model::{Event, Reason, Report, RunPhase, Stamped, StepPhase};
use burgee_source::{Lang, Sources};
use burgee_target::OamProvider;

use crate::ports::{Chat, Events, NoLint, SlowTarget};

struct Outcome {
    ended: Ended,
    report: Report,
    events: Vec<Stamped>,
    chat: Arc<Chat>,
}

fn run(steps: &str, chat: Chat, on_notify_failure: OnNotifyFailure) -> Outcome {
    let mut sources = Sources::default();
    let text = format!(
        "\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {{name: demo, namespace: prod}}
spec:
  components:
  - name: web
    type: webservice
    properties: {{image: nginx}}
  workflow:
    steps:{steps}"
    );
    let file = sources.add("app.yaml", text);
    let loaded = burgee_manifest::load(&sources, file);
    let mut problems = loaded.diagnostics;
    let subject = Subject::all(&loaded.manifest, &mut problems).remove(0);
    let (plan, problems) = check(subject, &mut sources, &NoLint, Purpose::Run);
    let plan = plan.unwrap_or_else(|| panic!("{problems:?}"));

    let target = Arc::new(SlowTarget::healthy_at_look(3));
    let chat = Arc::new(chat);
    let events = Arc::new(Events::default());
    let clock = Arc::new(VirtualClock::default());
    let engine = Engine::new(
        vec![chat.clone(), Arc::new(OamProvider::new(target.clone()))],
        target,
        clock.clone(),
    );
    let options = Options {
        run: "demo-1".into(),
        on_notify_failure,
        resend_unknown: false,
        lang: Lang::En,
        concurrency: 16,
        waiting: Waiting::Due,
    };
    let mut ports = Ports {
        journal: Arc::new(Memory::default()),
        sink: events.clone(),
        control: None,
        owner: Owner::default(),
        mask: Arc::new(str::to_owned),
    };
    let ended = run_virtually(&clock, engine.run(&plan, &options, &mut ports));
    let ended = ended.expect("it ends").expect("a journal");
    Outcome {
        report: ended.state.report(),
        ended,
        events: events.list(),
        chat,
    }
}

const TELL_DEPLOY_TELL: &str = "
    - name: before
      type: notification
      properties: {dingding: {url: {value: d}, message: {msgtype: text, text: {content: start}}}}
    - name: deploy
      type: apply-component
      properties: {component: web}
      outputs:
      - {name: status, valueFrom: 'output.status.conditions[0].message + \"!\"'}
    - name: after
      type: notification
      inputs:
      - {from: status, parameterKey: slack.message.text}
      properties: {slack: {url: {value: s}, message: {text: replaced}}}
";

fn phases(report: &Report) -> Vec<(String, StepPhase, Option<Reason>)> {
    let steps = report.steps.iter();
    steps
        .map(|step| (step.name.to_string(), step.phase, step.reason))
        .collect()
}

#[test]
fn value_of_a_deployment_reaches_the_message_and_overrides_what_was_there() {
    let outcome = run(TELL_DEPLOY_TELL, Chat::default(), OnNotifyFailure::Stop);
    assert_eq!(outcome.ended.phase, RunPhase::Succeeded);
    let sent = outcome.chat.sent();
    assert_eq!(sent.len(), 2);
    let message = sent[1].1.get("message").expect("a message");
    assert_eq!(message.to_json_text(), r#"{"text":"up!"}"#);
}

#[test]
fn component_is_waited_for_until_it_is_healthy_and_applied_once() {
    let outcome = run(TELL_DEPLOY_TELL, Chat::default(), OnNotifyFailure::Stop);
    let waits = outcome
        .events
        .iter()
        .filter(|e| matches!(e.event, Event::StepWaiting { .. }))
        .count();
    let applies = outcome
        .events
        .iter()
        .filter(|e| matches!(e.event, Event::ObjectApplied { .. }))
        .count();
    assert_eq!(
        (waits, applies),
        (1, 1),
        "one wait is announced although it was looked at three times"
    );
}

#[test]
fn refused_message_stops_the_run_and_later_steps_are_skipped() {
    let chat = Chat::refusing([Some("keywords not in content")]);
    let outcome = run(TELL_DEPLOY_TELL, chat, OnNotifyFailure::Stop);
    assert_eq!(outcome.ended.phase, RunPhase::Failed);
    let expected = [
        (
            "before".to_owned(),
            StepPhase::Failed,
            Some(Reason::Execute),
        ),
        ("deploy".to_owned(), StepPhase::Skipped, Some(Reason::Skip)),
        ("after".to_owned(), StepPhase::Skipped, Some(Reason::Skip)),
    ];
    assert_eq!(phases(&outcome.report), expected);
    assert_eq!(outcome.report.steps[0].message, "keywords not in content");
    assert_eq!(outcome.report.message, "step `before` failed");
    assert!(outcome.report.finished);
    assert_eq!(
        outcome.report.steps[1].first_execute_time, None,
        "a skipped step never ran"
    );
}

#[test]
fn with_continue_a_refused_message_leaves_its_step_failed_and_the_run_goes_on() {
    let chat = Chat::refusing([Some("no")]);
    let outcome = run(TELL_DEPLOY_TELL, chat, OnNotifyFailure::Continue);
    assert_eq!(outcome.ended.phase, RunPhase::Succeeded);
    let phases: Vec<StepPhase> = outcome.report.steps.iter().map(|step| step.phase).collect();
    assert_eq!(
        phases,
        [
            StepPhase::Failed,
            StepPhase::Succeeded,
            StepPhase::Succeeded
        ]
    );
}

#[test]
fn second_channel_hears_although_the_first_refused() {
    let steps = "
    - name: both
      type: notification
      properties:
        dingding: {url: {value: d}, message: {msgtype: text, text: {content: x}}}
        slack: {url: {value: s}, message: {text: x}}
";
    let outcome = run(
        steps,
        Chat::refusing([Some("dingding is down")]),
        OnNotifyFailure::Stop,
    );
    let paths: Vec<String> = outcome
        .chat
        .sent()
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(paths, ["dingding", "slack"]);
    assert_eq!(outcome.report.steps[0].phase, StepPhase::Failed);
}

#[test]
fn output_that_cannot_be_evaluated_fails_its_step_at_the_users_place() {
    let steps = "
    - name: deploy
      type: apply-component
      properties: {component: web}
      outputs:
      - {name: status, valueFrom: output.status.nothing}
";
    let outcome = run(steps, Chat::default(), OnNotifyFailure::Stop);
    let step = &outcome.report.steps[0];
    assert_eq!(
        (step.phase, step.reason),
        (StepPhase::Failed, Some(Reason::Output))
    );
    assert!(
        step.message
            .starts_with("failed to get output from output.status.nothing: "),
        "{}",
        step.message
    );
    assert_eq!(outcome.ended.problems.len(), 1);
}

#[test]
fn input_through_a_scalar_fails_its_step() {
    let steps = "
    - name: tell
      type: notification
      inputs:
      - {from: context.name, parameterKey: slack.message.text.more}
      properties: {slack: {url: {value: s}, message: {text: x}}}
";
    let outcome = run(steps, Chat::default(), OnNotifyFailure::Stop);
    let step = &outcome.report.steps[0];
    assert_eq!(
        (step.phase, step.reason),
        (StepPhase::Failed, Some(Reason::Input))
    );
    assert_eq!(outcome.chat.sent().len(), 0);
}

#[test]
fn component_input_changes_what_is_applied() {
    let steps = "
    - name: deploy
      type: apply-component
      inputs:
      - {from: context.appRevision, parameterKey: image}
      properties: {component: web}
      outputs:
      - {name: image, valueFrom: 'output.spec.template.spec.containers[0].image'}
    - name: tell
      type: notification
      inputs:
      - {from: image, parameterKey: slack.message.text}
      properties: {slack: {url: {value: s}}}
";
    let outcome = run(steps, Chat::default(), OnNotifyFailure::Stop);
    let sent = outcome.chat.sent();
    let message = sent[0].1.get("message").expect("a message");
    assert_eq!(message.to_json_text(), r#"{"text":"demo-v1"}"#);
}
