//! Package `text/template`: Go's templates over data.
//!
//! | function | what it does |
//! |---|---|
//! | `Execute(template, data)` | the template with its actions carried out |
//! | `HTMLEscape(text)`, `JSEscape(text)` | the text for HTML, and for a string of JavaScript |
//!
//! Actions are `{{pipeline}}`, `if`, `else`, `range`, `with`, `break`, `continue`, `define`, `template` and `block`, comments,
//! variables and `{{- -}}`. The functions are `and`, `or`, `not`, `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `len`, `index`, `slice`, `print`,
//! `println`, `printf`, `html`, `js` and `urlquery`. There are no functions in data, so that `call` always fails.
//! (`lex` and `parse` read a template, `run` carries it out, `calls` has the functions, `datum` the values, `printf` its verbs.)

mod calls;
mod datum;
mod lex;
mod parse;
mod printf;
mod run;
#[cfg(test)]
mod tests;

use super::{Builtin, Param as P, failed, function, string, text};
use crate::Value;
use datum::Datum;

const NAME: &str = "template";

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "Execute", &[P::String, P::Any], |a| {
        let templates = parse::parse(text(a, 0)).map_err(failed)?;
        let data = Datum::of_value(a.get(1).unwrap_or(&Value::Null));
        string(run::run(&templates, data)?)
    }),
    function(NAME, "HTMLEscape", &[P::String], |a| {
        string(calls::html(text(a, 0)))
    }),
    function(NAME, "JSEscape", &[P::String], |a| {
        string(calls::javascript(text(a, 0)))
    }),
];
