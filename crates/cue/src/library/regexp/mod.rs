//! Package `regexp`: regular expressions with RE2's grammar and meaning. To look for something that is not there is an
//! error.
//!
//! | function | what it does |
//! |---|---|
//! | `Valid(pattern)` | whether it is a pattern |
//! | `Match(pattern, text)` | whether it matches anywhere |
//! | `Find`, `FindSubmatch`, `FindNamedSubmatch` | the first match; with its groups; its named groups as a struct |
//! | `FindAll(pattern, text, n)`, `FindAllSubmatch`, `FindAllNamedSubmatch` | at most so many, all when it is negative |
//! | `ReplaceAll(pattern, text, template)` | `$1`, `${1}` and `$name` are groups, `$$` is a dollar sign; `template` |
//! | `ReplaceAllLiteral(pattern, text, replacement)` | the same without groups |
//! | `QuoteMeta(text)` | the pattern for exactly this text |

mod template;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use ecow::EcoString;
use regex::Captures;

use super::{
    Answer, Builtin, CallError, MAX_ANSWER, MAX_ITEMS, Param as P, failed, function, int, string,
    text, validator,
};
use crate::{
    Value,
    pattern::{Pattern, Patterns},
};

const NAME: &str = "regexp";
const TWO: &[P] = &[P::String, P::String];
const ALL: &[P] = &[P::String, P::String, P::Int];
const REPLACE: &[P] = &[P::String, P::String, P::String];

/// What is escaped by `QuoteMeta`.
const SPECIAL: &str = "\\.+*?()|[]{}^$";

static PATTERNS: LazyLock<Patterns> = LazyLock::new(Patterns::default);

pub(super) static FUNCTIONS: &[Builtin] = &[
    validator(NAME, "Valid", &[P::String], |a| {
        pattern(text(a, 0)).map(|_| Value::Bool(true))
    }),
    function(NAME, "Find", TWO, |a| first(a, whole)),
    function(NAME, "FindAll", ALL, |a| all(a, whole)),
    function(NAME, "FindSubmatch", TWO, |a| first(a, groups)),
    function(NAME, "FindAllSubmatch", ALL, |a| all(a, groups)),
    function(NAME, "FindNamedSubmatch", TWO, |a| first(a, named_groups)),
    function(NAME, "FindAllNamedSubmatch", ALL, |a| all(a, named_groups)),
    validator(NAME, "Match", TWO, |a| {
        Ok(Value::Bool(pattern(text(a, 0))?.regex.is_match(text(a, 1))))
    }),
    function(NAME, "QuoteMeta", &[P::String], |a| {
        let mut quoted = String::new();
        for c in text(a, 0).chars() {
            if SPECIAL.contains(c) {
                quoted.push('\\');
            }
            quoted.push(c);
        }
        string(quoted)
    }),
    function(NAME, "ReplaceAll", REPLACE, |a| {
        replace(a, |pattern, found, out| {
            template::expand(text(a, 2), pattern, found, out);
        })
    }),
    function(NAME, "ReplaceAllLiteral", REPLACE, |a| {
        replace(a, |_, _, out| out.push_str(text(a, 2)))
    }),
];

fn pattern(text: &str) -> Result<Pattern, CallError> {
    PATTERNS.get(text).map_err(CallError::Failed)
}

fn no_match() -> CallError {
    failed("there is no match")
}

fn first(arguments: &[Value], show: fn(&Pattern, &Captures<'_>) -> Value) -> Answer {
    let pattern = pattern(text(arguments, 0))?;
    let found = pattern.regex.captures(text(arguments, 1));
    found
        .map(|found| show(&pattern, &found))
        .ok_or_else(no_match)
}

fn all(arguments: &[Value], show: fn(&Pattern, &Captures<'_>) -> Value) -> Answer {
    let pattern = pattern(text(arguments, 0))?;
    let most = usize::try_from(int(arguments, 2)?).unwrap_or(usize::MAX);
    let found = pattern.regex.captures_iter(text(arguments, 1));
    let list: Vec<_> = found
        .take(most.min(MAX_ITEMS + 1))
        .map(|found| show(&pattern, &found))
        .collect();
    match list.len() {
        0 => Err(no_match()),
        length if length > MAX_ITEMS => Err(CallError::TooLarge),
        _ => Ok(Value::List(list.into())),
    }
}

fn whole(_: &Pattern, found: &Captures<'_>) -> Value {
    group(found, 0)
}

fn groups(_: &Pattern, found: &Captures<'_>) -> Value {
    Value::List((0..found.len()).map(|index| group(found, index)).collect())
}

/// Of two groups with one name the last one counts.
fn named_groups(pattern: &Pattern, found: &Captures<'_>) -> Value {
    let mut fields: Vec<(EcoString, Value)> = Vec::new();
    for (index, name) in (1..).zip(pattern.names.iter()) {
        let Some(name) = name else { continue };
        let value = group(found, index);
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, there)) => *there = value,
            None => fields.push((name.as_str().into(), value)),
        }
    }
    Value::Struct(Arc::from(fields))
}

fn group(found: &Captures<'_>, index: usize) -> Value {
    let text = found.get(index).map_or("", |group| group.as_str());
    Value::String(text.into())
}

fn replace(
    arguments: &[Value],
    mut replacement: impl FnMut(&Pattern, &Captures<'_>, &mut String),
) -> Answer {
    let pattern = pattern(text(arguments, 0))?;
    let source = text(arguments, 1);
    let mut out = String::new();
    let mut done = 0;
    for found in pattern.regex.captures_iter(source) {
        let Some(place) = found.get(0) else { continue };
        out.push_str(&source[done..place.start()]);
        replacement(&pattern, &found, &mut out);
        done = place.end();
        if out.len() > MAX_ANSWER {
            return Err(CallError::TooLarge);
        }
    }
    out.push_str(&source[done..]);
    string(out)
}
