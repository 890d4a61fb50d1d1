//! The built-in types: what each takes, the objects it makes, when they are healthy, and the calls of a step.
//!
//! Everything here is pure: a component becomes objects ([`render`]), live objects become a verdict
//! ([`health`]), a step and the results so far become the next calls ([`pass`]). [`check_component`] and
//! [`check_step`] report what is wrong before any of it runs.
//!
//! ```
//! use burgee_definitions::{Catalog, Family, Known};
//!
//! let catalog = Catalog::builtin();
//! assert_eq!(catalog.lookup(Family::Component, "webservice"), Known::Runnable);
//! assert_eq!(catalog.lookup(Family::Step, "deploy"), Known::NotYet);
//! assert_eq!(
//!     catalog.lookup(Family::Trait, "ingres"),
//!     Known::Unknown { suggestion: Some("ingress") },
//! );
//! ```

mod apply_component;
mod catalog;
mod check;
mod container;
mod depends_on_app;
mod dns;
mod duration;
mod health;
mod http_call;
mod ingress;
mod inputs;
mod notification;
mod parameters;
mod params;
mod pending;
mod ports;
mod posted;
mod print_message;
mod probe;
mod render;
mod request;
pub mod rules;
mod stamp;
mod step;
mod step_group;
mod suspend;
mod volumes;
mod webhook;
mod webservice;

pub use apply_component::component_for;
pub use catalog::{Catalog, Family, Known};
pub use check::{check_component, check_policy, check_step};
pub use health::{Health, health};
pub use inputs::{component_key, component_tree, with_component_tree};
pub use render::{RenderContext, Rendered, render};
pub use step::{PassError, PassInput, StepType, pass};
