//! The front desk: takes a request at a service's address, has its rules applied, keeps and announces it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use burgee_model::{Clock, Service};
use burgee_source::Text;

use crate::{
    InboxConfig, Received, Refusal, Reply,
    dingtalk::Robot,
    mailbox::Mailbox,
    post::{Body, Post},
    slack::Hook,
};

/// All that the connections share.
pub(crate) struct Desk {
    clock: Arc<dyn Clock>,
    config: InboxConfig,
    state: Mutex<State>,
}

struct State {
    hook: Hook,
    robot: Robot,
    mailbox: Mailbox,
}

// === impl Desk ===

impl Desk {
    pub(crate) fn new(config: InboxConfig, clock: Arc<dyn Clock>) -> Self {
        let state = State {
            hook: Hook::new(config.pacing),
            robot: Robot::new(&config),
            mailbox: Mailbox::default(),
        };
        Self {
            clock,
            config,
            state: Mutex::new(state),
        }
    }

    /// Answers one request and keeps it.
    pub(crate) fn take(&self, service: Service, post: Post<'_>) -> Reply {
        let at = self.clock.now();
        let mut state = self.state();
        let State {
            hook,
            robot,
            mailbox,
        } = &mut *state;
        let verdict = match (post.body, service) {
            (Body::Incomplete, Service::Slack | Service::Dingding) => Err(incomplete()),
            (Body::Whole(_) | Body::TooLarge, Service::Slack) => hook.answer(&post, at),
            (Body::Whole(_) | Body::TooLarge, Service::Dingding) => robot.answer(&post, at),
        };
        let (accepted, reply, reason) = match verdict {
            Ok(reply) => (true, reply, None),
            Err(Refusal { reply, reason }) => (false, reply, Some(*reason)),
        };
        let received = Received {
            number: mailbox.next_number(),
            at,
            service,
            accepted,
            reply: reply.clone(),
            reason,
            body: shown(service, &post),
        };
        mailbox.put(post.body.len(), received.clone());
        drop(state);
        let number = received.number;
        tracing::debug!(number, %service, accepted, code = %reply.code, "message");
        if let Some(on_message) = &self.config.on_message {
            on_message(&received);
        }
        reply
    }

    /// The messages kept, oldest first.
    pub(crate) fn messages(&self) -> Vec<Received> {
        self.state().mailbox.all()
    }

    /// Forgets the messages.
    pub(crate) fn clear(&self) {
        self.state().mailbox.clear();
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    pub(crate) const fn config(&self) -> &InboxConfig {
        &self.config
    }

    /// A panic while the lock was held leaves nothing half-done that matters here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body as a reader of the list wants it: Slack's form encoding is unpacked.
fn shown(service: Service, post: &Post<'_>) -> serde_json::Value {
    match service {
        Service::Slack => crate::slack::payload(post),
        Service::Dingding => post.body.to_value(),
    }
}

fn incomplete() -> Refusal {
    Refusal::slack(
        408,
        "request_timeout",
        Text::new(
            "the body did not come, or not in time",
            "请求体没有到达，或未在时限内到达",
        ),
    )
}
