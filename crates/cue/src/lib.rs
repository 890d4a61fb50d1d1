//! The CUE language: lexer, parser, compiler and evaluator.
//!
//! The language is that of CUE v0.14.1, native: no Go, no processes, no files. This page shows each use once.
//!
//! # Compile once, evaluate often
//!
//! A text becomes a [`Program`], which is immutable and can be shared between threads; a [`Cache`] keeps programs by
//! their texts. An evaluation reads [`Data`] (a `serde_json::Value`, a located [`Node`](source::Node), a [`Value`], or a
//! type of your own) under the names that it is bound to, and ends in a [`Value`].
//!
//! ```
//! use burgee_cue::{Limits, Program, source::SourceId};
//!
//! let program = Program::expression(r#"output.name + " is \(output.price + 2)""#, SourceId(0))
//!     .expect("this is CUE");
//! for (price, expected) in [(1.5, "tea is 3.5"), (3.0, "tea is 5.0")] {
//!     let output = serde_json::json!({"name": "tea", "price": price});
//!     let value = program.evaluate(&[("output", &output)], &Limits::default()).expect("a value");
//!     assert_eq!(value.as_str(), Some(expected));
//! }
//! ```
//!
//! # Take values out
//!
//! A [`Value`] keeps every digit and the order of fields. It is written as JSON or YAML text, serialized by serde into any
//! format, and made into a type of your own with [`Value::decode`]; [`Value::encode`] is the way back.
//!
//! ```
//! use burgee_cue::{Limits, Program, source::SourceId};
//!
//! #[derive(serde::Deserialize)]
//! struct Service {
//!     name: String,
//!     port: u16,
//! }
//!
//! let text = r#"
//!     _base: 8000
//!     name: "web"
//!     port: _base + 80
//! "#;
//! let program = Program::file(text, SourceId(0)).expect("CUE");
//! let value = program.evaluate(&[], &Limits::default()).expect("a value");
//! assert_eq!(value.to_json_text(), r#"{"name":"web","port":8080}"#);
//! assert_eq!(value.to_yaml_text(), "name: web\nport: 8080\n");
//! let service: Service = value.decode().expect("a service");
//! assert_eq!((&*service.name, service.port), ("web", 8080));
//! ```
//!
//! # Check data against a schema
//!
//! [`Program::validate`] reports all problems at once. Each is a [`Diagnostic`](source::Diagnostic): a stable code, words
//! in two languages, a hint, and both sides of a conflict with their places, in the texts and in the data.
//!
//! ```
//! use burgee_cue::{Limits, Program, source::SourceId};
//!
//! let schema = r#"config: close({port: int & <1024, host: string, tls?: bool})"#;
//! let program = Program::file(schema, SourceId(0)).expect("CUE");
//! let config = serde_json::json!({"port": 8080, "tsl": true});
//! let problems = program.validate(&[("config", &config)], &Limits::default(), true);
//! let codes: Vec<_> = problems.iter().map(|problem| problem.diagnostic.rule().code).collect();
//! assert_eq!(codes, ["cue/not-allowed", "cue/out-of-bound", "cue/incomplete"]);
//! assert_eq!(problems[0].to_string(), "the field `tsl` is not allowed here");
//! ```
//!
//! The example `validate_config` does this for a YAML file, places and all.
//!
//! # Look around
//!
//! An [`Instance`] is an evaluation that is kept. Look up a [`Path`] to get an [`Item`]; ask for its
//! [state](Item::state_at), its [fields](Item::fields) with comments and attributes, what is known of it
//! ([`Item::term`], also where it is not concrete), and its finished value.
//!
//! ```
//! use burgee_cue::{FieldKind, Limits, Mark, Path, Program, State, source::SourceId};
//!
//! let text = r#"
//!     parameter: {
//!         // +usage=How many to run
//!         replicas: *1 | int
//!         // +usage=What to run
//!         image: string @ui(wide)
//!         cpu?:  string
//!     }
//!     out: {kind: "Deployment", image: parameter.image}
//! "#;
//! let program = Program::file(text, SourceId(0)).expect("CUE");
//! let limits = Limits::default();
//! let instance = program.instance(&[], &limits).expect("no names from outside");
//! let parameter = instance.root().get("parameter").expect("it is there");
//!
//! for field in parameter.fields() {
//!     assert_eq!(field.kind, FieldKind::Regular);
//!     assert_eq!(field.mark == Mark::Optional, field.name == "cpu");
//! }
//! let image = parameter.get("image").expect("it is there");
//! assert_eq!(image.docs(), ["+usage=What to run"]);
//! assert_eq!((image.attributes()[0].name(), image.attributes()[0].body()), ("ui", "wide"));
//! assert!(matches!(image.state(), State::Incomplete(_)));
//!
//! let kind: Path = "out.kind".parse().expect("a path");
//! let kind = instance.root().lookup(&kind).expect("it is there");
//! assert_eq!(kind.export().expect("a value").as_str(), Some("Deployment"));
//! ```
//!
//! # Fill in, unify
//!
//! [`Item::fill`] says more about a place, [`Item::unify`] takes two things at once. Both give a new item and leave the old
//! one as it is; references see what was filled in.
//!
//! ```
//! # use burgee_cue::{Limits, Path, Program, source::SourceId};
//! let text = r#"parameter: image: string, out: {kind: "Deployment", image: parameter.image}"#;
//! let program = Program::file(text, SourceId(0)).expect("CUE");
//! let limits = Limits::default();
//! let instance = program.instance(&[], &limits).expect("no names from outside");
//! let image: Path = "parameter.image".parse().expect("a path");
//!
//! let filled = instance.root().fill(&image, &serde_json::json!("nginx"));
//! let out = filled.get("out").expect("it is there");
//! assert_eq!(out.export().expect("a value").to_json_text(), r#"{"kind":"Deployment","image":"nginx"}"#);
//!
//! let wrong = filled.fill(&image, &serde_json::json!("apache"));
//! assert_eq!(wrong.validate(false).len(), 1);
//! ```
//!
//! # Let CUE ask for things
//!
//! [`next()`] drives programs that ask for calls: structs with `#do`, `#provider` and `$params`. It evaluates, says which calls
//! come next, and is asked again with their results; it does nothing by itself. The example `providers` is such a driver.
//!
//! ```
//! use burgee_cue::{Limits, Program, Progress, Results, next, source::{Node, SourceId}};
//!
//! let text = r#"
//!     read:  {#do: "read", #provider: "shop", $params: item: "tea"}
//!     total: read.$returns.price * 3
//! "#;
//! let program = Program::file(text, SourceId(0)).expect("CUE");
//! let mut results = Results::new();
//! let done = loop {
//!     match next(&program, &[], &results, &Limits::default()).expect("it goes on") {
//!         Progress::Calls(calls) => {
//!             for call in calls {
//!                 assert_eq!(call.params.to_json_text(), r#"{"item":"tea"}"#);
//!                 let price = burgee_cue::Value::encode(&4).expect("a number").to_node();
//!                 results.insert(call.path, Node::map([("price", price)]));
//!             }
//!         }
//!         Progress::Waiting(path) => panic!("nobody gives {path} what it waits for"),
//!         Progress::Done(value) => break value,
//!     }
//! };
//! assert_eq!(done.get("total").map(|total| total.to_json_text()).as_deref(), Some("12"));
//! ```
//!
//! # Format
//!
//! [`format()`] brings a text into its canonical form, that of `cue fmt`.
//!
//! # What it cannot do to you
//!
//! No text and no data makes it panic, overflow the stack or run for ever: [`Limits`] bound what an evaluation may use, and
//! reaching one is an ordinary [`Error`] of the kind [`ErrorKind::Limit`]. Evaluating reads no clock but to keep the
//! time limit, no files and no network; packages that are not standard come from a [`Loader`].
//!
//! # Inside
//!
//! From text to value: `syntax` (lexer, parser, the tree that is evaluated), `ir` (names resolved, constants folded),
//! `eval` (the evaluator: unification, disjunctions, closedness, cycles), `value` (what it ends in), `term` (what is known
//! before that), `library` (the standard packages), `instance` (looking around). From text to text: `format`, over a
//! second tree of `syntax` that loses nothing.

mod attribute;
mod build;
mod cache;
mod consolidate;
mod data;
mod error;
mod eval;
mod format;
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

/// Places in texts, and the problems found there.
pub use burgee_source as source;

pub use attribute::{Argument, Attribute};
pub use cache::Cache;
pub use consolidate::consolidate;
pub use data::{Data, Fields, Items, View};
pub use error::{Error, ErrorKind};
pub use format::format;
pub use instance::{Field, Instance, Item, State};
pub use limits::{Limits, MAX_INPUT, MAX_NESTING, MAX_NUMBER, MAX_VALUE_NESTING};
pub use loader::{Loader, NoLoader};
pub use next::{Call, Progress, Results, next};
pub use path::{Path, PathError, PathProblem, Selector};
pub use program::{Program, Reference, Scope, Step};
pub use term::{FieldKind, Mark, Role, Term, TermField, TermOptions};
pub use value::{Kind, Number, SerdeError, Value};

#[cfg(test)]
mod tests;

/// The examples of the README are run as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
