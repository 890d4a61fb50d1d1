//! The generated messages are worth sending: about as many right ones as wrong ones.

use burgee_inbox::judge;
use burgee_model::Service;
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;

use crate::messages::{dingtalk, slack};

fn share_taken(service: Service, messages: BoxedStrategy<Value>) -> usize {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(Default::default()),
    );
    let taken = |_: &usize| {
        let message = messages.new_tree(&mut runner).expect("a message").current();
        judge(service, &message).is_ok()
    };
    (0..500).filter(taken).count()
}

#[test]
fn generated_messages_are_right_and_wrong_in_turns() {
    for (service, messages) in [(Service::Slack, slack()), (Service::Dingding, dingtalk())] {
        let taken = share_taken(service, messages);
        assert!((100..400).contains(&taken), "{taken} of 500 for {service}");
    }
}
