//! The embedded target: objects in memory, with the status that a healthy cluster would report.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use burgee_model::{BoxFuture, Clock, Object, ObjectId, Target, TargetError};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::sync::Notify;

use crate::{
    address::Addresses,
    defaults, hash,
    status::{self, Times},
    validate,
};

/// How many objects a sandbox holds.
pub const MAX_OBJECTS: usize = 10_000;

/// A target that deploys nothing.
///
/// It refuses what an API server would refuse, and what it accepts is at once as it would be once every
/// controller is done. Nothing in it is random: two runs of one manifest see the same objects, times apart.
pub struct Sandbox {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<ObjectId, Stored>,
    addresses: Addresses,
    /// One counter for all objects, as etcd has it.
    resource_version: u64,
}

struct Stored {
    /// What was asked for: the measure of whether an apply changes anything.
    desired: Object,
    live: Object,
    generation: u64,
    created: Timestamp,
}

// === impl Sandbox ===

impl Sandbox {
    /// An empty sandbox that takes its times from `clock`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            state: Mutex::default(),
            changed: Notify::new(),
        }
    }

    fn apply_all(&self, objects: &[Object]) -> Result<(), TargetError> {
        let now = self.clock.now();
        let mut state = self.state();
        let before = state.resource_version;
        let applied = objects
            .iter()
            .try_for_each(|object| state.apply(object, now));
        let changed = state.resource_version != before;
        drop(state);
        if changed {
            self.changed.notify_waiters();
        }
        applied
    }

    /// A panic elsewhere leaves the objects whole: each apply ends in one insertion.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Target for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn apply<'a>(&'a self, objects: &'a [Object]) -> BoxFuture<'a, Result<(), TargetError>> {
        Box::pin(async { self.apply_all(objects) })
    }

    fn read<'a>(
        &'a self,
        ids: &'a [ObjectId],
    ) -> BoxFuture<'a, Result<Vec<Option<Object>>, TargetError>> {
        Box::pin(async {
            let state = self.state();
            let live = |id| Some(state.objects.get(id)?.live.clone());
            Ok(ids.iter().map(live).collect())
        })
    }

    fn is_closed(&self) -> bool {
        true
    }

    fn outlives_process(&self) -> bool {
        false
    }

    fn changed(&self) -> BoxFuture<'_, ()> {
        // Made here and not in the future, so that a change before its first poll counts.
        Box::pin(self.changed.notified())
    }
}

// === impl State ===

impl State {
    /// Creates or updates one object; an equal one stays as it is.
    fn apply(&mut self, object: &Object, now: Timestamp) -> Result<(), TargetError> {
        let id = object.id();
        let refuse = |message: String| TargetError {
            object: id.clone(),
            message,
        };
        validate::object(object.value()).map_err(refuse)?;
        let old = self.objects.get(&id);
        if let Some(old) = old {
            if old.desired == *object {
                return Ok(());
            }
            validate::update(old.desired.value(), object.value()).map_err(refuse)?;
        } else if self.objects.len() >= MAX_OBJECTS {
            return Err(refuse(format!(
                "the sandbox holds {MAX_OBJECTS} objects and takes no more"
            )));
        }
        let stored = self.stored(&id, object, now).map_err(refuse)?;
        self.objects.insert(id, stored);
        Ok(())
    }

    fn stored(
        &mut self,
        id: &ObjectId,
        desired: &Object,
        now: Timestamp,
    ) -> Result<Stored, String> {
        let old = self.objects.get(id);
        let created = old.map_or(now, |old| old.created);
        let generation = old.map_or(1, |old| {
            let same = old.desired.value().get("spec") == desired.value().get("spec");
            old.generation + u64::from(!same)
        });
        let old_live = old.map(|old| old.live.value().clone());
        let mut live = desired.clone();
        let value = live.value_mut();
        defaults::fill(value);
        self.addresses.assign(id, value, old_live.as_ref())?;
        self.resource_version += 1;
        metadata(value, id, self.resource_version, generation, created);
        let progressed = match &old_live {
            Some(old) if old.pointer("/spec/template") == value.pointer("/spec/template") => {
                status::last_progress(old)
            }
            Some(_) | None => None,
        };
        let times = Times::new(created, progressed.as_deref(), now);
        status::fill(value, generation, &times);
        Ok(Stored {
            desired: desired.clone(),
            live,
            generation,
            created,
        })
    }
}

/// What the API server writes into `metadata`.
fn metadata(value: &mut Value, id: &ObjectId, version: u64, generation: u64, created: Timestamp) {
    let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) else {
        return;
    };
    let mut set = |key: &str, value: Value| metadata.insert(key.to_owned(), value);
    set("uid", hash::uid(id).into());
    set("resourceVersion", version.to_string().into());
    // Services and their like have no generation.
    if id.api_version != "v1" {
        set("generation", generation.into());
    }
    set("creationTimestamp", status::time(created).into());
}

/// An object's map below `key`, made when it is absent.
pub(crate) fn below<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Map<String, Value>> {
    let entry = value.as_object_mut()?.entry(key);
    entry.or_insert_with(|| json!({})).as_object_mut()
}
