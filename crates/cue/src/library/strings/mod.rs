//! Package `strings`. Positions are bytes, as in Go, but where a name says runes.
//!
//! | function | what it does |
//! |---|---|
//! | `ByteAt(text, i)`, `ByteSlice(text, i, j)` | of text or bytes; `part` |
//! | `Runes(text)`, `SliceRunes(text, i, j)` | characters, as numbers or as text; `part` |
//! | `MinRunes(text, n)`, `MaxRunes(text, n)` | whether there are enough, or not too many |
//! | `ToUpper`, `ToLower`, `ToTitle`, `ToCamel` | character by character; the last two the first of each word; `case` |
//! | `Compare(a, b)` | -1, 0 or 1, by bytes |
//! | `Contains`, `ContainsAny`, `HasPrefix`, `HasSuffix` | whether; `Any` takes a set of characters |
//! | `Index`, `LastIndex`, `IndexAny`, `LastIndexAny` | where, or -1 |
//! | `Count(text, part)` | how often; the empty part stands around each character |
//! | `Split`, `SplitAfter`, `SplitN`, `SplitAfterN` | `After` keeps the separators; `split` |
//! | `Fields(text)` | the words between white space |
//! | `Join([…], separator)`, `Repeat(text, n)` | a longer text |
//! | `Replace(text, old, new, n)` | the first `n`, all below zero |
//! | `Trim`, `TrimLeft`, `TrimRight` | characters of a set off the ends |
//! | `TrimSpace`, `TrimPrefix`, `TrimSuffix` | white space, or one text, off the ends |

mod case;
mod part;
mod split;
#[cfg(test)]
mod tests;

use super::{
    Answer, Builtin, CallError, MAX_ANSWER, Param as P, failed, function, int, items, number,
    string, strings, text, validator,
};
use crate::Value;

