//! What is checked before a message is sent, and what is enforced when it arrives, were written apart from
//! each other: here they have to agree.

use std::sync::{Arc, Mutex};

use burgee_inbox::{Inbox, InboxConfig, Pacing, Received, judge};
use burgee_model::Service;
use burgee_notify::check_message;
use burgee_source::{Diagnostic, Lang, Node, Severity};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRng, TestRunner},
};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::{
    messages::{dingtalk, slack},
    support::{START_MILLIS, StillClock, post_to},
};

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

/// The errors that the check before sending finds.
fn errors(service: Service, message: &Value) -> Vec<String> {
    let problems = check_message(service, &Node::from(message.clone()));
    let is_error = |problem: &&Diagnostic| problem.severity() == Severity::Error;
    let errors = problems.iter().filter(is_error);
    errors
        .map(|problem| format!("{}: {}", problem.rule().code, problem.message(Lang::En)))
        .collect()
}

/// Sends each message to an inbox, whatever the check says, and compares.
fn agree(service: Service, messages: BoxedStrategy<Value>) {
    let runtime = runtime();
    let newest = Arc::new(Mutex::new(None));
    let sink = Arc::clone(&newest);
    let config = InboxConfig {
        pacing: Pacing::Off,
        on_message: Some(Arc::new(move |received| {
            *sink.lock().expect("not poisoned") = Some(received.clone());
        })),
        ..InboxConfig::default()
    };
    let clock = StillClock::at(START_MILLIS);
    let inbox = runtime.block_on(Inbox::start(config, clock));
    let inbox = inbox.expect("loopback is free");
    let mut runner = TestRunner::new(Config {
        cases: 1500,
        source_file: Some(file!()),
        ..Config::default()
    });
    let result = runner.run(&messages, |message| {
        runtime.block_on(post_to(&inbox, service, &message));
        let received: Option<Received> = newest.lock().expect("not poisoned").take();
        let received = received.expect("announced before it is answered");
        let errors = errors(service, &message);
        prop_assert_eq!(
            errors.is_empty(),
            received.accepted,
            "check: {:?}, inbox: {} {:?}",
            errors,
            received.reply.body,
            received.reason.map(|reason| reason.to_string())
        );
        Ok(())
    });
    if let Err(disagreement) = result {
        panic!("{disagreement}");
    }
}

#[test]
fn slack_takes_what_passes_the_check_and_refuses_what_fails() {
    agree(Service::Slack, slack());
}

#[test]
fn dingtalk_takes_what_passes_the_check_and_refuses_what_fails() {
    agree(Service::Dingding, dingtalk());
}

#[test]
fn generated_messages_are_right_and_wrong_in_turns() {
    for (service, messages) in [(Service::Slack, slack()), (Service::Dingding, dingtalk())] {
        let mut runner = TestRunner::new_with_rng(
            Config::default(),
            TestRng::deterministic_rng(Config::default().rng_algorithm),
        );
        let taken = |_: &usize| {
            let message = messages.new_tree(&mut runner).expect("a message");
            judge(service, &message.current()).is_ok()
        };
        let taken = (0..500).filter(taken).count();
        assert!((100..400).contains(&taken), "{taken} of 500 for {service}");
    }
}
