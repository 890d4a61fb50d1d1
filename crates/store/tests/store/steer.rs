use burgee_store::{Action, Command, Store, StoreError};
use futures_executor::block_on;

use crate::support::{at, begin, store};

fn resume() -> Command {
    Command {
        action: Action::Resume {
            step: Some("s1".into()),
        },
        by: "wang".to_owned(),
        reason: Some("checked by hand".to_owned()),
        at: at(5),
    }
}

#[test]
fn a_command_reaches_the_owner_and_its_answer_comes_back() {
    let (dir, owner) = store();
    let (lock, _journal) = begin(&owner, "r1", "shop");
    let other = Store::open_existing(&dir.path().join("state")).unwrap();
    let mut watch = owner.watch();
    assert!(!watch.changed().unwrap());

    let id = other.command(lock.run(), &resume()).unwrap();
    assert!(watch.changed().unwrap());
    assert!(!watch.changed().unwrap());
    assert_eq!(owner.pending(lock.run()).unwrap(), [(id, resume())]);
    assert_eq!(other.answer_of(id).unwrap(), None);

    block_on(owner.answer(id, Ok(()))).unwrap();
    assert_eq!(other.answer_of(id).unwrap(), Some(Ok(())));
    assert!(owner.pending(lock.run()).unwrap().is_empty());
}

#[test]
fn a_command_that_is_refused_says_why() {
    let (_dir, store) = store();
    let (lock, _journal) = begin(&store, "r1", "shop");
    let id = store.command(lock.run(), &resume()).unwrap();
    let why = "step s1 is not suspended".to_owned();
    block_on(store.answer(id, Err(why.clone()))).unwrap();
    assert_eq!(store.answer_of(id).unwrap(), Some(Err(why)));
}

#[test]
fn a_command_of_the_own_process_is_seen_as_well() {
    let (_dir, store) = store();
    let (lock, _journal) = begin(&store, "r1", "shop");
    let mut watch = store.watch();
    assert!(!watch.changed().unwrap());
    store.command(lock.run(), &resume()).unwrap();
    assert!(watch.changed().unwrap());
}

#[test]
fn every_action_is_read_as_it_was_written() {
    let (_dir, store) = store();
    let (lock, _journal) = begin(&store, "r1", "shop");
    let actions = [
        Action::Suspend {},
        Action::Resume { step: None },
        Action::Terminate {},
        Action::Restart {
            from: Some("s1".into()),
            again: true,
        },
        Action::Restart {
            from: None,
            again: false,
        },
    ];
    for action in &actions {
        let command = Command {
            action: action.clone(),
            ..resume()
        };
        store.command(lock.run(), &command).unwrap();
    }
    let pending = store.pending(lock.run()).unwrap();
    let read: Vec<Action> = pending
        .into_iter()
        .map(|(_, command)| command.action)
        .collect();
    assert_eq!(read, actions);
}

#[test]
fn a_command_to_a_run_that_does_not_exist_is_refused() {
    let (_dir, store) = store();
    let error = store.command(&"r1".into(), &resume()).unwrap_err();
    assert!(matches!(error, StoreError::NotFound { .. }), "{error}");
}
