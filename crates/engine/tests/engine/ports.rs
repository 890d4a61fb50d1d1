//! Ports for tests.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Event, EventSink, MessageLint, Object,
    ObjectId, Provider, RunState, Stamped, Target, TargetError,
};
use burgee_source::{Diagnostic, Node, Span};

/// Keeps events.
#[derive(Default)]
pub(crate) struct Events(pub(crate) Mutex<Vec<Stamped>>);

impl EventSink for Events {
    fn emit(&self, event: &Stamped, _: &RunState) {
        lock(&self.0).push(event.clone());
    }
}

impl Events {
    pub(crate) fn list(&self) -> Vec<Stamped> {
        lock(&self.0).clone()
    }
}

/// A chat service: records what is sent and answers from a list, well when the list is empty.
#[derive(Default)]
pub(crate) struct Chat {
    pub(crate) sent: Mutex<Vec<(String, Node)>>,
    pub(crate) refusals: Mutex<VecDeque<Option<&'static str>>>,
}

impl Chat {
    pub(crate) fn refusing(answers: impl IntoIterator<Item = Option<&'static str>>) -> Self {
        Self {
            sent: Mutex::default(),
            refusals: Mutex::new(answers.into_iter().collect()),
        }
    }

    pub(crate) fn sent(&self) -> Vec<(String, Node)> {
        lock(&self.sent).clone()
    }
}

impl Provider for Chat {
    fn name(&self) -> &'static str {
        "notify"
    }

    fn kind(&self, _: &str) -> CallKind {
        CallKind::Once
    }

    fn call<'a>(
        &'a self,
        _: &'a CallContext,
        call: &'a Call,
        _: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        lock(&self.sent).push((call.path.clone(), call.params.clone()));
        let answer = lock(&self.refusals).pop_front().flatten();
        Box::pin(std::future::ready(match answer {
            None => Ok(Node::map([])),
            Some(why) => Err(CallError::permanent(why)),
        }))
    }
}

/// A target whose Deployments become healthy at the n-th look.
pub(crate) struct SlowTarget {
    objects: Mutex<Vec<Object>>,
    looks_left: Mutex<u32>,
    in_memory: bool,
}

impl SlowTarget {
    pub(crate) fn healthy_at_look(looks: u32) -> Self {
        Self {
            objects: Mutex::default(),
            looks_left: Mutex::new(looks),
            in_memory: false,
        }
    }

    /// One whose objects are gone with the process.
    pub(crate) fn in_memory() -> Self {
        Self {
            in_memory: true,
            ..Self::healthy_at_look(3)
        }
    }
}

impl Target for SlowTarget {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn apply<'a>(&'a self, objects: &'a [Object]) -> BoxFuture<'a, Result<(), TargetError>> {
        lock(&self.objects).extend(objects.iter().cloned());
        Box::pin(std::future::ready(Ok(())))
    }

    fn read<'a>(
        &'a self,
        ids: &'a [ObjectId],
    ) -> BoxFuture<'a, Result<Vec<Option<Object>>, TargetError>> {
        let mut left = lock(&self.looks_left);
        *left = left.saturating_sub(1);
        let ready = u32::from(*left == 0);
        let objects = lock(&self.objects);
        let find = |id: &ObjectId| {
            let mut object = objects.iter().find(|object| object.id() == *id)?.clone();
            let value = object.value_mut();
            value["metadata"]["generation"] = 1.into();
            value["spec"]["replicas"] = 1.into();
            value["status"] = serde_json::json!({
                "observedGeneration": 1,
                "replicas": 1, "updatedReplicas": 1, "readyReplicas": ready,
                "conditions": [{"type": "Available", "message": "up"}],
            });
            Some(object)
        };
        let found = ids.iter().map(find).collect();
        Box::pin(std::future::ready(Ok(found)))
    }

    fn outlives_process(&self) -> bool {
        !self.in_memory
    }

    fn changed(&self) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Finds nothing.
pub(crate) struct NoLint;

impl MessageLint for NoLint {
    fn lint(&self, _: Option<&Node>, _: &[&str], _: Span) -> Vec<Diagnostic> {
        Vec::new()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
