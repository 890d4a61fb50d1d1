//! A journal without secrets.

use std::sync::Arc;

use burgee_http::Redactor;
use burgee_model::{
    BoxFuture, CallEnd, CallError, Event, Exact, Journal, JournalError, Read, Stamped,
};
use burgee_source::{Kind, Node};

/// Covers what the mask knows before a record is kept. A variable that holds a secret is not kept at all: it is worked out
/// again, with the secret as it is then.
pub(crate) struct Masked<J> {
    journal: J,
    redactor: Arc<Redactor>,
}

impl<J> Masked<J> {
    pub(crate) const fn new(journal: J, redactor: Arc<Redactor>) -> Self {
        Self { journal, redactor }
    }
}

impl<J: Journal> Journal for Masked<J> {
    fn append(&self, record: &Stamped) -> Result<(), JournalError> {
        match covered(&record.event, &self.redactor) {
            None => self.journal.append(record),
            Some(event) => self.journal.append(&Stamped {
                at: record.at,
                event,
            }),
        }
    }

    fn sync(&self) -> BoxFuture<'_, Result<(), JournalError>> {
        self.journal.sync()
    }
}

/// The event without the secrets in it; `None` where there are none.
fn covered(event: &Event, redactor: &Redactor) -> Option<Event> {
    let text = serde_json::to_string(event).ok()?;
    if redactor.mask(&text) == text {
        return None;
    }
    let mask = |text: &str| redactor.mask(text).into_owned();
    let mut event = event.clone();
    match &mut event {
        Event::VariableSet { value, hidden, .. } => {
            *value = Node::from(Kind::Null).into();
            *hidden = true;
        }
        Event::CallFinished { end, .. } => match end {
            CallEnd::Result(result) => *result = masked(result, redactor),
            CallEnd::Failed(CallError { message, .. }) => *message = mask(message),
        },
        Event::ConditionFalse {
            condition, read, ..
        } => {
            *condition = mask(condition);
            for Read { value, .. } in read {
                *value = value.as_ref().map(|value| masked(value, redactor));
            }
        }
        Event::StepWaiting { message, .. }
        | Event::CallUnknown { message, .. }
        | Event::Suspended { message, .. }
        | Event::StepFinished { message, .. }
        | Event::RunFinished { message, .. } => *message = mask(message),
        Event::Resumed { reason, .. } | Event::Terminated { reason, .. } => {
            *reason = reason.as_deref().map(mask);
        }
        Event::DeliveryRetried { delivery, .. } | Event::DeliveryFinished { delivery, .. } => {
            delivery.message = mask(&delivery.message);
            delivery.destination = mask(&delivery.destination);
        }
        // Names, ids and numbers of our own.
        Event::RunStarted { .. }
        | Event::OwnerTook { .. }
        | Event::StepStarted { .. }
        | Event::CallIntended { .. }
        | Event::ObjectApplied { .. }
        | Event::Restarted { .. } => {}
    }
    Some(event)
}

/// The value with every string masked.
fn masked(value: &Exact, redactor: &Redactor) -> Exact {
    strings_masked(&value.0, redactor).into()
}

fn strings_masked(node: &Node, redactor: &Redactor) -> Node {
    let kind = match &node.kind {
        Kind::String(text) => Kind::String(redactor.mask(text).into_owned()),
        Kind::List(items) => {
            let items = items.iter().map(|item| strings_masked(item, redactor));
            Kind::List(items.collect())
        }
        Kind::Map(map) => {
            let entries = map.iter().map(|(key, entry)| {
                let value = strings_masked(&entry.value, redactor);
                (redactor.mask(key).into_owned(), value)
            });
            Kind::Map(entries.collect())
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => node.kind.clone(),
    };
    kind.into()
}
