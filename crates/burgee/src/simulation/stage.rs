//! Who answers in a simulation: the faults first, then the inbox and the canned replies.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use burgee_http::{Arrival, Carry, Error, Kind, Request, Response};
use burgee_inbox::Local;
use burgee_model::{BoxFuture, Service, StepId};

use super::{Fault, Reply, fault::What};

/// What stands in place of the world.
pub(crate) struct Stage {
    /// The services.
    pub(crate) inbox: Local,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    faults: Vec<Fault>,
    /// For each step the answers in order; the last one stays.
    replies: HashMap<String, VecDeque<Response>>,
    /// The steps of the run by their ids.
    names: HashMap<StepId, String>,
}

/// The stage as the messages of one step meet it.
pub(crate) struct Services {
    stage: Arc<Stage>,
    step: String,
}

/// One answer, whatever is asked.
pub(crate) struct Answer(Mutex<Option<Next>>);

/// What is answered next.
pub(crate) enum Next {
    /// Something goes wrong.
    Fault(What),
    /// A reply.
    Reply(Box<Response>),
}

// === impl Stage ===

impl Stage {
    pub(crate) fn new(inbox: Local, faults: Vec<Fault>, replies: Vec<Reply>) -> Self {
        let mut state = State {
            faults,
            ..State::default()
        };
        for Reply { step, response } in replies {
            state.replies.entry(step).or_default().push_back(response);
        }
        Self {
            inbox,
            state: Mutex::new(state),
        }
    }

    /// Learns which steps there are.
    pub(crate) fn learn(&self, names: impl Iterator<Item = (StepId, String)>) {
        self.state().names.extend(names);
    }

    /// The name of a step.
    pub(crate) fn name(&self, step: &StepId) -> String {
        let state = self.state();
        let name = state.names.get(step).cloned();
        name.unwrap_or_else(|| step.to_string())
    }

    /// What a request of a step gets next; nothing where nobody said.
    pub(crate) fn next(&self, step: &str) -> Option<Next> {
        let mut state = self.state();
        if let Some(what) = state.fault(step, None) {
            return Some(Next::Fault(what));
        }
        let replies = state.replies.get_mut(step)?;
        let reply = match replies.len() {
            0 | 1 => replies.front().cloned(),
            _ => replies.pop_front(),
        };
        reply.map(|reply| Next::Reply(Box::new(reply)))
    }

    fn fault(&self, step: &str, service: Service) -> Option<What> {
        self.state().fault(step, Some(service))
    }

    /// A panic while the lock was held leaves nothing half-done that matters here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// === impl State ===

impl State {
    /// The next fault of a place: the first one given that is not used up.
    fn fault(&mut self, step: &str, service: Option<Service>) -> Option<What> {
        let here = |fault: &&mut Fault| fault.left != Some(0) && fault.place.is(step, service);
        let fault = self.faults.iter_mut().find(here)?;
        fault.left = fault.left.map(|left| left - 1);
        Some(fault.what)
    }
}

// === impl Services ===

impl Services {
    pub(crate) const fn new(stage: Arc<Stage>, step: String) -> Self {
        Self { stage, step }
    }
}

impl Carry for Services {
    fn carry<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let service = Service::ALL.into_iter().find(|service| {
                let url = self.stage.inbox.url(*service);
                request.url.expose().starts_with(&url)
            });
            let service = service.ok_or_else(|| nobody("it is not the inbox's address"))?;
            if let Some(what) = self.stage.fault(&self.step, service) {
                return what.happen().await;
            }
            let mut posted = http::Request::new(request.body.clone());
            *posted.method_mut() = request.method.clone();
            *posted.headers_mut() = request.headers.clone();
            *posted.uri_mut() = request.url.expose().parse().map_err(nobody)?;
            let (head, body) = self.stage.inbox.answer(posted).into_parts();
            Ok(Response {
                headers: head.headers,
                body,
                ..Response::new(head.status)
            })
        })
    }
}

fn nobody(why: impl std::fmt::Display) -> Error {
    Error::new(Kind::Request, Arrival::No, why)
}

// === impl Answer ===

impl Answer {
    pub(crate) const fn new(next: Next) -> Self {
        Self(Mutex::new(Some(next)))
    }
}

impl Carry for Answer {
    fn carry<'a>(&'a self, _: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        let next = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::pin(async move {
            match next {
                Some(Next::Fault(what)) => what.happen().await,
                Some(Next::Reply(response)) => Ok(*response),
                None => Err(nobody("one call makes one request")),
            }
        })
    }
}
