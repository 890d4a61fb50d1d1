//! The CUE language: lexer, parser, compiler and evaluator.

mod data;
mod error;
mod limits;
mod next;
mod program;
pub mod rules;
mod value;

pub use data::{Data, Fields, Items, View};
pub use error::{Error, ErrorKind};
pub use limits::{Limits, MAX_INPUT, MAX_NESTING, MAX_NUMBER};
pub use next::{Call, Progress, Results, next};
pub use program::{Program, Reference, Scope, Step};
pub use value::{Number, Value};
