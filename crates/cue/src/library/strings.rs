//! Package `strings`. Positions are bytes, as in Go.

use ecow::EcoString;

use super::{
    Answer, Builtin, CallError, MAX_ANSWER, Param as P, bytes, failed, function, int, items,
    number, string, strings, text, validator,
};
use crate::Value;

const NAME: &str = "strings";
const ONE: &[P] = &[P::String];
const TWO: &[P] = &[P::String, P::String];
const SPLIT: &[P] = &[P::String, P::String, P::Int];

pub(super) static FUNCTIONS: &[Builtin] = &[
    function(NAME, "ByteAt", &[P::Text, P::Int], byte_at),
    function(NAME, "ByteSlice", &[P::Text, P::Int, P::Int], byte_slice),
    function(NAME, "Runes", ONE, |a| {
        let runes = text(a, 0).chars();
        Ok(Value::List(
            runes
                .map(|c| Value::Number(i64::from(u32::from(c)).into()))
                .collect(),
        ))
    }),
    validator(NAME, "MinRunes", &[P::String, P::Int], |a| {
        Ok(Value::Bool(runes(a) >= int(a, 1)?))
    }),
    validator(NAME, "MaxRunes", &[P::String, P::Int], |a| {
        Ok(Value::Bool(runes(a) <= int(a, 1)?))
    }),
    function(NAME, "ToTitle", ONE, |a| {
        string(first_letters(text(a, 0), |c| Some(title(c))))
    }),
    function(NAME, "ToCamel", ONE, |a| {
        string(first_letters(text(a, 0), |c| c.to_lowercase().next()))
    }),
    function(
        NAME,
        "SliceRunes",
        &[P::String, P::Int, P::Int],
        slice_runes,
    ),
    function(NAME, "Compare", TWO, |a| {
        let order = text(a, 0).cmp(text(a, 1)) as i64;
        Ok(Value::Number(order.into()))
    }),
    function(NAME, "Count", TWO, |a| match text(a, 1) {
        "" => number(text(a, 0).chars().count() + 1),
        part => number(text(a, 0).matches(part).count()),
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
        split(text(a, 0), text(a, 1), -1, false)
    }),
    function(NAME, "SplitAfter", TWO, |a| {
        split(text(a, 0), text(a, 1), -1, true)
    }),
    function(NAME, "SplitN", SPLIT, |a| {
        split(text(a, 0), text(a, 1), int(a, 2)?, false)
    }),
    function(NAME, "SplitAfterN", SPLIT, |a| {
        split(text(a, 0), text(a, 1), int(a, 2)?, true)
    }),
    function(NAME, "Fields", ONE, |a| {
        strings(text(a, 0).split_whitespace())
    }),
    function(NAME, "Join", &[P::Strings, P::String], |a| {
        let parts: Vec<&str> = items(a, 0).iter().filter_map(Value::as_str).collect();
        string(parts.join(text(a, 1)))
    }),
    function(NAME, "Repeat", &[P::String, P::Int], repeat),
    function(
        NAME,
        "Replace",
        &[P::String, P::String, P::String, P::Int],
        replace,
    ),
    function(NAME, "ToUpper", ONE, |a| string(map(text(a, 0), upper))),
    function(NAME, "ToLower", ONE, |a| string(map(text(a, 0), lower))),
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

fn runes(arguments: &[Value]) -> i64 {
    i64::try_from(text(arguments, 0).chars().count()).unwrap_or(i64::MAX)
}

fn position(found: Option<usize>) -> Answer {
    match found {
        Some(at) => number(at),
        None => Ok(Value::Number((-1).into())),
    }
}

/// Go maps letter by letter: `ß` has no single upper-case letter and stays.
fn map(text: &str, change: fn(char) -> char) -> String {
    text.chars().map(change).collect()
}

fn upper(c: char) -> char {
    let mut letters = c.to_uppercase();
    match (letters.next(), letters.next()) {
        (Some(upper), None) => upper,
        (Some(_) | None, _) => c,
    }
}

/// Four letters that are two in one have a form for the beginning of a word.
fn title(c: char) -> char {
    match c {
        'Ǆ'..='ǆ' => 'ǅ',
        'Ǉ'..='ǉ' => 'ǈ',
        'Ǌ'..='ǌ' => 'ǋ',
        'Ǳ'..='ǳ' => 'ǲ',
        c => upper(c),
    }
}

fn lower(c: char) -> char {
    // `İ` is the one letter whose lower case has two parts; Go takes the first.
    c.to_lowercase().next().unwrap_or(c)
}

fn first_letters(text: &str, change: fn(char) -> Option<char>) -> String {
    let mut before = ' ';
    let letters = text.chars().map(|c| {
        let first = before.is_whitespace();
        before = c;
        if first { change(c).unwrap_or(c) } else { c }
    });
    letters.collect()
}

fn byte_at(arguments: &[Value]) -> Answer {
    let index = usize::try_from(int(arguments, 1)?);
    let byte = index.ok().and_then(|index| bytes(arguments, 0).get(index));
    match byte {
        Some(byte) => Ok(Value::Number(i64::from(*byte).into())),
        None => Err(failed("index out of range")),
    }
}

fn range(arguments: &[Value]) -> Result<std::ops::Range<usize>, CallError> {
    match (
        usize::try_from(int(arguments, 1)?),
        usize::try_from(int(arguments, 2)?),
    ) {
        (Ok(low), Ok(high)) if low <= high => Ok(low..high),
        _ => Err(failed("index out of range")),
    }
}

fn byte_slice(arguments: &[Value]) -> Answer {
    let slice = bytes(arguments, 0).get(range(arguments)?);
    let slice = slice.ok_or_else(|| failed("index out of range"))?;
    Ok(Value::Bytes(slice.into()))
}

fn slice_runes(arguments: &[Value]) -> Answer {
    let range = range(arguments)?;
    let runes: Vec<char> = text(arguments, 0).chars().collect();
    match runes.get(range) {
        Some(runes) => string(runes.iter().collect::<String>()),
        None => Err(failed("index out of range")),
    }
}

/// Splits into at most `limit` parts, all when it is negative; `after` keeps the separators.
fn split(whole: &str, separator: &str, limit: i64, after: bool) -> Answer {
    let limit = match usize::try_from(limit) {
        Ok(0) => return strings(Vec::<&str>::new()),
        Ok(limit) => limit,
        Err(_) => usize::MAX,
    };
    if separator.is_empty() {
        let mut parts = Vec::new();
        let mut rest = whole;
        while let Some(c) = rest.chars().next() {
            if parts.len() + 1 == limit {
                parts.push(rest);
                break;
            }
            let (first, behind) = rest.split_at(c.len_utf8());
            parts.push(first);
            rest = behind;
        }
        return strings(parts);
    }
    match after {
        false => strings(whole.splitn(limit, separator)),
        true => {
            let mut parts: Vec<EcoString> = Vec::new();
            let mut rest = whole;
            while parts.len() + 1 < limit
                && let Some(at) = rest.find(separator)
            {
                let (first, behind) = rest.split_at(at + separator.len());
                parts.push(first.into());
                rest = behind;
            }
            parts.push(rest.into());
            strings(parts)
        }
    }
}

fn repeat(arguments: &[Value]) -> Answer {
    let whole = text(arguments, 0);
    let count = usize::try_from(int(arguments, 1)?);
    let count = count.map_err(|_| failed("negative Repeat count"))?;
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
    if longest > MAX_ANSWER {
        return Err(CallError::TooLarge);
    }
    string(whole.replacen(old, new, limit))
}
