//! Walks through the journal, as `docs/durability.md` has them: which records a run leaves, in which order.

use burgee_model::Stamped;

use crate::{
    ports::Chat,
    world::{Answer, World, fold},
};

/// The names of the records behind the first two, which say that a run begins and who carries it on.
fn names(records: &[Stamped]) -> Vec<String> {
    let json = records.iter().skip(2).map(|record| {
        let json = serde_json::to_value(&record.event).expect("an event is JSON");
        json.as_object()
            .and_then(|event| event.keys().next().cloned())
    });
    json.map(|name| name.expect("an event has a name"))
        .collect()
}

#[test]
fn wait_that_looks_until_ready_writes_nothing_at_each_look() {
    let outcome = World::new().run(
        "
    steps:
    - {name: deploy, type: apply-component, properties: {component: web}}
",
    );
    let records = outcome.world.journal.kept.records();
    assert_eq!(
        names(&records),
        [
            "stepStarted",
            "callIntended",
            "objectApplied",
            "callFinished",
            "stepWaiting",
            "stepFinished",
            "runFinished",
        ]
    );
}

#[test]
fn crash_between_intent_and_result_is_unknown_and_fails_its_step() {
    let mut world = World::new().answering("http://hook", [Answer::Status(200, "{}")]);
    let manifest = world.application(
        "
    steps:
    - {name: tell, type: request, properties: {url: 'http://hook', method: POST}}
",
    );
    // Begun, taken, step started, intended: the fifth record would be the result.
    *world.journal.left.lock().expect("no panic") = 4;
    world
        .attempt(&manifest, None)
        .expect_err("the process is gone");
    *world.journal.left.lock().expect("no panic") = usize::MAX;
    let state = fold(&world.journal.kept.records());
    let outcome = world.carry_on(&manifest, state);
    assert_eq!(
        names(&outcome.world.journal.kept.records()),
        [
            "stepStarted",
            "callIntended",
            "ownerTook",
            "callUnknown",
            "stepFinished",
            "runFinished",
        ]
    );
    assert!(outcome.step("tell").unknown);
    assert!(
        outcome.lines()[1].starts_with("tell failed Execute: Unknown: "),
        "{:?}",
        outcome.lines()
    );
}

#[test]
fn intents_of_all_channels_stand_before_the_first_of_their_results() {
    let world = World::with_chat(Chat::refusing([Some("keywords not in content"), None]));
    let outcome = world.run(
        "
    steps:
    - name: tell
      type: notification
      properties:
        dingding: {url: {value: d}, message: {msgtype: text, text: {content: m}}}
        slack: {url: {value: s}, message: {text: m}}
",
    );
    assert_eq!(
        names(&outcome.world.journal.kept.records()),
        [
            "stepStarted",
            "callIntended",
            "callIntended",
            "callFinished",
            "callFinished",
            "stepFinished",
            "runFinished",
        ]
    );
    assert_eq!(
        outcome.lines()[1],
        "tell failed Execute: keywords not in content"
    );
}
