//! A clock that stands still until told, ordinary objects, and a runtime for one future.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use burgee_model::{BoxFuture, Clock, Object, Target, TargetError};
use burgee_target::Sandbox;
use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) struct Hand(Mutex<Timestamp>);

impl Hand {
    pub(crate) fn set(&self, time: &str) {
        *self
            .0
            .lock()
            .expect("no test panics while it sets the time") = time.parse().expect("a timestamp");
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self
            .0
            .lock()
            .expect("no test panics while it reads the time")
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// An empty sandbox at noon, and its clock.
pub(crate) fn sandbox() -> (Sandbox, Arc<Hand>) {
    let noon = "2026-01-01T12:00:00.5Z".parse().expect("a timestamp");
    let clock = Arc::new(Hand(Mutex::new(noon)));
    (Sandbox::new(clock.clone()), clock)
}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

pub(crate) fn object(value: Value) -> Object {
    Object::new(value).expect("apiVersion, kind and a name")
}

pub(crate) fn apply(sandbox: &Sandbox, object: &Object) -> Result<(), TargetError> {
    block_on(sandbox.apply(std::slice::from_ref(object)))
}

/// The object as it is now.
pub(crate) fn live(sandbox: &Sandbox, object: &Object) -> Value {
    let read = block_on(sandbox.read(&[object.id()])).expect("the sandbox answers");
    let found = read.into_iter().next().flatten();
    found.expect("it exists").into_value()
}

/// The object as it is after applying it.
pub(crate) fn applied(sandbox: &Sandbox, object: &Object) -> Value {
    apply(sandbox, object).expect("a good object");
    live(sandbox, object)
}

pub(crate) fn deployment(change: impl FnOnce(&mut Value)) -> Object {
    let mut value = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": { "name": "web", "namespace": "default" },
        "spec": {
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
                "metadata": { "labels": { "app": "web" } },
                "spec": { "containers": [{
                    "name": "web", "image": "nginx", "ports": [{ "containerPort": 80 }],
                }] },
            },
        },
    });
    change(&mut value);
    object(value)
}

pub(crate) fn service(spec: Value) -> Object {
    object(json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": { "name": "web", "namespace": "default" },
        "spec": spec,
    }))
}
