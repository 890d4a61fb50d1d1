//! Places in text, the problems found there, and the tree of located values.
//!
//! Every reader of text in Burgee (manifests, CUE, paths) reports problems as [`Diagnostic`]s and hands
//! on data as [`Node`]s. Both carry [`Span`]s, so that whatever goes wrong later, the user sees the line
//! that they wrote.
//!
//! ```
//! use burgee_source::{Diagnostic, Lang, Rule, Severity, Sources, Text};
//!
//! static TOO_SMALL: Rule = Rule {
//!     code: "demo/too-small",
//!     severity: Severity::Error,
//!     message: Text::new("`{value}` is too small", "`{value}` 太小"),
//! };
//!
//! let mut sources = Sources::default();
//! let file = sources.add("app.yaml", "replicas: 0\n");
//! let problem = Diagnostic::new(&TOO_SMALL).arg("value", 0).at(sources.span(file, 10..11));
//!
//! assert_eq!(problem.message(Lang::En), "`0` is too small");
//! assert_eq!(sources.position(problem.span().start()).to_string(), "app.yaml:1:11");
//! ```

mod diagnostic;
mod fields;
mod json;
mod map;
mod node;
mod number;
mod sources;
mod span;
mod suggest;
mod text;
mod words;

pub use diagnostic::{Diagnostic, Label, Role, Rule, Severity};
pub use fields::{Fields, rules};
pub use json::{JsonError, MAX_JSON_DEPTH};
pub use map::Map;
pub use node::{Entry, Kind, Node};
pub use number::Number;
pub use sources::{Line, Position, Sources};
pub use span::{Place, SourceId, Span, Spanned};
pub use suggest::nearest;
pub use text::{Lang, Text};
pub use words::Words;