const NAME: &str = "strings";
const ONE: &[P] = &[P::String];
const TWO: &[P] = &[P::String, P::String];
const COUNT: &[P] = &[P::String, P::Int];
const SPLIT: &[P] = &[P::String, P::String, P::Int];
const REPLACE: &[P] = &[P::String, P::String, P::String, P::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "ByteAt", &[P::Text, P::Int], part::byte_at),
    function(
        NAME,
        "ByteSlice",
        &[P::Text, P::Int, P::Int],
        part::byte_slice,
    ),
    function(NAME, "Runes", ONE, part::runes),
    validator(NAME, "MinRunes", COUNT, |a| {
        Ok(Value::Bool(part::length(text(a, 0)) >= int(a, 1)?))
    }),
    validator(NAME, "MaxRunes", COUNT, |a| {
        Ok(Value::Bool(part::length(text(a, 0)) <= int(a, 1)?))
    }),
    function(NAME, "ToTitle", ONE, |a| {
        string(case::first_letters(text(a, 0), case::title))
    }),
    function(NAME, "ToCamel", ONE, |a| {
        string(case::first_letters(text(a, 0), case::lower))
    }),
    function(
        NAME,
        "SliceRunes",
        &[P::String, P::Int, P::Int],
        part::slice_runes,
    ),
    function(NAME, "Compare", TWO, |a| {
        let order = text(a, 0).cmp(text(a, 1)) as i64;
        Ok(Value::Number(order.into()))
    }),
    function(NAME, "Count", TWO, |a| {
        number(text(a, 0).matches(text(a, 1)).count())
    }),
    validator(NAME, "Contains", TWO, |a| {
        Ok(Value::Bool(text(a, 0).contains(text(a, 1))))
    }),
    validator(NAME, "ContainsAny", TWO, |a| {
        Ok(Value::Bool(text(a, 0).contains(|c| text(a, 1).contains(c))))
    }),
    validator(NAME, "HasPrefix", TWO, |a| {
        Ok(Value::Bool(text(a, 0).starts_with(text(a, 1))))
    }),
    validator(NAME, "HasSuffix", TWO, |a| {
        Ok(Value::Bool(text(a, 0).ends_with(text(a, 1))))
    }),
    function(NAME, "Index", TWO, |a| {
        position(text(a, 0).find(text(a, 1)))
    }),
    function(NAME, "LastIndex", TWO, |a| {
        position(text(a, 0).rfind(text(a, 1)))
    }),
    function(NAME, "IndexAny", TWO, |a| {
        position(text(a, 0).find(|c| text(a, 1).contains(c)))
    }),
    function(NAME, "LastIndexAny", TWO, |a| {
        position(text(a, 0).rfind(|c| text(a, 1).contains(c)))
    }),
    function(NAME, "Split", TWO, |a| {
        strings(split::before(text(a, 0), text(a, 1), -1).into_iter())
    }),
    function(NAME, "SplitAfter", TWO, |a| {
        strings(split::after(text(a, 0), text(a, 1), -1).into_iter())
    }),
    function(NAME, "SplitN", SPLIT, |a| {
        strings(split::before(text(a, 0), text(a, 1), int(a, 2)?).into_iter())
    }),
    function(NAME, "SplitAfterN", SPLIT, |a| {
        strings(split::after(text(a, 0), text(a, 1), int(a, 2)?).into_iter())
    }),
    function(NAME, "Fields", ONE, |a| {
        strings(text(a, 0).split_whitespace())
    }),
    function(NAME, "Join", &[P::Strings, P::String], join),
    function(NAME, "Repeat", COUNT, repeat),
    function(NAME, "Replace", REPLACE, replace),
    function(NAME, "ToUpper", ONE, |a| {
        string(case::map(text(a, 0), case::upper))
    }),
    function(NAME, "ToLower", ONE, |a| {
        string(case::map(text(a, 0), case::lower))
    }),
    function(NAME, "Trim", TWO, |a| {
        string(text(a, 0).trim_matches(|c| text(a, 1).contains(c)))
    }),
    function(NAME, "TrimLeft", TWO, |a| {
        string(text(a, 0).trim_start_matches(|c| text(a, 1).contains(c)))
    }),
    function(NAME, "TrimRight", TWO, |a| {
        string(text(a, 0).trim_end_matches(|c| text(a, 1).contains(c)))
    }),
    function(NAME, "TrimSpace", ONE, |a| string(text(a, 0).trim())),
    function(NAME, "TrimPrefix", TWO, |a| {
        let whole = text(a, 0);
        string(whole.strip_prefix(text(a, 1)).unwrap_or(whole))
    }),
    function(NAME, "TrimSuffix", TWO, |a| {
        let whole = text(a, 0);
        string(whole.strip_suffix(text(a, 1)).unwrap_or(whole))
    }),
];

fn position(found: Option<usize>) -> Answer {
    match found {
        Some(at) => number(at),
        None => Ok(Value::Number((-1).into())),
    }
}

fn join(arguments: &[Value]) -> Answer {
    let parts: Vec<&str> = items(arguments, 0)
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let separators = parts.len().saturating_mul(text(arguments, 1).len());
    let length = parts
        .iter()
        .fold(separators, |sum, part| sum.saturating_add(part.len()));
    match length <= MAX_ANSWER {
        true => string(parts.join(text(arguments, 1))),
        false => Err(CallError::TooLarge),
    }
}

fn repeat(arguments: &[Value]) -> Answer {
    let whole = text(arguments, 0);
    let count = usize::try_from(int(arguments, 1)?);
    let count = count.map_err(|_| failed("the count is negative"))?;
    match whole.len().checked_mul(count) {
        Some(length) if length <= MAX_ANSWER => string(whole.repeat(count)),
        Some(_) | None => Err(CallError::TooLarge),
    }
}

fn replace(arguments: &[Value]) -> Answer {
    let (whole, old, new) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    let limit = usize::try_from(int(arguments, 3)?).unwrap_or(usize::MAX);
    let count = whole.matches(old).count().min(limit);
    let longest = count.saturating_mul(new.len()).saturating_add(whole.len());
    match longest <= MAX_ANSWER {
        true => string(whole.replacen(old, new, limit)),
        false => Err(CallError::TooLarge),
    }
}
