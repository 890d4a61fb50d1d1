//! Where components go: the embedded [`Sandbox`], and the provider that steps reach a target through.
//!
//! The sandbox deploys nothing. It keeps objects in memory, fills in what an API server and its controllers
//! fill in, and reports the status that a healthy cluster would settle on. [`OamProvider`] carries out the
//! calls of the family `oam` on any target.
//!
//! ```
//! use std::{sync::Arc, time::Duration};
//!
//! use burgee_model::{BoxFuture, Clock, Object, Target};
//! use burgee_target::Sandbox;
//! use jiff::Timestamp;
//! use serde_json::json;
//!
//! struct Noon;
//!
//! impl Clock for Noon {
//!     fn now(&self) -> Timestamp {
//!         "2026-01-01T12:00:00Z".parse().expect("a timestamp")
//!     }
//!
//!     fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
//!         Box::pin(async {})
//!     }
//! }
//!
//! let sandbox = Sandbox::new(Arc::new(Noon));
//! let deployment = Object::new(json!({
//!     "apiVersion": "apps/v1",
//!     "kind": "Deployment",
//!     "metadata": { "name": "web", "namespace": "default" },
//!     "spec": {
//!         "selector": { "matchLabels": { "app": "web" } },
//!         "template": {
//!             "metadata": { "labels": { "app": "web" } },
//!             "spec": { "containers": [{ "name": "web", "image": "nginx" }] },
//!         },
//!     },
//! }))
//! .expect("a Deployment has apiVersion, kind and a name");
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
//! let live = runtime.block_on(async {
//!     sandbox.apply(&[deployment.clone()]).await.expect("a valid Deployment");
//!     sandbox.read(&[deployment.id()]).await.expect("the sandbox always answers")
//! });
//! let live = live[0].as_ref().expect("it was just applied").value();
//! assert_eq!(live["status"]["conditions"][0]["message"], "Deployment has minimum availability.");
//! ```

mod address;
mod defaults;
mod hash;
mod oam;
mod sandbox;
mod status;
mod validate;

pub use oam::OamProvider;
pub use sandbox::{MAX_OBJECTS, Sandbox};
