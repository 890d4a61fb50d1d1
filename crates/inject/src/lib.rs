//! `parameterKey` paths, the variables of a run, and `--set` assignments.
//!
//! A step's input takes a value that an earlier step left in the run's [`Variables`] and puts it where its
//! `parameterKey`, a [`Path`], says. Whatever cannot be done is an error that names the part of the path
//! and what stood there; nothing is skipped in silence.
//!
//! ```
//! use burgee_inject::{Path, Variables};
//! use burgee_source::Node;
//!
//! let mut variables = Variables::default();
//! variables.set("app-status", Node::string("工作流运行完成"))?;
//!
//! let mut properties = Node::map([("slack", Node::map([("url", Node::string("https://…"))]))]);
//! let value = variables.resolve("app-status", &Node::map([]))?.clone();
//! Path::parse("slack.message.text")?.set(&mut properties, value)?;
//!
//! assert_eq!(
//!     properties.to_json_text(),
//!     r#"{"slack":{"url":"https://…","message":{"text":"工作流运行完成"}}}"#
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assignment;
mod parse;
mod path;
mod set;
mod variables;

pub use assignment::{Assignment, AssignmentError};
pub use parse::{PathError, PathProblem};
pub use path::{MAX_SEGMENTS, Path, Segment};
pub use set::{MAX_INDEX, SetError};
pub use variables::{Conflict, Unresolved, Variables};

/// The rules raised here.
pub mod rules {
    pub use crate::{
        assignment::{NO_EQUALS, NO_PATH, UNKNOWN_STEP},
        parse::BAD_PATH,
        set::{NOT_A_LIST, NOT_AN_OBJECT, PAST_THE_END, TOO_DEEP},
        variables::{CONFLICT, UNRESOLVED},
    };
}
