//! A run of a workflow: what can be checked before, and what happens then.
//!
//! [`check`] finds every problem that can be found offline and makes a [`Plan`]; [`Engine::run`] carries a plan
//! out against the ports. A step is a row of pure passes: each ends in calls to make, in something to wait
//! for, or in a result, whose outputs become the run's variables.
//!
//! ```
//! use burgee_engine::{Purpose, check};
//! use burgee_model::MessageLint;
//! use burgee_source::{Diagnostic, Lang, Node, Sources, Span};
//!
//! struct NoLint;
//! impl MessageLint for NoLint {
//!     fn lint(&self, _: Option<&Node>, _: &[&str], _: Span) -> Vec<Diagnostic> {
//!         Vec::new()
//!     }
//! }
//!
//! let mut sources = Sources::default();
//! let file = sources.add("app.yaml", "\
//! apiVersion: core.oam.dev/v1beta1
//! kind: Application
//! metadata: {name: demo}
//! spec:
//!   components: []
//!   workflow:
//!     steps:
//!     - {name: late, type: apply-component, properties: {component: web}}
//! ");
//! let loaded = burgee_manifest::load(&sources, file);
//! let application = loaded.manifest.applications().next().expect("an application");
//!
//! let subject = burgee_engine::Subject::from(application.clone());
//! let (_, problems) = check(subject, &mut sources, &NoLint, Purpose::Check);
//! assert!(problems[0].message(Lang::En).contains("`web`"));
//! ```

mod check;
mod context;
mod id;
mod journal;
mod moment;
mod plan;
mod restart;
mod run;
mod subject;
mod virtual_time;

pub use check::{NOT_CARRIED_OUT, Purpose, check};
pub use id::{run_id, step_id};
pub use journal::{Memory, Nowhere};
pub use moment::{Moment, moment};
pub use plan::{
    Condition, Expression, Plan, PlannedInput, PlannedKind, PlannedOutput, PlannedStep,
};
pub use restart::{RestartError, restart};
pub use run::{
    Command, Control, Ended, Engine, Mask, OnNotifyFailure, Options, Order, Owner, Ports, Steering,
    Waiting, control,
};
pub use subject::{Modes, Subject};
pub use virtual_time::{VirtualClock, run_virtually};
