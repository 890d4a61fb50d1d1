//! Commands of other processes to a run that this one carries on.

use std::time::Duration;

use burgee_engine::{Command, Order, Steering};
use burgee_model::{Clock, RunId, RunState};
use burgee_store::{Action, Store};
use futures_channel::oneshot;

/// How often the store is asked whether another process has written something. The question costs a look at one page.
const LOOK: Duration = Duration::from_millis(100);

/// Hands commands on as they come. Never ends.
pub(super) async fn listen(store: Store, run: RunId, steer: Steering, clock: &dyn Clock) {
    let mut watch = store.watch();
    loop {
        // What cannot be read now is looked at again.
        if watch.changed().unwrap_or(true) {
            for (id, command) in store.pending(&run).unwrap_or_default() {
                let answer = obey(&command, &steer).await;
                let _told = store.answer(id, answer).await;
            }
        }
        clock.sleep(LOOK).await;
    }
}

async fn obey(command: &burgee_store::Command, steer: &Steering) -> Result<(), String> {
    let by = Some(command.by.clone());
    let reason = command.reason.clone();
    let command = match &command.action {
        Action::Suspend {} => Command::Suspend { by },
        Action::Resume { step } => Command::Resume {
            step: step.clone(),
            by,
            reason,
        },
        Action::Terminate {} => Command::Terminate { by, reason },
        Action::Restart { .. } => {
            return Err("the run is under way; it can be restarted when it has ended".to_owned());
        }
    };
    let (done, recorded) = oneshot::channel();
    let order = Order {
        command,
        done: Some(done),
    };
    let ended = || "the run has just ended".to_owned();
    steer.unbounded_send(order).map_err(|_| ended())?;
    recorded.await.map_err(|_| ended())
}

/// Who a command is from, for the record.
pub(crate) fn who() -> String {
    let user = ["USER", "LOGNAME", "USERNAME"].into_iter();
    let user = user
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.is_empty());
    user.unwrap_or_else(|| "somebody".to_owned())
}

/// The id of a step of that name.
pub(crate) fn step_named(state: &RunState, name: &str) -> Option<burgee_model::StepId> {
    let mut steps = state.steps.iter();
    let step = steps.find(|step| step.head.name.as_str() == name);
    step.map(|step| step.head.id.clone())
}
