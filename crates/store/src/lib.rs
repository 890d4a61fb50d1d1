//! Runs on disk: their journals, who owns them, and how they are steered. One folder, one SQLite file, several processes.
//!
//! [`Store`] opens the folder. [`Store::begin`] and [`Store::take`] hand out the right to carry a run on ([`RunLock`]) and its
//! journal ([`RunJournal`]); one thread writes what all runs of a process append. What a run's state is follows from its
//! records alone ([`Store::state`]); the list of runs ([`Store::runs`]) is kept beside them. Whoever steers a run of
//! another process writes a [`Command`] down. All of it blocks for as long as the disk takes, but [`RunJournal`] and
//! [`Store::answer`], whose futures need no runtime. The rules are those of `docs/durability.md`.
//!
//! ```
//! use burgee_model::{Event, Journal, RunPhase, Stamped};
//! use burgee_store::{NewRun, Store};
//! use jiff::Timestamp;
//!
//! let dir = tempfile::tempdir()?;
//! let store = Store::open(dir.path())?;
//! let (lock, journal) = store.begin(&NewRun {
//!     id: "shop-1".into(),
//!     application: "shop".to_owned(),
//!     namespace: "default".to_owned(),
//!     manifest: Some("app.yaml".to_owned()),
//!     origin: serde_json::value::to_raw_value(&["--inbox"])?,
//!     created: Timestamp::UNIX_EPOCH,
//! })?;
//! journal.append(&Stamped {
//!     at: Timestamp::UNIX_EPOCH,
//!     event: Event::RunStarted {
//!         run: "shop-1".into(),
//!         application: "shop".to_owned(),
//!         namespace: "default".to_owned(),
//!         target: "sandbox".to_owned(),
//!         mode: "StepByStep-DAG".to_owned(),
//!         steps: Vec::new(),
//!     },
//! })?;
//! futures_executor::block_on(journal.sync())?; // now it outlives a power cut
//!
//! assert_eq!(store.find("shop")?.as_str(), "shop-1");
//! assert_eq!(store.state(lock.run())?.phase, RunPhase::Executing);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod command;
mod error;
mod find;
mod index;
mod journal;
mod look;
mod owner;
mod queue;
mod read;
mod rows;
mod schema;
mod store;
mod writer;

pub use command::{Action, Command, CommandId, Watch};
pub use error::{RecordFault, StoreError};
pub use find::{Filter, RunSummary};
pub use journal::{NewRun, RunJournal};
pub use owner::{Owner, Ownership, RunLock};
pub use store::{Store, check_id};
