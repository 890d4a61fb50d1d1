//! A run that nothing leaves: who answers in place of the world, and what goes wrong on purpose.
//!
//! Services are the inbox in memory, other requests get canned replies, and a fault takes the place of either. Everything
//! happens within the process, so that a virtual clock can tell when nothing is left to do but wait.

mod fault;
mod patience;
mod places;
mod providers;
mod reply;
mod secrets;
mod stage;
mod watch;

pub(crate) use fault::Fault;
pub(crate) use patience::Patience;
pub(crate) use places::Places;
pub(crate) use providers::providers;
pub(crate) use reply::Reply;
pub(crate) use secrets::StandIns;
pub(crate) use stage::Stage;
pub(crate) use watch::{Suspended, Watch};
