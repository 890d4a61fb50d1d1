//! The provider `oam`: steps apply objects to a target and read them back.

use std::sync::Arc;

use burgee_model::{
    BoxFuture, Call, CallContext, CallError, CallKind, Event, Object, ObjectId, Provider, Target,
};
use burgee_source::Node;
use serde_json::{Value, json};

/// Carries out `apply` and `observe` on a target.
///
/// - `apply {objects}`: creates or updates the objects in order; each that made it is an
///   [`Event::ObjectApplied`]. Answers `{ids}`.
/// - `observe {ids}`: answers `{objects, target, closed}`: the objects in the order of the ids, `null` for each that
///   does not exist; the target's name; and whether only this run puts objects there.
pub struct OamProvider {
    target: Arc<dyn Target>,
}

// === impl OamProvider ===

impl OamProvider {
    /// The provider of a target.
    #[must_use]
    pub fn new(target: Arc<dyn Target>) -> Self {
        Self { target }
    }

    async fn apply(
        &self,
        context: &CallContext,
        params: &Node,
        emit: &(dyn Fn(Event) + Send + Sync),
    ) -> Result<Node, CallError> {
        let objects = objects(params)?;
        // One at a time, so that what was applied is known when a later object is refused.
        for object in &objects {
            let applied = self.target.apply(std::slice::from_ref(object)).await;
            applied.map_err(|error| {
                CallError::permanent(format!("{} refused {error}", self.target.name()))
            })?;
            emit(Event::ObjectApplied {
                step: context.step.clone(),
                object: object.id(),
            });
        }
        let ids: Vec<ObjectId> = objects.iter().map(Object::id).collect();
        Ok(Node::from(json!({ "ids": ids })))
    }

    async fn observe(&self, params: &Node) -> Result<Node, CallError> {
        let ids = ids(params)?;
        let live = self.target.read(&ids).await;
        let live = live.map_err(|error| CallError::permanent(error.to_string()))?;
        let live = live.into_iter();
        let live: Vec<Value> = live
            .map(|object| object.map_or(Value::Null, Object::into_value))
            .collect();
        Ok(Node::from(json!({
            "objects": live,
            "target": self.target.name(),
            "closed": self.target.is_closed(),
        })))
    }
}

impl Provider for OamProvider {
    fn name(&self) -> &'static str {
        "oam"
    }

    fn kind(&self, action: &str) -> CallKind {
        match action {
            "observe" => CallKind::Observe,
            "apply" => CallKind::Idempotent,
            // The careful answer; such a call fails anyway.
            _ => CallKind::Once,
        }
    }

    fn call<'a>(
        &'a self,
        context: &'a CallContext,
        call: &'a Call,
        emit: &'a (dyn Fn(Event) + Send + Sync),
    ) -> BoxFuture<'a, Result<Node, CallError>> {
        Box::pin(async move {
            match call.action {
                "apply" => self.apply(context, &call.params, emit).await,
                "observe" => self.observe(&call.params).await,
                other => Err(bad(format!("`oam` has no action `{other}`"))),
            }
        })
    }
}

fn objects(params: &Node) -> Result<Vec<Object>, CallError> {
    let read = |node: &Node| {
        let value = node.to_json().map_err(|error| bad(error.to_string()))?;
        let object = Object::new(value);
        object.ok_or_else(|| bad("an object needs apiVersion, kind and metadata.name"))
    };
    list(params, "objects")?.iter().map(read).collect()
}

fn ids(params: &Node) -> Result<Vec<ObjectId>, CallError> {
    let read = |node: &Node| {
        let text = |key| Some(node.get(key)?.as_str()?.to_owned());
        let id = || {
            Some(ObjectId {
                api_version: text("apiVersion")?,
                kind: text("kind")?,
                namespace: text("namespace")?,
                name: text("name")?,
            })
        };
        id().ok_or_else(|| bad("an id needs apiVersion, kind, namespace and name"))
    };
    list(params, "ids")?.iter().map(read).collect()
}

fn list<'n>(params: &'n Node, key: &str) -> Result<&'n [Node], CallError> {
    let items = params.get(key).and_then(Node::as_list);
    items.ok_or_else(|| bad(format!("`{key}` must be a list")))
}

fn bad(message: impl Into<String>) -> CallError {
    CallError::permanent(message)
}
