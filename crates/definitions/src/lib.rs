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
//! assert_eq!(catalog.lookup(Family::Step, "suspend"), Known::NotYet);
//! assert_eq!(
//!     catalog.lookup(Family::Trait, "ingres"),
//!     Known::Unknown { suggestion: Some("ingress") },
//! );
//! ```

mod apply_component;
mod catalog;
mod check;
mod container;
mod dns;
mod health;
mod ingress;
mod inputs;
mod notification;
mod params;
mod pending;
mod ports;
mod probe;
mod render;
pub mod rules;
mod stamp;
mod step;
mod volumes;
mod webservice;

pub use apply_component::component_for;
pub use catalog::{Catalog, Family, Known};
pub use check::{check_component, check_policy, check_step};
pub use health::{Health, health};
pub use inputs::{component_key, component_tree, with_component_tree};
pub use render::{RenderContext, Rendered, render};
pub use step::{PassError, PassInput, StepType, pass};
