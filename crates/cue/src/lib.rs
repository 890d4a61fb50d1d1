//! The CUE language: lexer, parser, compiler and evaluator.
//!
//! A text is compiled once into a [`Program`] and evaluated often, each time over other [`Data`]:
//!
//! ```
//! use burgee_cue::{Limits, Program};
//! use burgee_source::SourceId;
//!
//! let program = Program::expression(r#"output.name + " is \(output.price + 2)""#, SourceId(0))
//!     .expect("this is CUE");
//! let output = serde_json::json!({"name": "tea", "price": 1.5});
//! let value = program.evaluate(&[("output", &output)], &Limits::default()).expect("a value");
//! assert_eq!(value.to_json_text(), r#""tea is 3.5""#);
//! ```
//!
//! The modules, from text to value: `syntax` (lexer, parser, tree), `ir` (names resolved, constants folded),
//! `eval` (the evaluator), `value` (what it ends in), `library` (the standard packages).
//!
//! The language is that of CUE v0.14.1.

mod attribute;
mod build;
mod cache;
mod data;
mod error;
mod eval;
mod instance;
mod ir;
mod kinds;
mod library;
mod limits;
mod loader;
mod next;
mod operators;
mod path;
mod pattern;
mod program;
pub mod rules;
mod syntax;
mod term;
mod value;

pub use attribute::{Argument, Attribute};
pub use cache::Cache;
pub use data::{Data, Fields, Items, View};
pub use error::{Error, ErrorKind};
pub use instance::{Field, Instance, Item, State};
pub use limits::{Limits, MAX_INPUT, MAX_NESTING, MAX_NUMBER, MAX_VALUE_NESTING};
pub use loader::{Loader, NoLoader};
pub use next::{Call, Progress, Results, next};
pub use path::{Path, PathError, PathProblem, Selector};
pub use program::{Program, Reference, Scope, Step};
pub use term::{FieldKind, Mark, Term, TermField, TermOptions};
pub use value::{Kind, Number, SerdeError, Value};

#[cfg(test)]
mod tests;
